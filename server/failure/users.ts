import type { NodeIndex, Propagation } from '../engine/index.js';
import type { FailureGraph, GraphNode, GraphPart, GraphParts } from './graph.js';
import { partsOf } from '../topology/neighbourhoods.js';
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
export function nodesOfUsers(
    { traffic }: Pick<FailureGraph, 'traffic'>,
    { hosts, services }: Users,
): ReadonlySet<NodeIndex> {
    return new Set([
        ...hosts.flatMap((host) => nodesOfHost(traffic, host)),
        ...services.flatMap((service) => nodesOfService(traffic, service)),
    ]);
}

/** Finds the users that a failure touched. */
export type TouchedUsers = (change: TouchedNodes) => Users;

type TouchedNodes = Readonly<Record<keyof Pick<Propagation, 'order' | 'touched'>, readonly NodeIndex[]>>;

const finders = new WeakMap<FailureGraph, TouchedUsers>();

function finderIn(graph: FailureGraph): TouchedUsers {
    const inOrder = ordering(graph);
    const walk = userWalkIn(graph);
    const above = aboveIn(graph);
    return (change) => {
        const { hosts, services } = collected((visitor) => walk(change, above, visitor));
        return { hosts: inOrder(hosts, (host) => host), services: inOrder(services, (service) => service) };
    };
}

/** Sorts what is told of hosts, or of services, as the graph has them: by the place of their services. */
export function ordering({
    topology,
    traffic: { hostsOf },
}: FailureGraph): <T>(items: readonly T[], userOf: (item: T) => HostNodes | string) => T[] {
    const { serviceAt } = partsOf(topology);
    // no service has as many hosts, and as many services with as many hosts are still a safe number
    const mostHosts = 2 ** 20;
    const placeOf = (user: HostNodes | string): number =>
        typeof user === 'string'
            ? serviceAt.get(user)! * mostHosts
            : serviceAt.get(user.service)! * mostHosts + hostsOf.get(user.service)!.indexOf(user);
    return (items, userOf) =>
        items
            .map((item) => ({ item, place: placeOf(userOf(item)) }))
            .sort((a, b) => a.place - b.place)
            .map(({ item }) => item);
}

/** What is done with each user, once. */
interface UserVisitor {
    host(this: void, host: HostNodes): void;
    service(this: void, service: string): void;
}

/** Comes to the users that a failure touched, in no order that means anything. */
type UserWalk = (change: TouchedNodes, above: AboveAt, visitor: UserVisitor) => void;

/** Where the users above a node are known. */
type AboveAt = (node: NodeIndex) => readonly UsersAbove[];

function userWalkIn(graph: FailureGraph): UserWalk {
    const isOnWay = isWay(graph);
    return ({ order, touched }, above, visitor) => {
        const seen = new Set<NodeIndex>();
        const known = new Set<HostNodes | string>();
        const isNew = (user: HostNodes | string) => known.size !== known.add(user).size;
        const stack: NodeIndex[] = [];
        const visit = (node: NodeIndex) => {
            if (seen.size === seen.add(node).size) return;
            if (isOnWay(node)) stack.push(node);
            for (const { hosts, services } of above(node)) {
                for (const host of hosts.get(node) ?? []) if (isNew(host)) visitor.host(host);
                for (const service of services.get(node) ?? []) if (isNew(service)) visitor.service(service);
            }
        };
        for (const node of order) visit(node);
        for (const node of touched) if (isOnWay(node)) visit(node);
        for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
            const { targets, first, end } = graph.dependentsOf(node);
            for (let edge = first; edge < end; edge++) {
                const dependent = targets[edge]!;
                if (isOnWay(dependent)) visit(dependent);
            }
        }
    };
}

/** Finds the users of one part that a failure touched. @returns in no order that means anything */
export function usersOfPartIn(graph: FailureGraph): (part: GraphPart, change: TouchedNodes) => Users {
    const walk = userWalkIn(graph);
    return (part, change) => {
        const above = [aboveOf(part)];
        return collected((visitor) => walk(change, () => above, visitor));
    };
}

function collected(walk: (visitor: UserVisitor) => void): { hosts: HostNodes[]; services: string[] } {
    const hosts: HostNodes[] = [];
    const services: string[] = [];
    walk({ host: (host) => void hosts.push(host), service: (service) => void services.push(service) });
    return { hosts, services };
}

const aboveInPart = new WeakMap<GraphPart, UsersAbove>();

