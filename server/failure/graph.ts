import type { FlowId } from '../knowledge/flows.js';
import type { ClusterOperation, Operation } from '../knowledge/operations.js';
import type { RuleId } from '../knowledge/rules.js';
import type { Confidence, SourceTag } from '../knowledge/sources.js';
import type { Element, ElementName, Elements } from '../topology/elements.js';
import type { Topology } from '../topology/topology.js';

/**
 * How failures spread through one topology, as one kind of node only: a node fails when at least `threshold` of its
 * inputs have failed. All-of is a threshold of 1, a redundancy group of n the threshold n. "Limited" and "total" are two
 * nodes over the same inputs, so severity needs no arithmetic of its own.
 *
 * Flat arrays, in both directions: `inputs` to explain, `dependents` to propagate. The reason of an edge is an index
 * into `reasons`.
 */
export interface FailureGraph {
    readonly topology: Topology;
    readonly elements: Elements;
    readonly nodes: readonly GraphNode[];
    readonly thresholds: Int32Array;
    readonly inputs: Adjacency;
    readonly dependents: Adjacency;
    readonly reasons: readonly Reason[];
    readonly nodeOfElement: ReadonlyMap<ElementName, NodeIndex>;
    readonly facets: readonly Facet[];
    readonly verdicts: Verdicts;
    readonly clusters: readonly ClusterNodes[];
    /** Of each service, by its short name, the homes in order of declaration. */
    readonly homesOf: ReadonlyMap<string, readonly HomeNodes[]>;
}

export interface HomeNodes {
    readonly cluster: string;
    readonly lost: NodeIndex;
}

export type NodeIndex = number;

/** Node `i`'s neighbours are `targets[offsets[i]]` up to, not including, `targets[offsets[i + 1]]`. */
export interface Adjacency {
    readonly offsets: Int32Array;
    readonly targets: Int32Array;
    readonly reasons: Int32Array;
}

export type GraphNode =
    | { readonly kind: 'element'; readonly element: Element }
    /** The copies of an element, or the zones over which it is spread. */
    | { readonly kind: 'redundancy'; readonly of: Element }
    | { readonly kind: 'flow'; readonly flow: FlowId; readonly scope: Scope }
    /** The flow goes on for as long as its buffer lasts. */
    | { readonly kind: 'limited-flow'; readonly flow: FlowId; readonly scope: Scope }
    | { readonly kind: 'verdict' };

/** Where a flow goes on: in the whole estate, in one cluster, or in one home of a service (none: the implicit workload). */
export interface Scope {
    readonly cluster?: string;
    readonly service?: string;
    /** Of a home: the element whose instances serve. */
    readonly instances?: ElementName;
}

/** Why one node fails with another. */
export interface Reason {
    readonly rule: RuleId;
    /** A clause that stands after "because". */
    readonly because: string;
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

/** A flow that counts for an operation. `limited` is the node of its limited state, where it has one. */
export interface Facet {
    readonly flow: FlowId;
    readonly operation: Operation;
    readonly rank: 'primary' | 'secondary' | 'note';
    readonly scope: Scope;
    readonly lost: NodeIndex;
    readonly limited?: NodeIndex;
}

/** The two nodes that make a severity; undefined where there is nothing that could be lost. */
export interface Verdict {
    readonly limited: NodeIndex;
    readonly total: NodeIndex;
}

export interface Verdicts {
    readonly estate: Readonly<Partial<Record<Operation, Verdict>>>;
    readonly services: ReadonlyMap<string, Verdict>;
}

export interface ClusterNodes {
    readonly name: string;
    readonly verdicts: Readonly<Partial<Record<ClusterOperation, Verdict>>>;
    /** Delivery of configuration; undefined where there is no management cluster or no edge control plane. */
    readonly delivery?: NodeIndex;
    readonly write?: NodeIndex;
}
