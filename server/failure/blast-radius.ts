import type { ElementName } from '../topology/element-name.js';
import { createPropagation, propagate, type Propagation } from '../engine/index.js';
import { feltAt, feltIn } from './felt.js';
import type { FailureGraph, GraphNode, Route } from './graph.js';
import type { Gravity, Weight } from './gravity.js';
import { countLosses, lostOf, type LossCount } from './losses.js';
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
            let count: LossCount | undefined;
            inTime ??= createPropagation(graph);
            for (const { at, propagation } of times(graph, failuresFor(names), 'earliest', inTime)) {
                if (count?.isMore()) return at;
                count ??= countLosses(graph, propagation);
            }
            return undefined;
        },
    };
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

/** How many of the failed are such. */
function numberOfFelt(graph: FailureGraph, { order }: Propagation, kind: 'workloads' | 'instances'): number {
    const felt = feltAt(graph);
    return order.filter((node) => felt(node)[kind].has(node)).length;
}

function weightIn(graph: FailureGraph, propagation: Propagation, { hosts, services }: Users<Gravity, Gravity>): Weight {
    const { order, touched, down } = propagation;
    const felt = feltAt(graph);
    const usersWho = (are: Gravity) => [...hosts, ...services].filter((gravity) => gravity === are).length;
    const isGone = (cluster: ElementName | undefined) =>
        cluster !== undefined && down[graph.nodeOfElement.get(cluster) ?? -1] === 1;
    const severity = estateSeverities(graph, propagation);
    const numbers = {
        down: usersWho('down') + numberOfFelt(graph, propagation, 'workloads'),
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
        return held || numberOfFelt(graph, propagation, 'instances') > 0 ? 'spare' : 'none';
    };
    return {
        gravity: gravity(),
        operations: severity,
        extent: [numbers.down, numbers.degraded, numbers.failover, lostOf(severity), numbers.operators],
    };
}
