import { calleeKey, hardNeeds, helpersThatFail, routesOf, type Routes } from '../failure/routes.js';
import { targetsFrom, waysOf } from '../topology/network.js';
import {
    managementCluster,
    type Callee,
    type Gateway,
    type NetworkLine,
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
    /** Gateways that refuse requests without something. */
    readonly gatewaysNeeding: (callee: Pick<Callee, 'kind' | 'name'>) => readonly Gateway[];
    /** Who cannot serve without something. */
    readonly needersOf: (callee: Pick<Callee, 'kind' | 'name'>) => readonly Service[];
    /** The line that opens the way from one cluster to another. */
    readonly lineOf: (from: string, to: string) => NetworkLine | undefined;
    /** The ways from a cluster to others of these from which there is none back, with their lines. */
    readonly oneWayFrom: (cluster: string, others: ReadonlySet<string>) => readonly OneWay[];
    /** The clusters to which lines lead from a cluster, one after the other. */
    readonly reachedFrom: (cluster: string) => Iterable<string>;
}

interface OneWay {
    readonly from: string;
    readonly to: string;
    readonly at: NetworkLine['at'];
}

/** Gathers what the findings about traffic need. */
export function trafficViewOf(topology: Topology): TrafficView {
    const routes = routesOf(topology);
    const mayBeOpen = mayBeOpenIn(topology);
    const isOpen = (from: string, to: string) => routes.isOpen(from, to) || mayBeOpen(from, to);
    const { lineOf, linesFrom } = waysOf(topology.network);
    const oneWayFrom = (from: string, others: ReadonlySet<string>) =>
        linesFrom(from)
            .filter(({ bothWays }) => !bothWays)
            .flatMap((line) =>
                targetsFrom(line, from)
                    .filter((to) => others.has(to) && lineOf(from, to) === line && !isOpen(to, from))
                    .map((to): OneWay => ({ from, to, at: line.at })),
            );
    const callers = byCallee(topology, asked);
    const needers = byCallee(topology, hardNeeds);
    const gateways = gatewaysByHelper(topology);
    return {
        topology,
        management: managementCluster(topology)?.name,
        routes,
        isOpen,
        serving: servingOf(topology, routes, isOpen),
        callersOf: (name) => callers.get(calleeKey({ kind: 'service', name })) ?? [],
        gatewaysNeeding: (callee) => gateways.get(calleeKey(callee)) ?? [],
        needersOf: (callee) => needers.get(calleeKey(callee)) ?? [],
        lineOf,
        oneWayFrom,
        *reachedFrom(from) {
            for (const line of linesFrom(from)) yield* targetsFrom(line, from);
        },
    };
}

/** Whether a line of which one end means nothing (yet) may open a way. */
function mayBeOpenIn({ network: { unknown } }: Topology): Routes['isOpen'] {
    if (!unknown) return () => false;
    const from = new Set(unknown.from);
    const to = new Set(unknown.to);
    return (one, other) => unknown.anywhere || from.has(one) || to.has(other);
}

function asked({ calls, requires, externalAuthorization, rateLimit }: Service): readonly Callee[] {
    return [...calls, ...requires, ...[externalAuthorization, rateLimit].flatMap((helper) => helper?.by ?? [])];
}

function gatewaysByHelper({ clusters }: Topology): Map<string, Gateway[]> {
    const gateways = new Map<string, Gateway[]>();
    for (const gateway of clusters.flatMap((cluster) => cluster.gateways)) {
        for (const key of new Set(helpersThatFail(gateway, 'closed').map(calleeKey))) {
            entryOf(gateways, key, () => []).push(gateway);
        }
    }
    return gateways;
}

function byCallee(topology: Topology, callees: (service: Service) => readonly Callee[]): Map<string, Service[]> {
    const services = new Map<string, Service[]>();
    for (const service of topology.services) {
        for (const key of new Set(callees(service).map(calleeKey))) entryOf(services, key, () => []).push(service);
    }
    return services;
}
