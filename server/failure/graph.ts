import type { ClockId, Range } from '../knowledge/clocks.js';
import type { FlowId } from '../knowledge/flows.js';
import type { ClusterOperation, Operation } from '../knowledge/operations.js';
import type { RuleId } from '../knowledge/rules.js';
import type { Confidence, SourceTag } from '../knowledge/sources.js';
import type { Element, ElementName, Elements } from '../topology/elements.js';
import type { Callee, Exposure, Gateway, GatewayRole, Target, Topology } from '../topology/topology.js';
import type { Routes } from './routes.js';

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
    readonly traffic: Traffic;
    readonly timers: readonly Timer[];
    /** Those that apply; `startup.ts` asks for R10. */
    readonly rules: ReadonlySet<RuleId>;
    /** The node of a flow in a scope; undefined where it does not exist there. */
    readonly flowNode: (flow: FlowId, scope: Scope) => NodeIndex | undefined;
}

/**
 * A clock at work (R7): its node fails once what renews it has been away for the whole of `rise` without a break, and is
 * back when it has been there for `fall`. Not an edge by which failures spread at once: `run.ts` keeps the time.
 */
export interface Timer {
    readonly clock: ClockId;
    readonly scope: Scope;
    /** What renews it. */
    readonly source: NodeIndex;
    readonly node: NodeIndex;
    /** What carries it: where none of these is left, it runs out unnoticed. */
    readonly carriers: readonly NodeIndex[];
    /** Seconds. */
    readonly rise: Range;
    readonly fall: Range;
}

/** The nodes of all request paths, for those who ask more of them than whether they hold. */
export interface Traffic {
    readonly routes: Routes;
    /** Exposed hosts that are served in health. */
    readonly hosts: readonly HostNodes[];
    /** The same by service. */
    readonly hostsOf: ReadonlyMap<string, readonly HostNodes[]>;
    /** Of each service, by its short name, the homes in order of declaration. */
    readonly serving: ReadonlyMap<string, readonly ServingNodes[]>;
    /** Of each service, whom its homes call, as far as there is a path in health. */
    readonly calls: ReadonlyMap<string, readonly CallNodes[]>;
    /** Of each service, who calls it. */
    readonly callers: ReadonlyMap<string, readonly CallerNodes[]>;
    /** A path that somebody uses; undefined where nobody does, or where there is none in health. */
    readonly path: (from: string, callee: Pick<Callee, 'kind' | 'name'>) => PathNodes | undefined;
}

export interface ServingNodes {
    readonly cluster: string;
    /** Fails with the instances, and with whatever the service requires. */
    readonly serves: NodeIndex;
    readonly instances: NodeIndex;
}

export interface CallNodes {
    readonly cluster: string;
    readonly path: PathNodes;
    /** Needed for part of the answers only (`calls`), so that its loss limits the caller. */
    readonly isPartial: boolean;
}

export interface CallerNodes {
    readonly service: string;
    readonly cluster: string;
    readonly instances: NodeIndex;
    readonly path: PathNodes;
}

export interface PathNodes {
    readonly from: string;
    readonly callee: Callee;
    /** The homes that can answer, the local one first; none for an external service. */
    readonly members: readonly MemberNodes[];
    /** Through which calls to an external service leave; empty where they leave directly. */
    readonly egress: readonly Gateway[];
    readonly lost: NodeIndex;
    readonly limited: NodeIndex | undefined;
}

export interface MemberNodes {
    readonly home: string;
    readonly isLocal: boolean;
    readonly lost: NodeIndex;
    /** The east-west gateways of a home elsewhere. */
    readonly gateways: readonly Gateway[];
}

export interface HostNodes {
    readonly exposure: Exposure;
    readonly service: string;
    readonly entries: readonly ForwardNodes[];
    readonly targets: readonly Target[];
    readonly lost: NodeIndex;
    readonly limited: NodeIndex;
}

/** A gateway on the way: it passes requests on to the next hop, or to homes. */
export interface ForwardNodes {
    readonly gateway: Gateway;
    readonly lost: NodeIndex;
    readonly shareLoss: NodeIndex | undefined;
    readonly weighted: boolean;
    readonly targets: readonly TargetNodes[];
    readonly next: readonly ForwardNodes[];
}

export interface TargetNodes {
    readonly cluster: string;
    readonly weight: number;
    /** Where requests from another cluster enter. */
    readonly ingress: readonly Gateway[];
    readonly path: PathNodes;
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
    | { readonly kind: 'route'; readonly route: Route }
    /** What a clock renews; down from when it has run out until it is renewed. */
    | { readonly kind: 'clock'; readonly clock: ClockId; readonly scope: Scope }
    | { readonly kind: 'verdict' };

/** A stretch of a request path. */
export type Route =
    /** The instances of a service in one home, with all that they cannot serve without. */
    | { readonly kind: 'serves'; readonly service: string; readonly cluster: string }
    /** From a cluster to whatever is called there. */
    | { readonly kind: 'path'; readonly from: string; readonly callee: string }
    /** From a cluster to one home elsewhere. */
    | { readonly kind: 'remote'; readonly from: string; readonly service: string; readonly home: string }
    | { readonly kind: 'gateways'; readonly cluster: string; readonly role: GatewayRole }
    | { readonly kind: 'host'; readonly host: string }
    /** A gateway on the way of a host's requests, with all that is behind it. */
    | { readonly kind: 'entry'; readonly host: string; readonly gateway: ElementName }
    | { readonly kind: 'behind'; readonly host: string; readonly gateway: ElementName }
    | { readonly kind: 'share'; readonly host: string; readonly gateway: ElementName }
    | { readonly kind: 'hop'; readonly host: string; readonly from: string; readonly to: ElementName }
    | { readonly kind: 'target'; readonly host: string; readonly from: string; readonly to: string };

/** Where a flow goes on: in the whole estate, in one cluster, or in one home of a service (none: the implicit workload). */
export interface Scope {
    readonly cluster?: string;
    readonly service?: string;
    /** Of a home: the element whose instances serve. */
    readonly instances?: ElementName;
    /** Of an exposed host: its name, and the service behind it. */
    readonly host?: string;
    readonly exposedService?: string;
    /** Of a call: who calls, and what is called. */
    readonly caller?: string;
    readonly callee?: string;
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
}

export interface ClusterNodes {
    readonly name: string;
    readonly verdicts: Readonly<Partial<Record<ClusterOperation, Verdict>>>;
    /** Delivery of configuration; undefined where there is no management cluster or no edge control plane. */
    readonly delivery?: NodeIndex;
    readonly write?: NodeIndex;
}
