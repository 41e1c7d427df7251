import { jointKey } from '../topology/joint-key.js';
import { externalName, gatewayName } from '../topology/element-name.js';
import type { NodeIndex } from '../engine/index.js';
import type { Exposure, Gateway, Service, Target } from '../topology/topology.js';
import { nearestFirst, type CallPaths } from './call-paths.js';
import type { Construction } from './construction.js';
import { ruleReason } from './construction.js';
import { gatesOf, type Input } from './gates.js';
import type { Route } from './graph.js';
import {
    entryGateways,
    gatewayOf,
    ingressOf,
    isIngressOf,
    leadsElsewhere,
    leadsTo,
    targetKey,
    targetsOf,
    type Routes,
} from './routes.js';
import type {
    EntryNodes,
    HopNodes,
    HostNodes,
    LastHop,
    NextHop,
    PassageNodes,
    TargetNodes,
    WayNodes,
} from './traffic-graph.js';

const isMember = ruleReason('R8', 'it is one of the places that can answer');
const noneOther = ruleReason('R8', 'there is no other place that can answer');
const crossesLink = ruleReason('R8', 'requests cross the network between the clusters');
const entersGateway = ruleReason('R8', 'requests from other clusters enter there');
const passesGateway = ruleReason('R8', 'requests pass this gateway');
const servesThere = ruleReason('R8', 'its instances there have to serve');
const goesOn = ruleReason('R8', 'requests pass one of these gateways');
const entry = ruleReason('R8', 'clients enter there');
const ownClients = ruleReason('R8', 'without global load balancing its clients have no other way in');
const losesToo = ruleReason('R8', 'its clients stay, since no other entry loses none');
const nobodyMoves = ruleReason('R8', 'its clients stay, since nobody can move them');
const strictWeights = ruleReason('R8', 'weights are strict: its share of the requests is lost');
const shareLost = ruleReason('R8', 'a share of what is sent there is lost');
const onlyThen = ruleReason('R8', 'requests go there only once all nearer places are gone');

/** The ways to services by gateways, each made once however many hosts and calls go there. */
export interface HostWays {
    /** The hosts of a service that are served in health. */
    readonly hosts: (service: Service) => HostNodes[];
    /** The gateways at which requests enter, as far as they are served in health. */
    readonly entries: (service: Service, exposure: Exposure) => readonly EntryNodes[];
}

