import { type NodeIndex, type Propagation, withScratch } from '../engine/index.js';
import type { Operation, Severity } from '../knowledge/operations.js';
import type { ElementName } from '../topology/element-name.js';
import type { World } from '../topology/neighbourhood.js';
import { sameItems } from '../topology/unchanged.js';
import { areMore, downOf, isHostHit, isServiceHit, lostOf, numberOf, type Losses } from './extent.js';
import type { FeltNumbers } from './felt.js';
import type { FailureGraph, GraphPart, GraphParts } from './graph.js';
import { estateSeverities, freshnessIn } from './outcome.js';
import { faresIn, type Fare } from './part-fares.js';
import { times } from './run.js';
import { failuresFor } from './timeline.js';
import type { HostOutcome, ServiceOutcome } from './traffic-outcome.js';

/** What a failure comes to that touches much of an estate. */
export interface LargeFailure {
    readonly operations: Readonly<Record<Operation, Severity>>;
    /** What it comes to in the world, and in each part that it touches. */
    readonly fares: readonly Weighed[];
    /** Those who lose anything, in the order of the estate. */
    readonly users: () => HitUsers;
    /** Of each cluster, as {@link freshnessIn} tells it. */
    readonly freshness: readonly ReturnType<typeof freshnessIn>[];
    /** As soon as it is worse than when it began: seconds, at the earliest; undefined: never. */
    readonly worseFrom: number | undefined;
}

type Weighed = Pick<Fare, 'felt' | 'gravities'>;

/** Hosts and services that a failure touches. */
export interface HitUsers {
    readonly hosts: readonly HostOutcome[];
    readonly services: readonly ServiceOutcome[];
}

/** What a large failure comes to in a part, kept from one graph to the next. */
interface PartCourse {
    /** As it begins; undefined where it touches nothing. */
    readonly first: FirstOfPart | undefined;
    /** In order of time; where it begins there is always one. */
    readonly states: readonly PartState[];
}

interface FirstOfPart extends Weighed {
    readonly users: readonly UsersOfService[];
}

/** Those who lose anything, of a service and of its hosts. */
interface UsersOfService {
    /** The place of the service in its part. */
    readonly within: number;
    readonly hosts: readonly HostOutcome[];
    readonly service: ServiceOutcome | undefined;
}

/** What is lost from a time on. */
interface PartState {
    /** Seconds. */
    readonly at: number;
    readonly down: number;
    readonly degraded: number;
    /** Of each node in which parts meet: how many of the nodes of the part that count there have failed. */
    readonly failed: readonly number[];
}

/** What it comes to in the world: the same, without all parts. */
interface WorldCourse {
    readonly felt: FeltNumbers;
    readonly freshness: LargeFailure['freshness'];
    readonly states: readonly PartState[];
    /** As far as it was followed: seconds. */
    readonly until: number;
}

/** What is known of a failure in a world. */
interface Known {
    readonly world: WorldCourse;
    readonly parts: WeakMap<GraphPart, PartCourse>;
}

const keptIn = new WeakMap<World, Map<ElementName, Known>>();

/** What is kept from one graph to the next. */
export interface Keeping {
    /** Failures with which something fails in so large a share of the parts. */
    readonly leastTouched: number;
    /** Where a larger share of the parts has changed, all are followed again. */
    readonly mostChanged: number;
}

/** Where that many nodes of the world fail for each cluster, as with a management plane, the failure is large as well. */
const manyOfCluster = 4;

/** So many failures are kept of a world: the last that somebody asked for. */
const mostKept = 32;

/** What large failures come to. */
export interface LargeFailures {
    /** Where that of an element has been followed, in this graph or in one before; undefined else. */
    readonly known: (element: ElementName) => LargeFailure | undefined;
    /** Follows it, if it is large; undefined where it is not. */
    readonly of: (element: ElementName) => LargeFailure | undefined;
}

/**
 * Tells what failures of the world come to that touch much of an estate, and what they come to once they last. Parts have
 * nothing to do with each other but where what is lost is counted: after an edit only those are followed that have changed,
 * each with the world and by itself.
 *
 * @param failing looks at what fails with an element at once
 */
