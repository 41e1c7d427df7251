/**
 * How failures spread, as one kind of node only: a node fails when at least `threshold` of its inputs have failed. Any-of
 * is a threshold of 1, a redundancy group of n the threshold n: the gates of a fault tree, without NOT, so that more
 * failures never mend anything; shared parts and circles are welcome.
 *
 * Flat arrays, in both directions: `dependents` to propagate, `inputs` for whoever goes through all of them. Whoever asks about a
 * few nodes, why they failed or what goes with them, asks for the neighbours of these.
 *
 * @typeParam Node what a node stands for
 * @typeParam Reason why one node fails with another
 */
export interface GateGraph<Node = unknown, Reason = unknown> extends Gates {
    readonly nodes: Nodes<Node>;
    /** The reason of an edge is an index into these. */
    readonly reasons: readonly Reason[];
    /** Upon what a node rests, what comes after a time included. */
    readonly inputsOf: (node: NodeIndex) => Neighbours;
    /** What rests upon a node. */
    readonly dependentsOf: (node: NodeIndex) => Neighbours;
}

/** A graph without what its nodes and edges stand for: all that propagation needs. */
export interface Gates extends Spreading {
    /** What comes after a time included, which counts nowhere: whatever rests upon such a thing has a threshold of 1. */
    readonly inputs: Adjacency;
    readonly dependents: Adjacency;
}

/** How failures spread, without a way back to what they come from. */
export interface Spreading {
    readonly thresholds: Int32Array;
    readonly dependents: Pick<Adjacency, 'offsets' | 'targets'>;
}

export type NodeIndex = number;

/** What each node stands for, found out when somebody looks at it. */
export interface Nodes<Node> {
    readonly length: number;
    readonly at: (node: NodeIndex) => Node;
    /** The place of the piece that has the node, among those of which the graph was put together. */
    readonly pieceOf: (node: NodeIndex) => number;
}

/** The neighbours of one node: `targets[first]` up to, not including, `targets[end]`; each with its reason at the same place. */
export interface Neighbours {
    readonly targets: Int32Array;
    readonly reasons: Int32Array;
    readonly first: number;
    readonly end: number;
}

/** Node `i`'s neighbours are `targets[offsets[i]]` up to, not including, `targets[offsets[i + 1]]`. */
export interface Adjacency {
    readonly offsets: Int32Array;
    readonly targets: Int32Array;
    readonly reasons: Int32Array;
}
