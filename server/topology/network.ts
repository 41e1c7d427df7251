import type { Network, NetworkLine } from './topology.js';

/**
 * Which line of a network opens which way. A line stays two lists, since its ways are as many as the one list times the
 * other: they are looked up here, and listed nowhere.
 */
export interface Ways {
    /** The first line that opens the way from one cluster to another; undefined where none does. */
    readonly lineOf: (from: string, to: string) => NetworkLine | undefined;
    /** The first line that opens a way between two clusters, whichever it leads to. */
    readonly lineBetween: (one: string, other: string) => NetworkLine | undefined;
    /** The lines that open ways from a cluster, in order. */
    readonly linesFrom: (cluster: string) => readonly NetworkLine[];
}

/** A line with its lists as sets. */
interface Sides {
    readonly index: number;
    readonly line: NetworkLine;
    readonly from: ReadonlySet<string>;
    readonly to: ReadonlySet<string>;
}

const known = new WeakMap<Network, Ways>();

/** The ways of a network, looked up by cluster; built once, in proportion to what is written. */
export function waysOf(network: Network): Ways {
    let ways = known.get(network);
    if (!ways) known.set(network, (ways = findWays(network.lines)));
    return ways;
}

function findWays(lines: readonly NetworkLine[]): Ways {
    const leaving = new Map<string, Sides[]>();
    const arriving = new Map<string, Sides[]>();
    for (const [index, line] of lines.entries()) {
        const sides: Sides = { index, line, from: new Set(line.from), to: new Set(line.to) };
        const both = line.bothWays && new Set([...line.from, ...line.to]);
        addTo(leaving, both || sides.from, sides);
        addTo(arriving, both || sides.to, sides);
    }
    const first = (from: string, to: string) => {
        if (from === to) return undefined;
        const [out, into] = [leaving.get(from) ?? [], arriving.get(to) ?? []];
        return (out.length < into.length ? out : into).find((sides) => opens(sides, from, to));
    };
    return {
        lineOf: (from, to) => first(from, to)?.line,
        lineBetween(one, other) {
            const [forth, back] = [first(one, other), first(other, one)];
            return (!forth || (back && back.index < forth.index) ? back : forth)?.line;
        },
        linesFrom: (cluster) => (leaving.get(cluster) ?? []).map(({ line }) => line),
    };
}

function opens({ line, from: ones, to: others }: Sides, from: string, to: string): boolean {
    return (ones.has(from) && others.has(to)) || (line.bothWays && ones.has(to) && others.has(from));
}

/** The clusters to which a line opens a way from one of its own. */
export function targetsFrom({ from, to, bothWays }: NetworkLine, cluster: string): string[] {
    const there = from.includes(cluster) ? to : [];
    const back = bothWays && to.includes(cluster) ? from : [];
    return [...new Set([...there, ...back])].filter((target) => target !== cluster);
}

/** How many pairs of clusters a line joins. */
export function pairsOf({ from, to }: Pick<NetworkLine, 'from' | 'to'>): number {
    const ones = new Set(from);
    const others = new Set(to);
    let both = 0;
    for (const name of ones) if (others.has(name)) both++;
    return ones.size * others.size - both - (both * (both - 1)) / 2;
}

function addTo(map: Map<string, Sides[]>, names: Iterable<string>, sides: Sides): void {
    for (const name of names) {
        const list = map.get(name);
        if (list) list.push(sides);
        else map.set(name, [sides]);
    }
}
