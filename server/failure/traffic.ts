import { gatewayName, instancesName, partName } from '../topology/element-name.js';
import type { Callee, Service } from '../topology/topology.js';
import { addCallPaths, type CallPaths, type WayOf } from './call-paths.js';
import type { Construction, FlowNodes } from './construction.js';
import { ruleReason } from './construction.js';
import { gatesOf } from './gates.js';
import type { Facet } from './graph.js';
import { hostWays } from './host-ways.js';
import { passages } from './passages.js';
import { calleesOf, distinct, helpersOf, wayKey } from './routes.js';
import { clustersWithMachines, waysByName } from './by-name.js';
import { relayedCalls } from './relayed-calls.js';
import { requiredWays } from './required.js';
import type { CallerNodes, CallNodes, EntryNodes, PassageNodes, PathNodes, Traffic } from './traffic-graph.js';
import { trafficFacetKinds, trafficFacets, type TrafficFacets } from './traffic-facets.js';

const itsWay = ruleReason('R8', 'there is no other way to what is called');
const nobodyCalls = ruleReason('R8', 'who would have called does not serve');

/** The nodes of all request paths, and the facets of running workloads that hang on them. */
export interface AddedTraffic {
    readonly traffic: Traffic;
    readonly facets: readonly Facet[];
    readonly facetsByKind: TrafficFacets;
    /** The ways between services, each once. */
    readonly ways: readonly PathNodes[];
}

/** R8: all that goes on between clients and services. */
export function addTraffic(construction: Construction, flowNode: FlowNodes['node']): AddedTraffic {
    const { services } = construction.topology;
    const { routes } = construction;
    const paths = addCallPaths(construction, routes, flowNode);
    const byGateways = hostWays(construction, routes, paths, passages(construction, paths));
    const call = relayedCalls(construction, routes, paths, byGateways.entries);
    const asking = relayedCalls(construction, routes, { path: paths.anew, add: () => undefined }, byGateways.entries);
    const { way, known } = waysByName(construction, call, paths.known);
    paths.connect(call, way);
    const hostsOf = new Map(services.map((service) => [service.shortName, byGateways.hosts(service)]));
    const calls = new Map(services.map((service) => [service.shortName, callsOf(construction, way, paths, service)]));
    const helped = services.flatMap((service) =>
        service.homes.flatMap(({ cluster }) => helpersOf(service).flatMap((helper) => call(cluster, helper) ?? [])),
    );
    const relays = [...[...calls.values()].flat().map(({ path }) => path), ...helped].flatMap((path) =>
        path.relays.flat(),
    );
    const passed = passedBy([
        ...[...hostsOf.values()].flat().flatMap(({ entries }) => entries),
        ...relays.map((relay) => relay.entry),
    ]);
    const traffic: Traffic = {
        routes,
        hosts: [...hostsOf.values()].flat(),
        hostsOf,
        serving: paths.serving,
        calls,
        passages: passed,
        callers: callersOf(construction, { call, path: paths.path }, passed),
        paths: known,
        required: requiredWays(construction, asking, paths.serving),
        circleOf: paths.circleOf,
        withdrawals: paths.withdrawals,
    };
    const facetsByKind = trafficFacets(construction, traffic, { call, path: paths.path });
    const facets = trafficFacetKinds.flatMap((kind) => facetsByKind[kind]);
    return { traffic, ways: paths.ways, facets, facetsByKind };
}

/** What each home of a service calls; what has no path in health is left out. */
function callsOf(construction: Construction, wayOf: WayOf, { serving }: CallPaths, service: Service): CallNodes[] {
    const { anyOf } = gatesOf(construction);
    const partial = new Set(service.calls.map(wayKey));
    const alone = new Set([...service.calls, ...service.requires].map(wayKey));
    const caller = service.shortName;
    return calleesOf(service).flatMap((callee) =>
        serving.get(caller)!.flatMap(({ cluster, serves, servesInHealth }): CallNodes[] => {
            const way = wayOf(service, cluster, callee);
            if (!way) return [];
            const route = { kind: 'call', caller, cluster, callee: callee.name } as const;
            const lost =
                servesInHealth && alone.has(wayKey(callee))
                    ? anyOf(route, [
                          [way.lost, itsWay],
                          [serves, nobodyCalls],
                      ])
                    : undefined;
            return [{ cluster, path: way, isPartial: partial.has(wayKey(callee)), lost }];
        }),
    );
}

/** The paths of what services call, and of what gateways ask, which pass no relay. */
interface Callers {
    readonly call: CallPaths['path'];
    readonly path: CallPaths['path'];
}

/** Who uses each service: every home that calls or requires it, or asks it as a helper, and every gateway that asks it: each way once. */
function callersOf(
    { topology, elementNode }: Construction,
    { call, path }: Callers,
    passed: readonly PassageNodes[],
): Map<string, CallerNodes[]> {
    const callers = new Map<string, CallerNodes[]>();
    const add = (callee: Callee, caller: Omit<CallerNodes, 'path'>, wayFrom = call) => {
        const way = callee.kind === 'service' ? wayFrom(caller.cluster, callee) : undefined;
        if (!way) return;
        const known = callers.get(callee.name) ?? [];
        callers.set(callee.name, known);
        known.push({ ...caller, path: way });
    };
    for (const service of topology.services) {
        const asked = new Set(helpersOf(service).map(wayKey));
        const machines = clustersWithMachines(service);
        for (const callee of distinctUses(service)) {
            if (callee.name === service.shortName) continue;
            for (const { cluster } of service.homes) {
                const instances = elementNode(instancesName(service.shortName, cluster))!;
                const isLookedUp = !asked.has(wayKey(callee)) && !machines.has(cluster);
                const resolver = isLookedUp ? elementNode(partName(cluster, 'dns')) : undefined;
                const caller = { service: service.shortName, cluster, instances };
                add(callee, { ...caller, ...(resolver !== undefined && { resolver }) });
            }
        }
    }
    for (const { gateway, gatewayNode } of passed) {
        for (const callee of distinct(helpersOf(gateway))) {
            const caller = { service: gatewayName(gateway), cluster: gateway.cluster, instances: gatewayNode };
            add(callee, caller, path);
        }
    }
    return callers;
}

/** The gateways on the ways of hosts and calls, each once. */
function passedBy(entries: readonly EntryNodes[]): PassageNodes[] {
    const found = new Set<PassageNodes>();
    for (const { first, tiers } of new Set(entries)) {
        found.add(first.passage);
        for (const { passages } of tiers.flat()) for (const each of passages) found.add(each);
    }
    return [...found];
}

function distinctUses(service: Service): readonly Callee[] {
    return distinct([...calleesOf(service), ...helpersOf(service)]);
}
