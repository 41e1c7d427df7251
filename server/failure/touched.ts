import type { NodeIndex, Propagation } from '../engine/index.js';
import type { Facet, FailureGraph, GraphPart, OwnFacet } from './graph.js';
import { faresIn } from './part-fares.js';
import { trafficOutcome, type HostOutcome, type ServiceOutcome, type TrafficOutcome } from './traffic-outcome.js';
import type { HostNodes, ServingNodes } from './traffic-graph.js';
import { ordering, usersOf, type Users } from './users.js';

/** What is known of a graph while nothing fails, so that an outcome looks at no more than what a failure touched. */
interface Health {
    readonly hosts: readonly HostOutcome[];
    readonly placeOfHost: ReadonlyMap<HostNodes, number>;
    readonly services: readonly ServiceOutcome[];
    readonly placeOfService: ReadonlyMap<string, number>;
}

const healthOfGraph = new WeakMap<FailureGraph, Health>();

function healthOf(graph: FailureGraph): Health {
    const known = healthOfGraph.get(graph);
    if (known) return known;
    const { traffic } = graph;
    const healthy = trafficOutcome(traffic, () => false);
    const services = [...traffic.serving].flatMap(
        ([name, homes]) => keptIn(servicesInHealth, homes, () => healthy.service(name)) ?? [],
    );
    const health: Health = {
        hosts: traffic.hosts.map((host) => keptIn(hostsInHealth, host, () => healthy.host(host))),
        placeOfHost: new Map(traffic.hosts.map((host, place) => [host, place])),
        services,
        placeOfService: new Map(services.map(({ name }, place) => [name, place])),
    };
    healthOfGraph.set(graph, health);
    return health;
}

// both hang on what is made anew with all that they may have to do with
const hostsInHealth = new WeakMap<HostNodes, HostOutcome>();
const servicesInHealth = new WeakMap<readonly ServingNodes[], ServiceOutcome | undefined>();

function keptIn<K extends object, V>(memory: WeakMap<K, V>, key: K, make: () => V): V {
    if (memory.has(key)) return memory.get(key)!;
    const made = make();
    memory.set(key, made);
    return made;
}

function byNode<T extends { readonly facet: Facet }>(facets: readonly T[]): Map<NodeIndex, T[]> {
    const found = new Map<NodeIndex, T[]>();
    for (const each of facets) {
        const { lost, limited } = each.facet;
        for (const node of limited === undefined ? [lost] : [lost, limited]) {
            const known = found.get(node);
            if (known) known.push(each);
            else found.set(node, [each]);
        }
    }
    return found;
}

/**
 * Those whom a failure touched, in the order in which an outcome has them. All others are as in health: unaffected, and nobody
 * moves.
 */
export interface TouchedUsers {
    readonly hosts: ReadonlyMap<HostNodes, HostOutcome>;
    /** By their short names. */
    readonly services: ReadonlyMap<string, ServiceOutcome>;
}

/** How hosts and services fare: those that a failure touched are looked at, all others are as in health. */
export interface AllUsers {
    hosts(this: void): readonly HostOutcome[];
    services(this: void): readonly ServiceOutcome[];
    /** At the price of what the failure touched, whatever the size of the estate. */
    touched(this: void): TouchedUsers;
    /** Those that were touched, by their places among all. */
    touchedHosts(this: void): ReadonlyMap<number, HostOutcome>;
    touchedServices(this: void): ReadonlyMap<number, ServiceOutcome>;
}

export function allUsers(graph: FailureGraph, propagation: Propagation, traffic: TrafficOutcome): AllUsers {
    let users: Users | undefined;
    const found = () => (users ??= usersOf(graph)(propagation));
    let hosts: TouchedUsers['hosts'] | undefined;
    let services: TouchedUsers['services'] | undefined;
    const touched: TouchedUsers = {
        get hosts() {
            return (hosts ??= new Map(found().hosts.map((host) => [host, traffic.host(host)])));
        },
        get services() {
            return (services ??= new Map(
                found().services.flatMap((name) => {
                    const service = traffic.service(name);
                    return service ? [[name, service]] : [];
                }),
            ));
        },
    };
    let byPart: TouchedUsers | undefined;
    const placed = <K, V>(those: ReadonlyMap<K, V>, places: ReadonlyMap<K, number>) =>
        new Map(Array.from(those, ([key, value]) => [places.get(key)!, value]));
    const touchedHosts = () => placed(touched.hosts, healthOf(graph).placeOfHost);
    const touchedServices = () => placed(touched.services, healthOf(graph).placeOfService);
    return {
        hosts: () => replaced(healthOf(graph).hosts, touchedHosts()),
        services: () => replaced(healthOf(graph).services, touchedServices()),
        touched: () => (byPart ??= graph.parts ? touchedByPart(graph, propagation) : touched),
        touchedHosts,
        touchedServices,
    };
}

/** The same, as parts remember it: a sweep over all failures would have them forget what was asked for before. */
function touchedByPart(graph: FailureGraph, propagation: Propagation): TouchedUsers {
    const outcomes = Array.from(faresIn(graph)(propagation), (fare) => fare.outcomes());
    const hosts = outcomes.flatMap((each) => each.hosts);
    const services = outcomes.flatMap((each) => each.services);
    const inOrder = ordering(graph);
    return {
        hosts: new Map(inOrder(hosts, ([host]) => host)),
        services: new Map(inOrder(services, ([name]) => name)),
    };
}

function replaced<T>(all: readonly T[], others: ReadonlyMap<number, T>): T[] {
    const now = [...all];
    for (const [place, each] of others) now[place] = each;
    return now;
}

/** A facet, with what its place among all facets of a graph depends on: the one number before the other. */
interface PlacedFacet {
    readonly facet: Facet;
    readonly place: readonly [kind: number, service: number, further: number];
}

const placedInGraph = new WeakMap<FailureGraph, ReadonlyMap<NodeIndex, readonly PlacedFacet[]>>();
const placedInPart = new WeakMap<GraphPart, ReadonlyMap<NodeIndex, readonly (OwnFacet & { further: number })[]>>();

/** The facets that what has failed decides, in the order in which the graph has them. */
export function touchedFacets(graph: FailureGraph, { order }: Pick<Propagation, 'order'>): readonly Facet[] {
    const { parts } = graph;
    const ofGraph = keptIn(placedInGraph, graph, () => {
        const facets = parts ? parts.facets : graph.facets;
        // those of the world come behind all others
        return byNode(facets.map((facet, further): PlacedFacet => ({ facet, place: [Infinity, 0, further] })));
    });
    const found = new Map<Facet, PlacedFacet>();
    for (const node of order) {
        for (const placed of ofGraph.get(node) ?? []) found.set(placed.facet, placed);
        const part = parts?.at(node);
        if (!parts || !part) continue;
        const ofPart = keptIn(placedInPart, part, () =>
            byNode(part.ownFacets.map((own, further) => ({ ...own, further }))),
        );
        for (const { facet, kind, within, further } of ofPart.get(node) ?? [])
            found.set(facet, { facet, place: [kind, parts.placeOf(part, within), further] });
    }
    return [...found.values()].sort(inPlace).map(({ facet }) => facet);
}

function inPlace({ place: one }: PlacedFacet, { place: other }: PlacedFacet): number {
    if (one[0] !== other[0]) return one[0] < other[0] ? -1 : 1;
    return one[1] - other[1] || one[2] - other[2];
}
