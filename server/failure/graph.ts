import type { GateGraph, NodeIndex, Stretch } from '../engine/index.js';
import type { ClockId, Range } from '../knowledge/clocks.js';
import type { FlowId } from '../knowledge/flows.js';
import type { ClusterOperation, Operation } from '../knowledge/operations.js';
import type { RuleId } from '../knowledge/rules.js';
import type { Confidence, SourceTag } from '../knowledge/sources.js';
import type { ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type { ByElementName, Elements } from '../topology/elements.js';
import type { Neighbourhood, Parts, World } from '../topology/neighbourhood.js';
import type { Copy, GatewayRole, Topology } from '../topology/topology.js';
import type { Traffic } from './traffic-graph.js';

/**
 * How failures spread through one topology. "Limited" and "total" are two nodes over the same inputs, so severity needs no
 * arithmetic of its own.
 */
export interface FailureGraph extends GateGraph<GraphNode, Reason> {
    readonly topology: Topology;
    readonly elements: Elements;
    readonly nodeOfElement: ByElementName<NodeIndex>;
    readonly facets: readonly Facet[];
    /** The parts from which it was put together; undefined of one that was built in one piece. */
    readonly parts?: GraphParts;
    readonly verdicts: Verdicts;
    readonly clusters: readonly ClusterNodes[];
    readonly traffic: Traffic;
    readonly timers: readonly Timer[];
    /** What waits to be promoted. */
    readonly standIns: readonly StandIn[];
    /** The node of a store or of its copy, whichever is in use, by that of the store; the same node of all else. */
    readonly inUse: (node: NodeIndex) => NodeIndex;
    /** Those that apply; `startup.ts` asks for R10. */
    readonly rules: ReadonlySet<RuleId>;
    /** The node of a flow in a scope; undefined where it does not exist there. */
    readonly flowNode: (flow: FlowId, scope: Scope) => NodeIndex | undefined;
}

/** Something that takes the place of another one once it is promoted. */
export interface StandIn {
    readonly element: Element;
    /** What it takes the place of. */
    readonly original: Element;
    /** Down from the promotion on. */
    readonly promotion: NodeIndex;
    /** Down while whoever uses it connects anew; undefined where nobody has to. */
    readonly reconnection?: NodeIndex;
    /** How long that takes, seconds. */
    readonly takes: Range;
    /** What does not fail any more with the original, from the promotion on. */
    readonly freed: readonly NodeIndex[];
    /** What it needs to take over, besides what the file says that it requires to start. */
    readonly needs: readonly { readonly node: NodeIndex; readonly because: string }[];
    /** Why it can never take over, as clauses. */
    readonly lacks: readonly string[];
    /** What it has of the data, as the file says; undefined: it shares it. */
    readonly copy?: Copy;
    /** Nobody has to promote it. */
    readonly byItself?: {
        /** How long that takes from the loss of the original on, seconds; without an end: nobody says. */
        readonly within: Range;
        /** Down from when both take themselves for the one until somebody decides. */
        readonly twoPrimaries: NodeIndex;
        /** Down as long as one of the two is in use. */
        readonly divided: NodeIndex;
    };
}

/** What is known of a part is true of each graph that has it. */
export interface GraphParts {
    readonly all: readonly GraphPart[];
    /** The part that has a node; undefined for one of the world, which all parts have in common. */
    readonly at: (node: NodeIndex) => GraphPart | undefined;
    /** Its place among all; negative for a node of the world. */
    readonly placeAt: (node: NodeIndex) => number;
    /** Those of the world. */
    readonly facets: readonly Facet[];
    /** The elements of the world: everything that can fail but services and their instances. */
    readonly listed: readonly Element[];
    /** The place among all services of one of a part, by its place in that. */
    readonly placeOf: (part: GraphPart, within: number) => number;
    /** What all parts have in common. The same object, for as long as nothing of that changes. */
    readonly world: World;
    /** Nodes of the world in which parts meet: they count what is lost in all of them, and nothing in a part rests on them. */
    readonly meeting: readonly NodeIndex[];
    /** The graph of the world and of some of these parts alone. Whatever happens there happens here, but for where parts meet. */
    readonly among: (parts: readonly GraphPart[]) => FailureGraph;
    /** All neighbourhoods of the estate, of which this graph may leave some out. */
    readonly estate: Pick<Parts, 'neighbourhoods'>;
    /** The graph of the estate without some of them, and with all others, whatever this graph leaves out. */
    readonly without: (left: ReadonlySet<Neighbourhood>) => FailureGraph;
}

/** Services that have to do with each other, and nothing with any others. */
export interface GraphPart {
    readonly neighbourhood: Neighbourhood;
    /** Their short names, in order of declaration. */
    readonly services: readonly string[];
    readonly traffic: Traffic;
    readonly ownFacets: readonly OwnFacet[];
    readonly owns: (node: NodeIndex) => boolean;
    /** The numbers of all its nodes, in order. */
    readonly stretches: readonly Stretch[];
    readonly listed: readonly Element[];
    readonly nodeNamed: (name: ElementName) => NodeIndex | undefined;
    /** Its nodes that are inputs of one of the world, as often as they are: nodes of its own, as long as no facet is about one of the world. */
    readonly inputsOf: (node: NodeIndex) => Int32Array;
    /** Of each of its services. */
    readonly timers: readonly (readonly Timer[])[];
}

/** Facets of a graph are told in the order of their kinds, and of services in each. */
export interface OwnFacet {
    readonly facet: Facet;
    readonly kind: number;
    /** The place of its service in the part. */
    readonly within: number;
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
    /** Nobody asks before this is down, as it is from a promotion on: then there is nothing yet, until the source answers. */
    readonly begins?: NodeIndex;
    /** Seconds. */
    readonly rise: Range;
    readonly fall: Range;
}

export type GraphNode =
    | { readonly kind: 'element'; readonly element: Element }
    /** The copies of an element, the zones over which it is spread, or what can stand in for each other of what it requires. */
    | {
          readonly kind: 'redundancy';
          readonly of: Element;
          /** One of its copies, or what takes some of them, rather than all of them together. */
          readonly isPart?: true;
          /** Required by the element, by their names: one of them will do. */
          readonly anyOf?: readonly string[];
      }
    | { readonly kind: 'flow'; readonly flow: FlowId; readonly scope: Scope }
    /** Whatever does now what an element did in health; and what takes its place. */
    | { readonly kind: 'role'; readonly of: Element }
    /** Fails once it was promoted, or while those who use it find their way to it. */
    | { readonly kind: 'promotion' | 'reconnection'; readonly of: Element }
    /** Fails while a store and its copy take themselves for the store. */
    | { readonly kind: 'two-primaries'; readonly of: Element }
    /** The flow goes on for as long as its buffer lasts. */
    | { readonly kind: 'limited-flow'; readonly flow: FlowId; readonly scope: Scope }
    | { readonly kind: 'route'; readonly route: Route }
    /** What a clock renews; down from when it has run out until it is renewed. */
    | { readonly kind: 'clock'; readonly clock: ClockId; readonly scope: Scope }
    /** `judges`: which one, where services count for it that may outlast the node. */
    | { readonly kind: 'verdict'; readonly judges?: string };

/** A stretch of a request path, or what follows for whoever uses it. */
export type Route =
    /** What a home cannot serve without: all of it, or a share. */
    | { readonly kind: 'needs' | 'needs-share'; readonly service: string; readonly cluster: string }
    /** A share of all of what a home requires one of. */
    | {
          readonly kind: 'either-share';
          readonly service: string;
          readonly cluster: string;
          readonly anyOf: readonly string[];
      }
    /** From a cluster to whatever is called there: all requests, or a share of them. */
    | { readonly kind: 'path' | 'path-by-name' | 'path-share'; readonly from: string; readonly callee: string }
    /** Any home of a service, wherever it is. */
    | { readonly kind: 'anywhere'; readonly callee: string }
    /** A service for something that does not stand it to be answered in part; undefined: that stands in no cluster. */
    | { readonly kind: 'required'; readonly from: string | undefined; readonly callee: string }
    /** From a cluster by any of the egress gateways that a line names. */
    | { readonly kind: 'leaving'; readonly from: string; readonly callee: string }
    /** The homes to which requests go first, and those to which they go only then. */
    | { readonly kind: 'nearest' | 'farther'; readonly from: string; readonly callee: string }
    /** From a cluster to one home elsewhere. */
    | { readonly kind: 'remote'; readonly from: string; readonly service: string; readonly home: string }
    /** What is gone in a home, and nobody tells those who send requests there. */
    | { readonly kind: 'unnoticed'; readonly from: string; readonly service: string; readonly home: string }
    /** The instances of a home, as far as one cluster knows of them. */
    | { readonly kind: 'away'; readonly from: string; readonly service: string; readonly home: string }
    /** What would tell a cluster of what becomes of instances in another one. */
    | { readonly kind: 'withdrawal'; readonly from: string; readonly to: string }
    /** Gateways of a cluster of which one will do; `named`: those of them that are meant. */
    | {
          readonly kind: 'gateways';
          readonly cluster: string;
          readonly role: GatewayRole;
          readonly named?: readonly string[];
      }
    /** A gateway, with what it cannot pass requests without; and a share of that. */
    | { readonly kind: 'passage' | 'passage-share'; readonly gateway: ElementName }
    /** What one home of a service calls, for as long as the home serves. */
    | { readonly kind: 'call'; readonly caller: string; readonly cluster: string; readonly callee: string }
    | { readonly kind: 'host' | 'host-share'; readonly host: string }
    /** A gateway by which clients of a service enter: with all that is behind it, and a share of that. */
    | { readonly kind: 'entry' | 'entry-share'; readonly service: string; readonly gateway: ElementName }
    /** From a gateway to a home of a service, or to all of them. */
    | { readonly kind: 'behind'; readonly service: string; readonly gateway: ElementName; readonly to?: string }
    /** From a cluster to a gateway on the way, and on from there. */
    | { readonly kind: 'hop'; readonly service: string; readonly from: string; readonly to: ElementName }
    /** From a cluster into another one, to a service there. */
    | { readonly kind: 'target'; readonly service: string; readonly from: string; readonly to: string }
    /** Whoever uses a service is lost: all of them. */
    | { readonly kind: 'users'; readonly service: string }
    /** Every host, every service and every workload that nobody named. */
    | { readonly kind: 'everybody' };

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
    /** Of what is got again and again: the external services of which one gives it, and who gets it, if it is no service. */
    readonly required?: readonly string[];
    readonly element?: ElementName;
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
