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
    const route = usersOf(service);
    const users = [
        ...(traffic.hostsOf.get(service) ?? []).map(({ lost }): User => ({ lost, stopsAsking: [] })),
        ...byUser(traffic.callers.get(service) ?? []).map((ways) => userWith(construction, service, ways)),
    ];
    const serves = (traffic.serving.get(service) ?? []).filter(({ servesInHealth }) => servesInHealth);
    const noHome = allOf(
        route,
        serves.map((home) => home.serves),
        isLast,
    );
    const oneIsWithout = anyOf(
        route,
        users.map(({ lost }) => goneWith(lost)),
    );
    if (oneIsWithout === undefined) return noHome;
    const eachIsGone = users.map(({ lost, stopsAsking }) =>
        stopsAsking.length === 0 ? lost : anyOf(route, [lost, ...stopsAsking].map(goneWith))!,
    );
    const noUser = allOf(route, [oneIsWithout, ...eachIsGone], isLast);
    return anyOf(route, [
        [noHome, isLast],
        [noUser, isGone],
    ]);
}

/** A host, or whoever calls a service. */
interface User {
    /** It asks, and no way of its own leads there. */
    readonly lost: NodeIndex;
    /** With each of these it asks no more: it is dead, or does not find the service. */
    readonly stopsAsking: readonly (NodeIndex | undefined)[];
}

/** One who calls a service in some ways, of which each may begin with another look-up of its name. */
function userWith(construction: Construction, service: string, ways: readonly CallerNodes[]): User {
    const { anyOf, allOf } = gatesOf(construction);
    const route = usersOf(service);
    const [{ instances, resolver }] = ways as readonly [CallerNodes, ...CallerNodes[]];
    // who asks it as a helper, too, goes on using it by that way, for which no name is looked up
    const looksUpAlways = ways.every((way) => way.resolver !== undefined);
    const lost = ways.map(({ path, resolver }) =>
        looksUpAlways || resolver === undefined ? path.lost : anyOf(route, [path.lost, resolver].map(goneWith))!,
    );
    return {
        lost: allOf(route, lost, isLast)!,
        stopsAsking: looksUpAlways ? [instances, resolver] : [instances],
    };
}

function usersOf(service: string) {
    return { kind: 'users', service } as const;
}

function goneWith(node: NodeIndex | undefined): Input {
    return [node, isGone];
}

/** Whoever uses a service in several ways is one who uses it. */
function byUser(callers: readonly CallerNodes[]): CallerNodes[][] {
    const users = new Map<NodeIndex, CallerNodes[]>();
    for (const caller of callers) {
        const ways = users.get(caller.instances);
        if (ways) ways.push(caller);
        else users.set(caller.instances, [caller]);
    }
    return [...users.values()];
}
