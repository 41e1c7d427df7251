import { createPropagation, propagate, type NodeIndex, type Propagation } from '../engine/index.js';
import type { FailureGraph } from '../failure/graph.js';
import { times } from '../failure/run.js';
import { failuresFor } from '../failure/timeline.js';
import type { Element } from '../topology/element.js';
import type { Fare, IsDown, Watch } from './watch.js';

/** What is looked for: the smallest choice of failures under which somebody fares worse than that. */
export interface Search {
    readonly watches: readonly Watch[];
    /** What may fail: sets of elements that fail together, mostly of one. */
    readonly of: readonly (readonly Element[])[];
    /** How many of these at once, at most: 1 or 2. */
    readonly count: number;
    /** The worst that is allowed. */
    readonly allowed: Exclude<Fare, 'lost'>;
    /** For so many seconds; undefined: at once only. */
    readonly lasting?: number;
    /** Whether a choice is left out, such as one that somebody accepts. */
    readonly isLeftOut: (choice: readonly Element[]) => boolean;
    /** Whether somebody is left out of a choice, as what fails itself. */
    readonly isSpared: (watch: Watch, choice: readonly Element[]) => boolean;
}

/** A choice of failures that breaks a promise. */
export interface Found {
    readonly failures: readonly Element[];
    /** Who is harmed, in the order in which they are watched. */
    readonly harmed: readonly Watch[];
    /** Seconds after which they are: 0, or when something runs out. */
    readonly at: number;
}

export interface SearchResult {
    /** The smallest that there is: of one failure before those of two, and of those the one that takes least with it. */
    readonly found: Found | undefined;
    /** How many single failures break it, those that are left out among them. */
    readonly singles: number;
    /** How many choices it was tried with. */
    readonly tried: number;
}

/** So many choices are tried before somebody else may have a turn. */
const pieceLength = 64;

/**
 * Tries all single failures, and then all pairs that can do more than both of their parts. By the *first-loss lemma* those
 * are few: whatever such a pair loses first is a gate that neither of the two closes alone, and both have a part in. So for
 * each gate above which somebody is watched the failures that take some of its inputs are joined in pairs, and each pair is
 * tried. It holds for deaths, which never heal anything.
 *
 * A generator, so that a long search can be given up: it yields from time to time.
 */
export function* search(graph: FailureGraph, options: Search): Generator<void, SearchResult> {
    const { of, count, isLeftOut } = options;
    const trial = trialIn(graph, options);
    const harmedAlone = new Map<number, ReadonlySet<Watch>>();
    let best: (Found & { readonly weight: number }) | undefined;
    let singles = 0;
    const weights: number[] = [];
    for (const [index, elements] of of.entries()) {
        if (index % pieceLength === pieceLength - 1) yield;
        const tried = trial.of(elements);
        weights.push(tried.weight);
        if (!tried.harm) continue;
        singles++;
        if (isLeftOut(elements)) {
            harmedAlone.set(index, trial.allHarmed(elements));
            continue;
        }
        if (best && best.weight <= tried.weight) continue;
        best = { failures: elements, weight: tried.weight, ...tried.harm };
    }
    if (best || count < 2) return { found: best, singles, tried: of.length };
    const pairs = yield* pairsOf(graph, options);
    pairs.sort((a, b) => weights[a[0]]! + weights[a[1]]! - weights[b[0]]! - weights[b[1]]!);
    for (const [index, [one, other]] of pairs.entries()) {
        if (index % pieceLength === pieceLength - 1) yield;
        const failures = [...of[one]!, ...of[other]!];
        if (isLeftOut(failures)) continue;
        // whom one of the two harms alone, which is left out, the other one is not to blame for
        const { harm } = trial.of(failures, (watch) => [one, other].some((part) => harmedAlone.get(part)?.has(watch)));
        if (harm) return { found: { failures, ...harm }, singles, tried: of.length + index + 1 };
    }
    return { found: undefined, singles, tried: of.length + pairs.length };
}

