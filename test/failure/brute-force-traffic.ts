/**
 * What requests still get through, told a second time: see `brute-force.ts`.
 *
 * In two steps. What is possible in health is written down once per topology: routes, and ways in, without all that is
 * broken anyway. Then each question ("is this route lost?") is one expression over what is up now. Who serves is found
 * by belief: all whose instances are up do, until one that does not get what it requires is found; and again from the
 * start, until nobody else is found. So mutual dependence alone fails nothing.
 */

import type {
    Callee,
    Cluster,
    Exposure,
    ExternalService,
    Gateway,
    GatewayRef,
    GatewayRole,
    Home,
    Network,
    Service,
    Target,
    Topology,
} from '../../server/topology/topology.js';
import type { Facet, HostResult, Severity } from './brute-force.js';

/** What traffic asks of the components. */
export interface Ground {
    readonly topology: Topology;
    instancesUp(service: Service, home: Home): boolean;
    gatewayUp(gateway: Gateway): boolean;
    externalServiceUp(external: ExternalService): boolean;
    /** Whether nothing cut the link, in this direction. */
    linkUp(from: string, to: string): boolean;
}

/** What traffic adds to a result. */
export interface Traffic {
    /** Facets of running workloads that belong to no cluster: one of each exposure. */
    readonly estateFacets: readonly Facet[];
    /** Facets of running workloads by cluster: its callers, and its helpers that fail open. */
    clusterFacets(cluster: string): readonly Facet[];
    readonly hosts: Record<string, HostResult>;
    severityOf(service: Service): Severity;
}

export function trafficOn(ground: Ground): Traffic {
    const plan = planOf(ground.topology);
    const up = plan.instances.filter((one) => ground.instancesUp(one.service, one.home));
    const now: Now = { ground, plan, up: new Set(up), serving: whoServes(ground, up), known: new Map() };
    return {
        estateFacets: plan.entrances.map((entrance) => ({ rank: 'primary', state: entranceState(now, entrance) })),
        clusterFacets: (cluster) => clusterFacets(now, cluster),
        hosts: Object.fromEntries(
            plan.entrances.map((entrance) => [entrance.exposure.host, hostResult(now, entrance)]),
        ),
        severityOf: (service) => serviceSeverity(now, service),
    };
}

// --- what is possible in health ------------------------------------------------------------------------------------

interface Plan {
    readonly instances: readonly Instances[];
    /** Exposures that exist in health. */
    readonly entrances: readonly Entrance[];
    /** Who calls or requires which other service, each pair once. */
    readonly callers: readonly Caller[];
}

interface Caller {
    readonly caller: Instances;
    readonly called: Service;
    readonly route: Route;
}

/** A service in one of its homes. What is broken in health is left out of its routes. */
interface Instances {
    readonly service: Service;
    readonly home: Home;
    /** Without one of these it does not serve. */
    readonly needs: readonly Route[];
    /** Without one of these it answers, but not well. */
    readonly calls: readonly Route[];
    /** All that it uses as a caller, each once. */
    readonly uses: readonly Route[];
    /** Helpers without which a policy is not enforced. */
    readonly policies: readonly Route[];
}

/** How everybody in a cluster reaches something. */
type Route = ServiceRoute | ExternalRoute;

interface ServiceRoute {
    readonly kind: 'service';
    readonly from: string;
    readonly to: Service;
    readonly outlierDetection: boolean;
    readonly local: Instances | undefined;
    readonly remote: readonly RemoteMember[];
}

interface RemoteMember {
    readonly instances: Instances;
    /** The east-west gateways of its cluster. */
    readonly gateways: readonly Gateway[];
}

interface ExternalRoute {
    readonly kind: 'external';
    readonly egress: readonly Gateway[];
    readonly external: ExternalService;
}

/** An exposure, and the ways in that it has in health. */
interface Entrance {
    readonly service: Service;
    readonly exposure: Exposure;
    readonly ways: readonly Way[];
    /** Where it is to be served. */
    readonly served: readonly Instances[];
}