/** R8: makes the nodes of the ways by gateways to the hosts of services. */
export function hostWays(
    construction: Construction,
    routes: Routes,
    { path, anyGateway }: Pick<CallPaths, 'path' | 'anyGateway'>,
    passage: (gateway: Gateway) => PassageNodes | undefined,
): HostWays {
    const { builder, linkNode, input } = construction;
    const { anyOf, allOf } = gatesOf(construction);
    const routeNode = (route: Route, threshold?: number) => builder.node({ kind: 'route', route }, threshold);
    const passing = (gateways: readonly Gateway[]) => gateways.flatMap((gateway) => passage(gateway) ?? []);
    const named = new Map<string, NodeIndex | undefined>();

    const known = new Map<Service, Map<string, Ways>>();

    /** Exposures that differ in their name alone share their ways. */
    function ways(service: Service, exposure: Exposure): Ways {
        const ofService = known.get(service) ?? new Map<string, Ways>();
        known.set(service, ofService);
        const key = waysKey(exposure);
        const made = ofService.get(key) ?? waysOf(service, exposure);
        ofService.set(key, made);
        return made;
    }

    function hosts(service: Service): HostNodes[] {
        return service.exposures.flatMap((exposure): HostNodes[] => {
            const there = ways(service, exposure);
            return there.entries.length > 0
                ? [{ exposure, ...there, ...verdictsOf(service, exposure, there.entries) }]
                : [];
        });
    }

    function waysOf(service: Service, exposure: Exposure): Ways {
        const targets = targetsOf(routes, service, exposure);
        const nodes = exposureNodes(service, exposure, targets);
        const firsts = passing(entryGateways(routes, exposure, targets)).flatMap((each) => {
            const first = nodes.hop(each, 0);
            return first.ways.size > 0 ? [first] : [];
        });
        const clients = clientsOf(exposure, firsts);
        const entries = firsts.map((first, at) => entryNodes(service, exposure, first, clients[at]!));
        return { service: service.shortName, entries, targets };
    }

    /**
     * Without GSLB each entry keeps its clients; with it, clients leave an entry that loses requests for one that loses none.
     * Callers inside the mesh leave what answers nothing, if they notice.
     */
    function verdictsOf(
        { shortName, outlierDetection }: Service,
        { host, inside, gslbTtl, gslbBy }: Exposure,
        entries: readonly EntryNodes[],
    ): Pick<HostNodes, 'leave' | 'mover' | 'lost' | 'limited'> {
        const leave = gslbTtl ? 'loses' : inside && outlierDetection.value ? 'dead' : 'never';
        const lost = routeNode({ kind: 'host', host }, entries.length);
        const mover = gslbBy === undefined ? undefined : construction.elementNode(externalName(gslbBy));
        const limited = routeNode(
            { kind: 'host-share', host },
            leave === 'loses' && mover === undefined ? entries.length : 1,
        );
        const losing: NodeIndex[] = [];
        for (const { first, lost: entryLost, limited: entryLimited } of entries) {
            input(lost, entryLost, entry);
            if (leave === 'loses') {
                const route = { kind: 'entry-share', service: shortName, gateway: gatewayName(first.gateway) } as const;
                const loses = anyOf(route, [
                    [entryLost, entry],
                    [entryLimited, shareLost],
                ]);
                if (loses !== undefined) losing.push(loses);
                if (mover === undefined) input(limited, loses, losesToo);
                continue;
            }
            if (leave === 'never') input(limited, entryLost, ownClients);
            input(limited, entryLimited, shareLost);
        }
        if (mover !== undefined && losing.length > 0) {
            const share = { kind: 'host-share', host } as const;
            const one = anyOf(
                share,
                losing.map((loses): Input => [loses, nobodyMoves]),
            );
            input(limited, allOf(share, losing, losesToo), losesToo);
            input(limited, allOf(share, one === undefined ? [] : [mover, one], nobodyMoves), nobodyMoves);
        }
        return { leave, ...(mover !== undefined && { mover }), lost, limited };
    }

    function entryNodes(service: Service, exposure: Exposure, first: HopNodes, clients: number): EntryNodes {
        const { gateway, passage: itself, ways } = first;
        const name = { service: service.shortName, gateway: gatewayName(gateway) };
        const isStrict = isWeighted(exposure) && !entersDirectly(exposure, gateway);
        const all = [...ways.values()];
        const tiers = isStrict ? [all] : nearestFirst(routes, gateway.cluster, all, ({ target }) => target.cluster);
        const lost = routeNode({ kind: 'entry', ...name });
        input(lost, itself.lost, passesGateway);
        input(
            lost,
            allOf(
                { kind: 'behind', ...name },
                all.map((way) => way.lost),
                isMember,
            ),
            noneOther,
        );
        const shares: Input[] = [[itself.limited, shareLost]];
        let before: NodeIndex[] = [];
        for (const tier of tiers) {
            const inputs = tier.flatMap(({ target, lost: wayLost, passages }): Input[] => [
                [target.path.limited, shareLost],
                ...[...passages].map(({ limited }): Input => [limited, shareLost]),
                ...(isStrict && tier.length > 1 ? [[wayLost, strictWeights] as const] : []),
            ]);
            const share = anyOf({ kind: 'entry-share', ...name }, inputs);
            if (share !== undefined)
                shares.push([allOf({ kind: 'entry-share', ...name }, [...before, share], onlyThen), shareLost]);
            before = [...before, ...tier.map((way) => way.lost)];
        }
        return { first, clients, isStrict, tiers, lost, limited: anyOf({ kind: 'entry-share', ...name }, shares) };
    }

    /** The gateways and targets of one exposure, each made once however many ways lead through it. */
    function exposureNodes(service: Service, exposure: Exposure, targets: readonly Target[]) {
        const serviceName = service.shortName;
        const listed = new Set([...service.homes, ...exposure.to].map(({ cluster }) => cluster));
        const hops = new Map<string, HopNodes>();
        const nextHops = new Map<string, NextHop>();
        const lastHops = new Map<string, LastHop | undefined>();
        const targetNodes = new Map<string, TargetNodes | undefined>();

        function hop(passed: PassageNodes, level: number): HopNodes {
            const key = jointKey(level, gatewayName(passed.gateway));
            const known = hops.get(key) ?? newHop(passed, level);
            hops.set(key, known);
            return known;
        }

        function newHop(passed: PassageNodes, level: number): HopNodes {
            const { gateway, gatewayNode } = passed;
            const from = gateway.cluster;
            const through = exposure.through[level];
            const next = passing((through ?? []).flatMap((ref) => gatewayOf(routes, ref)))
                .filter(({ gateway: { cluster } }) => routes.isOpen(from, cluster))
                .map((other) => nextHop(from, other, level + 1))
                .filter(({ lost }) => lost.size > 0);
            const last = through
                ? []
                : targets.flatMap((target) => (isLedTo(gateway, target) ? lastHop(gateway, target) : []));
            const ways = new Map<string, WayNodes>();
            for (const target of targets) {
                const way = wayOf(gateway, target, next, last);
                if (way) ways.set(targetKey(target), way);
            }
            return { gateway, gatewayNode, passage: passed, ways, next, last };
        }

        /** Other clusters are led to as homes, or because they are named. */
        function isLedTo(gateway: Gateway, target: Target): boolean {
            const isMeant = target.outside ?? (listed.has(target.cluster) || !leadsElsewhere(gateway));
            return isMeant && leadsTo(routes, gateway, target);
        }

        function wayOf(
            gateway: Gateway,
            meant: Target,
            next: readonly NextHop[],
            last: readonly LastHop[],
        ): WayNodes | undefined {
            const key = targetKey(meant);
            const target = targetNodes.get(key);
            const places = [
                ...next.flatMap(({ lost }) => lost.get(key) ?? []),
                ...last.filter((each) => each.target === target).map(({ lost }) => lost),
            ];
            const to = meant.cluster;
            const route = { kind: 'behind', service: serviceName, gateway: gatewayName(gateway), to } as const;
            const lost = allOf(route, places, goesOn);
            if (!target || lost === undefined) return undefined;
            const behind = next.flatMap(({ hop: { passage: passed, ways } }) => {
                const way = ways.get(key);
                return way ? [passed, ...way.passages] : [];
            });
            const ingress = last.flatMap((each) => (each.target === target ? each.ingress : []));
            return { target, lost, passages: new Set([...behind, ...ingress]) };
        }

        function nextHop(from: string, passed: PassageNodes, level: number): NextHop {
            const { gateway } = passed;
            const to = gatewayName(gateway);
            const key = jointKey(level, from, to);
            const known = nextHops.get(key);
            if (known) return known;
            const following = hop(passed, level);
            const lost = new Map<string, NodeIndex>();
            for (const [target, way] of following.ways) {
                const node = routeNode({ kind: 'hop', service: serviceName, from, to });
                input(node, link(from, gateway.cluster), crossesLink);
                input(node, passed.lost, passesGateway);
                input(node, way.lost, noneOther);
                lost.set(target, node);
            }
            const made = { hop: following, lost };
            nextHops.set(key, made);
            return made;
        }

        /** Into the cluster of a target: by its ingress gateways, unless the requests are at one of them. */
        function lastHop(gateway: Gateway, target: Target): LastHop[] {
            const from = gateway.cluster;
            const isThere = isIngressOf(routes, gateway, target);
            const key = jointKey(from, targetKey(target), isThere);
            if (!lastHops.has(key)) lastHops.set(key, newLastHop(from, target, isThere));
            return [lastHops.get(key) ?? []].flat();
        }

        function newLastHop(from: string, target: Target, isThere: boolean): LastHop | undefined {
            const to = target.cluster;
            const reached = targetOf(target);
            const ingress = isThere ? [] : passing(ingressOf(routes, target));
            if (!reached || (!isThere && (ingress.length === 0 || !routes.isOpen(from, to)))) return undefined;
            const lost = routeNode({ kind: 'target', service: serviceName, from, to });
            if (!isThere) {
                input(lost, link(from, to), crossesLink);
                input(lost, ingressNode(target, ingress), entersGateway);
            }
            input(lost, reached.path.lost, servesThere);
            return { target: reached, ingress, lost };
        }

        function targetOf(target: Target): TargetNodes | undefined {
            const { cluster, weight = 1, outside, at } = target;
            const key = targetKey(target);
            if (!targetNodes.has(key)) {
                const way = path(cluster, { kind: outside ? 'external-service' : 'service', name: serviceName, at });
                targetNodes.set(key, way && { key, cluster, weight, path: way });
            }
            return targetNodes.get(key);
        }

        return { hop };
    }

    /** Any of the gateways that have the host there. */
    function ingressNode(target: Target, ingress: readonly PassageNodes[]): NodeIndex | undefined {
        const { cluster } = target;
        const isPlain = ingress.every(({ lost, gatewayNode }) => lost === gatewayNode);
        if (!target.gateways && isPlain && ingress.length === ingressOf(routes, target).length)
            return anyGateway(cluster, 'ingress');
        const key = targetKey(target);
        if (!named.has(key)) {
            const nodes = ingress.map(({ lost }) => lost);
            named.set(
                key,
                allOf({ kind: 'gateways', cluster, role: 'ingress', named: target.gateways }, nodes, isMember),
            );
        }
        return named.get(key);
    }

    const link = (from: string, to: string) => (from === to ? undefined : linkNode(from, to));
    return { hosts, entries: (service, exposure) => ways(service, exposure).entries };
}

