import type { NodeIndex } from '../engine/index.js';
import type { Facet, FailureGraph, GraphPart } from '../failure/graph.js';
import type { HostNodes } from '../failure/traffic-graph.js';
import { nodesOfUsers, type Users } from '../failure/users.js';
import type { ElementName } from '../topology/element-name.js';
import { recordsOf, type Records } from './graph-records.js';
import { graphWithout, type OwnGraph } from './own-graph.js';
import { keyOf, type Subject } from './standing.js';
import { commonOf, createIds, type Common } from './twin-parts.js';

/** What can be otherwise in one of two graphs than in the other. */
export interface Differences {
    /** Whether anybody who may fare otherwise may do so while an element of both fails. */
    readonly mayGoOtherwise: (this: void, element: ElementName) => boolean;
    /** Whether a subject may fare otherwise; nothing is known of operations. */
    readonly mayFareOtherwise: (this: void, subject: Subject) => boolean;
    /** All that has to be looked at to tell how these fare, in the first and in the second; undefined: the whole graph. */
    readonly own: readonly [OwnGraph | undefined, OwnGraph | undefined];
    /** By node of each of them: 1 for what may fail otherwise than in the other graph. */
    readonly above: readonly [Uint8Array, Uint8Array];
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
    const common = commonOf(before, now, ids);
    const [one, other] = common.ids.map((each, side) => recordsOf([before, now][side]!, ids, each)) as [
        Records,
        Records,
    ];
    const sides = [
        { graph: before, from: [...differing(one, other)] },
        { graph: now, from: [...differing(other, one)] },
    ];
    const above = [
        aboveThem(before, [...failingOtherwise(one, other)]),
        aboveThem(now, [...failingOtherwise(other, one)]),
    ] as const;
    const same = sameParts(common, above);
    const told = sides.map(({ graph }, side) => toldWithout(graph, same[side as 0 | 1]));
    const subjects = new Set(sides.flatMap(({ graph, from }, side) => subjectsAbove(graph, from, told[side]!)));
    // two services may say the same host, of which the worse fare is told: it would be looked at in both parts
    const isApart = !same.flat().some(({ traffic }) => traffic.hosts.some((host) => subjects.has(keyOfHost(host))));
    // who fares otherwise may do so for whatever else it looks at, and that is the same
    const causes = sides.map(({ graph, from }, side) => {
        const looking = (isApart ? told[side]! : [graph]).flatMap((each) => [
            ...nodesOfUsers(each, usersAmong(each, subjects)),
        ]);
        return causesOf(graph, [...from, ...looking]);
    });
    return {
        mayGoOtherwise: (element) =>
            sides.some(({ graph }, side) => {
                const node = graph.nodeOfElement.get(element);
                return node === undefined || causes[side]![node] === 1;
            }),
        mayFareOtherwise: (subject) => subjects.has(keyOf(subject)),
        own: [ownOf(before, isApart ? same[0] : []), ownOf(now, isApart ? same[1] : [])],
        above,
    };
}

/** What is left of an estate without the parts that are the same: these fare the same, whatever fails. */
function ownOf({ parts }: FailureGraph, same: readonly GraphPart[]): OwnGraph | undefined {
    if (!parts) return undefined;
    const isSame = new Set(same);
    const own = new Set(parts.all.filter((part) => !isSame.has(part)).map(({ neighbourhood }) => neighbourhood));
    const left = parts.estate.neighbourhoods.filter((each) => !own.has(each));
    return left.length > 0 ? graphWithout(parts, new Set(left)) : undefined;
}

/**
 * Of the parts that two graphs have in common those that look at nothing that may fail otherwise in the one than in the other.
 *
 * @param above by graph: what may fail otherwise
 */
function sameParts({ twins }: Common, above: readonly [Uint8Array, Uint8Array]): [GraphPart[], GraphPart[]] {
    const untouched = twins.filter(({ parts, hangOn }) =>
        ([0, 1] as const).every(
            (side) =>
                !parts[side].stretches.some(({ first, count }) =>
                    above[side].subarray(first, first + count).includes(1),
                ) && ![...hangOn[side]].some((node) => above[side][node] === 1),
        ),
    );
    return [untouched.map(({ parts }) => parts[0]), untouched.map(({ parts }) => parts[1])];
}

/** Of each node that fails otherwise, or when something else does. */
function* failingOtherwise(here: Records, there: Records): Generator<NodeIndex> {
    for (const [key, { says, fails }] of here) if (fails !== undefined && there.get(key)?.says !== says) yield fails;
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

/** Of whom something is told. */
interface Told extends Pick<FailureGraph, 'traffic'> {
    readonly facets: readonly Facet[];
}

/** Who is told of in a graph, or in the parts that are left of it: whoever is in one that is the same fares the same. */
function toldWithout(graph: FailureGraph, same: readonly GraphPart[]): readonly Told[] {
    if (!graph.parts) return [graph];
    const isSame = new Set(same);
    const left = graph.parts.all.filter((part) => !isSame.has(part));
    return left.map(({ traffic, ownFacets }) => ({ traffic, facets: ownFacets.map(({ facet }) => facet) }));
}

/** Every node that one of these may lead to, at once or after a time. */
function aboveThem(graph: FailureGraph, from: readonly NodeIndex[]): Uint8Array {
    const { offsets, targets } = graph.dependents;
    const later = new Map<NodeIndex, NodeIndex[]>();
    const leads = (source: NodeIndex, node: NodeIndex) => {
        const known = later.get(source);
        if (known) known.push(node);
        else later.set(source, [node]);
    };
    for (const { source, begins, node } of graph.timers) {
        leads(source, node);
        if (begins !== undefined) leads(begins, node);
    }
    return closure(graph.nodes.length, from, function* (node) {
        for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) yield targets[edge]!;
        yield* later.get(node) ?? [];
    });
}

/** The keys of those who look at anything that some of these nodes may lead to, at once or after a time. */
function subjectsAbove(graph: FailureGraph, from: readonly NodeIndex[], told: readonly Told[]): string[] {
    const isAbove = aboveThem(graph, from);
    const isTold = (node: NodeIndex | undefined) => node !== undefined && isAbove[node] === 1;
    const looks = (each: Told, users: Partial<Users>) =>
        [...nodesOfUsers(each, { hosts: [], services: [], ...users })].some(isTold);
    const facets = [...(graph.parts?.facets ?? []), ...told.flatMap((each) => each.facets)].filter(
        (facet) => isTold(facet.lost) || isTold(facet.limited),
    );
    const clusters = graph.clusters.filter(({ write, delivery }) => isTold(write) || isTold(delivery));
    return [
        ...told.flatMap((each) => each.traffic.hosts.filter((host) => looks(each, { hosts: [host] })).map(keyOfHost)),
        ...told.flatMap((each) =>
            [...each.traffic.serving.keys()]
                .filter((service) => looks(each, { services: [service] }))
                .map(keyOfService),
        ),
        ...clusters.map(({ name }) => keyOf({ kind: 'configuration', cluster: name })),
        ...facets.map(({ flow, scope }) => keyOf({ kind: 'facet', flow, scope })),
    ];
}

function usersAmong({ traffic }: Pick<FailureGraph, 'traffic'>, subjects: ReadonlySet<string>): Users {
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
