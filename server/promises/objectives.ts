import { createPropagation, propagate, type Propagation } from '../engine/index.js';
import type { FailureGraph } from '../failure/graph.js';
import { gapOfRequests, gapOfUsers, longestGapOf, longestGapOfUsers, type Gap } from '../failure/gaps.js';
import { usersOf } from '../failure/users.js';
import { times } from '../failure/run.js';
import { failuresFor } from '../failure/timeline.js';
import type { Element } from '../topology/element.js';
import type { Objective } from '../topology/promises.js';
import { returnIn, type Restoration } from './coming-back.js';
import { isByParts, restOf, type KeptIn, type Rest } from './kept.js';
import { backupOf, leastLoss, lossOf, lossOfCopies, mayBeTwo } from './loss.js';
import { causeIn, choicesOf, isItself, leftOut, meaningOf, type Tries } from './meaning.js';
import { decisiveOf, placelessIn, standsNowhere, takesPlaceIn } from './placeless.js';
import { search, type Found } from './search.js';
import type { Unknown } from '../topology/things.js';
import type { Judged } from './things.js';
import { downIn, watchOf, type Watch } from './watch.js';

/** Whether an objective is kept. */
export type ObjectiveVerdict =
    | {
          readonly kind: 'kept';
          readonly tried: number;
          readonly accepted: number;
          /** As long as no place that fails takes this along, of which the file does not say where it is. */
          readonly restsOn?: Element;
      }
    | { readonly kind: 'broken'; readonly by: Counterexample; readonly singles: number; readonly tried: number }
    /** Nobody knows: never kept. */
    | { readonly kind: 'unjudged'; readonly why: Unjudged; readonly failures: readonly Element[] }
    /** Nobody of whom it speaks, or nothing that could fail. */
    | { readonly kind: 'idle'; readonly lacks: 'subject' | 'cause' }
    | { readonly kind: 'unknown'; readonly names: readonly Unknown[] };

export type Unjudged =
    | { readonly kind: 'more-than-two' | 'one-at-a-time' }
    /** How long it takes to repair or restore something is said nowhere. */
    | { readonly kind: 'no-time'; readonly judged: Judged }
    | {
          readonly kind: 'no-backup-said' | 'no-interval' | 'no-age' | 'no-backup-place' | 'two-primaries';
          readonly judged: Judged;
      }
    | { readonly kind: 'no-data'; readonly judged: Judged }
    /** A place fails, and nobody knows whether it takes along of whom the promise speaks. */
    | { readonly kind: 'stands-nowhere'; readonly judged: Judged };

/** What breaks an objective: as few failures as can be, and of those what takes least with it. */
export interface Counterexample extends Found {
    /** Of `recovers within`: how long they are away. */
    readonly gap?: Gap;
    /** Of those who are back once something is restored: what takes the longest of that. */
    readonly longest?: Restoration;
    /** Of `loses at most`: how much, in seconds; Infinity: all of it. */
    readonly loss?: number;
}

/**
 * Judges one objective. It yields from time to time, for whoever wants to give up.
 *
 * @param keptIn the parts of another state of the estate, with the same world, in which it was kept
 */
export function* judgeObjective(
    graph: FailureGraph,
    objective: Objective,
    keptIn?: KeptIn,
): Generator<void, ObjectiveVerdict> {
    const { names, subjects, cause, accepted } = meaningOf(graph, objective);
    if (names.length > 0 || cause.kind === 'unknown') return { kind: 'unknown', names };
    if (subjects.length === 0) return { kind: 'idle', lacks: 'subject' };
    const of = choicesOf(cause);
    if (of.every(({ length }) => length === 0)) return { kind: 'idle', lacks: 'cause' };
    const count = cause.kind === 'choice' ? cause.count : 1;
    const isChoice = cause.kind === 'choice';
    const tries: Tries = {
        of,
        isLeftOut: leftOut(graph, isChoice, accepted),
        isSpared: ({ judged }, choice) => isChoice && isItself(judged, choice),
        accepted: accepted.length,
    };
    if (keptIn && isByParts(graph, objective)) {
        const isKept = yield* isKeptByRest(graph, subjects, objective.promise, tries, restOf(graph, keptIn));
        // whoever is harmed, the smallest counterexample is looked for among all
        if (isKept) return { kind: 'kept', tried: of.length, accepted: accepted.length };
    }
    return yield* judgeWithPlaces(graph, placelessIn(graph), subjects, objective.promise, count, tries);
}

