import { instancesName } from '../topology/element-name.js';
import type { Service } from '../topology/topology.js';
import { addCallPaths, type CallPaths } from './call-paths.js';
import type { Construction, FlowNodes } from './construction.js';
import { ruleReason } from './construction.js';
import { gatesOf } from './gates.js';
import type { Facet } from './graph.js';
import { hostWays } from './host-ways.js';
import { calleeKey, calleesOf, helpersOf, routesOf } from './routes.js';
import type { CallerNodes, CallNodes, PathNodes, Traffic } from './traffic-graph.js';
import { trafficFacets } from './traffic-facets.js';

const itsWay = ruleReason('R8', 'there is no other way to what is called');
const nobodyCalls = ruleReason('R8', 'who would have called does not serve');

/** The nodes of all request paths, and the facets of running workloads that hang on them. */
export interface AddedTraffic {
    readonly traffic: Traffic;
    readonly facets: readonly Facet[];
    /** The ways between services, each once. */
    readonly ways: readonly PathNodes[];
}

/** R8: all that goes on between clients and services. */
export function addTraffic(construction: Construction, flowNode: FlowNodes['node']): AddedTraffic {
    const { services } = construction.topology;
    const routes = routesOf(construction.topology);
    const paths = addCallPaths(construction, routes, flowNode);
    const hostsIn = hostWays(construction, routes, paths);
    const hostsOf = new Map(services.map((service) => [service.shortName, hostsIn(service)]));
    const traffic: Traffic = {
        routes,
        hosts: [...hostsOf.values()].flat(),
        hostsOf,
        serving: paths.serving,
        calls: new Map(services.map((service) => [service.shortName, callsOf(construction, paths, service)])),
        callers: callersOf(construction, paths),
        path: paths.known,
        circleOf: paths.circleOf,
        withdrawals: paths.withdrawals,
    };
    return { traffic, ways: paths.ways, facets: trafficFacets(construction, traffic, paths.path) };
}

/** What each home of a service calls; what has no path in health is left out. */
function callsOf(construction: Construction, { path, serving }: CallPaths, service: Service): CallNodes[] {
    const { anyOf } = gatesOf(construction);
    const partial = new Set(service.calls.map(calleeKey));
    const caller = service.shortName;
    return calleesOf(service).flatMap((callee) =>
        serving.get(caller)!.flatMap(({ cluster, serves, servesInHealth }): CallNodes[] => {
            const way = path(cluster, callee);
            if (!way) return [];
            const route = { kind: 'call', caller, cluster, callee: callee.name } as const;
            const lost = servesInHealth
                ? anyOf(route, [
                      [way.lost, itsWay],
                      [serves, nobodyCalls],
                  ])
                : undefined;
            return [{ cluster, path: way, isPartial: partial.has(calleeKey(callee)), lost }];
        }),
    );
}

/** Who uses each service: every home that calls or requires it, or asks it as a helper, once. */
function callersOf({ topology, elementNode }: Construction, { path }: CallPaths): Map<string, CallerNodes[]> {
    const callers = new Map<string, CallerNodes[]>();
    for (const service of topology.services) {
        for (const callee of distinctUses(service)) {
            if (callee.kind !== 'service' || callee.name === service.shortName) continue;
            const known = callers.get(callee.name) ?? [];
            callers.set(callee.name, known);
            for (const { cluster } of service.homes) {
                const way = path(cluster, callee);
                const instances = elementNode(instancesName(service.shortName, cluster))!;
                if (way) known.push({ service: service.shortName, cluster, instances, path: way });
            }
        }
    }
    return callers;
}

function distinctUses(service: Service) {
    const uses = [...calleesOf(service), ...helpersOf(service)];
    return new Map(uses.map((callee) => [calleeKey(callee), callee])).values();
}
