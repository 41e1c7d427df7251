import { calleeKey, hardNeeds, routesOf, type Routes } from '../failure/routes.js';
import {
    managementCluster,
    type Callee,
    type Reachability,
    type Service,
    type Topology,
} from '../topology/topology.js';
import { entryOf } from './phrases.js';
import { servingOf, type Serving } from './serving.js';

/** What the findings about traffic look up, built once for each topology. */
export interface TrafficView {
    readonly topology: Topology;
    /** The name of the management cluster. */
    readonly management: string | undefined;
    readonly routes: Routes;
    /** Whether connections may be opened from one cluster to another; a line of which one end is unknown may say so. */
    readonly isOpen: Routes['isOpen'];
    readonly serving: Serving;
    /** Who calls, requires or asks a service, by its short name. */
    readonly callersOf: (service: string) => readonly Service[];
    /** Who cannot serve without something. */
    readonly needersOf: (callee: Pick<Callee, 'kind' | 'name'>) => readonly Service[];
    /** The line that opens the way from one cluster to another. */
    readonly lineOf: (from: string, to: string) => Reachability | undefined;
    /** The lines from a cluster into which there is no way back. */
    readonly oneWayFrom: (cluster: string) => readonly Reachability[];
    /** The clusters to or from which a line leads. */
    readonly neighboursOf: (cluster: string) => ReadonlySet<string>;
}

/** Gathers what the findings about traffic need. */
export function trafficViewOf(topology: Topology): TrafficView {
    const routes = routesOf(topology);
    const isOpen = (from: string, to: string) => routes.isOpen(from, to) || mayBeOpen(topology, from, to);
    const lines = new Map(topology.network.reachable.map((line) => [wayKey(line.from, line.to), line]));
    const oneWay = new Map<string, Reachability[]>();
    const neighbours = new Map<string, Set<string>>();
    for (const line of topology.network.reachable) {
        const { from, to } = line;
        if (!isOpen(to, from)) entryOf(oneWay, from, () => []).push(line);
        entryOf(neighbours, from, () => new Set()).add(to);
        entryOf(neighbours, to, () => new Set()).add(from);
    }
    const callers = byCallee(topology, asked);
    const needers = byCallee(topology, hardNeeds);
    return {
        topology,
        management: managementCluster(topology)?.name,
        routes,
        isOpen,
        serving: servingOf(topology, routes, isOpen),
        callersOf: (name) => callers.get(calleeKey({ kind: 'service', name })) ?? [],
        needersOf: (callee) => needers.get(calleeKey(callee)) ?? [],
        lineOf: (from, to) => lines.get(wayKey(from, to)),
        oneWayFrom: (cluster) => oneWay.get(cluster) ?? [],
        neighboursOf: (cluster) => neighbours.get(cluster) ?? new Set(),
    };
}

/** Whether a line of which one end means nothing (yet) may open this way. */
function mayBeOpen({ network: { unknown = [] } }: Topology, from: string, to: string): boolean {
    return unknown.some((line) => (line.from ?? from) === from && (line.to ?? to) === to);
}

function asked({ calls, requires, externalAuthorization, rateLimit }: Service): readonly Callee[] {
    return [...calls, ...requires, ...[externalAuthorization, rateLimit].flatMap((helper) => helper?.by ?? [])];
}

function byCallee(topology: Topology, callees: (service: Service) => readonly Callee[]): Map<string, Service[]> {
    const services = new Map<string, Service[]>();
    for (const service of topology.services) {
        for (const key of new Set(callees(service).map(calleeKey))) entryOf(services, key, () => []).push(service);
    }
    return services;
}

function wayKey(from: string, to: string): string {
    return JSON.stringify([from, to]);
}