/** Whether those have what was promised who are left, and whom only what is left can harm. */
function* isKeptByRest(
    graph: FailureGraph,
    subjects: readonly Judged[],
    promise: Objective['promise'],
    tries: Tries,
    { among, estate }: Rest,
): Generator<void, boolean> {
    const left = among(subjects);
    if (!left) return false;
    if (watchesOf(graph, left).length === 0) return subjects.some((judged) => watchOf(graph, judged) !== undefined);
    const cause = causeIn(estate, promise);
    if (cause.kind !== 'choice') return false;
    const some = { ...tries, of: choicesOf(cause) };
    const verdict = yield* judgeWithPlaces(graph, placelessIn(estate), left, promise, 1, some);
    return verdict.kind === 'kept' && !verdict.restsOn;
}

/** Judges a promise, and whether it rests on where something stands. */
function* judgeWithPlaces(
    graph: FailureGraph,
    placeless: readonly Element[],
    subjects: readonly Judged[],
    promise: Objective['promise'],
    count: number,
    tries: Tries,
): Generator<void, ObjectiveVerdict> {
    const verdict = yield* judgePromise(graph, subjects, promise, count, tries);
    if (verdict.kind !== 'kept') return verdict;
    const takesPlace = takesPlaceIn(graph);
    if (!tries.of.some((elements) => elements.some(takesPlace))) return verdict;
    const itself = subjects.find(standsNowhere(graph));
    if (itself) return unjudged({ kind: 'stands-nowhere', judged: itself });
    const restsOn = yield* restsOnPlaces(graph, placeless, subjects, promise, count, tries);
    return restsOn ? { ...verdict, restsOn } : verdict;
}

/** What has to stand elsewhere than in a place that fails, so that a promise is kept; where it is the file does not say. */
function* restsOnPlaces(
    graph: FailureGraph,
    placeless: readonly Element[],
    subjects: readonly Judged[],
    promise: Objective['promise'],
    count: number,
    { of, isLeftOut, isSpared, accepted }: Tries,
): Generator<void, Element | undefined> {
    if (placeless.length === 0) return undefined;
    const takesPlace = takesPlaceIn(graph);
    // where one fails at a time, only what fails with a place is new
    const tried = count > 1 ? of : of.filter((elements) => elements.some(takesPlace));
    function* isKeptWith(some: readonly Element[]): Generator<void, boolean> {
        const takenAlong = new Set(some);
        const chosen = (choice: readonly Element[]) => choice.filter((element) => !takenAlong.has(element));
        const verdict = yield* judgePromise(graph, subjects, promise, count, {
            of: tried.map((elements) => (elements.some(takesPlace) ? [...elements, ...some] : elements)),
            isLeftOut: (choice) => isLeftOut(chosen(choice)),
            isSpared: (watch, choice) => isSpared(watch, chosen(choice)),
            accepted,
        });
        return verdict.kind === 'kept';
    }
    if (yield* isKeptWith(placeless)) return undefined;
    return yield* decisiveOf(placeless, isKeptWith);
}

