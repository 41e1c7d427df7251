import type { GateGraph, NodeIndex } from './graph.js';
import type { Patient, Piece, Row } from './piece.js';
import { joined, part, partsOfEdge, pieceOf } from './pieces.js';

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
    /**
     * Tells why `node` fails after a time without `input`: it explains, and spreads nothing by itself. Whatever else makes such
     * a node fail does so alone: its threshold is 1.
     */
    delayedInput(node: NodeIndex, input: NodeIndex, reason: Reason): void;
    /** What was added, and forgets the edges: to be called once. */
    piece(): Piece<Node>;
    /** The graph of what was added, and nothing else: to be called once. */
    finish(): GateGraph<Node, Reason>;
}

/** Gives numbers to nodes. */
export interface Numbers {
    /**
     * So many numbers in a row: the first of them.
     *
     * @param is what the nodes are
     */
    take(count: number, is?: unknown): NodeIndex;
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
    const rows: { first: NodeIndex; count: number; is: Row<Node>['is'] }[] = [];
    const patient: Patient[] = [];
    const spreading = createEdges();
    const delayed = createEdges();
    function add(count: number, is: Row<Node>['is'], threshold = 1): NodeIndex {
        const first = numbers.take(count, is);
        const last = rows.at(-1);
        if (last?.is === is && last.first + last.count === first) last.count += count;
        else if (count > 0) rows.push({ first, count, is });
        if (threshold !== 1) patient.push({ threshold, first, count });
        return first;
    }
    function piece(): Piece<Node> {
        const made = pieceOf({ rows, patient, spreading: [...piecesOf(spreading)], delayed: [...piecesOf(delayed)] });
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

/** Edges, one after the other in pieces, so that many of them are never copied; each is three numbers. */
interface Edges {
    pieces: Int32Array[];
    /** How much of the last piece is in use. */
    used: number;
}

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