interface Tried {
    /** How much fails with it. */
    readonly weight: number;
    readonly harm: Omit<Found, 'failures'> | undefined;
}

/** Tries choices of failures one after the other. */
function trialIn(graph: FailureGraph, { watches, allowed, lasting, isSpared }: Search) {
    const scratch = createPropagation(graph);
    const inTime = lasting === undefined ? undefined : createPropagation(graph);
    const watchedBy = watchersIn(graph, watches);
    const sources = new Uint8Array(graph.thresholds.length);
    for (const { source } of graph.timers) sources[source] = 1;
    const harmedIn = (
        { down, order }: Propagation,
        elements: readonly Element[],
        isLeftOut: (watch: Watch) => boolean = () => false,
    ) => {
        const isDown: IsDown = (node) => down[node] === 1;
        const harmed = new Set<number>();
        for (const node of order) {
            for (const place of watchedBy(node)) {
                const watch = watches[place]!;
                if (harmed.has(place) || !isWorse(watch.fareIn(isDown), allowed)) continue;
                if (!isLeftOut(watch) && !isSpared(watch, elements)) harmed.add(place);
            }
        }
        return [...harmed].sort((a, b) => a - b).map((place) => watches[place]!);
    };
    return {
        /** Everybody whom it harms, at once or in time. */
        allHarmed(elements: readonly Element[]): ReadonlySet<Watch> {
            const names = elements.map(({ name }) => name);
            const harmed = new Set<Watch>();
            for (const { at, propagation } of times(graph, failuresFor(names), 'earliest', inTime)) {
                if (at > (lasting ?? 0)) break;
                for (const watch of harmedIn(propagation, elements)) harmed.add(watch);
            }
            return harmed;
        },
        of(elements: readonly Element[], isLeftOut?: (watch: Watch) => boolean): Tried {
            const seeds = elements.map(({ name }) => graph.nodeOfElement.get(name)!);
            const { order } = propagate(graph, seeds, scratch);
            const weight = order.length;
            const harmed = harmedIn(scratch, elements, isLeftOut);
            if (harmed.length > 0) return { weight, harm: { harmed, at: 0 } };
            if (lasting === undefined || !order.some((node) => sources[node])) return { weight, harm: undefined };
            const names = elements.map(({ name }) => name);
            for (const { at, propagation } of times(graph, failuresFor(names), 'earliest', inTime)) {
                if (at > lasting) break;
                const later = harmedIn(propagation, elements, isLeftOut);
                if (later.length > 0) return { weight, harm: { harmed: later, at } };
            }
            return { weight, harm: undefined };
        },
    };
}

const nobody: readonly number[] = [];

/** Who looks at a node, by their places. */
function watchersIn(graph: FailureGraph, watches: readonly Watch[]): (node: NodeIndex) => readonly number[] {
    const isWatched = new Uint8Array(graph.thresholds.length);
    const byNode = new Map<NodeIndex, number[]>();
    for (const [place, { nodes }] of watches.entries()) {
        for (const node of nodes) {
            isWatched[node] = 1;
            const known = byNode.get(node);
            if (!known) byNode.set(node, [place]);
            else if (known.at(-1) !== place) known.push(place);
        }
    }
    return (node) => (isWatched[node] ? byNode.get(node)! : nobody);
}

const ranks: Readonly<Record<Fare, number>> = { unaffected: 0, limited: 1, lost: 2 };

export function isWorse(fare: Fare, than: Fare): boolean {
    return ranks[fare] > ranks[than];
}

// ------------------------------------------------------------------------------------------------------------ pairs

type Pair = readonly [number, number];

