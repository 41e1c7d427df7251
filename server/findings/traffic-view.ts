import { calleeKey, hardNeeds, helpersOf, helpersThatFail, routesOf, type Routes } from '../failure/routes.js';
import type { Neighbourhood, World } from '../topology/neighbourhood.js';
import { partsOf } from '../topology/neighbourhoods.js';
import { targetsFrom, waysOf } from '../topology/network.js';
import {
    managementCluster,
    requiredBy,
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
    /** The clusters in which a service runs. */
    readonly homed: ReadonlySet<string>;
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
    /**
     * What is found of services, in their order: of each by itself, and by what it has to do with others. It is kept by the
     * function that finds it, for as long as nothing of that changes.
     */
    readonly ofEachService: <T>(this: void, find: OfService<T>) => T[];
}

interface OneWay {
    readonly from: string;
    readonly to: string;
    readonly at: NetworkLine['at'];
}

/** What is found of a service reads no more than the view that it is given. */
export type OfService<T> = (view: TrafficView, service: Service) => readonly T[];

/** What all views of the parts of an estate have in common. */
type WorldView = Pick<
    TrafficView,
    'management' | 'homed' | 'isOpen' | 'gatewaysNeeding' | 'lineOf' | 'oneWayFrom' | 'reachedFrom'
> & { readonly routes: Routes };

const worldViews = new WeakMap<World, WorldView>();
const known = new WeakMap<Neighbourhood, PartView>();

/** The view of a neighbourhood, with what was found of its services. */
interface PartView {
    readonly view: TrafficView;
    readonly found: Map<OfService<unknown>, Found<unknown>>;
}

/** What was found of each service of a neighbourhood. */
interface Found<T> {
    readonly lists: readonly (readonly T[])[];
    readonly isEmpty: boolean;
}

/**
 * Gathers what the findings about traffic need. Of a neighbourhood that an edit left alone nothing is gathered again.
 *
 * @param parts unless said, those of the topology
 */
export function trafficViewOf(topology: Topology, parts = partsOf(topology)): TrafficView {
    const world = worldViews.get(parts.world) ?? worldViewOf(parts.world);
    worldViews.set(parts.world, world);
    const views = parts.neighbourhoods.map((each) => {
        const part = known.get(each) ?? { view: viewOf(world, parts.world, each), found: new Map() };
        known.set(each, part);
        return part;
    });
    const { serviceAt, placeOf } = parts;
    const partOf = (service: string) => views[placeOf[serviceAt.get(service) ?? -1] ?? -1]?.view;
    const servingIn = ({ shortName }: Service) => partOf(shortName)!.serving;
    const inPart = ({ kind, name }: Pick<Callee, 'kind' | 'name'>) =>
        kind === 'service' ? [partOf(name) ?? []].flat() : views.map(({ view }) => view);
    return {
        ...world,
        topology,
        routes: { ...world.routes, topology, service: (name) => topology.services[serviceAt.get(name) ?? -1] },
        serving: {
            homesOf: (service) => servingIn(service).homesOf(service),
            ledTo: (from, called) => servingIn(called).ledTo(from, called),
            reached: (from, called) => servingIn(called).reached(from, called),
            calledBy: (from, callee, called) => servingIn(called).calledBy(from, callee, called),
            answering: (from, callee, called) => servingIn(called).answering(from, callee, called),
        },
        callersOf: (service) => partOf(service)?.callersOf(service) ?? [],
        needersOf: (callee) => inPart(callee).flatMap((view) => view.needersOf(callee)),
        ofEachService<T>(find: OfService<T>) {
            const found = views.map((part) => foundIn(part, find));
            // most things are found nowhere
            if (found.every(({ isEmpty }) => isEmpty)) return [];
            const next = new Int32Array(found.length);
            const all: T[] = [];
            for (const place of placeOf) for (const each of found[place]!.lists[next[place]!++]!) all.push(each);
            return all;
        },
    };
}

function foundIn<T>({ view, found }: PartView, find: OfService<T>): Found<T> {
    const before = found.get(find) as Found<T> | undefined;
    if (before) return before;
    const lists = view.topology.services.map((service) => find(view, service));
    const now = { lists, isEmpty: lists.every(({ length }) => length === 0) };
    found.set(find, now);
    return now;
}

function worldViewOf({ topology, homed }: World): WorldView {
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
    const gateways = gatewaysByHelper(topology);
    return {
        management: managementCluster(topology)?.name,
        homed,
        routes,
        isOpen,
        gatewaysNeeding: (callee) => gateways.get(calleeKey(callee)) ?? [],
        lineOf,
        oneWayFrom,
        *reachedFrom(from) {
            for (const line of linesFrom(from)) yield* targetsFrom(line, from);
        },
    };
}

function viewOf(world: WorldView, around: World, { services }: Neighbourhood): TrafficView {
    const topology = { ...around.topology, services };
    const routes = routesOf(topology, world.routes);
    const callers = byCallee(topology, asked);
    const needers = byCallee(topology, (service) =>
        hardNeeds(service).flatMap((need) => (need.length === 1 ? need : [])),
    );
    const view: TrafficView = {
        ...world,
        topology,
        routes,
        serving: servingOf(topology, routes, world.isOpen),
        callersOf: (name) => callers.get(calleeKey({ kind: 'service', name })) ?? [],
        needersOf: (callee) => needers.get(calleeKey(callee)) ?? [],
        ofEachService: <T>(find: OfService<T>) => services.flatMap((service) => find(view, service)),
    };
    return view;
}

/** Whether a line of which one end means nothing (yet) may open a way. */
function mayBeOpenIn({ network: { unknown } }: Topology): Routes['isOpen'] {
    if (!unknown) return () => false;
    const from = new Set(unknown.from);
    const to = new Set(unknown.to);
    return (one, other) => unknown.anywhere || from.has(one) || to.has(other);
}

function asked(service: Service): readonly Callee[] {
    return [...service.calls, ...requiredBy(service), ...helpersOf(service)];
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
