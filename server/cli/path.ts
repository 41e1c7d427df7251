import pc from 'picocolors';
import { json } from '../encoding/json.js';
import { visible } from '../encoding/visible.js';
import { analysisOf } from '../failure/analysis.js';
import { simulate } from '../failure/outcome.js';
import { callPath, hostPath, pathLines, type Hop } from '../impact/path.js';
import { elementNamed } from './elements.js';
import { print } from './output.js';
import { chooseTopology, readWorkspace } from './workspace.js';
import { UsageError } from './usage-error.js';
import { serviceNamed } from '../topology/topology.js';
import type { Outcome } from '../failure/outcome.js';

/** Changes with any change of the shape of `path --format json`; see docs/json.md. */
export const pathSchemaVersion = 1;

/** How many names of hosts and services a message lists. */
const mostNames = 10;

export interface PathOptions {
    readonly to: string;
    readonly from?: string;
    readonly fail: readonly string[];
    readonly format: 'text' | 'json';
    readonly topology?: string;
}

/**
 * `tsbtopo path`: the hops to a host from outside, or to a service from a cluster, living and dead.
 *
 * @returns the exit code: 0 if the way holds, 1 if it is broken, 2 if a file cannot be read
 * @throws UsageError where there is no such host, service or cluster, or no way even in health
 */
export async function path(paths: readonly string[], options: PathOptions): Promise<number> {
    const workspace = await readWorkspace(paths);
    const topology = chooseTopology(workspace, options.topology);
    const { elements } = analysisOf(topology).graph;
    const failures = options.fail.map((text) => elementNamed(elements, text));
    const outcome = simulate(analysisOf(topology, failures).graph, failures);
    const ways = waysTo(outcome, options);
    await print(
        options.format === 'json'
            ? json({ schemaVersion: pathSchemaVersion, topology: topology.name, paths: ways })
            : `${ways.map((way) => asText(way)).join('\n\n')}\n`,
    );
    if (workspace.isIncomplete) return 2;
    return ways.every((way) => way.alive) ? 0 : 1;
}

function waysTo(outcome: Outcome, { to, from }: PathOptions): Hop[] {
    const { traffic, topology } = outcome.graph;
    const host = traffic.hosts.find(({ exposure }) => exposure.host === to);
    if (host && from === undefined) return [hostPath(outcome, host)];
    const service = serviceNamed(topology, to);
    const external = topology.externalServices.find(({ name }) => name === to);
    if (!service && !external) {
        const known = [
            ...traffic.hosts.map(({ exposure }) => exposure.host),
            ...topology.services.map(({ shortName }) => shortName),
        ];
        const alike = known.filter((name) => name.includes(to));
        const shown = alike.length > 0 ? alike : known;
        const rest = shown.length > mostNames ? ` and ${shown.length - mostNames} more` : '';
        const there = known.length > 0 ? ` There is: ${shown.slice(0, mostNames).join(', ')}${rest}.` : '';
        throw new UsageError(`There is no host or service '${visible(to)}' that can be reached.${there}`);
    }
    const callee = service
        ? ({ kind: 'service', name: service.shortName } as const)
        : ({ kind: 'external-service', name: to } as const);
    if (from !== undefined && !traffic.routes.cluster(from))
        throw new UsageError(`There is no cluster '${visible(from)}'.`);
    const clusters = from === undefined ? topology.clusters.map(({ name }) => name) : [from];
    const ways = clusters
        .flatMap((cluster) => traffic.path(cluster, callee) ?? [])
        .map((way) => callPath(outcome, way));
    const hosts =
        from === undefined
            ? traffic.hosts.filter((each) => each.service === service?.shortName).map((each) => hostPath(outcome, each))
            : [];
    if (ways.length + hosts.length === 0) {
        throw new UsageError(
            from === undefined
                ? `Nothing reaches '${visible(to)}': nobody calls it, or there is no way even in health.`
                : `Nothing reaches '${visible(to)}' from '${visible(from)}': nobody calls it there, or there is no way even in health.`,
        );
    }
    return [...hosts, ...ways];
}

function asText(way: Hop): string {
    const sign = (alive: boolean) => (alive ? pc.green('✓') : pc.red('✗'));
    return pathLines(way, { sign, title: pc.bold, spare: pc.dim, branch: pc.dim }).join('\n');
}
