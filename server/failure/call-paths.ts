import { clusterName, externalName, gatewayName, instancesName, partName } from '../topology/element-name.js';
import type { NodeIndex } from '../engine/index.js';
import type { Callee, Gateway, Service } from '../topology/topology.js';
import type { Construction, FlowNodes } from './construction.js';
import { circlesAmong } from './circles.js';
import { ruleReason } from './construction.js';
import { gatesOf, type Input } from './gates.js';
import type { Route } from './graph.js';
import { homesInHealth } from './health.js';
import { egressOf, gatewayOf, hardNeeds, serviceRoute, wayKey, type Routes } from './routes.js';
import type { MemberNodes, PathNodes, ServingNodes, Traffic, Withdrawal } from './traffic-graph.js';

const itsNeeds = ruleReason('R8', 'it cannot serve without what it requires');
const machinesGateway = ruleReason('R8', 'its virtual machines are reached through the gateways of the cluster');
const isMember = ruleReason('R8', 'it is one of the places that can answer');
const crossesLink = ruleReason('R8', 'requests cross the network between the clusters');
const entersGateway = ruleReason('R8', 'requests from other clusters enter there');
const itsInstances = ruleReason('R8', 'they are the instances');
const isAway = ruleReason('R8', 'requests go nowhere of which nobody knows that it is there');
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

/** The ways from clusters to services and external services, each made once however many use it. */
export interface CallPaths {
    readonly serving: ReadonlyMap<string, readonly ServingNodes[]>;
    readonly circleOf: Traffic['circleOf'];
    readonly withdrawals: readonly Withdrawal[];
    /** The path from a cluster to what is called there; undefined where there is none even in health. */
    readonly path: (from: string, callee: Callee) => PathNodes | undefined;
    /** The same, by whatever gateways they leave, without making one. */
    readonly known: Traffic['paths'];
    /** Any of the gateways of a role in a cluster. */
    readonly anyGateway: (cluster: string, role: 'east-west' | 'ingress' | 'egress') => NodeIndex | undefined;
}

interface WithdrawalParts {
    /** What may cut the way to the home. */
    readonly cut: readonly Input[];
    readonly untold: NodeIndex | undefined;
    readonly lost: NodeIndex;
    readonly detects: boolean;
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
    const groups = new Map<string, NodeIndex | undefined>();
    const withdrawals: Withdrawal[] = [];
    const untold = new Map<string, NodeIndex | undefined>();

    const routeNode = (route: Route, threshold?: number) => builder.node({ kind: 'route', route }, threshold);
    const nodeOf = (gateway: Gateway) => elementNode(gatewayName(gateway))!;

    function anyGateway(cluster: string, role: 'east-west' | 'ingress' | 'egress'): NodeIndex | undefined {
        const key = `${cluster} ${role}`;
        if (!groups.has(key)) {
            const nodes = routes.gatewaysIn(cluster, role).map(nodeOf);
            groups.set(key, allOf({ kind: 'gateways', cluster, role }, nodes, isMember));
        }
        return groups.get(key);
    }

    for (const service of topology.services) serving.set(service.shortName, servingNodes(service));
    for (const service of topology.services) connectNeeds(service);
    const circleOf = circlesAmong([...serving.values()].flat().filter(({ limited }) => limited !== undefined));
    for (const circle of new Set(circleOf.values())) joinShares(circle);

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
            return {
                service: shortName,
                cluster,
                serves,
                instances,
                starved,
                limited,
                needs: [],
                servesInHealth: inHealth,
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

    function connectNeeds(service: Service): void {
        for (const home of serving.get(service.shortName)!) {
            const needs = home.needs as PathNodes[];
            for (const needed of hardNeeds(service)) {
                const way = path(home.cluster, needed);
                if (!way) continue;
                needs.push(way);
                input(home.starved!, way.lost, itsNeeds);
                if (home.limited !== undefined) input(home.limited, way.limited, shareOfNeeds);
            }
        }
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
            const { kind, name } = callee;
            const called = pathKey(from, { kind, name });
            if (made) byCallee.set(called, [...(byCallee.get(called) ?? []), made]);
        }
        return paths.get(key);
    }