/** A gateway, and what it can hand a request on to: gateways of the next hop, or the targets. */
interface Way {
    readonly gateway: Gateway;
    readonly next: readonly Way[];
    readonly targets: readonly PlannedTarget[];
    readonly weighted: boolean;
}

interface PlannedTarget {
    readonly cluster: string;
    readonly weight: number;
    readonly ingress: readonly Gateway[];
    readonly route: Route;
}

const plans = new WeakMap<Topology, Plan>();

function planOf(topology: Topology): Plan {
    let plan = plans.get(topology);
    if (!plan) {
        plan = makePlan(topology);
        plans.set(topology, plan);
    }
    return plan;
}

/** A topology whose plan is being made. */
interface Draft {
    readonly topology: Topology;
    readonly instances: readonly Instances[];
    /** By cluster and callee; undefined: broken in health. */
    readonly routes: Map<string, Route | undefined>;
}

function makePlan(topology: Topology): Plan {
    const instances: readonly Instances[] = topology.services.flatMap((service) =>
        service.homes.map((home) => ({ service, home, needs: [], calls: [], uses: [], policies: [] })),
    );
    const draft: Draft = { topology, instances, routes: new Map() };
    // afterwards, since services may use each other
    for (const one of instances) {
        Object.assign(one, planUses(draft, one.service, one.home.cluster));
    }
    return {
        instances,
        entrances: topology.services.flatMap((service) =>
            service.exposures
                .map((exposure) => planEntrance(draft, service, exposure))
                .filter((entrance) => entrance.ways.length > 0),
        ),
        callers: instances.flatMap((caller) => caller.uses.flatMap((route) => callerThrough(caller, route))),
    };
}

/** Those who call themselves are no consumers. */
function callerThrough(caller: Instances, route: Route): Caller[] {
    return route.kind === 'service' && route.to !== caller.service ? [{ caller, called: route.to, route }] : [];
}

function planUses(draft: Draft, service: Service, cluster: string): Omit<Instances, 'service' | 'home'> {
    const { calls, requires, externalAuthorization, rateLimit } = service;
    const helpers = [externalAuthorization, rateLimit].filter((helper) => helper?.by !== undefined);
    const helpersThatFail = (how: 'open' | 'closed'): Callee[] =>
        helpers.flatMap((helper) => (helper?.by && helper.fails.value === how ? [helper.by] : []));
    const routes = (callees: readonly Callee[]): Route[] =>
        callees.flatMap((callee) => routeTo(draft, cluster, callee) ?? []);
    return {
        needs: routes([...requires, ...helpersThatFail('closed')]),
        calls: routes(calls),
        uses: [...new Set(routes([...calls, ...requires]))],
        policies: routes(helpersThatFail('open')),
    };
}

/** The same route to all who ask for it. */
function routeTo(draft: Draft, from: string, callee: Callee): Route | undefined {
    const key = `${from} ${callee.kind} ${callee.name}`;
    if (!draft.routes.has(key)) {
        draft.routes.set(key, planRoute(draft, from, callee));
    }
    return draft.routes.get(key);
}

function planRoute(draft: Draft, from: string, callee: Callee): Route | undefined {
    if (callee.kind === 'external-service') {
        const external = draft.topology.externalServices.find((one) => one.name === callee.name);
        return external && { kind: 'external', egress: gatewaysFor(draft.topology, from, 'egress'), external };
    }
    const service = draft.topology.services.find((one) => one.shortName === callee.name);
    return service && planServiceRoute(draft, from, service);
}

/** Without outlier detection nobody is sent past local instances, so that remote members do not exist there. */
function planServiceRoute(draft: Draft, from: string, service: Service): ServiceRoute | undefined {
    const everywhere = draft.instances.filter((one) => one.service === service);
    const local = everywhere.find((one) => one.home.cluster === from);
    const outlierDetection = service.outlierDetection.value;
    const remote = everywhere
        .filter((one) => one !== local && mayFailOver(draft.topology, from, one, local))
        .map((one) => ({ instances: one, gateways: gatewaysFor(draft.topology, one.home.cluster, 'east-west') }));
    if (!local && remote.length === 0) {
        return undefined;
    }
    return {
        kind: 'service',
        from,
        to: service,
        outlierDetection,
        local,
        remote: local && !outlierDetection ? [] : remote,
    };
}