function* judgePromise(
    graph: FailureGraph,
    subjects: readonly Judged[],
    promise: Objective['promise'],
    count: number,
    tries: Tries,
): Generator<void, ObjectiveVerdict> {
    switch (promise.kind) {
        case 'survives': {
            if (count > 2) return unjudged({ kind: 'more-than-two' });
            const watches = watchesOf(graph, subjects);
            if (watches.length === 0) return { kind: 'idle', lacks: 'subject' };
            const { of, isLeftOut, isSpared, accepted } = tries;
            const { found, singles, tried } = yield* search(graph, {
                ...{ watches, of, count, isLeftOut, isSpared },
                allowed: promise.partly ? 'limited' : 'unaffected',
                ...(promise.for !== undefined && { lasting: promise.for }),
            });
            return found ? { kind: 'broken', by: found, singles, tried } : { kind: 'kept', tried, accepted };
        }
        case 'recovers':
            if (count > 1) return unjudged({ kind: 'one-at-a-time' });
            return yield* judgeRecovery(graph, subjects, promise.within, tries);
        case 'loses-at-most':
            if (count > 1) return unjudged({ kind: 'one-at-a-time' });
            return judgeLoss(graph, subjects, promise.most, tries);
    }
}

function unjudged(why: Unjudged, failures: readonly Element[] = []): ObjectiveVerdict {
    return { kind: 'unjudged', why, failures };
}

const watchesKnown = new WeakMap<readonly Judged[], readonly Watch[]>();

/** How all of them fare, found once for objectives that speak of the same. */
function watchesOf(graph: FailureGraph, subjects: readonly Judged[]): readonly Watch[] {
    const watches = watchesKnown.get(subjects) ?? subjects.flatMap((judged) => watchOf(graph, judged) ?? []);
    watchesKnown.set(subjects, watches);
    return watches;
}

// -------------------------------------------------------------------------------------------------------- recovery

/** How long somebody is away who moves; null where nobody does. */
type GapIn = (judged: Judged) => Gap | null;

function* judgeRecovery(
    graph: FailureGraph,
    subjects: readonly Judged[],
    within: number,
    { of, isLeftOut, isSpared, accepted }: Tries,
): Generator<void, ObjectiveVerdict> {
    const watches = watchesOf(graph, subjects);
    if (watches.length === 0) return { kind: 'idle', lacks: 'subject' };
    const scratch = createPropagation(graph);
    // of all others whatever they wait for is soon there
    const patient = watches.filter(({ judged }) => longestGapIn(graph, judged) > within);
    let broken: (Counterexample & { readonly weight: number }) | undefined;
    let unknown:
        { readonly failures: readonly Element[]; readonly judged: Judged; readonly weight: number } | undefined;
    let singles = 0;
    const loseSoon = losersWithin(graph, within);
    const comesBack = returnIn(graph, watches, isSpared, within);
    for (const [index, elements] of of.entries()) {
        if (index % 16 === 15) yield;
        if (isLeftOut(elements)) continue;
        const seeds = elements.map(({ name }) => graph.nodeOfElement.get(name)!);
        propagate(graph, seeds, scratch);
        const { order } = scratch;
        const weight = order.length;
        const isDown = downIn(scratch);
        if (!unknown || weight < unknown.weight) {
            const own = watches.filter((watch) => !isSpared(watch, elements));
            const lost = own.find((watch) => watch.fareIn(isDown) !== 'unaffected') ?? loseSoon(elements, order, own);
            if (lost) {
                const back = comesBack(elements);
                if (!back) unknown = { failures: elements, judged: lost.judged, weight };
                else if (back.after > within && !(broken && broken.weight <= weight)) {
                    const { after, longest } = back;
                    const gap = { from: after, to: after };
                    broken = { failures: elements, harmed: [lost], at: 0, gap, ...(longest && { longest }), weight };
                }
                if (back && back.after > within) singles++;
                if (back) continue;
            }
        }
        if (patient.length === 0) continue;
        const gapIn = gapsIn(graph, scratch);
        const late = patient.filter(
            (watch) =>
                (gapIn(watch.judged)?.to ?? 0) > within &&
                watch.fareIn(isDown) === 'unaffected' &&
                !isSpared(watch, elements),
        );
        if (late.length === 0) continue;
        singles++;
        if (broken && broken.weight <= weight) continue;
        broken = { failures: elements, harmed: late, at: 0, gap: gapIn(late[0]!.judged)!, weight };
    }
    if (broken) return { kind: 'broken', by: broken, singles, tried: of.length };
    if (unknown) return unjudged({ kind: 'no-time', judged: unknown.judged }, unknown.failures);
    return { kind: 'kept', tried: of.length, accepted };
}

