import { jointKey } from '../topology/joint-key.js';
import { partName } from '../topology/element-name.js';
import { waysOf } from '../topology/network.js';
import {
    requiredBy,
    type Callee,
    type Cluster,
    type Exposure,
    type ExternalService,
    type Gateway,
    type GatewayRef,
    type GatewayRole,
    type Home,
    type Service,
    type SourceLocation,
    type Target,
    type Topology,
} from '../topology/topology.js';

/**
 * Which ways a request can take while everything is healthy: what the file declares and leaves out. Whether a way holds
 * in a failure is the graph's affair (traffic.ts); findings and "why would it not fail over?" read the conditions here.
 */
export interface Routes {
    readonly topology: Topology;
    readonly service: (name: string) => Service | undefined;
    readonly external: (name: string) => ExternalService | undefined;
    /** Whether connections may be opened from one cluster to another. */
    readonly isOpen: (from: string, to: string) => boolean;
    /** The line of the network that says so; undefined where none does. */
    readonly lineOf: (from: string, to: string) => SourceLocation | undefined;
    readonly gatewaysIn: (cluster: string, role: GatewayRole) => readonly Gateway[];
    readonly cluster: (name: string) => Cluster | undefined;
}

type Look = (text: string) => string;

/** One condition of failover to a home, met or not, with the place in the file that decides it. */
export interface Condition {
    readonly id: 'failover' | 'gateway' | 'reachability' | 'namespace' | 'locality';
    readonly met: boolean;
    /** A sentence that is true as it stands, for a met and for an unmet condition; told how it writes names and lines. */
    readonly says: (name: Look, line: Look) => string;
    readonly at: SourceLocation;
}

/** A home to which callers in another cluster go on, if every condition is met. */
export interface RemoteHome {
    readonly home: Home;
    readonly possible: boolean;
    /** In words, with places: asked for by people, not by the graph. */
    conditions(this: void): readonly Condition[];
}

/** How a cluster reaches a service: its own instances, and the homes elsewhere. */
export interface ServiceRoute {
    readonly local: Home | undefined;
    readonly remotes: readonly RemoteHome[];
}

/**
 * The ways of a topology, with its look-ups built once.
 *
 * @param world those of the same topology without services, where they are known
 */
export function routesOf(topology: Topology, world = worldRoutes(topology)): Routes {
    const services = new Map(topology.services.map((service) => [service.shortName, service]));
    return { ...world, topology, service: (name) => services.get(name) };
}

function worldRoutes(topology: Topology): Omit<Routes, 'service'> {
    const externals = new Map(topology.externalServices.map((external) => [external.name, external]));
    const clusters = new Map(topology.clusters.map((cluster) => [cluster.name, cluster]));
    const { lineOf } = waysOf(topology.network);
    const gateways = new Map(topology.clusters.map((cluster) => [cluster.name, gatewaysByRole(cluster)]));
    return {
        topology,
        external: (name) => externals.get(name),
        cluster: (name) => clusters.get(name),
        isOpen: (from, to) => from === to || !topology.network.declared || lineOf(from, to) !== undefined,
        lineOf: (from, to) => lineOf(from, to)?.at,
        gatewaysIn: (cluster, role) => gateways.get(cluster)?.get(role) ?? [],
    };
}

/**
 * How requests from a cluster reach a service (rule R8). Sources: the conditions of failover in section 2.2 of the
 * domain description, `knowledge/sources.ts` under `east-west` and `reachability`.
 */
export function serviceRoute(routes: Routes, from: string, service: Service): ServiceRoute {
    const local = service.homes.find((home) => home.cluster === from);
    const remotes = service.homes
        .filter((home) => home.cluster !== from)
        .map((home): RemoteHome => {
            const facts = failoverFacts(routes, from, local, service, home);
            return {
                home,
                possible: areAllMet(facts),
                conditions: () => failoverConditions(routes, from, local, service, home, facts),
            };
        });
    return { local, remotes };
}

