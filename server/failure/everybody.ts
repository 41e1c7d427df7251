import type { NodeIndex } from '../engine/index.js';
import type { Construction } from './construction.js';
import { ruleReason } from './construction.js';
import { gatesOf, type Input } from './gates.js';
import type { Facet } from './graph.js';
import type { CallerNodes, Traffic } from './traffic-graph.js';

const isGone = ruleReason('R5', 'nobody who uses it is served');
export const isLast = ruleReason('R5', 'it is one of those that could be left');

/**
 * Fails once every host, every service and every workload that nobody named is gone: then running workloads are lost,
 * although instances that nobody reaches may run on. Undefined where there are neither hosts nor services.
 */
export function addEverybody(
    construction: Construction,
    traffic: Traffic,
    flowFacets: readonly Facet[],
): NodeIndex | undefined {
    const { allOf } = gatesOf(construction);
    const services = [...traffic.serving.keys()].flatMap((service) => goneNode(construction, traffic, service) ?? []);
    const unnamed = flowFacets.filter(({ flow, scope }) => flow === 'instances-serve' && scope.service === undefined);
    if (services.length === 0) return undefined;
    const all = [...traffic.hosts, ...unnamed].map(({ lost }) => lost);
    return allOf({ kind: 'everybody' }, [...services, ...all], isLast);
}

/**
 * A service is gone when no home serves, or when each of its users is dead, does not find it, or is without a way, and one at
 * least is without.
 * Undefined for one that nobody uses and that no home serves even in health.
 */
export function goneNode(construction: Construction, traffic: Traffic, service: string): NodeIndex | undefined {
    const { anyOf, allOf } = gatesOf(construction);
    const route = { kind: 'users', service } as const;
    const hosts = traffic.hostsOf.get(service) ?? [];
    const callers = byUser(traffic.callers.get(service) ?? []).map(({ instances, ways }) => {
        // who asks it as a helper, too, goes on using it by that way
        const [resolver] = ways.every((way) => way.resolver !== undefined) ? ways.map((way) => way.resolver) : [];
        const lost = ways.map((way) => {
            if (resolver !== undefined || way.resolver === undefined) return way.path.lost;
            const inputs: Input[] = [
                [way.path.lost, isGone],
                [way.resolver, isGone],
            ];
            return anyOf(route, inputs)!;
        });
        return { gone: [instances, resolver], lost: allOf(route, lost, isLast)! };
    });
    const serves = (traffic.serving.get(service) ?? []).filter(({ servesInHealth }) => servesInHealth);
    const homes = allOf(
        route,
        serves.map((home) => home.serves),
        isLast,
    );
    const unserved = [...hosts, ...callers].map(({ lost }) => lost);
    const oneUnserved = anyOf(
        route,
        unserved.map((node): Input => [node, isGone]),
    );
    if (oneUnserved === undefined) return homes;
    const each = [
        ...hosts.map(({ lost }) => lost),
        ...callers.map(({ lost, gone }) =>
            anyOf(
                route,
                [lost, ...gone].map((node): Input => [node, isGone]),
            )!,
        ),
    ];
    const users = allOf(route, [oneUnserved, ...each], isLast);
    return anyOf(route, [
        [homes, isLast],
        [users, isGone],
    ]);
}

/** Whoever uses a service in several ways is one who uses it. */
function byUser(callers: readonly CallerNodes[]) {
    const users = new Map<NodeIndex, CallerNodes[]>();
    for (const caller of callers) {
        const ways = users.get(caller.instances);
        if (ways) ways.push(caller);
        else users.set(caller.instances, [caller]);
    }
    return [...users].map(([instances, ways]) => ({ instances, ways }));
}
