import type { ElementName } from '../topology/elements.js';
import { directedLinkName, instancesName, asElementName } from '../topology/elements.js';
import type { Callee, Exposure, Gateway, Service, Target } from '../topology/topology.js';
import type { Construction } from './construction.js';
import { ruleReason } from './construction.js';
import type {
    CallerNodes,
    CallNodes,
    Facet,
    ForwardNodes,
    HostNodes,
    MemberNodes,
    NodeIndex,
    PathNodes,
    Reason,
    Route,
    ServingNodes,
    TargetNodes,
    Traffic,
} from './graph.js';
import {
    calleeKey,
    calleesOf,
    entryGateways,
    gatewayOf,
    hardNeeds,
    routesOf,
    serviceRoute,
    targetsOf,
    type Routes,
} from './routes.js';
import { trafficFacets } from './traffic-facets.js';

const itsInstances = ruleReason('R8', 'it is its instances that serve');
const isRequired = ruleReason('R8', 'it cannot serve without what it requires');
const isMember = ruleReason('R8', 'it is one of the places that can answer');
const noneOther = ruleReason('R8', 'there is no other place that can answer');
const crossesLink = ruleReason('R8', 'requests cross the network between the clusters');
const entersGateway = ruleReason('R8', 'requests from other clusters enter there');
const passesGateway = ruleReason('R8', 'requests pass this gateway');
const servesThere = ruleReason('R8', 'its instances there have to serve');
const egress = ruleReason('R8', 'calls leave the cluster through its egress gateway');
const isIt = ruleReason('R8', 'it is the service that is called');
const entry = ruleReason('R8', 'clients enter there');
const ownClients = ruleReason('R8', 'without global load balancing its clients have no other way in');
const strictWeights = ruleReason('R8', 'weights are strict: its share of the requests is lost');
const shareLost = ruleReason('R8', 'a share of what is sent there is lost');
const unchosen = ruleReason('R8', 'without outlier detection requests keep going there');

/** R8: the nodes of all request paths, and the facets of running workloads that hang on them. */
export function addTraffic(construction: Construction): { traffic: Traffic; facets: readonly Facet[] } {
    const { topology } = construction;
    const routes = routesOf(topology);
    const builder = pathBuilder(construction, routes);
    for (const service of topology.services) builder.addServing(service);
    for (const service of topology.services) builder.addHardNeeds(service);
    const hostsOf = new Map(
        topology.services.map((service) => [
            service.shortName,
            service.exposures.flatMap((exposure) => builder.host(service, exposure)),
        ]),
    );
    const traffic: Traffic = {
        routes,
        hosts: [...hostsOf.values()].flat(),
        hostsOf,
        serving: builder.serving,
        calls: new Map(topology.services.map((service) => [service.shortName, builder.callsOf(service)])),
        callers: builder.callers,
        path: builder.knownPath,
    };
    return {
        traffic,
        facets: trafficFacets(construction, traffic, builder.path),
    };
}

