import type { Adjacency, NodeIndex } from './graph.js';

/**
 * A part of a graph, laid out by itself, so that nothing is left to do when it is put together with others. Its
 * edges may lead to nodes of other parts: only all of them together are a graph.
 */
export interface Piece<Node> {
    /** Nodes in a row that are described alike, in the order of their numbers. */
    readonly rows: readonly Row<Node>[];
    /** The numbers of all its nodes, in order: in as few stretches as there are. */
    readonly stretches: readonly Stretch[];
    /** The place of a node among these; -1 for one of another piece. */
    readonly placeOf: (node: NodeIndex) => number;
    /** Of each of its nodes, in order. */
    readonly thresholds: Int32Array;
    /** Thresholds of nodes of other pieces. */
    readonly patient: readonly Patient[];
    readonly inputs: Ends;
    readonly dependents: Ends;
}

/** So many numbers, from a first one on. */
export interface Stretch {
    readonly first: NodeIndex;
    readonly count: number;
}

export interface Row<Node> extends Stretch {
    readonly is: Node | ((node: NodeIndex) => Node);
}

/** So many nodes from a first one on fail only with so many of their inputs. */
export interface Patient extends Stretch {
    readonly threshold: number;
}

/** The edges of a piece, sorted by one of their ends. */
export interface Ends {
    /** Of each of its nodes, in order. */
    readonly own: Adjacency;
    /** Of these nodes of other pieces, in order. */
    readonly nodes: readonly NodeIndex[];
    readonly others: Adjacency;
}

/** The first number behind those of all nodes of some pieces. */
export function endOf(pieces: readonly Pick<Piece<unknown>, 'stretches'>[]): number {
    let end = 0;
    for (const { stretches } of pieces) {
        const last = stretches.at(-1);
        if (last) end = Math.max(end, last.first + last.count);
    }
    return end;
}
