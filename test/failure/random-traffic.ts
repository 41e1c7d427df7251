/**
 * Traffic as plain data: exposures, calls, requirements and helpers, by hand and at random, for estates of
 * `random-estate.ts`.
 */

import fc from 'fast-check';
import {
    stated,
    type Callee,
    type Cluster,
    type Exposure,
    type ExternalService,
    type Gateway,
    type GatewayRef,
    type GatewayRole,
    type Helper,
    type Home,
    type Network,
    type Service,
    type Setting,
    type SourceLocation,
    type Target,
    type Topology,
} from '../../server/topology/topology.js';

// --- traffic by hand -----------------------------------------------------------------------------------------------

/** A place in no file. */
export const somewhere: SourceLocation = {
    uri: 'file:///estate.tsbtopo',
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
};

/** A value as if a file said it. */
export function said<T>(value: T): Setting<T> {
    return stated(value, somewhere);
}

/** Silent: no gateways and no targets are named, and no GSLB stands in front. */
export function exposure(host: string, parts: Partial<Exposure> = {}): Exposure {
    return { host, at: somewhere, hostAt: somewhere, via: [], through: [], to: [], ...parts };
}

/** A gateway as the elements name it: `t1.tier1`. */
export function gatewayRef(name: string): GatewayRef {
    const [cluster = '', gateway = ''] = name.split('.');
    return { cluster, gateway, at: somewhere };
}

export function target(cluster: string, weight?: number): Target {
    return { cluster, at: somewhere, ...(weight !== undefined && { weight }) };
}

/** A service by its short name. */
export function callee(name: string): Callee {
    return { kind: 'service', name, at: somewhere };
}

export function externalCallee(name: string): Callee {
    return { kind: 'external-service', name, at: somewhere };
}

export function helper(fails: 'open' | 'closed', by?: Callee): Helper {
    return { at: somewhere, fails: said(fails), ...(by && { by }) };
}

export function networkLine(from: string, to: readonly string[], bothWays = false): Network['lines'][number] {
    return { from: [from], to, bothWays, at: somewhere };
}

// --- traffic at random ---------------------------------------------------------------------------------------------
//
// In sketches, as in `random-estate.ts`: numbers pick what there is.

interface TargetSketch {
    /** Of all homes and clusters, the one that is picked; homes first. */
    readonly cluster: number;
    /** Of the ingress gateways there, the one that is named; undefined: the cluster alone. */
    readonly gateway: number | undefined;
    /** Of use only where the whole list has weights. */
    readonly weight: number;
}

/** Gateways of one role, or any that clients may enter by. */
type Door = 'tier1' | 'ingress' | 'any';

interface ExposureSketch {
    readonly door: Door;
    /** None: the ingress gateways of the targets. */
    readonly via: readonly number[];
    readonly through: readonly (readonly number[])[];
    readonly to: readonly TargetSketch[];
    readonly weighted: boolean;
    readonly gslbTtl: number | undefined;
}

interface HelperSketch {
    readonly by: number | undefined;
    readonly fails: 'open' | 'closed';
}

interface ServiceTrafficSketch {
    /** Of each home: whether its namespace is another than the service's. */
    readonly elsewhere: readonly boolean[];
    readonly exposures: readonly ExposureSketch[];
    readonly calls: readonly number[];
    readonly requires: readonly number[];
    /** Of the egress gateways, those by which calls leave; none: not said. */
    readonly through: readonly number[];
    readonly eastWestFailover: boolean;
    readonly outlierDetection: boolean;
    readonly externalAuthorization: HelperSketch | undefined;
    readonly rateLimit: HelperSketch | undefined;
}

export interface TrafficSketch {
    /** Of as many services as there are; the rest is of no use. */
    readonly services: readonly ServiceTrafficSketch[];
    /** Of gateways that take requests from outside, in order: what they ask. */
    readonly gateways: readonly (HelperSketch | undefined)[];
    /** Undefined: no `network` block; otherwise a flag for each pair of clusters. */
    readonly network: readonly boolean[] | undefined;
}

/** Numbers of which each picks one. */
export const index = fc.nat({ max: 11 });

/** `often` times in `of`. */
export function chance(often: number, of: number): fc.Arbitrary<boolean> {
    return fc.oneof(
        { weight: of - often, arbitrary: fc.constant(false) },
        { weight: often, arbitrary: fc.constant(true) },
    );
}

function sometimes<T>(often: number, of: number, arbitrary: fc.Arbitrary<T>, otherwise: T): fc.Arbitrary<T> {
    return fc.oneof({ weight: of - often, arbitrary: fc.constant(otherwise) }, { weight: often, arbitrary });
}

const targetSketch: fc.Arbitrary<TargetSketch> = fc.record({
    cluster: index,
    gateway: sometimes<number | undefined>(1, 3, index, undefined),
    weight: fc.constantFrom(50, 50, 20, 80, 1, 30, 0),
});

