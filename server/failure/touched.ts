import type { NodeIndex, Propagation } from '../engine/index.js';
import type { Facet, FailureGraph } from './graph.js';
import { trafficOutcome, type HostOutcome, type ServiceOutcome, type TrafficOutcome } from './traffic-outcome.js';
import type { HostNodes } from './traffic-graph.js';
import { usersOf, type Users } from './users.js';

/** What is known of a graph while nothing fails, so that an outcome looks at no more than what a failure touched. */
interface Health {
    readonly hosts: readonly HostOutcome[];
    readonly placeOfHost: ReadonlyMap<HostNodes, number>;
    readonly services: readonly ServiceOutcome[];
    readonly placeOfService: ReadonlyMap<string, number>;
    /** The places among all facets of those that a node decides. */
    readonly facetsAt: ReadonlyMap<NodeIndex, readonly number[]>;
}

const healthOfGraph = new WeakMap<FailureGraph, Health>();

function healthOf(graph: FailureGraph): Health {
    const known = healthOfGraph.get(graph);
    if (known) return known;
    const { traffic } = graph;
    const healthy = trafficOutcome(traffic, () => false);
    const services = healthy.services();
    const health: Health = {
        hosts: healthy.hosts(),
        placeOfHost: new Map(traffic.hosts.map((host, place) => [host, place])),
        services,
        placeOfService: new Map(services.map(({ name }, place) => [name, place])),
        facetsAt: facetsByNode(graph.facets),
    };
    healthOfGraph.set(graph, health);
    return health;
}

function facetsByNode(facets: readonly Facet[]): Map<NodeIndex, number[]> {
    const byNode = new Map<NodeIndex, number[]>();
    for (const [place, { lost, limited }] of facets.entries()) {
        for (const node of limited === undefined ? [lost] : [lost, limited]) {
            const known = byNode.get(node);
            if (known) known.push(place);
            else byNode.set(node, [place]);
        }
    }
    return byNode;
}

/** How all hosts and services fare: those that a failure touched are looked at, all others are as in health. */
export interface AllUsers {
    hosts(this: void): readonly HostOutcome[];
    services(this: void): readonly ServiceOutcome[];
}

export function allUsers(graph: FailureGraph, propagation: Propagation, traffic: TrafficOutcome): AllUsers {
    let users: Users | undefined;
    const touched = () => (users ??= usersOf(graph)(propagation));
    return {
        hosts() {
            const { hosts, placeOfHost } = healthOf(graph);
            const now = [...hosts];
            for (const host of touched().hosts) now[placeOfHost.get(host)!] = traffic.host(host);
            return now;
        },
        services() {
            const { services, placeOfService } = healthOf(graph);
            const now = [...services];
            for (const name of touched().services) {
                const place = placeOfService.get(name);
                if (place !== undefined) now[place] = traffic.service(name)!;
            }
            return now;
        },
    };
}

/** The facets that what has failed decides, in the order in which the graph has them. */
export function touchedFacets(graph: FailureGraph, { order }: Pick<Propagation, 'order'>): readonly Facet[] {
    const { facetsAt } = healthOf(graph);
    const places = new Set<number>();
    for (const node of order) for (const place of facetsAt.get(node) ?? []) places.add(place);
    return [...places].sort((a, b) => a - b).map((place) => graph.facets[place]!);
}
