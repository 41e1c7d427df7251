import {
    createPropagation,
    pairingOf,
    sweepOf,
    type Failed,
    type NodeIndex,
    type Propagation,
    type Sweep,
} from '../engine/index.js';
import type { FailureGraph } from '../failure/graph.js';
import { times } from '../failure/run.js';
import { failuresFor } from '../failure/timeline.js';
import type { Element } from '../topology/element.js';
import { downIn, type Fare, type IsDown, type Watch } from './watch.js';

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
 * Tries all single failures, and then all pairs that can do more than both of their parts. Of gates above which nobody is
 * watched the loss does not count, and of some nodes who is watched looks at several at once, without a gate. It holds for
 * deaths, which never heal anything.
 *
 * A generator, so that a long search can be given up: it yields from time to time.
 */
export function* search(graph: FailureGraph, options: Search): Generator<void, SearchResult> {
    const { of, count, isLeftOut } = options;
    const below = belowOf(graph, options.watches);
    const trial = trialIn(graph, options, below);
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
    const pairs = yield* pairsIn(graph, options, below);
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

interface Tools {
    /** The nodes of elements. */
    readonly seedsOf: (elements: readonly Element[]) => readonly NodeIndex[];
    /** Nobody may read off these what he let fail before somebody else had a turn. */
    readonly sweep: Sweep;
    readonly further: Sweep;
}

const tools = new WeakMap<FailureGraph, Tools>();

/** What all searches in a graph have in common, one after the other. */
function toolsFor(graph: FailureGraph): Tools {
    let known = tools.get(graph);
    if (!known) {
        const nodes = new Map<Element, readonly NodeIndex[]>();
        const nodesOf = (element: Element) => {
            let own = nodes.get(element);
            if (!own) nodes.set(element, (own = [graph.nodeOfElement.get(element.name)!]));
            return own;
        };
        const seedsOf = (elements: readonly Element[]) =>
            elements.length === 1 ? nodesOf(elements[0]!) : elements.flatMap(nodesOf);
        known = { seedsOf, sweep: sweepOf(graph), further: sweepOf(graph) };
        tools.set(graph, known);
    }
    return known;
}

interface Tried {
    /** How much fails with it; 0 where that is nothing from which anybody watched could suffer. */
    readonly weight: number;
    readonly harm: Omit<Found, 'failures'> | undefined;
}

const harmless: Tried = { weight: 0, harm: undefined };

/** Tries choices of failures one after the other. */
function trialIn(graph: FailureGraph, { watches, allowed, lasting, isSpared }: Search, below: Uint8Array) {
    const { seedsOf, sweep } = toolsFor(graph);
    const reach = lasting === undefined ? undefined : reachIn(graph, lasting);
    let inTime: Propagation | undefined;
    const watchedBy = watchersIn(graph, watches);
    const harmedIn = (
        { nodes, count }: Failed,
        isDown: IsDown,
        elements: readonly Element[],
        isLeftOut: (watch: Watch) => boolean = () => false,
    ) => {
        let looking: Set<number> | undefined;
        for (let index = 0; index < count; index++) {
            for (const place of watchedBy(nodes[index]!)) (looking ??= new Set()).add(place);
        }
        if (!looking) return noWatches;
        return [...looking]
            .sort((a, b) => a - b)
            .map((place) => watches[place]!)
            .filter(
                (watch) => isWorse(watch.fareIn(isDown), allowed) && !isLeftOut(watch) && !isSpared(watch, elements),
            );
    };
    /** Who is harmed from one time to the next. */
    function* harmedInTime(elements: readonly Element[], isLeftOut?: (watch: Watch) => boolean) {
        const names = elements.map(({ name }) => name);
        for (const { at, propagation } of times(
            graph,
            failuresFor(names),
            'earliest',
            (inTime ??= createPropagation(graph)),
        )) {
            if (at > (lasting ?? 0)) return;
            const { order } = propagation;
            yield {
                at,
                harmed: harmedIn({ nodes: order, count: order.length }, downIn(propagation), elements, isLeftOut),
            };
        }
    }
    /** Whether anything at which somebody looks may fail later than with the failures of the sweep. */
    const mayFailLater = (seeds: readonly NodeIndex[]) => {
        if (!reach) return false;
        const { nodes, count } = reach.fail(seeds);
        for (let index = 0; index < count; index++) {
            const node = nodes[index]!;
            if (!sweep.isDown(node) && watchedBy(node).length > 0) return true;
        }
        return false;
    };
    return {
        /** Everybody whom it harms, at once or in time. */
        allHarmed: (elements: readonly Element[]): ReadonlySet<Watch> =>
            new Set(Array.from(harmedInTime(elements), ({ harmed }) => harmed).flat()),
        of(elements: readonly Element[], isLeftOut?: (watch: Watch) => boolean): Tried {
            const seeds = seedsOf(elements);
            if (!seeds.some((node) => below[node])) return harmless;
            const failed = sweep.fail(seeds);
            const weight = failed.count;
            const harmed = harmedIn(failed, sweep.isDown, elements, isLeftOut);
            if (harmed.length > 0) return { weight, harm: { harmed, at: 0 } };
            if (!mayFailLater(seeds)) return { weight, harm: undefined };
            for (const later of harmedInTime(elements, isLeftOut)) {
                if (later.harmed.length > 0) return { weight, harm: later };
            }
            return { weight, harm: undefined };
        },
    };
}

const nobody: readonly number[] = [];
const noWatches: readonly Watch[] = [];

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

const nothing: Failed = { nodes: [], count: 0 };

/** The pairs, by their places, that may do more than both of their parts. */
function* pairsIn(
    graph: FailureGraph,
    { watches, of, allowed, lasting }: Search,
    below: Uint8Array,
): Generator<void, Pair[]> {
    const groups = watches.map(({ jointly }) => jointly).filter(({ length }) => length > 1);
    const pairing = pairingOf(graph, { matters: (node) => below[node] === 1, groups });
    const { seedsOf } = toolsFor(graph);
    const reach = reachIn(graph, lasting);
    const anyWith: number[] = [];
    for (const [place, elements] of of.entries()) {
        if (place % pieceLength === pieceLength - 1) yield;
        const seeds = seedsOf(elements);
        if (!seeds.some((node) => below[node])) {
            pairing.add(nothing);
            continue;
        }
        pairing.add(reach.fail(seeds));
        // in time two failures may do sooner what one does too late
        if (lasting !== undefined && watches.some((watch) => isWorse(watch.fareIn(reach.isDown), allowed)))
            anyWith.push(place);
    }
    const { offsets, others } = pairing.pairs();
    const isWithAny = new Set(anyWith);
    const pairs: Pair[] = [];
    for (const one of of.keys()) {
        for (let pair = offsets[one]!; pair < offsets[one + 1]!; pair++) {
            const other = others[pair]!;
            if (!isWithAny.has(one) && !isWithAny.has(other)) pairs.push([one, other]);
        }
    }
    for (const one of anyWith)
        for (const other of of.keys()) {
            if (one !== other && (one < other || !isWithAny.has(other)))
                pairs.push(one < other ? [one, other] : [other, one]);
        }
    return pairs;
}

/** What fails at once and in time, at the very most: clocks that run out so soon do so at once here. */
function reachIn(graph: FailureGraph, lasting: number | undefined): Sweep {
    const { sweep: now, further: sweep } = toolsFor(graph);
    if (lasting === undefined) return now;
    const timers = graph.timers.filter(({ rise: [least] }) => least <= lasting);
    const isSource = new Uint8Array(graph.thresholds.length);
    for (const { source } of timers) isSource[source] = 1;
    const hasSource = ({ nodes, count }: Failed) => {
        for (let index = 0; index < count; index++) if (isSource[nodes[index]!]) return true;
        return false;
    };
    return {
        isDown: sweep.isDown,
        fail(seeds) {
            let failed = sweep.fail(seeds);
            for (let all = seeds; hasSource(failed);) {
                const more = timers.filter(({ source, node }) => sweep.isDown(source) && !sweep.isDown(node));
                if (more.length === 0) break;
                all = [...all, ...more.map(({ node }) => node)];
                failed = sweep.fail(all);
            }
            return failed;
        },
    };
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