/**
 * The homes of a service that a caller can reach: the one in its own cluster first, then those elsewhere that meet every
 * condition. The same as {@link serviceRoute} tells, found sooner.
 *
 * @param isOpen whether connections may be opened from one cluster to another
 */
export function possibleHomes(routes: Routes, from: string, service: Service, isOpen = routes.isOpen): Home[] {
    const local = service.homes.find(({ cluster }) => cluster === from);
    if (!service.eastWestFailover.value) return local ? [local] : [];
    const elsewhere = service.homes.filter(
        (home) => home.cluster !== from && areAllMet(failoverFacts(routes, from, local, service, home, isOpen)),
    );
    return local ? [local, ...elsewhere] : elsewhere;
}

/** The homes that calls reach without a relay: those that name one pass it on their way to another cluster. */
export function directHomes(
    routes: Routes,
    from: string,
    { through }: Callee,
    service: Service,
    isOpen = routes.isOpen,
): Home[] {
    return through
        ? service.homes.filter(({ cluster }) => cluster === from)
        : possibleHomes(routes, from, service, isOpen);
}

function gatewaysByRole({ gateways }: Cluster): ReadonlyMap<GatewayRole, readonly Gateway[]> {
    const roles = new Set(gateways.flatMap((gateway) => gateway.roles));
    return new Map([...roles].map((role) => [role, gateways.filter((gateway) => gateway.roles.includes(role))]));
}

/** The home elsewhere that is nearest to being reached, with what is missing on the way there; undefined where there is none. */
export function nearestUnmet(
    routes: Routes,
    from: string,
    service: Service,
): { readonly to: string; readonly conditions: readonly Condition[] } | undefined {
    return serviceRoute(routes, from, service)
        .remotes.map(({ home, conditions }) => ({
            to: home.cluster,
            conditions: conditions().filter(({ met }) => !met),
        }))
        .reduce<ReturnType<typeof nearestUnmet>>(
            (nearest, each) => (nearest && nearest.conditions.length <= each.conditions.length ? nearest : each),
            undefined,
        );
}

type FailoverFacts = Readonly<Record<Condition['id'], boolean>>;

function areAllMet({ failover, gateway, reachability, namespace, locality }: FailoverFacts): boolean {
    return failover && gateway && reachability && namespace && locality;
}

function failoverFacts(
    routes: Routes,
    from: string,
    local: Home | undefined,
    service: Service,
    { cluster: to, namespace }: Home,
    isOpen = routes.isOpen,
): FailoverFacts {
    const here = routes.cluster(from)?.locality;
    const there = routes.cluster(to)?.locality;
    return {
        failover: service.eastWestFailover.value,
        gateway: routes.gatewaysIn(to, 'east-west').length > 0,
        reachability: isOpen(from, to),
        namespace: namespace.value === (local?.namespace ?? service.namespace).value,
        locality: here?.zone === undefined || here.region !== there?.region || here.zone !== there.zone,
    };
}

/** Every condition under which requests from a cluster go on to a home elsewhere, in words. */
function failoverConditions(
    routes: Routes,
    from: string,
    local: Home | undefined,
    service: Service,
    home: Home,
    facts: FailoverFacts,
): Condition[] {
    const { cluster: to } = home;
    const there = routes.cluster(to);
    const gateway = routes.gatewaysIn(to, 'east-west')[0];
    const wanted = (local?.namespace ?? service.namespace).value;
    const condition = (
        id: Condition['id'],
        ifMet: Condition['says'],
        ifNot: Condition['says'],
        at: SourceLocation | undefined,
    ): Condition => ({
        id,
        met: facts[id],
        says: facts[id] ? ifMet : ifNot,
        at: at ?? home.at,
    });
    return [
        condition(
            'failover',
            (name) => `${name(service.shortName)} is exposed through east-west gateways`,
            (name) => `${name(service.shortName)} does not say \`failover east-west\``,
            originPlace(service.eastWestFailover.origin) ?? service.nameAt,
        ),
        condition(
            'gateway',
            (name) => `${name(to)} has the east-west gateway ${name(gateway?.name ?? '')}`,
            (name) => `${name(to)} has no east-west gateway`,
            gateway?.nameAt ?? there?.nameAt,
        ),
        condition(
            'reachability',
            (name) => `${name(from)} can reach ${name(to)}`,
            (_, line) => `no line of the network says ${line(`${from} -> ${to}`)}`,
            routes.lineOf(from, to) ?? routes.topology.network.at[0],
        ),
        condition(
            'namespace',
            (name) => `the namespace is ${name(wanted)} in both`,
            (name) => `the namespace on ${name(to)} is ${name(home.namespace.value)}, not ${name(wanted)}`,
            originPlace(home.namespace.origin),
        ),
        condition(
            'locality',
            (name) => `${name(from)} and ${name(to)} do not stand in the same zone`,
            (name) => `${name(from)} and ${name(to)} stand in the same zone`,
            there?.locality?.at,
        ),
    ];
}