/** Whether users in a cluster are sent on to another home of the service. */
function mayFailOver(topology: Topology, from: string, to: Instances, local: Instances | undefined): boolean {
    const { service, home } = to;
    const namespaceHere = (local ? local.home : service).namespace.value;
    return (
        service.eastWestFailover.value &&
        gatewaysFor(topology, home.cluster, 'east-west').length > 0 &&
        dataFlows(topology.network, from, home.cluster) &&
        home.namespace.value === namespaceHere &&
        !inSameZone(clusterNamed(topology, from), clusterNamed(topology, home.cluster))
    );
}

function inSameZone(one: Cluster, other: Cluster): boolean {
    return (
        one.locality?.zone !== undefined &&
        one.locality.region === other.locality?.region &&
        one.locality.zone === other.locality.zone
    );
}

// --- ways in, in health --------------------------------------------------------------------------------------------

function planEntrance(draft: Draft, service: Service, exposure: Exposure): Entrance {
    const targets = targetsOf(draft, service, exposure);
    const clusters = targets.map((target) => target.cluster);
    const entries =
        exposure.via.length > 0
            ? gatewaysNamed(draft.topology, exposure.via)
            : clusters.flatMap((cluster) => gatewaysFor(draft.topology, cluster, 'ingress'));
    return {
        service,
        exposure,
        ways: possibleWays(draft.topology, exposure, targets, entries, 0),
        served: draft.instances.filter((one) => one.service === service && clusters.includes(one.home.cluster)),
    };
}

/** Homes only, and only those that are to get requests at all. */
function targetsOf(draft: Draft, service: Service, exposure: Exposure): PlannedTarget[] {
    const ingressOf = (cluster: string): Gateway[] => gatewaysFor(draft.topology, cluster, 'ingress');
    const automatic: readonly Pick<Target, 'cluster' | 'weight'>[] = service.homes
        .map(({ cluster }) => ({ cluster }))
        .filter(({ cluster }) => ingressOf(cluster).length > 0);
    const callee: Callee = { kind: 'service', name: service.shortName, at: exposure.at };
    return (exposure.to.length > 0 ? exposure.to : automatic)
        .filter(({ cluster }) => service.homes.some((home) => home.cluster === cluster))
        .flatMap(({ cluster, weight = 1 }) => {
            const route = routeTo(draft, cluster, callee);
            return route && weight > 0 ? [{ cluster, weight, ingress: ingressOf(cluster), route }] : [];
        });
}

/** From these gateways, which stand before the given hop, on. */
function possibleWays(
    topology: Topology,
    exposure: Exposure,
    targets: readonly PlannedTarget[],
    gateways: readonly Gateway[],
    hop: number,
): Way[] {
    const weighted = exposure.to.some((target) => target.weight !== undefined);
    const hopGateways = exposure.through[hop];
    return gateways
        .map((gateway): Way => {
            const reached = (cluster: string): boolean => dataFlows(topology.network, gateway.cluster, cluster);
            if (!hopGateways) {
                const possible = targets.filter((target) => isPossible(exposure, gateway, target, reached));
                return { gateway, next: [], targets: possible, weighted };
            }
            const next = gatewaysNamed(topology, hopGateways).filter((one) => reached(one.cluster));
            return { gateway, next: possibleWays(topology, exposure, targets, next, hop + 1), targets: [], weighted };
        })
        .filter((way) => way.next.length + way.targets.length > 0);
}

/** The ingress gateways of the homes serve only their own cluster; gateways that are named serve every target. */
function isPossible(
    exposure: Exposure,
    gateway: Gateway,
    target: PlannedTarget,
    reached: (cluster: string) => boolean,
): boolean {
    const here = target.cluster === gateway.cluster;
    return here || (exposure.via.length > 0 && reached(target.cluster) && target.ingress.length > 0);
}

