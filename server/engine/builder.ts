import type { Adjacency, GateGraph, NodeIndex } from './graph.js';

/** Collects nodes and edges, and lays them out flat at the end. */
export interface GraphBuilder<Node, Reason> {
    readonly nodes: Node[];
    /** Adds a node that fails when `threshold` of its inputs have; without a threshold, when one has. */
    node(node: Node, threshold?: number): NodeIndex;
    /** Makes `node` fail, or count towards its failure, when `input` fails. */
    input(node: NodeIndex, input: NodeIndex, reason: Reason): void;
    /** Tells why `node` fails after a time without `input`: it explains, and spreads nothing by itself. */
    delayedInput(node: NodeIndex, input: NodeIndex, reason: Reason): void;
    finish(): GateGraph<Node, Reason>;
}

/** An empty builder. Reasons are stored once however many edges share them (compared by identity). */
export function createGraphBuilder<Node, Reason>(): GraphBuilder<Node, Reason> {
    const nodes: Node[] = [];
    const thresholds: number[] = [];
    const spreading = createEdges();
    const delayed = createEdges();
    const reasons: Reason[] = [];
    const reasonIndex = new Map<Reason, number>();
    const indexOf = (reason: Reason) => {
        let index = reasonIndex.get(reason);
        if (index === undefined) {
            index = reasons.push(reason) - 1;
            reasonIndex.set(reason, index);
        }
        return index;
    };
    return {
        nodes,
        node(node, threshold = 1) {
            thresholds.push(threshold);
            return nodes.push(node) - 1;
        },
        input: (node, input, reason) => addEdge(spreading, input, node, indexOf(reason)),
        delayedInput: (node, input, reason) => addEdge(delayed, input, node, indexOf(reason)),
        finish: () => ({
            nodes,
            thresholds: Int32Array.from(thresholds),
            inputs: adjacency(nodes.length, reversed(joined(spreading, delayed))),
            dependents: adjacency(nodes.length, spreading),
            reasons,
        }),
    };
}

interface Edges {
    readonly from: number[];
    readonly to: number[];
    readonly reasons: number[];
}

function createEdges(): Edges {
    return { from: [], to: [], reasons: [] };
}

function addEdge(edges: Edges, from: NodeIndex, to: NodeIndex, reason: number): void {
    edges.from.push(from);
    edges.to.push(to);
    edges.reasons.push(reason);
}

function joined(one: Edges, other: Edges): Edges {
    return {
        from: one.from.concat(other.from),
        to: one.to.concat(other.to),
        reasons: one.reasons.concat(other.reasons),
    };
}

function reversed({ from, to, reasons }: Edges): Edges {
    return { from: to, to: from, reasons };
}

/** Sorts edges by their source with a counting sort: linear, and stable, so that results do not depend on luck. */
function adjacency(nodeCount: number, { from: sources, to: targets, reasons }: Edges): Adjacency {
    const offsets = new Int32Array(nodeCount + 1);
    for (const source of sources) offsets[source + 1]!++;
    for (let node = 0; node < nodeCount; node++) offsets[node + 1]! += offsets[node]!;
    const next = offsets.slice();
    const sortedTargets = new Int32Array(targets.length);
    const sortedReasons = new Int32Array(targets.length);
    for (let edge = 0; edge < targets.length; edge++) {
        const slot = next[sources[edge]!]!++;
        sortedTargets[slot] = targets[edge]!;
        sortedReasons[slot] = reasons[edge]!;
    }
    return { offsets, targets: sortedTargets, reasons: sortedReasons };
}