function aboveOf(part: GraphPart): UsersAbove {
    let known = aboveInPart.get(part);
    if (!known) aboveInPart.set(part, (known = usersAbove(part.traffic)));
    return known;
}

/** Where the users above a node are known: in the part that has it, or in all that look at it from outside. */
function aboveIn({ traffic, parts }: FailureGraph): AboveAt {
    if (!parts) {
        const all = [usersAbove(traffic)];
        return () => all;
    }
    const looking = partsLookingAt(parts);
    const outside = new Map<NodeIndex, readonly UsersAbove[]>();
    return (node) => {
        const part = parts.at(node);
        if (part) return [aboveOf(part)];
        let users = outside.get(node);
        if (!users) outside.set(node, (users = looking(node).map((place) => aboveOf(parts.all[place]!))));
        return users;
    };
}

/** The places of parts of which users look at a node of the world: few do. No part looks at a node of another one. */
export function partsLookingAt({ all }: GraphParts): (node: NodeIndex) => readonly number[] {
    const looking = new Map<NodeIndex, number[]>();
    for (const [place, part] of all.entries()) {
        for (const node of outsideOf(part, aboveOf(part))) {
            const known = looking.get(node);
            if (known) known.push(place);
            else looking.set(node, [place]);
        }
    }
    return (node) => looking.get(node) ?? [];
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

/** Whether a node is a stretch of a way, of which users feel the loss though nothing that they look at has failed; found once for each. */
export function isWay({ nodes }: FailureGraph): (node: NodeIndex) => boolean {
    const [yes, no] = [1, 2];
    // room is made for where somebody looks: that is a small part of a large graph
    const known: Uint8Array[] = [];
    return (node) => {
        const stretch = (known[node >> stretchBits] ??= new Uint8Array(1 << stretchBits));
        const place = node & ((1 << stretchBits) - 1);
        return (stretch[place] ||= isOnTheWay(nodes.at(node)) ? yes : no) === yes;
    };
}

/** How many nodes in a row room is made for, as a power of two. */
const stretchBits = 10;

/** A stretch of a way; what joins the ways of everybody leads to nobody in particular. */
function isOnTheWay(node: GraphNode): boolean {
    return node.kind === 'route' && node.route.kind !== 'everybody' && node.route.kind !== 'users';
}

/** The users above nodes. */
interface UsersAbove {
    readonly hosts: ReadonlyMap<NodeIndex, readonly HostNodes[]>;
    readonly services: ReadonlyMap<NodeIndex, readonly string[]>;
}

/** The nodes at which a host or a service looks in order to tell how it fares. */
function usersAbove(traffic: Traffic): UsersAbove {
    const above = { hosts: new Map<NodeIndex, HostNodes[]>(), services: new Map<NodeIndex, string[]>() };
    const add = <T>(map: Map<NodeIndex, T[]>, nodes: readonly NodeIndex[], user: T) => {
        for (const node of nodes) {
            const users = map.get(node);
            if (users) users.push(user);
            else map.set(node, [user]);
        }
    };
    for (const host of traffic.hosts) add(above.hosts, nodesOfHost(traffic, host), host);
    for (const service of traffic.serving.keys()) add(above.services, nodesOfService(traffic, service), service);
    return above;
}

function nodesOfHost(traffic: Traffic, { lost, limited, service }: HostNodes): NodeIndex[] {
    const serves = (traffic.serving.get(service) ?? []).map((home) => home.serves);
    return known(lost, limited, ...nodesOfCalls(traffic, service), ...serves);
}

function nodesOfService(traffic: Traffic, service: string): NodeIndex[] {
    const { hostsOf, serving, callers } = traffic;
    return known(
        ...(hostsOf.get(service) ?? []).flatMap(({ lost, limited }) => [lost, limited]),
        ...(serving.get(service) ?? []).flatMap(({ instances, serves }) => [instances, serves]),
        ...nodesOfCalls(traffic, service),
        ...(callers.get(service) ?? []).flatMap(({ instances, resolver, path }) => [
            ...[instances, resolver, path.lost, path.limited],
        ]),
    );
}

function nodesOfCalls({ calls }: Traffic, service: string): (NodeIndex | undefined)[] {
    return (calls.get(service) ?? []).flatMap(({ path }) => [path.lost, path.limited]);
}

function known(...nodes: readonly (NodeIndex | undefined)[]): NodeIndex[] {
    return [...new Set(nodes.filter((node) => node !== undefined))];
}
