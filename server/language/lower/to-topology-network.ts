import type { Network, NetworkLine, UnknownWays } from '../../topology/topology.js';
import type * as ast from '../generated/ast.js';
import { locationOf } from '../naming/location.js';

/** Which clusters reach which: the lists as they are written. */
export function toNetwork(blocks: readonly ast.Network[]): Network {
    const links = blocks.flatMap((block) => block.links);
    const unknown = unknownWays(links);
    return {
        declared: blocks.length > 0,
        at: blocks.map(locationOf),
        lines: links.map(lineOf),
        ...(unknown && { unknown }),
    };
}

function lineOf(link: ast.Link): NetworkLine {
    return {
        from: namesOf(link.from),
        to: namesOf(link.to),
        bothWays: link.direction === '<->',
        at: locationOf(link),
    };
}

/** Undefined where every name means something. */
function unknownWays(links: readonly ast.Link[]): UnknownWays | undefined {
    const from = new Set<string>();
    const to = new Set<string>();
    let anywhere = false;
    for (const link of links) {
        const [left, right] = [namesOf(link.from), namesOf(link.to)];
        const [isLeftUnknown, isRightUnknown] = [link.from, link.to].map(hasUnknown);
        if (isRightUnknown) left.forEach((name) => from.add(name));
        if (isLeftUnknown) right.forEach((name) => to.add(name));
        if (isLeftUnknown && isRightUnknown) anywhere = true;
        if (link.direction !== '<->') continue;
        if (isLeftUnknown) right.forEach((name) => from.add(name));
        if (isRightUnknown) left.forEach((name) => to.add(name));
    }
    return from.size > 0 || to.size > 0 || anywhere ? { from: [...from], to: [...to], anywhere } : undefined;
}

/** Each once; names that mean nothing are left out. */
function namesOf(clusters: ast.Link['from']): string[] {
    return [...new Set(clusters.flatMap((cluster) => cluster.ref?.name ?? []))];
}

function hasUnknown(clusters: ast.Link['from']): boolean {
    return clusters.some((cluster) => cluster.ref?.name === undefined);
}
