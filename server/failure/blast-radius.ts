import { clusterName, type ElementName } from '../topology/element-name.js';
import { createPropagation, type NodeIndex, propagate, type Propagation } from '../engine/index.js';
import type { FlowId } from '../knowledge/flows.js';
import { operations, severities } from '../knowledge/operations.js';
import type { Facet, FailureGraph, GraphNode, GraphPart, Route } from './graph.js';
import type { Gravity, Weight } from './gravity.js';
import { estateSeverities, freshnessIn, propagationOf, type Outcome, type State } from './outcome.js';
import { times } from './run.js';
import { failuresFor } from './timeline.js';
import {
    gravityOfHost,
    gravityOfService,
    trafficOutcome,
    type HostOutcome,
    type ServiceOutcome,
} from './traffic-outcome.js';
import { usersOf } from './users.js';

/** Everything that a failure takes down or degrades, as far as one line tells it. */
export interface BlastRadius extends Weight {
    /** Of those that are not here nothing is lost; in the order of the outcome. */
    readonly hosts: readonly HostOutcome[];
    readonly services: readonly ServiceOutcome[];
    /** Clusters whose workloads no service names, and which are down. */
    readonly silentClusters: number;
    /** Clusters that live, and whose configuration cannot be changed, or waits. */
    readonly frozen: number;
    readonly queued: number;
}

/** Judges failures one by one. Each costs no more than what it touches, so that thousands can be compared. */
export interface Blasts {
    /** How grave the failure of an element is. */
    weightOf(this: void, element: ElementName): Weight;
    blastRadiusOf(this: void, element: ElementName): BlastRadius;
    /** How grave things are while a state lasts, with one more element down. */
    weightWith(this: void, state: State, more?: ElementName): Weight;
    /** When failures, all at once, get worse only because they last: seconds, at the earliest; undefined where they do not. */
    worseFrom(this: void, ...elements: readonly ElementName[]): number | undefined;
}

export function blastsIn(graph: FailureGraph): Blasts {
    const scratch = createPropagation(graph);
    let inTime: Propagation | undefined;
    const touchedUsers = usersOf(graph);
    const failing = (name: ElementName) => propagate(graph, [graph.nodeOfElement.get(name)!], scratch);
    const trafficIn = ({ down }: Propagation) => trafficOutcome(graph.traffic, (node) => down[node] === 1);
    const weight = (propagation: Propagation) => {
        const { hosts, services } = touchedUsers(propagation);
        const traffic = trafficIn(propagation);
        return weightIn(graph, propagation, {
            hosts: hosts.map(traffic.hostGravity),
            services: services.flatMap((name) => {
                const service = traffic.serviceFare(name);
                return service ? gravityOfService(service) : [];
            }),
        });
    };
    return {
        weightOf: (name) => weight(failing(name)),
        blastRadiusOf(name) {
            const propagation = failing(name);
            const { hosts, services } = touchedUsers(propagation);
            const traffic = trafficIn(propagation);
            return radiusIn(graph, propagation, {
                hosts: hosts.map(traffic.host),
                services: services.flatMap((service) => traffic.service(service) ?? []),
            });
        },
        weightWith(state, more) {
            const stopped = more === undefined ? [] : [graph.nodeOfElement.get(more)!];
            return weight(propagationOf(graph, { ...state, stopped: [...state.stopped, ...stopped] }, scratch));
        },
        worseFrom(...names) {
            let first: readonly number[] | undefined;
            inTime ??= createPropagation(graph);
            for (const { at, propagation } of times(graph, failuresFor(names), 'earliest', inTime)) {
                const now = lossesIn(weight(propagation));
                if (first?.some((number, place) => number < now[place]!)) return at;
                first ??= now;
            }
            return undefined;
        },
    };
}

/** What is down, degraded, and lost of the operations: neither who fails over, nor how much operators notice of it. */
function lossesIn({ extent: [down = 0, degraded = 0, , operations = 0] }: Weight): readonly number[] {
    return [down, degraded, operations];
}

const known = new WeakMap<Outcome, BlastRadius>();

/** That of a whole scenario at a moment; computed once for an outcome. */
export function blastRadiusOf(outcome: Outcome): BlastRadius {
    let radius = known.get(outcome);
    if (!radius) known.set(outcome, (radius = radiusIn(outcome.graph, outcome.propagation, outcome)));
    return radius;
}

/** Those who use something of an estate: all of them, or those whom a failure may touch. */
interface Users<Host, Service> {
    readonly hosts: readonly Host[];
    readonly services: readonly Service[];
}

/** Nodes by whose failure one knows how grave it is. */
interface Felt {
    /** Workloads that no service names. */
    readonly workloads: ReadonlySet<NodeIndex>;
    /** Instances that a service names: alone, their loss takes a spare. */
    readonly instances: ReadonlySet<NodeIndex>;
    /**
     * Whatever else is told of a failure, although no user need notice: facets, notes, and configuration that waits. Of a
     * note the cluster that it is about: nothing more happens to the dead.
     */
    readonly others: ReadonlyMap<NodeIndex, ElementName | undefined>;
}

const feltInGraph = new WeakMap<FailureGraph, Felt>();
const feltInPart = new WeakMap<GraphPart, Felt>();