export function largeFailuresIn(
    graph: FailureGraph,
    parts: GraphParts,
    failing: (element: ElementName, look: (propagation: Propagation) => boolean) => boolean,
    { leastTouched, mostChanged }: Keeping,
): LargeFailures {
    const kept = keptIn.get(parts.world) ?? new Map<ElementName, Known>();
    keptIn.set(parts.world, kept);
    const found = new Map<ElementName, LargeFailure>();
    let last: { readonly parts: readonly GraphPart[]; readonly graph: FailureGraph } | undefined;
    const graphAmong = (some: readonly GraphPart[]) => {
        if (!last || !sameItems(last.parts, some)) last = { parts: some, graph: parts.among(some) };
        return last.graph;
    };
    const keep = (element: ElementName, known: Known) => {
        kept.delete(element);
        kept.set(element, known);
        const [oldest] = kept.keys();
        if (kept.size > mostKept) kept.delete(oldest!);
    };
    const afterEdit = (element: ElementName, known: Known): LargeFailure | undefined => {
        const { parts: courses, world: before } = known;
        const changed = parts.all.filter((part) => !courses.has(part));
        if (changed.length > parts.all.length * mostChanged) return undefined;
        const world = followIn(graphAmong(changed), element, courses, before);
        const failure = summedUp(graph, parts, world, courses);
        keep(element, known);
        // it may be worse later than anybody has looked
        return failure.worseFrom === undefined && world.until < Infinity ? undefined : failure;
    };
    const afresh = (element: ElementName): LargeFailure => {
        const courses = new WeakMap<GraphPart, PartCourse>();
        const world = followIn(graph, element, courses);
        keep(element, { world, parts: courses });
        return summedUp(graph, parts, world, courses);
    };
    const known = (element: ElementName): LargeFailure | undefined => {
        const failure = found.get(element);
        const before = kept.get(element);
        if (failure || !before) return failure;
        const now = afterEdit(element, before) ?? afresh(element);
        found.set(element, now);
        return now;
    };
    const isLarge = (element: ElementName): boolean => {
        // of few parts one that has changed is too much already
        if (parts.all.length * mostChanged < 1) return false;
        if (parts.at(graph.nodeOfElement.get(element)!)) return false;
        return failing(element, ({ order }) => {
            const places = order.map(parts.placeAt);
            const touched = new Set(places.filter((place) => place >= 0));
            const ofWorld = places.filter((place) => place < 0).length;
            return touched.size >= parts.all.length * leastTouched || ofWorld > graph.clusters.length * manyOfCluster;
        });
    };
    return {
        known,
        of(element) {
            const failure = known(element) ?? (isLarge(element) ? afresh(element) : undefined);
            if (failure) found.set(element, failure);
            return failure;
        },
    };
}

/**
 * Follows a failure in the parts of a graph.
 *
 * @param courses what is found of each part is added to them
 * @param before what is known of the world, and as far as that is; else it is followed until more is lost than when it began
 */
function followIn(
    graph: FailureGraph,
    element: ElementName,
    courses: WeakMap<GraphPart, PartCourse>,
    before?: WorldCourse,
): WorldCourse {
    const { meeting, all } = graph.parts!;
    const faresOf = faresIn(graph);
    const firsts = new Map<GraphPart, FirstOfPart>();
    const untouched: PartCourse = { first: undefined, states: [nothingLost(0, meeting)] };
    const states = new Map<GraphPart, PartState[]>();
    const ofWorld: PartState[] = [];
    let world: Pick<WorldCourse, 'felt' | 'freshness'> | undefined = before;
    let first: Losses | undefined;
    const look = (at: number, propagation: Propagation): Losses => {
        const failed = meeting.map((node) => propagation.failedInputs[node]!);
        const touched = new Set<GraphPart>();
        let [inWorld, down, degraded] = [0, 0, 0];
        for (const fare of faresOf(propagation)) {
            const { part } = fare;
            if (!part) {
                world ??= { felt: fare.felt, freshness: freshnessOf(graph, propagation) };
                inWorld = before ? stateAt(before.states, at).down : fare.felt.workloads;
                continue;
            }
            const state = stateOf(at, fare, part, meeting, propagation);
            state.failed.forEach((count, place) => (failed[place]! -= count));
            down += state.down;
            degraded += state.degraded;
            touched.add(part);
            const known = states.get(part) ?? (first ? [...untouched.states] : []);
            states.set(part, known);
            addState(known, state);
            if (!first) firsts.set(part, firstOf(fare, part));
        }
        for (const [part, known] of states) if (!touched.has(part)) addState(known, nothingLost(at, meeting));
        addState(ofWorld, { at, down: inWorld, degraded: 0, failed });
        return { operations: lostOf(estateSeverities(graph, propagation)), down: inWorld + down, degraded };
    };
    const until = withScratch(graph, (scratch) => {
        for (const { at, propagation } of times(graph, failuresFor([element]), 'earliest', scratch)) {
            if (before && at > before.until) break;
            const losses = look(at, propagation);
            if (!before && first && areMore(losses, first)) return at;
            first ??= losses;
        }
        return before?.until ?? Infinity;
    });
    for (const part of all) {
        const found = states.get(part);
        courses.set(part, found ? { first: firsts.get(part), states: found } : untouched);
    }
    return { ...world!, states: ofWorld, until };
}

/** Of each cluster, as {@link freshnessIn} tells it. */
export function freshnessOf(graph: FailureGraph, propagation: Propagation): LargeFailure['freshness'] {
    return graph.clusters.map((cluster) => freshnessIn(graph, cluster, propagation));
}

/** The last state that is not later. */
function stateAt(states: readonly PartState[], at: number): PartState {
    return states.findLast((state) => state.at <= at)!;
}