    function externalPath(from: string, callee: Callee): PathNodes | undefined {
        const external = elementNode(externalName(callee.name));
        const gateways = egressOf(routes, from, callee);
        if (callee.kind !== 'external-service' || external === undefined || !gateways) return undefined;
        const lost = routeNode({ kind: 'path', from, callee: callee.name });
        input(lost, callee.through ? leaving(from, callee.name, gateways) : anyGateway(from, 'egress'), egress);
        input(lost, external, isIt);
        return { from, callee, tiers: [], egress: gateways, detects: true, lost, limited: undefined };
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

    function servicePath(from: string, callee: Callee, service: Service): PathNodes | undefined {
        const detects = service.outlierDetection.value;
        const homeIn = new Map(serving.get(service.shortName)!.map((home) => [home.cluster, home]));
        const inHealth = (cluster: string) => {
            const home = homeIn.get(cluster);
            return home?.servesInHealth ? [home] : [];
        };
        const { local, remotes } = serviceRoute(routes, from, service);
        const here = local ? inHealth(local.cluster) : [];
        const elsewhere = remotes.filter(({ possible }) => possible).flatMap(({ home }) => inHealth(home.cluster));
        const tiers = [
            here.map((home) => localMember(home, detects)),
            ...nearestFirst(routes, from, elsewhere, ({ cluster }) => cluster).map((tier) =>
                tier.map((home) => remoteMember(from, home, detects)),
            ),
        ].filter((tier) => tier.length > 0);
        if (tiers.length === 0) return undefined;
        const nodes = detects ? detectingPath(from, callee, tiers) : heedlessPath(from, callee, tiers);
        return { from, callee, tiers, egress: [], detects, ...nodes };
    }

    function localMember(home: ServingNodes, detects: boolean): MemberNodes {
        const { cluster, service } = home;
        const lost = routeNode({ kind: 'remote', from: cluster, service, home: cluster });
        input(lost, home.serves, servesThere);
        const untold = elementNode(partName(cluster, 'istiod'));
        const told = withdrawalOf(cluster, home, { cut: [], untold, lost, detects });
        return { home, isLocal: true, lost, ...told, gateways: [], gatewayNodes: [] };
    }

    function remoteMember(from: string, home: ServingNodes, detects: boolean): MemberNodes {
        const { cluster, service } = home;
        const gateways = routes.gatewaysIn(cluster, 'east-west');
        const lost = routeNode({ kind: 'remote', from, service, home: cluster });
        const cut: Input[] = [
            [linkNode(from, cluster), crossesLink],
            [anyGateway(cluster, 'east-west'), entersGateway],
        ];
        for (const [node, reason] of cut) input(lost, node, reason);
        input(lost, home.serves, servesThere);
        const told = withdrawalOf(from, home, { cut, untold: untoldNode(from, cluster), lost, detects });
        return { home, isLocal: false, lost, ...told, gateways, gatewayNodes: gateways.map(nodeOf) };
    }

    /** Whether a cluster can be told of what becomes of instances in another one; undefined where nobody ever tells. */
    function untoldNode(from: string, cluster: string): NodeIndex | undefined {
        const key = `${from} ${cluster}`;
        if (!untold.has(key)) {
            const streams = [cluster, from].map((end) => flowNode('control-stream', { cluster: end }));
            const reporting = [...streams, elementNode(partName(from, 'istiod'))].map((node): Input => [
                node,
                reported,
            ]);
            const route = { kind: 'withdrawal', from, to: cluster } as const;
            // without a management cluster there are no streams
            untold.set(key, streams.includes(undefined) ? undefined : anyOf(route, reporting));
        }
        return untold.get(key);
    }

    /** What is cut off or starved goes unnoticed; instances that are gone do so only while nobody can tell. */
    function withdrawalOf(
        from: string,
        home: ServingNodes,
        { cut, untold, lost, detects }: WithdrawalParts,
    ): Pick<MemberNodes, 'away' | 'unnoticed'> {
        const { service, cluster, instances, starved } = home;
        const away = routeNode({ kind: 'away', from, service, home: cluster });
        input(away, instances, itsInstances);
        input(lost, away, isAway);
        const broken = [...cut.map(([node]) => node), starved].filter((node) => node !== undefined);
        const unnoticed = detects ? undefined : routeNode({ kind: 'unnoticed', from, service, home: cluster });
        withdrawals.push({ instances, untold, broken, unnoticed, away });
        if (unnoticed === undefined) return { away, unnoticed };
        for (const [node, reason] of cut) input(unnoticed, node, reason);
        input(unnoticed, starved, itsNeeds);
        const gone = untold === undefined ? [instances] : [instances, untold];
        input(unnoticed, allOf({ kind: 'unnoticed', from, service, home: cluster }, gone, notWithdrawn), notWithdrawn);
        return { away, unnoticed };
    }

    /** Requests go on to whatever answers at all; a home that answers in part keeps its share. */
    function detectingPath(
        from: string,
        callee: Callee,
        tiers: PathNodes['tiers'],
    ): Pick<PathNodes, 'lost' | 'limited'> {
        const members = tiers.flat();
        const lost = routeNode({ kind: 'path', from, callee: callee.name }, members.length);
        for (const member of members) input(lost, member.lost, isMember);
        const limited = tieredShares(
            tiers.map((tier) => ({
                gone: tier.map((member) => member.lost),
                shares: tier.map(({ home }): Input => [home.limited, shareThere]),
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
        input(
            lost,
            allOf(
                { kind: 'nearest', from, callee: name },
                tiers.flat().map((member) => member.lost),
                isMember,
            ),
            isMember,
        );
        let before: NodeIndex[] = [];
        for (const tier of tiers) {
            const stuck = anyOf(
                { kind: 'nearest', from, callee: name },
                tier.map(({ unnoticed }) => [unnoticed, keepsGoing]),
            );
            const gone = [...before, ...tier.map((member) => member.lost), ...(stuck === undefined ? [] : [stuck])];
            if (tiers.length > 1)
                input(lost, allOf({ kind: 'farther', from, callee: name }, gone, keepsGoing), keepsGoing);
            before = [...before, ...tier.map(({ away }) => away)];
        }
        const limited = tieredShares(
            tiers.map((tier) => ({
                gone: tier.map(({ away }) => away),
                shares: tier.flatMap(({ home, unnoticed, gatewayNodes }): Input[] => [
                    [home.limited, shareThere],
                    ...(tier.length > 1 ? [[unnoticed, keepsGoing] as const] : []),
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
    return { serving, circleOf, withdrawals, path, known, anyGateway };
}

/** Candidates in the cluster's own place first, then all others; a cluster without a region is a place of its own. */
export function nearestFirst<T>(
    routes: Routes,
    from: string,
    candidates: readonly T[],
    clusterOf: (candidate: T) => string,
): T[][] {
    const placeOf = (cluster: string) => routes.cluster(cluster)?.locality?.region ?? `cluster ${cluster}`;
    const place = placeOf(from);
    const isNear = (candidate: T) => clusterOf(candidate) === from || placeOf(clusterOf(candidate)) === place;
    const near = candidates.filter(isNear);
    const far = candidates.filter((candidate) => !isNear(candidate));
    return [near, far].filter((tier) => tier.length > 0);
}

/** Services of which a share of what they cannot serve without can be lost, while the rest goes on. */
function servicesWithShares({ topology }: Routes): ReadonlySet<string> {
    const users = new Map<string, string[]>();
    for (const service of topology.services) {
        for (const { kind, name } of hardNeeds(service)) {
            if (kind !== 'service') continue;
            const known = users.get(name);
            if (known) known.push(service.shortName);
            else users.set(name, [service.shortName]);
        }
    }
    const waiting = topology.services
        .filter(({ outlierDetection, eastWestFailover }) => !outlierDetection.value && eastWestFailover.value)
        .map(({ shortName }) => shortName);
    const found = new Set<string>();
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
    return `${from} ${wayKey(callee)}`;
}