/**
 * The clusters to which an exposure may send requests, with their weights. Where nothing is said behind `to`: all homes
 * with an ingress gateway, and the clusters of ingress gateways that are named, since those lead to their own cluster,
 * home or not.
 */
export function targetsOf(routes: Routes, service: Service, exposure: Exposure): readonly Target[] {
    if (service.outside) return waysOut(routes, exposure);
    if (exposure.to.length > 0) {
        const isWeighted = exposure.to.some(({ weight }) => weight !== undefined);
        // beside targets with weights, one without has none
        return exposure.to.filter(({ weight = isWeighted ? 0 : 1 }) => weight > 0);
    }
    const listed = service.homes
        .filter((home) => routes.gatewaysIn(home.cluster, 'ingress').length > 0)
        .map((home) => ({ cluster: home.cluster, at: home.at }));
    const known = new Set(listed.map(({ cluster }) => cluster));
    const lastNamed = exposure.through.at(-1) ?? exposure.via;
    const own = lastNamed.filter((ref) => gatewayOf(routes, ref).some((gateway) => !leadsElsewhere(gateway)));
    const further = [...new Map(own.map(({ cluster, at }) => [cluster, { cluster, at }])).values()];
    return [...listed, ...further.filter(({ cluster }) => !known.has(cluster))];
}

/** From the clusters of the last gateways requests leave for what stands outside the mesh. */
function waysOut(routes: Routes, { via, through }: Exposure): readonly Target[] {
    const last = (through.at(-1) ?? via).filter((ref) => gatewayOf(routes, ref).length > 0);
    const clusters = new Map([...last].reverse().map(({ cluster, at }) => [cluster, at]));
    return [...clusters].reverse().map(([cluster, at]) => ({ cluster, outside: true, at }));
}

/** The gateways at which clients of an exposure enter. */
export function entryGateways(routes: Routes, exposure: Exposure, targets: readonly Target[]): readonly Gateway[] {
    if (exposure.via.length > 0) return exposure.via.flatMap((ref) => gatewayOf(routes, ref));
    return targets.flatMap((target) => ingressOf(routes, target));
}

/** The gateways by which requests enter the cluster of a target. */
export function ingressOf(
    routes: Routes,
    { cluster, gateways, outside }: Pick<Target, 'cluster' | 'gateways' | 'outside'>,
): readonly Gateway[] {
    if (outside) return [];
    const all = routes.gatewaysIn(cluster, 'ingress');
    return gateways ? all.filter(({ name }) => gateways.includes(name)) : all;
}

/** A text that stands for a target among those of one exposure. */
export function targetKey({ cluster, gateways }: Pick<Target, 'cluster' | 'gateways'>): string {
    return jointKey(cluster, ...(gateways ?? []));
}

/**
 * Whether the last gateway before the targets leads to one of them: a tier1 gateway to the ingress gateways of each
 * cluster, an ingress gateway to its own cluster alone, unless others have the host there, and one of another role nowhere.
 */
export function leadsTo(
    routes: Routes,
    gateway: Gateway,
    target: Pick<Target, 'cluster' | 'gateways' | 'outside'>,
): boolean {
    if (target.outside) return isIngressOf(routes, gateway, target);
    return leadsElsewhere(gateway) ? ingressOf(routes, target).length > 0 : isIngressOf(routes, gateway, target);
}

