import type { NodeIndex } from '../engine/index.js';
import type { Facet, FailureGraph, GraphPart } from '../failure/graph.js';
import type { HostNodes } from '../failure/traffic-graph.js';
import { nodesOfUsers, usersOf, type Users } from '../failure/users.js';
import type { ElementName } from '../topology/element-name.js';
import { createIds, recordsOf, type CommonParts, type Records } from './graph-records.js';
import { graphWithout, type OwnGraph } from './own-graph.js';
import { partsOf } from '../topology/neighbourhoods.js';
import { keyOf, type Subject } from './standing.js';

/** What can be otherwise in one of two graphs than in the other. */
export interface Differences {
    /** Whether anybody who may fare otherwise may do so while an element of both fails. */
    readonly mayGoOtherwise: (this: void, element: ElementName) => boolean;
    /** Whether a subject may fare otherwise; nothing is known of operations. */
    readonly mayFareOtherwise: (this: void, subject: Subject) => boolean;
    /** All that has to be looked at to tell how these fare, in the first and in the second; undefined: the whole graph. */
    readonly own: readonly [OwnGraph | undefined, OwnGraph | undefined];
}

/**
 * Compares two graphs without failing anything: by gates with their inputs, and by records of hosts, services and paths.
 * Whatever leads to nothing but what is the same goes the same in both. Marks are not looked at, which tell of all that an
 * estate has.
 *
 * Linear in both graphs.
 */
export function differencesOf(before: FailureGraph, now: FailureGraph): Differences {
    const ids = createIds();
    const common = commonParts(before, now);
    const [one, other] = [recordsOf(before, ids, common), recordsOf(now, ids, common)];
    const sides = [
        { graph: before, from: [...differing(one, other)] },
        { graph: now, from: [...differing(other, one)] },
    ];
    const same = usersOfParts(common.parts);
    const subjects = new Set(sides.flatMap(({ graph, from }) => subjectsAbove(graph, from, same)));
    // two services may say the same host, of which the worse fare is told: it would be looked at in both parts
    const isApart = ![...same.hosts].some((host) => subjects.has(keyOfHost(host)));
    // who fares otherwise may do so for whatever else it looks at, and that is the same
    const causes = sides.map(({ graph, from }) =>
        causesOf(graph, [...from, ...nodesOfUsers(graph, usersAmong(graph, subjects))]),
    );
    return {
        mayGoOtherwise: (element) =>
            sides.some(({ graph }, side) => {
                const node = graph.nodeOfElement.get(element);
                return node === undefined || causes[side]![node] === 1;
            }),
        mayFareOtherwise: (subject) => subjects.has(keyOf(subject)),
        own: isApart ? [ownOf(before, common), ownOf(now, common)] : [undefined, undefined],
    };
}

/** What is left of a graph without the parts that are the same: these fare the same, whatever fails in the world. */
function ownOf(graph: FailureGraph, { parts: same, hasWorld }: CommonParts): OwnGraph | undefined {
    const { parts } = graph;
    if (!parts || !hasWorld) return undefined;
    return graphWithout(graph, (node) => {
        const part = parts.at(node);
        return part !== undefined && same.has(part);
    });
}

/** The parts that are the same objects in both graphs, so that nothing of them is compared. */
function commonParts(before: FailureGraph, now: FailureGraph): CommonParts {
    const partsNow = new Set(now.parts?.all);
    const parts = new Set(before.parts?.all.filter((part) => partsNow.has(part)));
    return { parts, hasWorld: parts.size > 0 && partsOf(before.topology).world === partsOf(now.topology).world };
}

function* differing(here: Records, there: Records): Generator<NodeIndex> {
    for (const [key, { says, nodes }] of here) if (there.get(key)?.says !== says) yield* nodes;
}

/** Every node of which one of these may be a consequence, at once or after a time. */
function causesOf({ nodes, inputs: { offsets, targets } }: FailureGraph, from: readonly NodeIndex[]): Uint8Array {
    return closure(nodes.length, from, function* (node) {
        for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) yield targets[edge]!;
    });
}

/** Who is in parts that are the same, and so fares the same, whatever of the world somebody else looks at, too. */
interface SameUsers {
    readonly hosts: ReadonlySet<HostNodes>;
    readonly services: ReadonlySet<string>;
    readonly facets: ReadonlySet<Facet>;
}

function usersOfParts(parts: ReadonlySet<GraphPart>): SameUsers {
    const all = [...parts];
    return {
        hosts: new Set(all.flatMap(({ traffic }) => traffic.hosts)),
        services: new Set(all.flatMap(({ traffic }) => [...traffic.serving.keys()])),
        facets: new Set(all.flatMap(({ ownFacets }) => ownFacets.map(({ facet }) => facet))),
    };
}

/** The keys of those who look at anything that one of these may lead to, at once or after a time. */
function subjectsAbove(graph: FailureGraph, from: readonly NodeIndex[], same: SameUsers): string[] {
    const { offsets, targets } = graph.dependents;
    const renewed = new Map<NodeIndex, NodeIndex[]>();
    for (const { source, node } of graph.timers) renewed.set(source, [...(renewed.get(source) ?? []), node]);
    const isAbove = closure(graph.nodes.length, from, function* (node) {
        for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) yield targets[edge]!;
        yield* renewed.get(node) ?? [];
    });
    const order = [...isAbove.keys()].filter((node) => isAbove[node] === 1);
    const { hosts, services } = usersOf(graph)({ order, touched: [] });
    const isTold = (node: NodeIndex | undefined) => node !== undefined && isAbove[node] === 1;
    const facets = graph.facets.filter(
        (facet) => !same.facets.has(facet) && (isTold(facet.lost) || isTold(facet.limited)),
    );
    const clusters = graph.clusters.filter(({ write, delivery }) => isTold(write) || isTold(delivery));
    return [
        ...hosts.filter((host) => !same.hosts.has(host)).map(keyOfHost),
        ...services.filter((service) => !same.services.has(service)).map(keyOfService),
        ...clusters.map(({ name }) => keyOf({ kind: 'configuration', cluster: name })),
        ...facets.map(({ flow, scope }) => keyOf({ kind: 'facet', flow, scope })),
    ];
}

function usersAmong({ traffic }: FailureGraph, subjects: ReadonlySet<string>): Users {
    return {
        hosts: traffic.hosts.filter((host) => subjects.has(keyOfHost(host))),
        services: [...traffic.serving.keys()].filter((service) => subjects.has(keyOfService(service))),
    };
}

function keyOfHost({ exposure, service }: HostNodes): string {
    return keyOf({ kind: 'host', host: exposure.host, service });
}

function keyOfService(service: string): string {
    return keyOf({ kind: 'service', service });
}

/** 1 for what the first ones lead to, and for themselves. */
function closure(
    count: number,
    first: readonly NodeIndex[],
    next: (node: NodeIndex) => Iterable<NodeIndex>,
): Uint8Array {
    const found = new Uint8Array(count);
    const stack: NodeIndex[] = [];
    const add = (node: NodeIndex) => {
        if (found[node]) return;
        found[node] = 1;
        stack.push(node);
    };
    for (const node of first) add(node);
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) for (const other of next(node)) add(other);
    return found;
}
