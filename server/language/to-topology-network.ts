import type { Network, Reachability, SourceLocation } from '../topology/topology.js';
import type * as ast from './generated/ast.js';
import { locationOf } from './location.js';

/** Which clusters reach which; each pair and direction once. */
export function toNetwork(blocks: readonly ast.Network[]): Network {
    const reachable: Reachability[] = [];
    const unknown: NonNullable<Network['unknown']>[number][] = [];
    const known = new Map<string, Set<string>>();
    const open = (from: string | undefined, to: string | undefined, at: SourceLocation) => {
        if (from === undefined || to === undefined) {
            unknown.push({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
            return;
        }
        const reached = known.get(from) ?? new Set();
        known.set(from, reached);
        if (from === to || reached.has(to)) return;
        reached.add(to);
        reachable.push({ from, to, at });
    };
    for (const link of blocks.flatMap((block) => block.links)) {
        const at = locationOf(link);
        const [left, right] = [namesOf(link.from), namesOf(link.to)];
        for (const from of left) for (const to of right) open(from, to, at);
        if (link.direction === '<->') for (const from of left) for (const to of right) open(to, from, at);
    }
    return {
        declared: blocks.length > 0,
        at: blocks.map(locationOf),
        reachable,
        ...(unknown.length > 0 && { unknown }),
    };
}

/** Undefined for a name that means nothing. */
function namesOf(clusters: ast.Link['from']): (string | undefined)[] {
    return clusters.map((cluster) => cluster.ref?.name);
}
