import type { NodeIndex, Propagation } from '../engine/index.js';
import type { FailureGraph, GraphNode } from './graph.js';
import type { HostNodes, Traffic } from './traffic-graph.js';

/** Hosts and services that a failure may touch, in the order in which an outcome has them. */
export interface Users {
    readonly hosts: readonly HostNodes[];
    /** Short names. */
    readonly services: readonly string[];
}

/**
 * Finds the hosts and services that may fare otherwise than in health: those above whatever a failure touched. A gate on
 * the way need not have failed, since requests may take another way. Linear in the paths above what was touched.
 */
export function usersOf(graph: FailureGraph): TouchedUsers {
    const finder = finders.get(graph) ?? finderIn(graph);
    finders.set(graph, finder);
    return finder;
}

/** Finds the users that a failure touched. */
export type TouchedUsers = (change: Pick<Propagation, 'order' | 'touched'>) => Users;

const finders = new WeakMap<FailureGraph, TouchedUsers>();

function finderIn(graph: FailureGraph): TouchedUsers {
    const { offsets, targets } = graph.dependents;
    const { hosts: allHosts, serving } = graph.traffic;
    const allServices = [...serving.keys()];
    const above = usersAbove(graph.traffic);
    const seen = new Int32Array(graph.nodes.length);
    let round = 0;
    return ({ order, touched }) => {
        round++;
        const hosts = new Set<number>();
        const services = new Set<number>();
        const stack: NodeIndex[] = [];
        const visit = (node: NodeIndex) => {
            if (seen[node] === round) return;
            seen[node] = round;
            for (const host of above.hosts.get(node) ?? []) hosts.add(host);
            for (const service of above.services.get(node) ?? []) services.add(service);
            if (isOnTheWay(graph.nodes.at(node))) stack.push(node);
        };
        for (const node of order) visit(node);
        for (const node of touched) if (isOnTheWay(graph.nodes.at(node))) visit(node);
        for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
            for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
                const dependent = targets[edge]!;
                if (isOnTheWay(graph.nodes.at(dependent))) visit(dependent);
            }
        }
        return { hosts: inOrder(hosts, allHosts), services: inOrder(services, allServices) };
    };
}

function inOrder<T>(places: ReadonlySet<number>, all: readonly T[]): T[] {
    return [...places].sort((a, b) => a - b).map((place) => all[place]!);
}

/** A stretch of a way; what joins the ways of everybody leads to nobody in particular. */
function isOnTheWay(node: GraphNode): boolean {
    return node.kind === 'route' && node.route.kind !== 'everybody' && node.route.kind !== 'users';
}

/** By node, hosts and services by their place among all of them. */
interface UsersAbove {
    readonly hosts: ReadonlyMap<NodeIndex, readonly number[]>;
    readonly services: ReadonlyMap<NodeIndex, readonly number[]>;
}

/** The nodes at which a host or a service looks in order to tell how it fares, or which are above those. */
function usersAbove({ hosts, serving, calls, callers }: Traffic): UsersAbove {
    const above = { hosts: new Map<NodeIndex, number[]>(), services: new Map<NodeIndex, number[]>() };
    const placeOf = new Map([...serving.keys()].map((service, place) => [service, place]));
    const add = (map: Map<NodeIndex, number[]>, node: NodeIndex | undefined, user: number | undefined) => {
        if (node === undefined || user === undefined) return;
        const users = map.get(node);
        if (users) users.push(user);
        else map.set(node, [user]);
    };
    const callNodes = (service: string) => (calls.get(service) ?? []).flatMap(({ path }) => [path.lost, path.limited]);
    for (const [place, { lost, limited, service }] of hosts.entries()) {
        for (const node of [lost, limited, ...callNodes(service)]) {
            add(above.hosts, node, place);
            add(above.services, node, placeOf.get(service));
        }
        for (const { serves } of serving.get(service) ?? []) add(above.hosts, serves, place);
    }
    for (const [service, homes] of serving) {
        const place = placeOf.get(service);
        const looksAt = [
            ...homes.flatMap(({ instances, serves }) => [instances, serves]),
            ...callNodes(service),
            ...(callers.get(service) ?? []).flatMap(({ instances, path }) => [instances, path.lost, path.limited]),
        ];
        for (const node of looksAt) add(above.services, node, place);
    }
    return above;
}