// --- what is up now ------------------------------------------------------------------------------------------------

interface Now {
    readonly ground: Ground;
    readonly plan: Plan;
    readonly up: ReadonlySet<Instances>;
    /** Those that are up and get what they need. */
    readonly serving: ReadonlySet<Instances>;
    /** What was asked before. */
    readonly known: Map<Route, RouteState>;
}

type RouteState = Facet['state'];

function whoServes(ground: Ground, up: readonly Instances[]): Set<Instances> {
    let believed = new Set(up);
    for (;;) {
        const serving = believed;
        const confirmed = [...serving].filter((one) =>
            one.needs.every((route) => stateOfRoute(ground, serving, route) !== 'lost'),
        );
        if (confirmed.length === serving.size) {
            return serving;
        }
        believed = new Set(confirmed);
    }
}

function routeState(now: Now, route: Route): RouteState {
    let state = now.known.get(route);
    if (state === undefined) {
        state = stateOfRoute(now.ground, now.serving, route);
        now.known.set(route, state);
    }
    return state;
}

function stateOfRoute(ground: Ground, serving: ReadonlySet<Instances>, route: Route): RouteState {
    if (route.kind === 'external') {
        const letOut = route.egress.length === 0 || anyUp(ground, route.egress);
        return letOut && ground.externalServiceUp(route.external) ? 'kept' : 'lost';
    }
    const local = route.local ? [serving.has(route.local)] : [];
    const members = [...local, ...route.remote.map((member) => remoteWorks(ground, serving, route.from, member))];
    if (!members.includes(true)) {
        return 'lost';
    }
    return members.includes(false) && !route.outlierDetection ? 'limited' : 'kept';
}

function remoteWorks(
    ground: Ground,
    serving: ReadonlySet<Instances>,
    from: string,
    { instances, gateways }: RemoteMember,
): boolean {
    return serving.has(instances) && ground.linkUp(from, instances.home.cluster) && anyUp(ground, gateways);
}

function anyUp(ground: Ground, gateways: readonly Gateway[]): boolean {
    return gateways.some((gateway) => ground.gatewayUp(gateway));
}

// --- ways in, now --------------------------------------------------------------------------------------------------

function entranceState(now: Now, { exposure, ways }: Entrance): RouteState {
    const dead = ways.filter((way) => !leadsIn(now, way));
    if (dead.length === ways.length) {
        return 'lost';
    }
    const clientsStranded = exposure.gslbTtl === undefined && dead.length > 0;
    return clientsStranded || ways.some((way) => losesShare(now, way)) ? 'limited' : 'kept';
}

function leadsIn(now: Now, { gateway, next, targets }: Way): boolean {
    return (
        now.ground.gatewayUp(gateway) &&
        (next.some((hop) => linked(now, gateway, hop.gateway.cluster) && leadsIn(now, hop)) ||
            targets.some((target) => targetWorks(now, gateway, target)))
    );
}

/** Asked of dead gateways, too: their share does not come back with more failures. */
function losesShare(now: Now, { gateway, next, targets, weighted }: Way): boolean {
    return (
        next.some((hop) => losesShare(now, hop)) ||
        targets.some((target) => routeState(now, target.route) === 'limited') ||
        (weighted && targets.some((target) => !targetWorks(now, gateway, target)))
    );
}

function targetWorks(now: Now, gateway: Gateway, { cluster, ingress, route }: PlannedTarget): boolean {
    const entered = cluster === gateway.cluster || anyUp(now.ground, ingress);
    return entered && linked(now, gateway, cluster) && routeState(now, route) !== 'lost';
}

function linked(now: Now, gateway: Gateway, to: string): boolean {
    return gateway.cluster === to || now.ground.linkUp(gateway.cluster, to);
}

function hostResult(now: Now, entrance: Entrance): HostResult {
    return { severity: hostSeverity(now, entrance), lostShare: lostShare(now, entrance) };
}

function hostSeverity(now: Now, entrance: Entrance): Severity {
    const state = entranceState(now, entrance);
    if (state === 'lost') {
        return 'total';
    }
    return state === 'limited' || entrance.served.some((one) => answersBadly(now, one)) ? 'limited' : 'unaffected';
}