function stateOf(
    at: number,
    fare: Fare,
    part: GraphPart,
    meeting: readonly NodeIndex[],
    propagation: Propagation,
): PartState {
    return {
        at,
        down: downOf(fare),
        degraded: numberOf('degraded', fare.gravities),
        failed: meeting.map((node) => failedAmong(part.inputsOf(node), propagation)),
    };
}

function firstOf({ felt, gravities, outcomes }: Fare, { services, traffic }: GraphPart): FirstOfPart {
    const found = outcomes();
    const [byHost, byService] = [new Map(found.hosts), new Map(found.services)];
    const users = services.flatMap((name, within): UsersOfService[] => {
        const hosts = (traffic.hostsOf.get(name) ?? []).flatMap((host) => byHost.get(host) ?? []).filter(isHostHit);
        const outcome = byService.get(name);
        const service = outcome && isServiceHit(outcome) ? outcome : undefined;
        return hosts.length > 0 || service ? [{ within, hosts, service }] : [];
    });
    return { felt, gravities, users };
}

function failedAmong(nodes: Int32Array, { down }: Pick<Propagation, 'down'>): number {
    let count = 0;
    for (const node of nodes) count += down[node]!;
    return count;
}

function nothingLost(at: number, meeting: readonly NodeIndex[]): PartState {
    return { at, down: 0, degraded: 0, failed: meeting.map(() => 0) };
}

function addState(states: PartState[], state: PartState): void {
    const last = states.at(-1);
    const isSame =
        last?.down === state.down && last.degraded === state.degraded && sameItems(last.failed, state.failed);
    if (!isSame) states.push(state);
}

/** What the world and all parts of an estate come to. */
function summedUp(
    graph: FailureGraph,
    parts: GraphParts,
    world: WorldCourse,
    courses: WeakMap<GraphPart, PartCourse>,
): LargeFailure {
    const ofParts = parts.all.map((part) => courses.get(part)!);
    const sum = summing(graph, parts.meeting);
    const later: { readonly before: PartState; readonly state: PartState }[] = [];
    for (const { states } of [world, ...ofParts]) {
        sum.add(states[0]!, 1);
        for (const [place, state] of states.entries()) if (place > 0) later.push({ before: states[place - 1]!, state });
    }
    later.sort((a, b) => a.state.at - b.state.at);
    const first = sum.losses();
    const operations = sum.operations();
    let worseFrom: number | undefined;
    for (const [place, { before, state }] of later.entries()) {
        sum.add(before, -1);
        sum.add(state, 1);
        if (later[place + 1]?.state.at === state.at || !areMore(sum.losses(), first)) continue;
        worseFrom = state.at;
        break;
    }
    const touched = ofParts.flatMap(({ first }) => first ?? []);
    return {
        operations,
        fares: [{ felt: world.felt, gravities: [] }, ...touched],
        users: () => usersInOrder(graph, parts, courses),
        freshness: world.freshness,
        worseFrom,
    };
}

function usersInOrder(
    { topology }: FailureGraph,
    { all, placeOf }: GraphParts,
    courses: WeakMap<GraphPart, PartCourse>,
): HitUsers {
    const inOrder = new Array<UsersOfService | undefined>(topology.services.length).fill(undefined);
    for (const part of all)
        for (const users of courses.get(part)!.first?.users ?? []) inOrder[placeOf(part, users.within)] = users;
    const [hosts, services]: [HostOutcome[], ServiceOutcome[]] = [[], []];
    for (const users of inOrder) {
        if (!users) continue;
        hosts.push(...users.hosts);
        if (users.service) services.push(users.service);
    }
    return { hosts, services };
}

/** Adds up what is lost in the world and in parts. */
function summing(graph: FailureGraph, meeting: readonly NodeIndex[]) {
    const failed = new Map(meeting.map((node) => [node, 0]));
    let [down, degraded] = [0, 0];
    const hasFailed = (node: NodeIndex): boolean => {
        const count = failed.get(node);
        if (count !== undefined) return count >= graph.thresholdOf(node);
        // what rests on several of them
        const { targets, first, end } = graph.inputsOf(node);
        let inputs = 0;
        for (let edge = first; edge < end; edge++) if (hasFailed(targets[edge]!)) inputs++;
        return inputs >= graph.thresholdOf(node);
    };
    const operations = () => {
        const verdicts = Object.values(graph.verdicts.estate).flatMap(({ limited, total }) => [limited, total]);
        return estateSeverities(graph, { down: Object.fromEntries(verdicts.map((node) => [node, +hasFailed(node)])) });
    };
    return {
        add(state: PartState, times: 1 | -1) {
            down += times * state.down;
            degraded += times * state.degraded;
            state.failed.forEach((count, place) => {
                const node = meeting[place]!;
                failed.set(node, failed.get(node)! + times * count);
            });
        },
        operations,
        losses: (): Losses => ({ operations: lostOf(operations()), down, degraded }),
    };
}
