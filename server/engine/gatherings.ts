import type { NodeIndex, Spreading } from './graph.js';

/** Lists of numbers, one behind the other: list `i` is `all[offsets[i]]` up to `all[offsets[i + 1]]`. */
export interface Lists {
    readonly offsets: Int32Array;
    readonly all: Int32Array;
}

/** Where several failures can do more together: at the inputs of gates, and at groups of nodes. */
export interface Gatherings {
    readonly count: number;
    /** The nodes of each, in order. */
    readonly nodes: Lists;
    /** With how many of these more is lost. */
    readonly thresholds: Int32Array;
    /** The gates that are lost with so many of them; none where the nodes are a group. */
    readonly gates: Lists;
    /** 1 for the nodes of which one has to know which failures take them: those of gatherings, and the gates. */
    readonly isAskedFor: Uint8Array;
}

/**
 * One gathering for all gates with the same inputs and the same threshold, in the order of the first gate of each, and then one
 * for each group. Gates alike are lost together, and most are like another one: whoever calls a service from far away asks for
 * the same homes of it, so that a mesh of services has seven times as many gates as gatherings.
 *
 * @param groups nodes of which several may do more together, without a gate that would say so
 */
export function gatheringsIn(graph: Spreading, groups: readonly (readonly NodeIndex[])[]): Gatherings {
    const {
        thresholds,
        dependents: { offsets, targets },
    } = graph;
    const sizes = new Int32Array(thresholds.length);
    for (const target of targets) sizes[target]!++;
    const gates = gatesAlike(graph, (node) => thresholds[node]! > 1 && thresholds[node]! <= sizes[node]!);
    /** Of the first gate of each gathering the place of that, for all other nodes -1. */
    const gatheringOf = new Int32Array(thresholds.length).fill(-1);
    for (const [place, [gate]] of gates.entries()) gatheringOf[gate!] = place;
    const inputs: NodeIndex[][] = gates.map(() => []);
    for (let node = 0; node < thresholds.length; node++) {
        for (let edge = offsets[node]!, end = offsets[node + 1]!; edge < end; edge++) {
            const place = gatheringOf[targets[edge]!]!;
            if (place >= 0) inputs[place]!.push(node);
        }
    }
    const isAskedFor = new Uint8Array(thresholds.length);
    for (const some of [...inputs, ...groups, ...gates]) for (const node of some) isAskedFor[node] = 1;
    return {
        count: gates.length + groups.length,
        nodes: listsOf([...inputs, ...groups]),
        thresholds: Int32Array.from([...gates.map(([gate]) => thresholds[gate!]!), ...groups.map(() => 2)]),
        gates: listsOf([...gates, ...groups.map(() => [])]),
        isAskedFor,
    };
}

/**
 * Those nodes that have the same inputs, each as often, and the same threshold. At first they are parted by their thresholds; then
 * each node in turn parts those that it is an input of from those that it is not. No two that differ stay together, and no two
 * that are alike are ever parted.
 */
function gatesAlike(
    { thresholds, dependents: { offsets, targets } }: Spreading,
    isGate: (node: NodeIndex) => boolean,
): NodeIndex[][] {
    const nodes = thresholds.length;
    /** Of each gate its part; -1 for what is no gate. */
    const partOf = new Int32Array(nodes).fill(-1);
    const byThreshold = new Map<number, number>();
    for (let node = 0; node < nodes; node++) {
        if (!isGate(node)) continue;
        const threshold = thresholds[node]!;
        if (!byThreshold.has(threshold)) byThreshold.set(threshold, byThreshold.size);
        partOf[node] = byThreshold.get(threshold)!;
    }
    let parts = byThreshold.size;
    /** Of each part: the last node that has parted it, and where it has put those of which it is an input. */
    const partedBy = new Int32Array(parts + targets.length).fill(-1);
    const putInto = new Int32Array(parts + targets.length);
    for (let node = 0; node < nodes; node++) {
        for (let edge = offsets[node]!, end = offsets[node + 1]!; edge < end; edge++) {
            const part = partOf[targets[edge]!]!;
            if (part < 0) continue;
            if (partedBy[part] !== node) {
                partedBy[part] = node;
                putInto[part] = parts++;
            }
            partOf[targets[edge]!] = putInto[part]!;
        }
    }
    const gatesOf = new Map<number, NodeIndex[]>();
    for (let node = 0; node < nodes; node++) {
        const part = partOf[node]!;
        if (part < 0) continue;
        const known = gatesOf.get(part);
        if (known) known.push(node);
        else gatesOf.set(part, [node]);
    }
    return [...gatesOf.values()];
}

function listsOf(lists: readonly ArrayLike<number>[]): Lists {
    const offsets = new Int32Array(lists.length + 1);
    for (const [index, list] of lists.entries()) offsets[index + 1] = offsets[index]! + list.length;
    const all = new Int32Array(offsets.at(-1)!);
    for (const [index, list] of lists.entries()) all.set(list, offsets[index]);
    return { offsets, all };
}