/** The share of all requests from outside that get no answer; -1 through transit, where nobody knows the shares. */
function lostShare(now: Now, { exposure, ways }: Entrance): number {
    if (exposure.through.length > 0) {
        return -1;
    }
    const alive = ways.filter((way) => leadsIn(now, way));
    const asked = exposure.gslbTtl !== undefined && alive.length > 0 ? alive : ways;
    return mean(asked.map((way) => (alive.includes(way) ? lostShareOfWay(now, way) : 1)));
}

function lostShareOfWay(now: Now, { gateway, targets, weighted }: Way): number {
    if (!weighted) {
        return 0;
    }
    const dead = targets.filter((target) => !targetWorks(now, gateway, target));
    return sum(dead.map((target) => target.weight)) / sum(targets.map((target) => target.weight));
}

function mean(numbers: readonly number[]): number {
    return sum(numbers) / numbers.length;
}

function sum(numbers: readonly number[]): number {
    return numbers.reduce((total, number) => total + number, 0);
}

// --- callers and services, now -------------------------------------------------------------------------------------

/** Serves, but cannot reach something that it calls. */
function answersBadly(now: Now, instances: Instances): boolean {
    return now.serving.has(instances) && instances.calls.some((route) => routeState(now, route) !== 'kept');
}

function clusterFacets(now: Now, cluster: string): Facet[] {
    return now.plan.instances
        .filter((one) => one.home.cluster === cluster)
        .flatMap(({ uses, policies }): Facet[] => [
            ...uses.map((route): Facet => ({ rank: 'primary', state: routeState(now, route) })),
            ...policies.map((route): Facet => ({
                rank: 'secondary',
                state: routeState(now, route) === 'lost' ? 'lost' : 'kept',
            })),
        ]);
}

function serviceSeverity(now: Now, service: Service): Severity {
    const instances = now.plan.instances.filter((one) => one.service === service);
    const consumers = consumersOf(now, service);
    const severity =
        consumers.length > 0
            ? severityFor(consumers)
            : severityFor(instances.map((one) => (now.serving.has(one) ? 'kept' : 'lost')));
    return severity === 'unaffected' && instances.some((one) => answersBadly(now, one)) ? 'limited' : severity;
}

/** How those fare who use a service: clients of each exposed host, and each caller that lives. */
function consumersOf(now: Now, service: Service): RouteState[] {
    const states: RouteState[] = [];
    for (const entrance of now.plan.entrances) {
        if (entrance.service === service) {
            states.push(entranceState(now, entrance));
        }
    }
    for (const { caller, called, route } of now.plan.callers) {
        if (called === service && now.up.has(caller)) {
            states.push(routeState(now, route));
        }
    }
    return states;
}

function severityFor(states: readonly RouteState[]): Severity {
    if (states.every((state) => state === 'lost')) {
        return 'total';
    }
    return states.every((state) => state === 'kept') ? 'unaffected' : 'limited';
}

// --- reading the topology ------------------------------------------------------------------------------------------

function dataFlows(network: Network, from: string, to: string): boolean {
    return (
        from === to ||
        !network.declared ||
        network.reachable.some((direction) => direction.from === from && direction.to === to)
    );
}

function gatewaysFor(topology: Topology, cluster: string, role: GatewayRole): Gateway[] {
    return clusterNamed(topology, cluster).gateways.filter((gateway) => gateway.roles.includes(role));
}

function gatewaysNamed(topology: Topology, references: readonly GatewayRef[]): Gateway[] {
    return references.flatMap((reference) =>
        clusterNamed(topology, reference.cluster).gateways.filter((gateway) => gateway.name === reference.gateway),
    );
}

/** @throws if the topology has no such cluster: its references are then not consistent */
export function clusterNamed(topology: Topology, name: string): Cluster {
    const found = topology.clusters.find((cluster) => cluster.name === name);
    if (!found) {
        throw new Error(`No cluster ${name} in this topology`);
    }
    return found;
}