/** Finds who is lost, for as long as the failure lasts, because something runs out so soon. */
function losersWithin(graph: FailureGraph, within: number) {
    const soon = new Uint8Array(graph.nodes.length);
    for (const { source, rise } of graph.timers) if (rise[0] <= within) soon[source] = 1;
    let inTime: Propagation | undefined;
    return (elements: readonly Element[], order: readonly number[], watches: readonly Watch[]): Watch | undefined => {
        if (!order.some((node) => soon[node])) return undefined;
        inTime ??= createPropagation(graph);
        const steps = failuresFor(elements.map(({ name }) => name));
        for (const { at, propagation } of times(graph, steps, 'earliest', inTime)) {
            if (at > within) return undefined;
            const isDown = downIn(propagation);
            const lost = watches.find((watch) => watch.fareIn(isDown) !== 'unaffected');
            if (lost) return lost;
        }
        return undefined;
    };
}

/** How long somebody can be away who moves; 0 of whom nobody moves. */
function longestGapIn({ traffic }: FailureGraph, judged: Judged): number {
    if (judged.kind === 'host') return longestGapOf(judged.host);
    return judged.kind === 'service' ? longestGapOfUsers(traffic, judged.name) : 0;
}

function gapsIn(graph: FailureGraph, propagation: Propagation): GapIn {
    const touched = usersOf(graph)(propagation);
    const hosts = new Set(touched.hosts);
    const services = new Set(touched.services);
    const isDown = downIn(propagation);
    return (judged) => {
        if (judged.kind === 'host') return hosts.has(judged.host) ? gapOfRequests(judged.host, isDown) : null;
        if (judged.kind !== 'service' || !services.has(judged.name)) return null;
        return gapOfUsers(graph.traffic, judged.name, isDown);
    };
}

// ------------------------------------------------------------------------------------------------------------ loss

function judgeLoss(
    graph: FailureGraph,
    subjects: readonly Judged[],
    most: number,
    { of, isLeftOut, accepted }: Tries,
): ObjectiveVerdict {
    const scratch = createPropagation(graph);
    let broken: (Counterexample & { readonly weight: number }) | undefined;
    let unknown: { readonly failures: readonly Element[]; readonly why: Unjudged } | undefined;
    let singles = 0;
    for (const judged of subjects) {
        const backup = backupOf(graph, judged);
        if (!backup) return unjudged({ kind: 'no-data', judged });
        const watch = watchOf(graph, judged)!;
        for (const elements of of) {
            if (isLeftOut(elements)) continue;
            const seeds = elements.map(({ name }) => graph.nodeOfElement.get(name)!);
            propagate(graph, seeds, scratch);
            const isDown = downIn(scratch);
            const isLost = watch.fareIn(isDown) !== 'unaffected';
            if (!isLost && mayBeTwo(graph, judged, isDown, elements)) {
                unknown ??= { failures: elements, why: { kind: 'two-primaries', judged } };
            }
            if (!isLost) continue;
            const loss = leastLoss([lossOf(graph, backup, isDown), ...lossOfCopies(graph, judged, isDown)], most);
            if (typeof loss === 'string') {
                unknown ??= { failures: elements, why: { kind: loss, judged } };
                continue;
            }
            if (loss <= most) continue;
            singles++;
            const weight = scratch.order.length;
            if (broken && broken.weight <= weight) continue;
            broken = { failures: elements, harmed: [watch], at: 0, loss, weight };
        }
    }
    if (broken) return { kind: 'broken', by: broken, singles, tried: of.length };
    return unknown ? unjudged(unknown.why, unknown.failures) : { kind: 'kept', tried: of.length, accepted };
}
