import type { Adjacency, GateGraph, NodeIndex, Nodes } from './graph.js';

/** Collects nodes and edges. */
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
    /** What was added, and forgets the edges: to be called once. */
    piece(): Piece<Node>;
    /** The graph of what was added, and nothing else: to be called once. */
    finish(): GateGraph<Node, Reason>;
}

/** A part of a graph. Its edges may lead to nodes of other parts, so that only all of them together are a graph. */
export interface Piece<Node> {
    /** Nodes in a row, in the order of their numbers. */
    readonly rows: readonly Row<Node>[];
    /** Which nodes do not fail with a single input; they may be of another piece. */
    readonly patient: readonly Patient[];
    readonly spreading: readonly Int32Array[];
    readonly delayed: readonly Int32Array[];
}

interface Row<Node> {
    readonly first: NodeIndex;
    count: number;
    readonly is: Node | ((node: NodeIndex) => Node);
}

/** So many nodes from a first one on fail only with so many of their inputs. */
export interface Patient {
    readonly threshold: number;
    readonly first: NodeIndex;
    readonly count: number;
}

/** Gives numbers to nodes. */
export interface Numbers {
    /** So many numbers in a row, larger than all that were taken before: the first of them. */
    take(count: number): NodeIndex;
}

/** Why nodes fail, each once, by identity, however many edges share it. */
export interface Reasons<Reason> {
    readonly all: readonly Reason[];
    indexOf(reason: Reason): number;
}

/** From 0 on. */
function countedNumbers(): Numbers {
    let length = 0;
    return { take: (count) => (length += count) - count };
}

/** None at first. */
export function createReasons<Reason>(): Reasons<Reason> {
    const all: Reason[] = [];
    const known = new Map<Reason, number>();
    return {
        all,
        indexOf(reason) {
            let index = known.get(reason);
            if (index === undefined) known.set(reason, (index = all.push(reason) - 1));
            return index;
        },
    };
}

/** An empty builder. Pieces of one graph share numbers and reasons. */
export function createGraphBuilder<Node extends object, Reason>(
    numbers: Numbers = countedNumbers(),
    reasons: Reasons<Reason> = createReasons(),
): GraphBuilder<Node, Reason> {
    const rows: Row<Node>[] = [];
    const patient: Patient[] = [];
    const spreading = createEdges();
    const delayed = createEdges();
    function add(count: number, is: Row<Node>['is'], threshold = 1): NodeIndex {
        const first = numbers.take(count);
        const last = rows.at(-1);
        if (last?.is === is && last.first + last.count === first) last.count += count;
        else if (count > 0) rows.push({ first, count, is });
        if (threshold !== 1) patient.push({ threshold, first, count });
        return first;
    }
    function piece(): Piece<Node> {
        const made = { rows, patient, spreading: [...piecesOf(spreading)], delayed: [...piecesOf(delayed)] };
        // whoever still holds the builder does not hold them
        for (const edges of [spreading, delayed]) edges.pieces = [];
        return made;
    }
    return {
        node: (node, threshold) => add(1, node, threshold),
        nodes: add,
        input: (node, input, reason) => addEdge(spreading, input, node, reasons.indexOf(reason)),
        delayedInput: (node, input, reason) => addEdge(delayed, input, node, reasons.indexOf(reason)),
        piece,
        finish: () => joined([piece()], reasons),
    };
}

/** Lays the graph of some pieces out. Edges come in the order of the pieces, whatever the numbers of their nodes are. */
export function joined<Node extends object, Reason>(
    pieces: readonly Piece<Node>[],
    { all: reasons }: Pick<Reasons<Reason>, 'all'>,
): GateGraph<Node, Reason> {
    const length = endOf(pieces);
    const thresholds = new Int32Array(length).fill(1);
    for (const { patient } of pieces)
        for (const { threshold, first, count } of patient) thresholds.fill(threshold, first, first + count);
    const spreading = pieces.flatMap((piece) => piece.spreading);
    const delayed = pieces.flatMap((piece) => piece.delayed);
    return {
        nodes: nodesOf(pieces, length),
        thresholds,
        inputs: adjacency(length, [...spreading, ...delayed], part.to, part.from),
        dependents: adjacency(length, spreading, part.from, part.to),
        reasons,
    };
}

function endOf(pieces: readonly Piece<unknown>[]): number {
    let end = 0;
    for (const { rows } of pieces) {
        const last = rows.at(-1);
        if (last) end = Math.max(end, last.first + last.count);
    }
    return end;
}

function nodesOf<Node extends object>(pieces: readonly Piece<Node>[], length: number): Nodes<Node> {
    const describedIn = ({ rows }: Piece<Node>, node: NodeIndex): Node => {
        let [low, high] = [0, rows.length - 1];
        while (low < high) {
            const middle = (low + high + 1) >> 1;
            if (rows[middle]!.first <= node) low = middle;
            else high = middle - 1;
        }
        const { is } = rows[low]!;
        return typeof is === 'function' ? is(node) : is;
    };
    if (pieces.length === 1) return { length, at: (node) => describedIn(pieces[0]!, node), pieceOf: () => 0 };
    const pieceOf = new Int32Array(length);
    for (const [place, { rows }] of pieces.entries())
        for (const { first, count } of rows) pieceOf.fill(place, first, first + count);
    return {
        length,
        at: (node) => describedIn(pieces[pieceOf[node]!]!, node),
        pieceOf: (node) => pieceOf[node]!,
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
    pieces: Int32Array[];
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

/** What is in use of each piece, in order; the last one takes no more room than it needs. */
function* piecesOf({ pieces, used }: Edges): Generator<Int32Array> {
    for (const [index, piece] of pieces.entries()) yield index < pieces.length - 1 ? piece : piece.slice(0, used);
}

/** Sorts edges by one of their ends with a counting sort: linear, and stable, so that results do not depend on luck. */
function adjacency(nodeCount: number, pieces: readonly Int32Array[], source: End, target: End): Adjacency {
    const offsets = new Int32Array(nodeCount + 1);
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