/** What leads to a service, whatever the host is called. */
type Ways = Omit<HostNodes, 'exposure' | 'leave' | 'mover' | 'lost' | 'limited'>;

/** Whether each target has its share of the requests, dead or not. */
export function isWeighted({ to }: Exposure): boolean {
    return to.some(({ weight }) => weight !== undefined);
}

/** Whether requests go from this entry into its own cluster and nowhere else: there is nothing to draw. */
function entersDirectly({ through }: Exposure, gateway: Gateway): boolean {
    return through.length === 0 && !leadsElsewhere(gateway);
}

/**
 * The part of the clients that each entry gateway has: equal parts (inferred). In front of ingress gateways, which lead
 * to their own cluster alone, weights spread the clients: those of one target share its weight. Beside others they
 * divide their equal parts so.
 */
function clientsOf(exposure: Exposure, firsts: readonly HopNodes[]): number[] {
    const equal = 1 / firsts.length;
    if (!isWeighted(exposure)) return firsts.map(() => equal);
    const isSpread = ({ gateway }: HopNodes) => entersDirectly(exposure, gateway);
    const spread = firsts.filter(isSpread);
    const entriesOf = new Map<TargetNodes, number>();
    // each leads to one target: its own cluster, as that is entered there
    const targetOf = ({ ways }: HopNodes) => [...ways.values()][0]!.target;
    for (const first of spread) entriesOf.set(targetOf(first), (entriesOf.get(targetOf(first)) ?? 0) + 1);
    const weightOf = (first: HopNodes) => targetOf(first).weight / entriesOf.get(targetOf(first))!;
    const all = spread.reduce((sum, first) => sum + weightOf(first), 0);
    return firsts.map((first) => (isSpread(first) ? (weightOf(first) / all) * spread.length * equal : equal));
}

/** Exposures with the same key have the same ways. */
function waysKey({ via, through, to }: Exposure): string {
    const gateways = (refs: Exposure['via']) => refs.map(({ cluster, gateway }) => [cluster, gateway]);
    return JSON.stringify([
        gateways(via),
        through.map(gateways),
        to.map((target) => [targetKey(target), target.weight]),
    ]);
}
