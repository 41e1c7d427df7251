import type { Network, Reachability } from '../topology/topology.js';
import type * as ast from './generated/ast.js';
import { locationOf } from './location.js';

/** Which clusters reach which; each pair and direction once. */
export function toNetwork(blocks: readonly ast.Network[]): Network {
    const reachable = new Map<string, Reachability>();
    for (const link of blocks.flatMap((block) => block.links)) {
        for (const [from, to] of directions(link)) {
            const key = JSON.stringify([from, to]);
            if (from !== to && !reachable.has(key)) {
                reachable.set(key, { from, to, at: locationOf(link) });
            }
        }
    }
    return { declared: blocks.length > 0, at: blocks.map(locationOf), reachable: [...reachable.values()] };
}

/** Every pair that a line of the network block opens, in reading order; those of the way back last. */
function directions(link: ast.Link): [from: string, to: string][] {
    const left = link.from.map((cluster) => cluster.ref?.name).filter((name) => name !== undefined);
    const right = link.to.map((cluster) => cluster.ref?.name).filter((name) => name !== undefined);
    const there = left.flatMap((from) => right.map((to): [string, string] => [from, to]));
    return link.direction === '<->' ? [...there, ...there.map(([from, to]): [string, string] => [to, from])] : there;
}
