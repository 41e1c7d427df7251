import type { Gates, NodeIndex, Spreading } from './graph.js';

/** All that the failure of some nodes can come from, with numbers of its own in the order of the graph. */
export interface Below extends Spreading {
    /** Of a node of the graph its number here; -1 where nothing of it could come to those nodes. */
    readonly numberOf: Int32Array;
}

/**
 * Whoever asks only how some nodes fare need not look at more: a node fails by its inputs and these by theirs, and all of these
 * are here, so that as much fails of them as in the whole graph, whatever is made to fail. What comes after a time lies below,
 * too. Mostly it is a small part: nearly all edges of an estate lead to operations, about which hosts never ask.
 */
export function below({ thresholds, inputs, dependents }: Gates, nodes: Iterable<NodeIndex>): Below {
    const numberOf = new Int32Array(thresholds.length).fill(-1);
    const open: NodeIndex[] = [];
    const visit = (node: NodeIndex) => {
        if (numberOf[node] === 0) return;
        numberOf[node] = 0;
        open.push(node);
    };
    for (const node of nodes) visit(node);
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
        for (let edge = inputs.offsets[node]!; edge < inputs.offsets[node + 1]!; edge++) visit(inputs.targets[edge]!);
    }
    let count = 0;
    for (let node = 0; node < numberOf.length; node++) if (numberOf[node] === 0) numberOf[node] = count++;
    const own = new Int32Array(count);
    const offsets = new Int32Array(count + 1);
    const targets: NodeIndex[] = [];
    for (let node = 0; node < numberOf.length; node++) {
        const number = numberOf[node]!;
        if (number < 0) continue;
        own[number] = thresholds[node]!;
        for (let edge = dependents.offsets[node]!, end = dependents.offsets[node + 1]!; edge < end; edge++) {
            const dependent = numberOf[dependents.targets[edge]!]!;
            if (dependent >= 0) targets.push(dependent);
        }
        offsets[number + 1] = targets.length;
    }
    return { numberOf, thresholds: own, dependents: { offsets, targets: new Int32Array(targets) } };
}
