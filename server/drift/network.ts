import { targetsFrom, waysOf } from '../topology/network.js';
import type { Network } from '../topology/topology.js';
import type { Drift, Sides } from './drift.js';

/** Which ways between the clusters of both are open in the one, and not in the other. */
export function networkDrift({ there, here, write }: Sides): Drift[] {
    if (!there.network.declared) return [];
    const said = new Set(here.clusters.map(({ name }) => name));
    const common = there.clusters.map(({ name }) => name).filter((name) => said.has(name));
    const [is, own] = [reached(there.network, common), reached(here.network, common)];
    return common.flatMap((from): Drift[] => {
        const [now, before] = [is(from), own(from)];
        const come = common.filter((to) => now.has(to) && !before.has(to));
        const gone = common.filter((to) => !now.has(to) && before.has(to));
        const text = (to: readonly string[]) =>
            `${write(from, 'ClusterName')} -> ${to.map((name) => write(name, 'ClusterName')).join(', ')}`;
        const line = here.network.lines.find(
            (each) => each.from.includes(from) || (each.bothWays && each.to.includes(from)),
        );
        const at = line?.at ?? here.network.at[0] ?? here.clusters.find(({ name }) => name === from)?.nameAt;
        const block = here.network.at[0];
        const found: Drift[] = [];
        if (come.length > 0)
            found.push({
                ...{ sign: '+', subject: 'network', item: text(come), there: text(come), at },
                ...(block && { takeOver: { kind: 'write', text: text(come), into: block } }),
            });
        if (gone.length > 0) found.push({ sign: '-', subject: 'network', item: text(gone), here: text(gone), at });
        return found;
    });
}

/** The clusters that each one reaches; without a network block every other one. */
function reached(network: Network, clusters: readonly string[]): (from: string) => ReadonlySet<string> {
    if (!network.declared) return (from) => new Set(clusters.filter((to) => to !== from));
    const ways = waysOf(network);
    return (from) => new Set(ways.linesFrom(from).flatMap((line) => targetsFrom(line, from)));
}