/** Whether requests that are at a gateway have entered the cluster of a target already. */
export function isIngressOf(
    routes: Routes,
    gateway: Gateway,
    target: Pick<Target, 'cluster' | 'gateways' | 'outside'>,
): boolean {
    if (target.outside) return gateway.cluster === target.cluster;
    return ingressOf(routes, target).includes(gateway);
}

/** Whether a gateway leads on to the gateways of other clusters by itself. */
export function leadsElsewhere({ roles }: Gateway): boolean {
    return roles.includes('tier1');
}

/** The gateway that a reference means. */
export function gatewayOf(routes: Routes, { cluster, gateway }: GatewayRef): Gateway[] {
    return routes.cluster(cluster)?.gateways.filter((candidate) => candidate.name === gateway) ?? [];
}

/**
 * The egress gateways by which calls leave a cluster for something outside, those in the cluster itself first; none where
 * they leave directly. Undefined where the line names some, and none of them is reached.
 */
export function egressOf(routes: Routes, from: string, { through }: Callee): readonly Gateway[] | undefined {
    if (!through) return routes.gatewaysIn(from, 'egress');
    const reached = through
        .flatMap((ref) => gatewayOf(routes, ref))
        .filter(({ cluster, roles }) => roles.includes('egress') && routes.isOpen(from, cluster));
    const here = reached.filter(({ cluster }) => cluster === from);
    return reached.length > 0 ? [...new Set([...here, ...reached])] : undefined;
}

/** Who asks helpers about requests: a service, or a gateway. */
export type Asking = Pick<Service, 'externalAuthorization' | 'rateLimit'>;

/** Everything that a service cannot serve without: what it requires, and helpers that fail closed; of each list one will do. */
export function hardNeeds(service: Service): readonly (readonly Callee[])[] {
    const { requires, requiresOneOf = [] } = service;
    const each = distinct([...requires, ...helpersThatFail(service, 'closed')]);
    return [...each.map((callee) => [callee]), ...requiresOneOf];
}

/** Of these, a helper that it asks, and does not require besides. */
export function isOnlyAsked({ requires }: Service, needed: readonly Callee[]): boolean {
    const [only, ...others] = needed;
    return only !== undefined && others.length === 0 && !requires.some((callee) => wayKey(callee) === wayKey(only));
}

/** Helpers that are named. */
export function helpersOf(service: Asking): readonly Callee[] {
    return [...helpersThatFail(service, 'open'), ...helpersThatFail(service, 'closed')];
}

/** Helpers that fail that way, and are named. */
export function helpersThatFail(service: Asking, mode: 'open' | 'closed'): readonly Callee[] {
    return [service.externalAuthorization, service.rateLimit].flatMap((helper) =>
        helper?.by && helper.fails.value === mode ? [helper.by] : [],
    );
}

/** Whom a service calls, once each. */
export function calleesOf(service: Service): readonly Callee[] {
    return distinct([...service.calls, ...requiredBy(service)]);
}

/** A list without repetitions of one callee that is called by the same gateways. */
export function distinct(callees: readonly Callee[]): Callee[] {
    return [...new Map(callees.map((callee) => [wayKey(callee), callee])).values()];
}

/** A text that stands for a callee and for the gateways by which calls to it leave. */
export function wayKey(callee: Pick<Callee, 'kind' | 'name' | 'through'>): string {
    const through = callee.through?.map(({ cluster, gateway }) => partName(cluster, gateway)) ?? [];
    return jointKey(calleeKey(callee), ...through);
}

/** A text that stands for a callee, whatever line names it. */
export function calleeKey({ kind, name }: Pick<Callee, 'kind' | 'name'>): string {
    return `${kind}:${name}`;
}

function originPlace(origin: Service['eastWestFailover']['origin']): SourceLocation | undefined {
    return origin.kind === 'assumed' ? undefined : origin.at;
}
