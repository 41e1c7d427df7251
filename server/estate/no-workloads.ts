import type { SourceLocation, Topology } from '../topology/topology.js';
import type { EstateProblem } from './estate-problem.js';

const known = new WeakMap<Topology, readonly EstateProblem[]>();

/** Clusters that say that nothing runs there, and a service does: found out once for all files of an estate. */
export function noWorkloadsProblems(topology: Topology): readonly EstateProblem[] {
    const last = known.get(topology);
    if (last) return last;
    const problems = problemsIn(topology);
    known.set(topology, problems);
    return problems;
}

function problemsIn({ clusters, services }: Topology): EstateProblem[] {
    const idle = clusters.filter(({ kind, noWorkloads }) => kind === 'workload' && noWorkloads);
    if (idle.length === 0) return [];
    const firstHomes = new Map<string, SourceLocation>();
    for (const { homes } of services) {
        for (const { cluster, at } of homes) if (!firstHomes.has(cluster)) firstHomes.set(cluster, at);
    }
    return idle.flatMap(({ name, noWorkloads }): EstateProblem[] => {
        const home = firstHomes.get(name);
        if (!home) return [];
        return [
            {
                code: 'misplaced-item',
                severity: 'error',
                message: 'A service runs here, so there are workloads.',
                at: noWorkloads!.at,
                related: [{ at: home, message: 'It runs here.' }],
                suggestions: [],
            },
        ];
    });
}