/** The pairs, by their places, that may do more than both of their parts. */
function* pairsOf(graph: FailureGraph, { watches, of, allowed, lasting }: Search): Generator<void, Pair[]> {
    const below = belowOf(graph, watches);
    const scratch = createPropagation(graph);
    const takers = new Map<NodeIndex, { readonly place: number; readonly inputs: number }[]>();
    const joint = jointGroups(watches);
    const takersOfGroup = new Map<number, number[]>();
    const anyWith: number[] = [];
    const { thresholds } = graph;
    for (const [place, elements] of of.entries()) {
        if (place % pieceLength === pieceLength - 1) yield;
        const { touched, down, failedInputs, order } = reached(graph, elements, lasting, scratch);
        for (const node of touched) {
            if (down[node] || thresholds[node]! < 2 || !below[node]) continue;
            const known = takers.get(node);
            const taker = { place, inputs: failedInputs[node]! };
            if (known) known.push(taker);
            else takers.set(node, [taker]);
        }
        for (const group of new Set(order.flatMap((node) => joint.get(node) ?? nobody))) {
            const known = takersOfGroup.get(group);
            if (known) known.push(place);
            else takersOfGroup.set(group, [place]);
        }
        const isDown: IsDown = (node) => down[node] === 1;
        // in time two failures may do sooner what one does too late
        if (lasting !== undefined && watches.some((watch) => isWorse(watch.fareIn(isDown), allowed)))
            anyWith.push(place);
    }
    const pairs = new Map<number, Pair>();
    const add = (one: number, other: number) => {
        if (one === other) return;
        const [a, b] = one < other ? [one, other] : [other, one];
        pairs.set(a * of.length + b, [a, b]);
    };
    for (const [node, all] of takers) {
        for (const [index, one] of all.entries()) {
            for (const other of all.slice(index + 1)) {
                if (one.inputs + other.inputs >= thresholds[node]!) add(one.place, other.place);
            }
        }
        yield;
    }
    for (const all of takersOfGroup.values()) {
        for (const [index, one] of all.entries()) for (const other of all.slice(index + 1)) add(one, other);
    }
    for (const one of anyWith) for (const other of of.keys()) add(one, other);
    return [...pairs.values()];
}

/** What fails with elements, at once and in time, at the very most: clocks that run out so soon do so at once here. */
function reached(
    graph: FailureGraph,
    elements: readonly Element[],
    lasting: number | undefined,
    into: Propagation,
): Propagation {
    const seeds = elements.map(({ name }) => graph.nodeOfElement.get(name)!);
    propagate(graph, seeds, into);
    if (lasting === undefined) return into;
    const timers = graph.timers.filter(({ rise: [least] }) => least <= lasting);
    const expired: NodeIndex[] = [];
    for (;;) {
        const more = timers.filter(({ source, node }) => into.down[source] && !into.down[node]);
        if (more.length === 0) return into;
        expired.push(...more.map(({ node }) => node));
        propagate(graph, seeds, into, { later: expired });
    }
}

/** 1 for each node whose failure may lead to that of a watched one, in time, too. */
function belowOf(graph: FailureGraph, watches: readonly Watch[]): Uint8Array {
    const { offsets, targets } = graph.inputs;
    const below = new Uint8Array(graph.thresholds.length);
    const stack: NodeIndex[] = [];
    const visit = (node: NodeIndex) => {
        if (below[node]) return;
        below[node] = 1;
        stack.push(node);
    };
    for (const { nodes, jointly } of watches) for (const node of [...nodes, ...jointly]) visit(node);
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) visit(targets[edge]!);
    }
    return below;
}

/** By node, the groups of which it is one; a group for each who is watched and looks at several jointly. */
function jointGroups(watches: readonly Watch[]): ReadonlyMap<NodeIndex, readonly number[]> {
    const groups = new Map<NodeIndex, number[]>();
    for (const [place, { jointly }] of watches.entries()) {
        if (jointly.length < 2) continue;
        for (const node of jointly) groups.set(node, [...(groups.get(node) ?? []), place]);
    }
    return groups;
}