/** Makes nodes of paths, each once however many use it. */
function pathBuilder(construction: Construction, routes: Routes) {
    const { builder, elementNode, input } = construction;
    const serving = new Map<string, readonly ServingNodes[]>();
    const servesAt = new Map<string, NodeIndex>();
    const paths = new Map<string, PathNodes | undefined>();
    const groups = new Map<string, NodeIndex>();
    const callers = new Map<string, CallerNodes[]>();

    const routeNode = (route: Route, threshold?: number) => builder.node({ kind: 'route', route }, threshold);
    const link = (from: string, to: string) => elementNode(directedLinkName(from, to));
    const gatewayNode = ({ cluster, name }: Gateway) => elementNode(`${cluster}.${name}`);

    /** Any of these gateways will do; one alone is its own node. */
    function anyGateway(cluster: string, gateways: readonly Gateway[], role: 'east-west' | 'ingress' | 'egress') {
        if (gateways.length === 1) return gatewayNode(gateways[0]!);
        const key = `${cluster} ${role}`;
        const known = groups.get(key);
        if (known !== undefined) return known;
        const group = routeNode({ kind: 'gateways', cluster, role }, gateways.length);
        for (const gateway of gateways) input(group, gatewayNode(gateway), isMember);
        groups.set(key, group);
        return group;
    }

    function addServing(service: Service): void {
        const homes = service.homes.map(({ cluster }) => {
            const serves = routeNode({ kind: 'serves', service: service.shortName, cluster });
            const instances = elementNode(instancesName(service.shortName, cluster))!;
            input(serves, instances, itsInstances);
            servesAt.set(`${service.shortName}@${cluster}`, serves);
            return { cluster, serves, instances };
        });
        serving.set(service.shortName, homes);
    }

    function addHardNeeds(service: Service): void {
        for (const needed of hardNeeds(service)) {
            for (const { cluster } of service.homes) {
                const way = path(cluster, needed);
                input(servesAt.get(`${service.shortName}@${cluster}`)!, way?.lost, isRequired);
            }
        }
    }

    /** The path from a cluster to what is called there; undefined where there is none even in health. */
    function path(from: string, callee: Callee): PathNodes | undefined {
        const key = `${from} ${calleeKey(callee)}`;
        if (!paths.has(key)) {
            const service = callee.kind === 'service' ? routes.service(callee.name) : undefined;
            paths.set(key, service ? servicePath(from, callee, service) : externalPath(from, callee));
        }
        return paths.get(key);
    }

    function externalPath(from: string, callee: Callee): PathNodes | undefined {
        const external = elementNode(`external:${callee.name}`);
        if (external === undefined) return undefined;
        const lost = routeNode({ kind: 'path', from, callee: callee.name });
        const gateways = routes.gatewaysIn(from, 'egress');
        if (gateways.length > 0) input(lost, anyGateway(from, gateways, 'egress'), egress);
        input(lost, external, isIt);
        return { from, callee, members: [], egress: gateways, lost, limited: undefined };
    }

    function servicePath(from: string, callee: Callee, service: Service): PathNodes | undefined {
        const { local, remotes } = serviceRoute(routes, from, service);
        const localMember = local && localNodes(service, from);
        const goesOn = !localMember || service.outlierDetection.value;
        const remoteMembers = goesOn
            ? remotes.filter(({ possible }) => possible).map(({ home }) => remoteNodes(from, service, home.cluster))
            : [];
        const members = [...(localMember ? [localMember] : []), ...remoteMembers];
        if (members.length === 0) return undefined;
        const lost = routeNode({ kind: 'path', from, callee: callee.name }, members.length);
        for (const member of members) input(lost, member.lost, members.length === 1 ? noneOther : isMember);
        let limited: NodeIndex | undefined;
        if (!localMember && !service.outlierDetection.value && members.length > 1) {
            limited = routeNode({ kind: 'path', from, callee: callee.name });
            for (const member of members) input(limited, member.lost, unchosen);
        }
        return { from, callee, members, egress: [], lost, limited };
    }

    function localNodes(service: Service, cluster: string): MemberNodes {
        return { home: cluster, isLocal: true, lost: servesAt.get(`${service.shortName}@${cluster}`)!, gateways: [] };
    }

    function remoteNodes(from: string, service: Service, home: string): MemberNodes {
        const lost = routeNode({ kind: 'remote', from, service: service.shortName, home });
        const gateways = routes.gatewaysIn(home, 'east-west');
        input(lost, link(from, home), crossesLink);
        input(lost, anyGateway(home, gateways, 'east-west'), entersGateway);
        input(lost, servesAt.get(`${service.shortName}@${home}`), servesThere);
        return { home, isLocal: false, lost, gateways };
    }

    /** The nodes of an exposed host; none where no request reaches the service even in health. */
    function host(service: Service, exposure: Exposure): HostNodes[] {
        const targets = targetsOf(routes, service, exposure);
        const known = new Map<string, ForwardNodes[]>();
        const entries = entryGateways(routes, exposure, targets).flatMap((gateway) => {
            return forward(service, exposure, gateway, 0, targets, known);
        });
        if (entries.length === 0) return [];
        const name = exposure.host;
        const lost = routeNode({ kind: 'host', host: name }, entries.length);
        const limited = routeNode({ kind: 'host', host: name });
        for (const { lost: entryLost, shareLoss } of entries) {
            input(lost, entryLost, entry);
            if (!exposure.gslbTtl) input(limited, entryLost, ownClients);
            input(limited, shareLoss, shareLost);
        }
        return [{ exposure, service: service.shortName, entries, targets, lost, limited }];
    }

    /** What a gateway does with the requests for a host: on to the next hop, or to a home. */
    function forward(
        service: Service,
        exposure: Exposure,
        gateway: Gateway,
        level: number,
        targets: readonly Target[],
        known: Map<string, ForwardNodes[]>,
    ): ForwardNodes[] {
        const key = `${level} ${gateway.cluster}.${gateway.name}`;
        let result = known.get(key);
        if (!result) {
            const hop = exposure.through[level];
            result = hop
                ? transit(service, exposure, gateway, level, targets, known)
                : toHomes(service, exposure, gateway, targets);
            known.set(key, result);
        }
        return result;
    }

    function transit(
        service: Service,
        exposure: Exposure,
        gateway: Gateway,
        level: number,
        targets: readonly Target[],
        known: Map<string, ForwardNodes[]>,
    ): ForwardNodes[] {
        const from = gateway.cluster;
        const next = exposure.through[level]!.flatMap((ref) => gatewayOf(routes, ref))
            .filter(({ cluster }) => routes.isOpen(from, cluster))
            .flatMap((hop) =>
                forward(service, exposure, hop, level + 1, targets, known).map((nodes) => ({ hop, nodes })),
            );
        if (next.length === 0) return [];
        const { lost, all } = forwardNode(exposure, gateway, next.length);
        let shareLoss: NodeIndex | undefined;
        for (const { hop, nodes } of next) {
            const way = routeNode({
                kind: 'hop',
                host: exposure.host,
                from,
                to: asElementName(`${hop.cluster}.${hop.name}`),
            });
            input(way, link(from, hop.cluster), crossesLink);
            input(way, nodes.lost, passesGateway);
            input(all, way, next.length === 1 ? noneOther : isMember);
            if (nodes.shareLoss !== undefined) {
                shareLoss ??= routeNode({ kind: 'share', host: exposure.host, gateway: nameOf(gateway) });
                input(shareLoss, nodes.shareLoss, shareLost);
            }
        }
        return [{ gateway, lost, shareLoss, weighted: false, targets: [], next: next.map(({ nodes }) => nodes) }];
    }

    function toHomes(
        service: Service,
        exposure: Exposure,
        gateway: Gateway,
        targets: readonly Target[],
    ): ForwardNodes[] {
        const from = gateway.cluster;
        const weighted = exposure.to.some(({ weight }) => weight !== undefined);
        // without `via` a gateway leads to its own cluster only
        const possible = exposure.via.length > 0 ? targets : targets.filter(({ cluster }) => cluster === from);
        const reached = possible.flatMap((target) => targetNodes(service, exposure, from, target));
        if (reached.length === 0) return [];
        const { lost, all } = forwardNode(exposure, gateway, reached.length);
        let shareLoss: NodeIndex | undefined;
        const loses = (node: NodeIndex | undefined, reason: Reason) => {
            if (node === undefined) return;
            shareLoss ??= routeNode({ kind: 'share', host: exposure.host, gateway: nameOf(gateway) });
            input(shareLoss, node, reason);
        };
        for (const target of reached) {
            input(all, target.lost, reached.length === 1 ? noneOther : isMember);
            if (weighted) loses(target.lost, strictWeights);
            loses(target.path.limited, shareLost);
        }
        return [{ gateway, lost, shareLoss, weighted, targets: reached, next: [] }];
    }

    /** A gateway is of no use without itself, and without every place behind it. */
    function forwardNode(exposure: Exposure, gateway: Gateway, places: number): { lost: NodeIndex; all: NodeIndex } {
        const route = { kind: 'entry', host: exposure.host, gateway: nameOf(gateway) } as const;
        const lost = routeNode(route);
        input(lost, gatewayNode(gateway), passesGateway);
        if (places === 1) return { lost, all: lost };
        const all = routeNode({ kind: 'behind', host: exposure.host, gateway: nameOf(gateway) }, places);
        input(lost, all, noneOther);
        return { lost, all };
    }

    function targetNodes(service: Service, exposure: Exposure, from: string, target: Target): TargetNodes[] {
        const to = target.cluster;
        const ingress = routes.gatewaysIn(to, 'ingress');
        if (from !== to && (ingress.length === 0 || !routes.isOpen(from, to))) return [];
        const way = path(to, { kind: 'service', name: service.shortName, at: target.at });
        if (!way) return [];
        const lost = routeNode({ kind: 'target', host: exposure.host, from, to });
        if (from !== to) {
            input(lost, link(from, to), crossesLink);
            input(lost, anyGateway(to, ingress, 'ingress'), entersGateway);
        }
        input(lost, way.lost, servesThere);
        return [{ cluster: to, weight: target.weight ?? 1, ingress: from === to ? [] : ingress, path: way, lost }];
    }

    /** What each home of a service calls; what has no path in health is left out. */
    function callsOf(service: Service): CallNodes[] {
        const partial = new Set(service.calls.map(calleeKey));
        return calleesOf(service).flatMap((callee) =>
            service.homes.flatMap(({ cluster }): CallNodes[] => {
                const way = path(cluster, callee);
                if (!way) return [];
                const instances = elementNode(instancesName(service.shortName, cluster))!;
                if (callee.kind === 'service' && callee.name !== service.shortName) {
                    const known = callers.get(callee.name) ?? [];
                    known.push({ service: service.shortName, cluster, instances, path: way });
                    callers.set(callee.name, known);
                }
                return [{ cluster, path: way, isPartial: partial.has(calleeKey(callee)) }];
            }),
        );
    }

    const knownPath = (from: string, callee: Pick<Callee, 'kind' | 'name'>) =>
        paths.get(`${from} ${calleeKey(callee)}`);
    return { addServing, addHardNeeds, path, host, callsOf, serving, callers, knownPath };
}

function nameOf({ cluster, name }: Gateway): ElementName {
    return asElementName(`${cluster}.${name}`);
}
