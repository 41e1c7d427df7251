import { jointKey } from '../topology/joint-key.js';
import { clusterName, externalName, gatewayName, instancesName, partName } from '../topology/element-name.js';
import type { NodeIndex } from '../engine/index.js';
import type { Callee, Gateway, Service } from '../topology/topology.js';
import type { Construction, FlowNodes } from './construction.js';
import { circlesAmong } from './circles.js';
import { ruleReason } from './construction.js';
import { eitherOf, gatesOf, type Input } from './gates.js';
import type { Route } from './graph.js';
import { homesInHealth } from './health.js';
import { relaysByName } from './relays.js';
import { directHomes, egressOf, gatewayOf, hardNeeds, isOnlyAsked, wayKey, type Routes } from './routes.js';
import {
    membersOf,
    type HeedlessNodes,
    type NeedNodes,
    type PathNodes,
    type ServingNodes,
    type TierNodes,
    type Traffic,
} from './traffic-graph.js';
import { withdrawalsFrom } from './withdrawals.js';

const itsNeeds = ruleReason('R8', 'it cannot serve without what it requires');
const orElse = ruleReason('R8', 'one of them would do');
const machinesGateway = ruleReason('R8', 'its virtual machines are reached through the gateways of the cluster');
const isMember = ruleReason('R8', 'it is one of the places that can answer');
const crossesLink = ruleReason('R8', 'requests cross the network between the clusters');
const entersGateway = ruleReason('R8', 'requests from other clusters enter there');
const itsInstances = ruleReason('R8', 'they are the instances');
/** Instances that are back, without the knowledge of whoever would use them. */
export const isAway = ruleReason('R8', 'requests go nowhere of which nobody knows that it is there');
const servesThere = ruleReason('R8', 'its instances there have to serve');
const egress = ruleReason('R8', 'calls leave the cluster through its egress gateway');
const isIt = ruleReason('R8', 'it is the service that is called');
const keepsGoing = ruleReason('R8', 'without outlier detection requests keep going there');
const notWithdrawn = ruleReason('R8', 'nobody tells the caller that its instances are gone');
const goesOn = ruleReason('R8', 'requests go there only once all nearer places are gone');
const reported = ruleReason(
    'R8',
    'endpoints are withdrawn over the streams of both clusters, and by the istiod of the caller',
);
const shareOfNeeds = ruleReason('R8', 'a share of what it cannot serve without is lost');
const shareOfCircle = ruleReason('R8', 'what needs each other in a circle loses as one');
const shareThere = ruleReason('R8', 'a share of what is sent there is lost');

/** The path from a home of a service to what it calls; undefined where there is none even in health. */
export type WayOf = (service: Service, cluster: string, callee: Callee) => PathNodes | undefined;

/** The ways from clusters to services and external services, each made once however many use it. */
export interface CallPaths {
    readonly serving: ReadonlyMap<string, readonly ServingNodes[]>;
    readonly circleOf: Traffic['circleOf'];
    readonly withdrawals: Traffic['withdrawals'];
    /** All ways to services, in the order in which they were made; those that are made anew each time as well. */
    readonly ways: readonly PathNodes[];
    /** The path from a cluster to what is called there, by no relay; undefined where there is none even in health. */
    readonly path: (from: string, callee: Callee) => PathNodes | undefined;
    /** The same for whoever asks anew whenever it asks, so that nothing of what is back is unknown to it: made each time. */
    readonly anew: (from: string, callee: Callee) => PathNodes | undefined;
    /** Counts a path made elsewhere among those that are known. */
    readonly add: (path: PathNodes) => void;
    /**
     * Connects the homes with what they cannot serve without, once; `call` finds the paths to helpers, relays among them, and
     * `wayOf` those to what is required.
     */
    readonly connect: (call: CallPaths['path'], wayOf: WayOf) => void;
    /** The same, by whatever gateways they leave, without making one. */
    readonly known: Traffic['paths'];
    /** Any of the gateways of a role in a cluster. */
    readonly anyGateway: (cluster: string, role: 'east-west' | 'ingress' | 'egress') => NodeIndex | undefined;
}

