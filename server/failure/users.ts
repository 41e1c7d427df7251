import type { NodeIndex, Propagation } from '../engine/index.js';
import type { FailureGraph, GraphNode, GraphPart } from './graph.js';
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

/** The nodes at which these look, in order to tell how they fare; everything else that matters to them is below. */
export function nodesOfUsers({ traffic }: FailureGraph, users: Users): NodeIndex[] {
    const { hosts, services } = usersAbove(traffic);
    const lookedAt = <T>(all: ReadonlyMap<NodeIndex, readonly T[]>, by: ReadonlySet<T>) =>
        [...all].flatMap(([node, those]) => (those.some((each) => by.has(each)) ? [node] : []));
    return [...lookedAt(hosts, new Set(users.hosts)), ...lookedAt(services, new Set(users.services))];
}

/** Finds the users that a failure touched. */
export type TouchedUsers = (change: TouchedNodes) => Users;

type TouchedNodes = Pick<Propagation, 'order' | 'touched'>;

const finders = new WeakMap<FailureGraph, TouchedUsers>();

function finderIn(graph: FailureGraph): TouchedUsers {
    const { hosts: allHosts, serving } = graph.traffic;
    const places = {
        hosts: new Map(allHosts.map((host, place) => [host, place])),
        services: new Map([...serving.keys()].map((service, place) => [service, place])),
    };
    const walk = userWalkIn(graph);
    return (change) => {
        const hosts: HostNodes[] = [];
        const services: string[] = [];
        walk(change, { host: (host) => void hosts.push(host), service: (service) => void services.push(service) });
        return { hosts: inOrder(hosts, places.hosts), services: inOrder(services, places.services) };
    };
}

/** What is done with each user, once; whoever returns true has seen enough. */
export interface UserVisitor {
    host(this: void, host: HostNodes): boolean | void;
    service(this: void, service: string): boolean | void;
}

/** Comes to the same users as {@link usersOf}, in no order that means anything. @returns whether the visitor has seen enough */
export type UserWalk = (change: TouchedNodes, visitor: UserVisitor) => boolean;

const walks = new WeakMap<FailureGraph, UserWalk>();

export function userWalkIn(graph: FailureGraph): UserWalk {
    const walk = walks.get(graph) ?? newWalkIn(graph);
    walks.set(graph, walk);
    return walk;
}

function newWalkIn(graph: FailureGraph): UserWalk {
    const { offsets, targets } = graph.dependents;
    const above = aboveIn(graph);
    const isOnWay = onTheWayIn(graph);
    const seen = new Int32Array(graph.nodes.length);
    let round = 0;
    return ({ order, touched }, visitor) => {
        const now = ++round;
        const known = new Set<HostNodes | string>();
        const isNew = (user: HostNodes | string) => known.size !== known.add(user).size;
        const stack: NodeIndex[] = [];
        /** @returns whether the visitor has seen enough */
        const visit = (node: NodeIndex): boolean => {
            if (seen[node] === now) return false;
            seen[node] = now;
            if (isOnWay(node)) stack.push(node);
            return above(node).some(
                ({ hosts, services }) =>
                    hosts.get(node)?.some((host) => isNew(host) && visitor.host(host) === true) ||
                    services.get(node)?.some((service) => isNew(service) && visitor.service(service) === true),
            );
        };
        if (order.some(visit) || touched.some((node) => isOnWay(node) && visit(node))) return true;
        for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
            for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
                const dependent = targets[edge]!;
                if (isOnWay(dependent) && visit(dependent)) return true;
            }
        }
        return false;
    };
}

const aboveInPart = new WeakMap<GraphPart, UsersAbove>();

/** Where the users above a node are known: in the part that has it, or in all that look at it from outside. */
function aboveIn({ traffic, parts }: FailureGraph): (node: NodeIndex) => readonly UsersAbove[] {
    if (!parts) {
        const all = [usersAbove(traffic)];
        return () => all;
    }
    const aboveOf = (part: GraphPart) => {
        let known = aboveInPart.get(part);
        if (!known) aboveInPart.set(part, (known = usersAbove(part.traffic)));
        return known;
    };
    // no part looks at a node of another one; few look at one of the world
    const outside = new Map<NodeIndex, UsersAbove[]>();
    for (const part of parts.all) {
        const users = aboveOf(part);
        for (const node of outsideOf(part, users)) {
            const known = outside.get(node);
            if (known) known.push(users);
            else outside.set(node, [users]);
        }
    }
    return (node) => {
        const part = parts.at(node);
        return part ? [aboveOf(part)] : (outside.get(node) ?? []);
    };
}

const outsideOfPart = new WeakMap<UsersAbove, readonly NodeIndex[]>();

function outsideOf({ owns }: GraphPart, users: UsersAbove): readonly NodeIndex[] {
    let nodes = outsideOfPart.get(users);
    if (!nodes) {
        const all = new Set([...users.hosts.keys(), ...users.services.keys()]);
        outsideOfPart.set(users, (nodes = [...all].filter((node) => !owns(node))));
    }
    return nodes;
}

function inOrder<T>(users: T[], placeOf: ReadonlyMap<T, number>): T[] {
    return users.sort((a, b) => placeOf.get(a)! - placeOf.get(b)!);
}

/** Whether a node is a stretch of a way; found once for each. */
function onTheWayIn({ nodes }: FailureGraph): (node: NodeIndex) => boolean {
    const [yes, no] = [1, 2];
    const known = new Uint8Array(nodes.length);
    return (node) => (known[node] ||= isOnTheWay(nodes.at(node)) ? yes : no) === yes;
}

/** A stretch of a way; what joins the ways of everybody leads to nobody in particular. */
function isOnTheWay(node: GraphNode): boolean {
    return node.kind === 'route' && node.route.kind !== 'everybody' && node.route.kind !== 'users';
}

/** The users above nodes. */
interface UsersAbove {
    readonly hosts: ReadonlyMap<NodeIndex, readonly HostNodes[]>;
    readonly services: ReadonlyMap<NodeIndex, readonly string[]>;
}

/** The nodes at which a host or a service looks in order to tell how it fares, or which are above those. */
function usersAbove({ hosts, serving, calls, callers }: Traffic): UsersAbove {
    const above = { hosts: new Map<NodeIndex, HostNodes[]>(), services: new Map<NodeIndex, string[]>() };
    const add = <T>(map: Map<NodeIndex, T[]>, node: NodeIndex | undefined, user: T) => {
        if (node === undefined) return;
        const users = map.get(node);
        if (users) users.push(user);
        else map.set(node, [user]);
    };
    const callNodes = (service: string) => (calls.get(service) ?? []).flatMap(({ path }) => [path.lost, path.limited]);
    for (const host of hosts) {
        const { lost, limited, service } = host;
        for (const node of [lost, limited, ...callNodes(service)]) {
            add(above.hosts, node, host);
            add(above.services, node, service);
        }
        for (const { serves } of serving.get(service) ?? []) add(above.hosts, serves, host);
    }
    for (const [service, homes] of serving) {
        const looksAt = [
            ...homes.flatMap(({ instances, serves }) => [instances, serves]),
            ...callNodes(service),
            ...(callers.get(service) ?? []).flatMap(({ instances, path }) => [instances, path.lost, path.limited]),
        ];
        for (const node of looksAt) add(above.services, node, service);
    }
    return above;
}
