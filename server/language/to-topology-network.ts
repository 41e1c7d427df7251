import type { Network, Reachability } from '../topology/topology.js';
import type * as ast from './generated/ast.js';
import { locationOf } from './location.js';

/** Which clusters reach which; each pair and direction once. */
export function toNetwork(blocks: readonly ast.Network[]): Network {
    const reachable = new Map<string, Reachability>();
    const unknown: NonNullable<Network['unknown']>[number][] = [];
    for (const link of blocks.flatMap((block) => block.links)) {
        for (const [from, to] of directions(link)) {
            if (from === undefined || to === undefined) {
                unknown.push({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
                continue;
            }
            const key = JSON.stringify([from, to]);
            if (from !== to && !reachable.has(key)) {
                reachable.set(key, { from, to, at: locationOf(link) });
            }
        }
    }
    return {
        declared: blocks.length > 0,
        at: blocks.map(locationOf),
        reachable: [...reachable.values()],
        ...(unknown.length > 0 && { unknown }),
    };
}

type Direction = readonly [from: string | undefined, to: string | undefined];

/** Every pair that a line of the network block opens, in reading order; those of the way back last. */
function directions(link: ast.Link): Direction[] {
    const left = link.from.map((cluster) => cluster.ref?.name);
    const right = link.to.map((cluster) => cluster.ref?.name);
    const there = left.flatMap((from) => right.map((to): Direction => [from, to]));
    return link.direction === '<->' ? [...there, ...there.map(([from, to]): Direction => [to, from])] : there;
}