const exposureSketch: fc.Arbitrary<ExposureSketch> = fc.record({
    door: fc.constantFrom<Door[]>('tier1', 'tier1', 'tier1', 'ingress', 'any'),
    via: sometimes(3, 4, fc.array(index, { minLength: 1, maxLength: 3 }), []),
    through: sometimes(
        1,
        3,
        fc.array(fc.array(index, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }),
        [],
    ),
    to: sometimes(2, 3, fc.array(targetSketch, { minLength: 2, maxLength: 4 }), []),
    weighted: fc.boolean(),
    gslbTtl: fc.constantFrom(undefined, undefined, 10, 30, 60, 300),
});

const helperSketch: fc.Arbitrary<HelperSketch | undefined> = sometimes(
    1,
    4,
    fc.record({
        by: sometimes<number | undefined>(3, 4, index, undefined),
        fails: fc.constantFrom<HelperSketch['fails']>('open', 'closed'),
    }),
    undefined,
);

const serviceTrafficSketch: fc.Arbitrary<ServiceTrafficSketch> = fc.record({
    elsewhere: fc.array(chance(1, 12), { minLength: 3, maxLength: 3 }),
    exposures: sometimes(5, 6, fc.array(exposureSketch, { minLength: 1, maxLength: 2 }), []),
    calls: fc.array(index, { maxLength: 2 }),
    requires: sometimes(2, 3, fc.array(index, { minLength: 1, maxLength: 2 }), []),
    through: sometimes(1, 3, fc.array(index, { minLength: 1, maxLength: 2 }), []),
    eastWestFailover: chance(7, 8),
    outlierDetection: fc.boolean(),
    externalAuthorization: helperSketch,
    rateLimit: helperSketch,
});

/** Clusters of an estate, at most. */
const mostClusters = 6;

/** Traffic of up to four services. */
export const trafficSketch: fc.Arbitrary<TrafficSketch> = fc.record({
    services: fc.array(serviceTrafficSketch, { minLength: 4, maxLength: 4 }),
    gateways: sometimes(1, 3, fc.array(helperSketch, { minLength: 1, maxLength: 6 }), []),
    network: sometimes<TrafficSketch['network']>(
        1,
        4,
        fc.array(chance(3, 4), { minLength: mostClusters ** 2, maxLength: mostClusters ** 2 }),
        undefined,
    ),
});

/** The same estate, with what a sketch says of its network and of each of its services. */
export function withTraffic(topology: Topology, sketch: TrafficSketch): Topology {
    const hosts = hostNames();
    const callees = calleesOf(topology);
    const services = topology.services.map((service, at): Service => {
        const traffic = sketch.services[at];
        return traffic
            ? {
                  ...service,
                  ...drawUses(traffic, callees, gatewaysWith(topology.clusters, ['egress'])),
                  homes: drawNamespaces(traffic, service.homes),
                  exposures: traffic.exposures.map((one) =>
                      drawExposure(one, hosts.next().value, topology.clusters, service),
                  ),
                  eastWestFailover: said(traffic.eastWestFailover),
                  outlierDetection: said(traffic.outlierDetection),
              }
            : service;
    });
    const clusters = withHelpers(topology.clusters, sketch, callees);
    return { ...topology, clusters, services, network: drawNetwork(sketch.network, topology.clusters) };
}

/** Those of gateways for requests from outside ask, each as its turn comes. */
function withHelpers(clusters: readonly Cluster[], sketch: TrafficSketch, callees: readonly Callee[]): Cluster[] {
    let turn = 0;
    return clusters.map((cluster) => ({
        ...cluster,
        gateways: cluster.gateways.map((gateway) => {
            const asks = gateway.roles.some((role) => role === 'tier1' || role === 'ingress');
            const externalAuthorization = asks ? drawHelper(pick(sketch.gateways, turn++), callees) : undefined;
            return externalAuthorization ? { ...gateway, externalAuthorization } : gateway;
        }),
    }));
}

function* hostNames(): Generator<string, string> {
    for (let number = 1; ; number++) {
        yield `h${number}.example.com`;
    }
}

/** All that can be called: every service (more often, since it is in the list twice), and every external service. */
function calleesOf({ services, externalServices }: Topology): Callee[] {
    const inside = services.map(({ shortName }) => callee(shortName));
    return [...inside, ...inside, ...externalServices.map(({ name }: ExternalService) => externalCallee(name))];
}

type Uses = Pick<Service, 'calls' | 'requires' | 'externalAuthorization' | 'rateLimit'>;

/** Anything may use anything, even itself. */
function drawUses(sketch: ServiceTrafficSketch, callees: readonly Callee[], exits: readonly Gateway[]): Uses {
    const externalAuthorization = drawHelper(sketch.externalAuthorization, callees);
    const rateLimit = drawHelper(sketch.rateLimit, callees);
    const through = drawGatewayRefs(sketch.through, exits);
    const leaving = (one: Callee): Callee =>
        one.kind === 'external-service' && through.length > 0 ? { ...one, through } : one;
    return {
        calls: pickEachOnce(callees, sketch.calls, calleeKey).map(leaving),
        requires: pickEachOnce(callees, sketch.requires, calleeKey).map(leaving),
        ...(externalAuthorization && { externalAuthorization }),
        ...(rateLimit && { rateLimit }),
    };
}

