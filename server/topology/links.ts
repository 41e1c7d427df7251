import { directedLinkName, linkEnds, linkName } from './element-name.js';
import type { Element } from './element.js';
import { pairsOf, waysOf } from './network.js';
import { managementCluster, standbyCluster, type NetworkLine, type Topology } from './topology.js';

/** The network between two clusters, and what each of them opens to the other, which goes with it. */
export type Link = readonly [pair: Element, forth: Element, back: Element];

/**
 * The links of a topology: to the management cluster, and between all clusters of which the network opens one to the
 * other. Those of a line that names many clusters on both sides are not listed, since they are as many as the one list
 * times the other; a link is made when somebody names it, or a request crosses it.
 */
export interface Links {
    /** The links to the management cluster, and those of all lines that have few. */
    readonly listed: Iterable<Link>;
    /** Where the links are that are not listed by themselves. */
    readonly unlisted: readonly UnlistedLinks[];
    /** The ends of any link, listed or not, in the order in which it names them; undefined where no link is. */
    readonly endsBetween: (one: string, other: string) => Ends | undefined;
    /** Any link, listed or not; undefined where no link is. */
    readonly between: (one: string, other: string) => Link | undefined;
    /** Any link by its name, from either end, with or without `link:` before it. */
    readonly named: (text: string) => Element | undefined;
}

type Ends = NonNullable<Element['ends']>;

export interface UnlistedLinks {
    /** The line that opens them; undefined where no line says anything, so that all clusters reach each other. */
    readonly line?: NetworkLine;
    /** How many pairs of clusters it joins. */
    readonly pairs: number;
}

/** A line has few links if they are no more than so many for each name on it. Fifty names on both sides still are few. */
const mostLinksForEachName = 25;

/** Whether the links between two lists are so few that they can be listed in space proportional to the lists. */
function hasFewLinks({ from, to }: Pick<NetworkLine, 'from' | 'to'>): boolean {
    return from.length * to.length <= mostLinksForEachName * (from.length + to.length);
}

/** The links of a topology, of which none is made yet. */
export function linksOf(topology: Topology): Links {
    const { clusters, network } = topology;
    const { lineBetween } = waysOf(network);
    const management = managementCluster(topology);
    const standby = standbyCluster(topology);
    const order = new Map(clusters.map(({ name }, index) => [name, index]));
    const placeOf = (name: string) => {
        if (name === standby?.name) return Infinity;
        return name === management?.name ? Number.MAX_SAFE_INTEGER : (order.get(name) ?? 0);
    };

    const inOrder = (one: string, other: string): Ends =>
        placeOf(one) < placeOf(other) ? { from: one, to: other } : { from: other, to: one };
    const isImplied = ({ from, to }: Ends) =>
        order.has(from) &&
        order.has(to) &&
        (to === management?.name || (management !== undefined && to === standby?.name) || !network.declared);

    function endsBetween(one: string, other: string): Ends | undefined {
        if (one === other) return undefined;
        const ends = inOrder(one, other);
        return isImplied(ends) || lineBetween(one, other) ? ends : undefined;
    }

    function between(one: string, other: string): Link | undefined {
        const ends = endsBetween(one, other);
        if (!ends) return undefined;
        const at = lineBetween(one, other)?.at;
        if (at) return linkOf(ends, { at, declared: true });
        return linkOf(ends, { at: clusters[order.get(ends.from)!]!.nameAt, declared: false });
    }

    function* listed(): Generator<Link> {
        for (const { from, to } of network.lines.filter(hasFewLinks)) {
            for (const one of from) for (const other of to) if (one !== other) yield between(one, other)!;
        }
        for (const { name } of clusters) {
            if (!management || name === management.name) continue;
            yield between(name, management.name)!;
            if (standby && name !== standby.name) yield between(name, standby.name)!;
        }
        if (network.declared || !hasFewLinks(everyCluster)) return;
        for (const [index, one] of clusters.entries()) {
            for (const other of clusters.slice(index + 1)) {
                if (one.name !== other.name) yield between(one.name, other.name)!;
            }
        }
    }

    function named(text: string): Element | undefined {
        for (const { from, to, isWhole } of linkEnds(text, (name) => order.has(name))) {
            const link = between(from, to);
            if (!link) continue;
            const [pair, forth, back] = link;
            if (isWhole) return pair;
            return forth.ends!.from === from ? forth : back;
        }
        return undefined;
    }

    const names = clusters.map(({ name }) => name);
    const everyCluster = { from: names, to: names };
    const silent = network.declared || hasFewLinks(everyCluster) ? [] : [{ pairs: pairsOf(everyCluster) }];
    const wide = network.lines.filter((line) => !hasFewLinks(line));
    return {
        listed: { [Symbol.iterator]: listed },
        unlisted: [...silent, ...wide.map((line) => ({ line, pairs: pairsOf(line) }))],
        endsBetween,
        between,
        named,
    };
}

function linkOf({ from, to }: Ends, said: Pick<Element, 'at' | 'declared'>): Link {
    const name = linkName(from, to);
    const directed = { ...said, kind: 'directed-link', parents: [name] } as const;
    return [
        { ...said, parents: [], name, kind: 'link', ends: { from, to } },
        { ...directed, name: directedLinkName(from, to), ends: { from, to } },
        { ...directed, name: directedLinkName(to, from), ends: { from: to, to: from } },
    ];
}