/** How users fare is asked of hosts and services themselves. */
const judgedByUsers: ReadonlySet<FlowId> = new Set(['host-reachable', 'call-reachable']);

/** What is felt of nodes of the world, and of all nodes where a graph has no parts. */
function feltIn(graph: FailureGraph): Felt {
    let felt = feltInGraph.get(graph);
    if (felt) return felt;
    const ofFacets = feltOf(graph.parts ? graph.parts.facets : graph.facets);
    const waiting = graph.clusters.flatMap(({ delivery, write }) =>
        nodesOf(delivery, write).map((node) => [node, undefined] as const),
    );
    felt = { ...ofFacets, others: new Map([...ofFacets.others, ...waiting]) };
    feltInGraph.set(graph, felt);
    return felt;
}

/** The same where a node is. */
function feltAt(graph: FailureGraph): (node: NodeIndex) => Felt {
    const ofGraph = feltIn(graph);
    const { parts } = graph;
    if (!parts) return () => ofGraph;
    return (node) => {
        const part = parts.at(node);
        if (!part) return ofGraph;
        let felt = feltInPart.get(part);
        if (!felt) feltInPart.set(part, (felt = feltOf(part.ownFacets.map(({ facet }) => facet))));
        return felt;
    };
}

function feltOf(facets: readonly Facet[]): Felt {
    const ofInstances = facets.filter(({ flow }) => flow === 'instances-serve');
    const lostOf = (isNamed: boolean) =>
        new Set(ofInstances.filter(({ scope }) => (scope.service !== undefined) === isNamed).map(({ lost }) => lost));
    return {
        workloads: lostOf(false),
        instances: lostOf(true),
        others: new Map(
            facets
                .filter(({ flow }) => flow !== 'instances-serve' && !judgedByUsers.has(flow))
                .flatMap(({ rank, scope, lost, limited }) => {
                    const cluster = rank === 'note' ? clusterName(scope.cluster ?? '') : undefined;
                    return nodesOf(lost, limited).map((node) => [node, cluster] as const);
                }),
        ),
    };
}

function nodesOf(...nodes: readonly (NodeIndex | undefined)[]): NodeIndex[] {
    return nodes.filter((node) => node !== undefined);
}

const redundantRoutes: readonly Route['kind'][] = ['path', 'gateways', 'host', 'behind'];

/** Copies, zones, gateways, homes and entries of which one will do; other gates join conditions. */
function isRedundancy(node: GraphNode): boolean {
    return node.kind === 'redundancy' || (node.kind === 'route' && redundantRoutes.includes(node.route.kind));
}

/** What one line tells of a failure. @param users all of them, or those whom it may touch */
export function radiusIn(
    graph: FailureGraph,
    propagation: Propagation,
    { hosts, services }: Users<HostOutcome, ServiceOutcome>,
): BlastRadius {
    const { workloads } = feltIn(graph);
    const freshness = graph.clusters.map((cluster) => freshnessIn(graph, cluster, propagation));
    return {
        ...weightIn(graph, propagation, {
            hosts: hosts.map(gravityOfHost),
            services: services.map(gravityOfService),
        }),
        hosts: hosts.filter(({ severity, gapSeconds }) => severity !== 'unaffected' || gapSeconds !== null),
        services: services.filter(({ severity, lostHomes }) => severity !== 'unaffected' || lostHomes.length > 0),
        silentClusters: propagation.order.filter((node) => workloads.has(node)).length,
        frozen: freshness.filter((one) => one === 'frozen').length,
        queued: freshness.filter((one) => one === 'queued').length,
    };
}

function weightIn(graph: FailureGraph, propagation: Propagation, { hosts, services }: Users<Gravity, Gravity>): Weight {
    const { order, touched, down } = propagation;
    const felt = feltAt(graph);
    const numberOf = (kind: 'workloads' | 'instances') => order.filter((node) => felt(node)[kind].has(node)).length;
    const usersWho = (are: Gravity) => [...hosts, ...services].filter((gravity) => gravity === are).length;
    const isGone = (cluster: ElementName | undefined) =>
        cluster !== undefined && down[graph.nodeOfElement.get(cluster) ?? -1] === 1;
    const severity = estateSeverities(graph, propagation);
    const numbers = {
        down: usersWho('down') + numberOf('workloads'),
        degraded: usersWho('degraded'),
        failover: usersWho('failover'),
        operators: order.filter((node) => {
            const { others } = felt(node);
            return others.has(node) && !isGone(others.get(node));
        }).length,
    };
    const gravity = (): Gravity => {
        for (const each of ['down', 'degraded', 'failover', 'operators'] as const) if (numbers[each] > 0) return each;
        const held = touched.some(
            (node) => !down[node] && graph.thresholds[node]! > 1 && isRedundancy(graph.nodes.at(node)),
        );
        return held || numberOf('instances') > 0 ? 'spare' : 'none';
    };
    const lost = operations.map((operation) => severities.indexOf(severity[operation]));
    return {
        gravity: gravity(),
        operations: severity,
        extent: [
            numbers.down,
            numbers.degraded,
            numbers.failover,
            lost.reduce((sum, one) => sum + one ** 2, 0),
            numbers.operators,
        ],
    };
}