/** What decides whether a caller that detects nothing keeps sending requests to each home of a tier. */
interface HeedlessParts extends HeedlessNodes {
    /** The caller cannot be told; undefined where nobody ever tells. */
    readonly untold: readonly (NodeIndex | undefined)[];
    /** The instances are gone, and the caller is not told. */
    readonly gone: readonly NodeIndex[];
}

/** R8: the nodes of all homes, with what they cannot serve without, and the maker of paths to them. */
export function addCallPaths(construction: Construction, routes: Routes, flowNode: FlowNodes['node']): CallPaths {
    const { builder, elementNode, linkNode, input, model, topology } = construction;
    const { anyOf, allOf } = gatesOf(construction);
    const servesInHealth = homesInHealth(routes);
    const sharesLost = servicesWithShares(routes);
    const serving = new Map<string, readonly ServingNodes[]>();
    const paths = new Map<string, PathNodes | undefined>();
    const byCallee = new Map<string, readonly PathNodes[]>();
    const groups = {
        'east-west': new Map<string, NodeIndex | undefined>(),
        ingress: new Map<string, NodeIndex | undefined>(),
        egress: new Map<string, NodeIndex | undefined>(),
    };
    const ways: PathNodes[] = [];
    const homesOf = new Map<string, ReadonlyMap<string, ServingNodes>>();
    const untold = new Map<string, Map<string, NodeIndex>>();

    const routeNode = (route: Route, threshold?: number) => builder.node({ kind: 'route', route }, threshold);
    const nodeOf = (gateway: Gateway) => elementNode(gatewayName(gateway))!;
    const istiodOf = (cluster: string) => elementNode(partName(cluster, 'istiod'));
    const streamOf = (cluster: string) => flowNode('control-stream', { cluster });

    function anyGateway(cluster: string, role: 'east-west' | 'ingress' | 'egress'): NodeIndex | undefined {
        const known = groups[role];
        if (!known.has(cluster)) {
            const nodes = routes.gatewaysIn(cluster, role).map(nodeOf);
            known.set(cluster, allOf({ kind: 'gateways', cluster, role }, nodes, isMember));
        }
        return known.get(cluster);
    }

    for (const service of topology.services) serving.set(service.shortName, servingNodes(service));
    let circleOf: Traffic['circleOf'] = new Map();

    function connect(call: CallPaths['path'], wayOf: WayOf): void {
        for (const service of topology.services) connectNeeds(service, call, wayOf);
        const homes = [...serving.values()].flat().filter(({ limited }) => limited !== undefined);
        circleOf = circlesAmong(homes);
        for (const circle of new Set(circlesAmong(homes, { isEach: true }).values())) joinShares(circle);
    }

    function servingNodes(service: Service): ServingNodes[] {
        const { shortName } = service;
        const needy = hardNeeds(service).length > 0;
        return service.homes.map((home): ServingNodes => {
            const { cluster } = home;
            const instancesAre = instancesName(shortName, cluster);
            const instances = elementNode(instancesAre)!;
            const serves = flowNode('instances-serve', { cluster, service: shortName, instances: instancesAre })!;
            const isBehindCluster =
                home.virtualMachines !== undefined && !entersElsewhere(home.virtualMachines, cluster);
            const starved = needy ? routeNode({ kind: 'needs', service: shortName, cluster }) : undefined;
            if (model.rules.has('R8')) input(serves, starved, itsNeeds);
            if (isBehindCluster) input(instances, elementNode(clusterName(cluster)), machinesGateway);
            const limited = sharesLost.has(shortName)
                ? routeNode({ kind: 'needs-share', service: shortName, cluster })
                : undefined;
            const inHealth = servesInHealth(shortName, cluster);
            const entrances = routes.gatewaysIn(cluster, 'east-west');
            return {
                service: shortName,
                cluster,
                serves,
                instances,
                starved,
                limited,
                needs: [],
                servesInHealth: inHealth,
                entrances,
                entranceNodes: entrances.map(nodeOf),
                certificates: [],
            };
        });
    }

    /** Whether the machines are reached through a VM gateway that stands in another cluster. */
    function entersElsewhere(
        { gateway }: { readonly gateway?: Parameters<typeof gatewayOf>[1] },
        cluster: string,
    ): boolean {
        return gateway !== undefined && gateway.cluster !== cluster && gatewayOf(routes, gateway).length > 0;
    }

    function connectNeeds(service: Service, call: CallPaths['path'], wayOf: WayOf): void {
        for (const home of serving.get(service.shortName)!) {
            const needs = home.needs as NeedNodes[];
            for (const needed of hardNeeds(service)) {
                const wayTo = (callee: Callee) =>
                    isOnlyAsked(service, needed) ? call(home.cluster, callee) : wayOf(service, home.cluster, callee);
                const answers = needed.flatMap((callee) => wayTo(callee) ?? []);
                if (answers.length === 0) continue;
                needs.push(answers);
                input(home.starved!, lossOf(home, answers), itsNeeds);
                if (home.limited !== undefined) input(home.limited, shareOf(home, answers), shareOfNeeds);
            }
        }
    }

    /** Of what stands in for each other, all. */
    function lossOf({ service, cluster }: ServingNodes, answers: NeedNodes): NodeIndex {
        const [only, ...others] = answers;
        if (only && others.length === 0) return only.lost;
        const of = construction.elements.byName.get(instancesName(service, cluster))!;
        return eitherOf(construction, { of, anyOf: namesOf(answers) }, lossesOf(answers), orElse);
    }

    /**
     * What one does not answer, another one does: a share is lost where each of them loses one, or is lost, and one at
     * least still answers in part.
     */
    function shareOf({ service, cluster }: ServingNodes, answers: NeedNodes): NodeIndex | undefined {
        if (answers.length === 1) return answers[0]!.limited;
        const route = { kind: 'either-share', service, cluster, anyOf: namesOf(answers) } as const;
        const inPart = anyOf(
            route,
            answers.map(({ limited }): Input => [limited, shareThere]),
        );
        if (inPart === undefined) return undefined;
        const each = answers.map(({ lost, limited }) => {
            const inputs: Input[] = [
                [limited, shareThere],
                [lost, orElse],
            ];
            return anyOf(route, inputs)!;
        });
        return allOf(route, [inPart, ...each], shareOfNeeds);
    }

    /** What one home of a circle loses, all of it lose. */
    function joinShares(circle: readonly ServingNodes[]): void {
        const [{ service, cluster }] = circle as readonly [ServingNodes];
        const shared = routeNode({ kind: 'needs-share', service, cluster });
        for (const { limited } of circle) {
            input(shared, limited, shareOfCircle);
            input(limited!, shared, shareOfCircle);
        }
    }

    function path(from: string, callee: Callee): PathNodes | undefined {
        const key = pathKey(from, callee);
        if (!paths.has(key)) {
            const service = callee.kind === 'service' ? routes.service(callee.name) : undefined;
            const made = service ? servicePath(from, callee, service) : externalPath(from, callee);
            paths.set(key, made);
            if (made) add(made);
        }
        return paths.get(key);
    }

    function anew(from: string, callee: Callee): PathNodes | undefined {
        const service = callee.kind === 'service' ? routes.service(callee.name) : undefined;
        return service && servicePath(from, callee, service, { asksAnew: true });
    }

    function add(made: PathNodes): void {
        const called = pathKey(made.from, { kind: made.callee.kind, name: made.callee.name });
        byCallee.set(called, [...(byCallee.get(called) ?? []), made]);
    }

    function externalPath(from: string, callee: Callee): PathNodes | undefined {
        const external = elementNode(externalName(callee.name));
        const gateways = egressOf(routes, from, callee);
        if (callee.kind !== 'external-service' || external === undefined || !gateways) return undefined;
        const lost = routeNode({ kind: 'path', from, callee: callee.name });
        input(lost, callee.through ? leaving(from, callee.name, gateways) : anyGateway(from, 'egress'), egress);
        input(lost, external, isIt);
        return { from, callee, tiers: [], relays: [], egress: gateways, detects: true, lost, limited: undefined };
    }

    /** By one of the egress gateways that a line names. */
    function leaving(from: string, callee: string, gateways: readonly Gateway[]): NodeIndex | undefined {
        const ways = gateways.map((gateway): NodeIndex => {
            const hop = { kind: 'hop', service: callee, from, to: gatewayName(gateway) } as const;
            return anyOf(hop, [
                [gateway.cluster === from ? undefined : linkNode(from, gateway.cluster), crossesLink],
                [nodeOf(gateway), egress],
            ])!;
        });
        return allOf({ kind: 'leaving', from, callee }, ways, isMember);
    }

    function servicePath(
        from: string,
        callee: Callee,
        service: Service,
        how: Pick<PathNodes, 'asksAnew'> = {},
    ): PathNodes | undefined {
        const detects = service.outlierDetection.value;
        const homeIn = homesByCluster(service.shortName);
        const possible = directHomes(routes, from, callee, service)
            .map(({ cluster }) => homeIn.get(cluster)!)
            .filter((home) => home.servesInHealth);
        const tiers = [
            possible.filter(({ cluster }) => cluster === from),
            ...nearestFirst(
                routes,
                from,
                possible.filter(({ cluster }) => cluster !== from),
                ({ cluster }) => cluster,
            ),
        ]
            .filter((homes) => homes.length > 0)
            .map((homes) => tierNodes(from, homes, detects));
        if (tiers.length === 0) return undefined;
        const nodes = detects ? detectingPath(from, callee, tiers) : heedlessPath(from, callee, tiers);
        const way = { from, callee, tiers, relays: [], egress: [], detects, ...how, ...nodes };
        ways.push(way);
        return way;
    }

    function homesByCluster(service: string): ReadonlyMap<string, ServingNodes> {
        const known =
            homesOf.get(service) ?? new Map(serving.get(service)!.map((home) => [home.cluster, home] as const));
        homesOf.set(service, known);
        return known;
    }

    function tierNodes(from: string, homes: readonly ServingNodes[], detects: boolean): TierNodes {
        const lost = inARow(homes, homeRoute('remote', from));
        const heedless = detects ? undefined : heedlessNodes(from, homes);
        homes.forEach((home, place) => {
            cutWith(lost + place, from, home);
            input(lost + place, home.serves, servesThere);
            if (heedless) connectHeedless(from, home, lost + place, heedless, place);
        });
        return { homes, lost, heedless };
    }

    /** One node for each home, in a row: as many as clusters that call times homes, so that nothing is made for each. */
    function inARow(
        homes: readonly ServingNodes[],
        routeOf: (home: ServingNodes) => Route,
        threshold?: number,
    ): NodeIndex {
        const describe = (node: NodeIndex) => ({ kind: 'route', route: routeOf(homes[node - first]!) }) as const;
        const first: NodeIndex = builder.nodes(homes.length, describe, threshold);
        return first;
    }

    function heedlessNodes(from: string, homes: readonly ServingNodes[]): HeedlessParts {
        const away = inARow(homes, homeRoute('away', from));
        const unnoticed = inARow(homes, homeRoute('unnoticed', from));
        const untold = untoldNodes(from, homes);
        const told = homes.filter((_, place) => untold[place] !== undefined);
        let gate = inARow(told, homeRoute('unnoticed', from), 2);
        const gone = homes.map(({ instances }, place) => (untold[place] === undefined ? instances : gate++));
        return { away, unnoticed, untold, gone };
    }

    /** Fails a node with what may cut the way to a home elsewhere. */
    function cutWith(node: NodeIndex, from: string, { cluster }: ServingNodes): void {
        if (cluster === from) return;
        input(node, linkNode(from, cluster), crossesLink);
        input(node, anyGateway(cluster, 'east-west'), entersGateway);
    }

    /** What is cut off or starved goes unnoticed; instances that are gone do so only while nobody can tell. */
    function connectHeedless(
        from: string,
        home: ServingNodes,
        lost: NodeIndex,
        { away, unnoticed, untold, gone }: HeedlessParts,
        place: number,
    ): void {
        const { instances, starved } = home;
        input(away + place, instances, itsInstances);
        input(lost, away + place, isAway);
        cutWith(unnoticed + place, from, home);
        input(unnoticed + place, starved, itsNeeds);
        if (untold[place] !== undefined) {
            input(gone[place]!, instances, notWithdrawn);
            input(gone[place]!, untold[place], notWithdrawn);
        }
        input(unnoticed + place, gone[place], notWithdrawn);
    }

    /** Of each home, whether a cluster cannot be told of what becomes of its instances; undefined where nobody ever tells. */
    function untoldNodes(from: string, homes: readonly ServingNodes[]): (NodeIndex | undefined)[] {
        const known = untold.get(from) ?? new Map<string, NodeIndex>();
        untold.set(from, known);
        // without a management cluster there are no streams
        const isEverTold = (cluster: string) => streamOf(cluster) !== undefined && streamOf(from) !== undefined;
        const missing = homes.filter(({ cluster }) => cluster !== from && !known.has(cluster) && isEverTold(cluster));
        let node = inARow(missing, ({ cluster }) => ({ kind: 'withdrawal', from, to: cluster }));
        for (const { cluster } of missing) {
            for (const needed of [streamOf(cluster), streamOf(from), istiodOf(from)]) input(node, needed, reported);
            known.set(cluster, node++);
        }
        return homes.map(({ cluster }) => (cluster === from ? istiodOf(cluster) : known.get(cluster)));
    }

    /** Requests go on to whatever answers at all; a home that answers in part keeps its share. */
    function detectingPath(
        from: string,
        callee: Callee,
        tiers: PathNodes['tiers'],
    ): Pick<PathNodes, 'lost' | 'limited'> {
        const count = tiers.reduce((sum, { homes }) => sum + homes.length, 0);
        const lost = routeNode({ kind: 'path', from, callee: callee.name }, count);
        for (const tier of tiers) for (const node of inTier(tier, tier.lost)) input(lost, node, isMember);
        if (!sharesLost.has(callee.name)) return { lost, limited: undefined };
        const limited = tieredShares(
            tiers.map((tier) => ({
                gone: inTier(tier, tier.lost),
                shares: tier.homes.map(({ limited }): Input => [limited, shareThere]),
            })),
            from,
            callee,
        );
        return { lost, limited };
    }

    /**
     * Without outlier detection the choice made in health is kept for what is not withdrawn: a tier is left only when the
     * instances of all its homes are gone and withdrawn. One that is lost with something unnoticed in it ends all requests.
     */
    function heedlessPath(
        from: string,
        callee: Callee,
        tiers: PathNodes['tiers'],
    ): Pick<PathNodes, 'lost' | 'limited'> {
        const name = callee.name;
        const lost = routeNode({ kind: 'path', from, callee: name });
        const all = tiers.flatMap((tier) => inTier(tier, tier.lost));
        input(lost, allOf({ kind: 'nearest', from, callee: name }, all, isMember), isMember);
        let before: NodeIndex[] = [];
        for (const tier of tiers) {
            const { away, unnoticed } = tier.heedless!;
            const stuck = anyOf(
                { kind: 'nearest', from, callee: name },
                inTier(tier, unnoticed).map((node) => [node, keepsGoing]),
            );
            const gone = [...before, ...inTier(tier, tier.lost), ...(stuck === undefined ? [] : [stuck])];
            if (tiers.length > 1)
                input(lost, allOf({ kind: 'farther', from, callee: name }, gone, keepsGoing), keepsGoing);
            before = [...before, ...inTier(tier, away)];
        }
        const limited = tieredShares(
            tiers.map((tier) => ({
                gone: inTier(tier, tier.heedless!.away),
                shares: membersOf({ from }, tier).flatMap(({ home, heedless, gatewayNodes }): Input[] => [
                    [home.limited, shareThere],
                    ...(tier.homes.length > 1 ? [[heedless!.unnoticed, keepsGoing] as const] : []),
                    ...(gatewayNodes.length > 1 ? gatewayNodes.map((node) => [node, keepsGoing] as const) : []),
                ]),
            })),
            from,
            callee,
        );
        return { lost, limited };
    }

    /** A share is lost where one of the first tier loses a share, or one of a farther tier once all nearer ones are gone. */
    function tieredShares(
        tiers: readonly { readonly gone: readonly NodeIndex[]; readonly shares: readonly Input[] }[],
        from: string,
        { name: callee }: Callee,
    ): NodeIndex | undefined {
        let before: NodeIndex[] = [];
        const inputs: Input[] = [];
        for (const { gone, shares } of tiers) {
            const share = anyOf({ kind: 'path-share', from, callee }, shares);
            if (share !== undefined)
                inputs.push([allOf({ kind: 'farther', from, callee }, [...before, share], goesOn), shareThere]);
            before = [...before, ...gone];
        }
        return anyOf({ kind: 'path-share', from, callee }, inputs);
    }

    const known = (from: string, { kind, name }: Pick<Callee, 'kind' | 'name'>) => [
        ...(byCallee.get(pathKey(from, { kind, name })) ?? []),
    ];
    const gatewaysOf = (cluster: string) => anyGateway(cluster, 'east-west');
    const withdrawals = withdrawalsFrom(ways, serving, { gatewaysOf, linkNode, istiodOf, streamOf });
    return {
        serving,
        get circleOf() {
            return circleOf;
        },
        withdrawals,
        ways,
        path,
        anew,
        add,
        connect,
        known,
        anyGateway,
    };
}