function calleeKey({ kind, name }: Callee): string {
    return `${kind} ${name}`;
}

function drawHelper(sketch: HelperSketch | undefined, callees: readonly Callee[]): Helper | undefined {
    return sketch && helper(sketch.fails, sketch.by === undefined ? undefined : pick(callees, sketch.by));
}

function drawNamespaces(sketch: ServiceTrafficSketch, homes: readonly Home[]): Home[] {
    return homes.map((home, at) => (sketch.elsewhere[at] ? { ...home, namespace: said('elsewhere') } : home));
}

/** Transit only where the gateways before it are named. */
function drawExposure(
    sketch: ExposureSketch,
    host: string,
    clusters: readonly Cluster[],
    { homes }: Service,
): Exposure {
    const via = drawGatewayRefs(sketch.via, doorsOf(clusters, sketch.door));
    const transit = transitOf(clusters);
    const through = sketch.through.map((hop) => drawGatewayRefs(hop, transit)).filter((hop) => hop.length > 0);
    return exposure(host, {
        via,
        through: via.length > 0 ? through : [],
        to: drawTargets(sketch, clusters, homes),
        ...(sketch.gslbTtl !== undefined && { gslbTtl: said(sketch.gslbTtl) }),
    });
}

/** Those of one role where there are any. */
function doorsOf(clusters: readonly Cluster[], door: Door): Gateway[] {
    const all = gatewaysWith(clusters, ['tier1', 'ingress']);
    const wanted = door === 'any' ? all : gatewaysWith(clusters, [door]);
    return wanted.length > 0 ? wanted : all;
}

/** Twice as often those that lead to other clusters. */
function transitOf(clusters: readonly Cluster[]): Gateway[] {
    const leading = gatewaysWith(clusters, ['tier1']);
    return [...leading, ...leading, ...gatewaysWith(clusters, ['ingress', 'east-west'])];
}

function gatewaysWith(clusters: readonly Cluster[], roles: readonly GatewayRole[]): Gateway[] {
    return clusters
        .flatMap(({ gateways }) => gateways)
        .filter((gateway) => gateway.roles.some((role) => roles.includes(role)));
}

function drawGatewayRefs(numbers: readonly number[], gateways: readonly Gateway[]): GatewayRef[] {
    const references = gateways.map(({ cluster, name }) => gatewayRef(`${cluster}.${name}`));
    return pickEachOnce(references, numbers, ({ cluster, gateway }) => `${cluster}.${gateway}`);
}

/** Mostly homes; a list may name a cluster that is none. */
function drawTargets({ to, weighted }: ExposureSketch, clusters: readonly Cluster[], homes: readonly Home[]): Target[] {
    const ofHomes = homes.map(({ cluster }) => cluster);
    const names = [...ofHomes, ...ofHomes, ...ofHomes, ...clusters.map(({ name }) => name)];
    const targets = to.map(({ cluster, gateway, weight }): Target => {
        const there = target(pick(names, cluster)!, weighted ? weight : undefined);
        const named = gateway === undefined ? undefined : pick(ingressIn(clusters, there.cluster), gateway);
        return named ? { ...there, gateways: [named.name] } : there;
    });
    return targets.filter((one, at) => at === targets.findIndex((other) => areOne(one, other, weighted)));
}

function ingressIn(clusters: readonly Cluster[], name: string): Gateway[] {
    return gatewaysWith(
        clusters.filter((cluster) => cluster.name === name),
        ['ingress'],
    );
}

/** As in a file: a cluster has one target, or one for each of its gateways that have weights. */
function areOne(one: Target, other: Target, weighted: boolean): boolean {
    if (one.cluster !== other.cluster) return false;
    return !weighted || !one.gateways || !other.gateways || one.gateways[0] === other.gateways[0];
}

function drawNetwork(sketch: TrafficSketch['network'], clusters: readonly Cluster[]): Network {
    const isOpen = (row: number, column: number) => row !== column && sketch?.[row * mostClusters + column] === true;
    const namesWhere = (isMeant: (index: number) => boolean) =>
        clusters.filter((_, index) => isMeant(index)).map(({ name }) => name);
    const lines = clusters.flatMap(({ name }, row) => {
        const isMutual = (other: number) => isOpen(row, other) && isOpen(other, row);
        return [
            networkLine(
                name,
                namesWhere((other) => isOpen(row, other) && !isOpen(other, row)),
            ),
            networkLine(
                name,
                namesWhere((other) => other > row && isMutual(other)),
                true,
            ),
        ].filter(({ to }) => to.length > 0);
    });
    return { declared: sketch !== undefined, at: sketch ? [somewhere] : [], lines };
}

export function pickEachOnce<T>(list: readonly T[], numbers: readonly number[], key: (one: T) => string): T[] {
    const picked = new Map<string, T>();
    for (const number of numbers) {
        const one = pick(list, number);
        if (one !== undefined && !picked.has(key(one))) {
            picked.set(key(one), one);
        }
    }
    return [...picked.values()];
}

/** One of the list, whatever the number; undefined only of an empty list. */
export function pick<T>(list: readonly T[], number: number): T | undefined {
    return list[number % list.length];
}
