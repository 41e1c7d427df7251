import type { Adjacency, GateGraph, NodeIndex, Nodes } from './graph.js';

/** Collects nodes and edges, and lays them out flat at the end. */
export interface GraphBuilder<Node, Reason> {
    /** Adds a node that fails when `threshold` of its inputs have; without a threshold, when one has. */
    node(node: Node, threshold?: number): NodeIndex;
    /**
     * Adds so many nodes in a row. What each stands for is only found out when somebody looks at it: of some there are as
     * many as pairs of other things.
     *
     * @returns the first of them
     */
    nodes(count: number, describe: (node: NodeIndex) => Node, threshold?: number): NodeIndex;
    /** Makes `node` fail, or count towards its failure, when `input` fails. */
    input(node: NodeIndex, input: NodeIndex, reason: Reason): void;
    /** Tells why `node` fails after a time without `input`: it explains, and spreads nothing by itself. */
    delayedInput(node: NodeIndex, input: NodeIndex, reason: Reason): void;
    /** Lays the graph out, and forgets the edges: to be called once. */
    finish(): GateGraph<Node, Reason>;
}

/** An empty builder. Reasons are stored once however many edges share them (compared by identity). */
export function createGraphBuilder<Node extends object, Reason>(): GraphBuilder<Node, Reason> {
    const described = createDescriptions<Node>();
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
        node: (node, threshold) => described.add(1, node, threshold),
        nodes: (count, describe, threshold) => described.add(count, describe, threshold),
        input: (node, input, reason) => addEdge(spreading, input, node, indexOf(reason)),
        delayedInput: (node, input, reason) => addEdge(delayed, input, node, indexOf(reason)),
        finish() {
            const count = described.nodes.length;
            const inputs = adjacency(count, [spreading, delayed], part.to, part.from);
            const dependents = adjacency(count, [spreading], part.from, part.to);
            // whoever still holds the builder does not hold them
            for (const { pieces } of [spreading, delayed]) pieces.length = 0;
            return { nodes: described.nodes, thresholds: described.thresholds(), inputs, dependents, reasons };
        },
    };
}

interface Descriptions<Node> {
    /** Adds so many nodes, and answers with the first of them. */
    readonly add: (count: number, description: Node | ((node: NodeIndex) => Node), threshold?: number) => NodeIndex;
    readonly nodes: Nodes<Node>;
    readonly thresholds: () => Int32Array;
}

/** What nodes stand for. Those in a row that are described by the same function are kept as one. */
function createDescriptions<Node extends object>(): Descriptions<Node> {
    const firsts: NodeIndex[] = [];
    const described: (Node | ((node: NodeIndex) => Node))[] = [];
    /** Of all that do not fail with a single input: their first node, and how many they are. */
    const patient: { readonly threshold: number; readonly first: NodeIndex; readonly count: number }[] = [];
    let length = 0;
    return {
        add(count, description, threshold = 1) {
            if (count > 0 && described.at(-1) !== description) {
                firsts.push(length);
                described.push(description);
            }
            if (threshold !== 1) patient.push({ threshold, first: length, count });
            length += count;
            return length - count;
        },
        nodes: {
            get length() {
                return length;
            },
            at(node) {
                const description = described[lastUpTo(firsts, node)]!;
                return typeof description === 'function' ? description(node) : description;
            },
        },
        thresholds() {
            const all = new Int32Array(length).fill(1);
            for (const { threshold, first, count } of patient) all.fill(threshold, first, first + count);
            return all;
        },
    };
}

/** The place of the last of these numbers, which are in order, that is no larger than one. */
export function lastUpTo(ordered: readonly number[], number: number): number {
    let [low, high] = [0, ordered.length - 1];
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (ordered[middle]! <= number) low = middle;
        else high = middle - 1;
    }
    return low;
}

/** Edges, one after the other in pieces, so that many of them are never copied; each is three numbers. */
interface Edges {
    readonly pieces: Int32Array[];
    /** How much of the last piece is in use. */
    used: number;
}

/** Where in an edge each of its numbers is. */
const part = { from: 0, to: 1, reason: 2 } as const;
const partsOfEdge = 3;
type End = typeof part.from | typeof part.to;

/** How many edges a piece has: the first few, since many graphs are small; each further one twice as many, up to a limit. */
const pieceSizes = { first: 256, last: 65_536 } as const;

function createEdges(): Edges {
    return { pieces: [], used: 0 };
}

function addEdge(edges: Edges, from: NodeIndex, to: NodeIndex, reason: number): void {
    let piece = edges.pieces.at(-1);
    if (!piece || edges.used === piece.length) {
        const size = piece ? Math.min(2 * piece.length, pieceSizes.last * partsOfEdge) : pieceSizes.first * partsOfEdge;
        edges.pieces.push((piece = new Int32Array(size)));
        edges.used = 0;
    }
    const at = edges.used;
    piece[at + part.from] = from;
    piece[at + part.to] = to;
    piece[at + part.reason] = reason;
    edges.used = at + partsOfEdge;
}

/** What is in use of each piece, in order. */
function* piecesOf({ pieces, used }: Edges): Generator<Int32Array> {
    for (const [index, piece] of pieces.entries()) yield index < pieces.length - 1 ? piece : piece.subarray(0, used);
}

/** Sorts edges by one of their ends with a counting sort: linear, and stable, so that results do not depend on luck. */
function adjacency(nodeCount: number, lists: readonly Edges[], source: End, target: End): Adjacency {
    const offsets = new Int32Array(nodeCount + 1);
    const pieces = lists.flatMap((edges) => [...piecesOf(edges)]);
    for (const piece of pieces) {
        for (let edge = 0; edge < piece.length; edge += partsOfEdge) offsets[piece[edge + source]! + 1]!++;
    }
    for (let node = 0; node < nodeCount; node++) offsets[node + 1]! += offsets[node]!;
    const next = offsets.slice();
    const targets = new Int32Array(offsets[nodeCount]!);
    const reasons = new Int32Array(offsets[nodeCount]!);
    for (const piece of pieces) {
        for (let edge = 0; edge < piece.length; edge += partsOfEdge) {
            const slot = next[piece[edge + source]!]!++;
            targets[slot] = piece[edge + target]!;
            reasons[slot] = piece[edge + part.reason]!;
        }
    }
    return { offsets, targets, reasons };
}
