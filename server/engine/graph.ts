/**
 * How failures spread, as one kind of node only: a node fails when at least `threshold` of its inputs have failed. Any-of
 * is a threshold of 1, a redundancy group of n the threshold n: the gates of a fault tree, without NOT, so that more
 * failures never mend anything; shared parts and circles are welcome.
 *
 * Who looks at some nodes asks for these: what they need to fail, and their neighbours. Who goes through all of them, as a sweep
 * does, takes the flat arrays of {@link Gates}, which are laid out once somebody does.
 *
 * @typeParam Node what a node stands for
 * @typeParam Reason why one node fails with another
 */
export interface GateGraph<Node = unknown, Reason = unknown> extends Gates, Walk {
    readonly nodes: Nodes<Node>;
    /** The reason of an edge is an index into these. */
    readonly reasons: readonly Reason[];
}

/** A graph node by node: what propagation needs of it costs what it comes to. */
export interface Walk {
    readonly nodes: Pick<Nodes<unknown>, 'length'>;
    /** With how many failed inputs a node fails. */
    readonly thresholdOf: (node: NodeIndex) => number;
    /** Upon what a node rests, what comes after a time included. */
    readonly inputsOf: (node: NodeIndex) => Neighbours;
    /** What rests upon a node. */
    readonly dependentsOf: (node: NodeIndex) => Neighbours;
}

/** A graph laid out, without what its nodes and edges stand for. */
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