function namesOf(answers: NeedNodes): string[] {
    return answers.map(({ callee }) => callee.name);
}

function lossesOf(answers: NeedNodes): NodeIndex[] {
    return answers.map(({ lost }) => lost);
}

/** Of a tier, the nodes that follow each other from a first one on: one for each home. */
function inTier({ homes }: Pick<TierNodes, 'homes'>, first: NodeIndex): NodeIndex[] {
    return homes.map((_, place) => first + place);
}

function homeRoute(kind: 'remote' | 'away' | 'unnoticed', from: string): (home: ServingNodes) => Route {
    return ({ service, cluster }) => ({ kind, from, service, home: cluster });
}

/** Candidates in the cluster's own place first, then all others; a cluster without a region is a place of its own. */
export function nearestFirst<T>(
    routes: Routes,
    from: string,
    candidates: readonly T[],
    clusterOf: (candidate: T) => string,
): T[][] {
    const regionOf = (cluster: string) => routes.cluster(cluster)?.locality?.region;
    const region = regionOf(from);
    const isNear = (cluster: string) => cluster === from || (region !== undefined && regionOf(cluster) === region);
    const near: T[] = [];
    const far: T[] = [];
    for (const candidate of candidates) (isNear(clusterOf(candidate)) ? near : far).push(candidate);
    return [near, far].filter((tier) => tier.length > 0);
}

/** Services of which a share of what they cannot serve without can be lost, while the rest goes on. */
function servicesWithShares(routes: Routes): ReadonlySet<string> {
    const { topology } = routes;
    const users = new Map<string, string[]>();
    const relayed = new Set<string>();
    for (const service of topology.services) {
        for (const callee of hardNeeds(service).flat()) {
            const { kind, name } = callee;
            if (kind !== 'service') continue;
            if (relaysByName(routes, callee)) relayed.add(service.shortName);
            const known = users.get(name);
            if (known) known.push(service.shortName);
            else users.set(name, [service.shortName]);
        }
    }
    const waiting = topology.services
        .filter(({ outlierDetection, eastWestFailover }) => !outlierDetection.value && eastWestFailover.value)
        .map(({ shortName }) => shortName);
    waiting.push(...relayed);
    const found = relayed;
    for (const name of waiting) {
        for (const user of users.get(name) ?? []) {
            if (found.has(user)) continue;
            found.add(user);
            waiting.push(user);
        }
    }
    return found;
}

function pathKey(from: string, callee: Pick<Callee, 'kind' | 'name' | 'through'>): string {
    return jointKey(from, wayKey(callee));
}
