import {
    below,
    createPropagation,
    pairingOf,
    sweepOf,
    type Below,
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

/** Does something with each of so many places, and yields after each piece. */
function* inPieces(count: number, action: (place: number) => void): Generator<void, void> {
    for (let first = 0; first < count; first += pieceLength) {
        if (first > 0) yield;
        for (let place = first; place < Math.min(first + pieceLength, count); place++) action(place);
    }
}

/**
 * Tries all single failures, and then all pairs that can do more than both of their parts, in that part of the graph that lies
 * below those who are watched: nothing else can harm them. Of some nodes who is watched looks at several at once, without a
 * gate. It holds for deaths, which never heal anything.
 *
 * A generator, so that a long search can be given up: it yields from time to time.
 */
export function* search(graph: FailureGraph, options: Search): Generator<void, SearchResult> {
    const { of, count, isLeftOut } = options;
    const field = fieldOf(graph, options.watches);
    const choices = choicesIn(graph, of);
    const trial = trialIn(graph, field, options);
    const harmedAlone = new Map<number, ReadonlySet<Watch>>();
    let best: (Found & { readonly weight: number }) | undefined;
    let singles = 0;
    const trySingle = (index: number) => {
        const seeds = field.seedsOf(choices, index);
        if (seeds.length === 0) return;
        const elements = of[index]!;
        const harm = trial.of(elements, seeds);
        if (!harm) return;
        singles++;
        if (isLeftOut(elements)) {
            harmedAlone.set(index, trial.allHarmed(elements));
            return;
        }
        const weight = choices.weightOf(index);
        if (!best || weight < best.weight) best = { failures: elements, weight, ...harm };
    };
    yield* inPieces(of.length, trySingle);
    if (best || count < 2) return { found: best, singles, tried: of.length };
    const pairs = yield* pairsIn(graph, field, choices, options);
    // what lies outside of the field takes nothing with it that matters
    const weightOf = (place: number) => (field.seedsOf(choices, place).length === 0 ? 0 : choices.weightOf(place));
    let index = -1;
    for (const pair of lightestFirst(pairs, of.length, weightOf)) {
        if (++index % pieceLength === pieceLength - 1) yield;
        const [one, other] = [pairs[2 * pair]!, pairs[2 * pair + 1]!];
        const failures = [...of[one]!, ...of[other]!];
        if (isLeftOut(failures)) continue;
        const seeds = [...field.seedsOf(choices, one), ...field.seedsOf(choices, other)];
        // whom one of the two harms alone, which is left out, the other one is not to blame for
        const isBlameless = (watch: Watch) => [one, other].some((part) => harmedAlone.get(part)?.has(watch));
        const harm = trial.of(failures, seeds, isBlameless);
        if (harm) return { found: { failures, ...harm }, singles, tried: of.length + index + 1 };
    }
    return { found: undefined, singles, tried: of.length + (pairs.length >> 1) };
}

/**
 * Numbers of pairs by what both of their parts weigh together; of those that weigh the same the first ones first. Mostly nobody
 * asks for more than the lightest one: the others are put in order only then.
 */
function* lightestFirst(
    pairs: readonly number[],
    count: number,
    weightOf: (place: number) => number,
): Generator<number, void> {
    const known = new Int32Array(count).fill(-1);
    const weights = new Int32Array(pairs.length >> 1);
    const weighed = (place: number) => (known[place]! < 0 ? (known[place] = weightOf(place)) : known[place]!);
    let [most, lightest] = [0, -1];
    for (let pair = 0; pair < weights.length; pair++) {
        const weight = (weights[pair] = weighed(pairs[2 * pair]!) + weighed(pairs[2 * pair + 1]!));
        if (weight > most) most = weight;
        if (lightest < 0 || weight < weights[lightest]!) lightest = pair;
    }
    if (lightest < 0) return;
    yield lightest;
    const next = new Int32Array(most + 2);
    for (const weight of weights) next[weight + 1]!++;
    for (let weight = 0; weight <= most; weight++) next[weight + 1]! += next[weight]!;
    const order = new Int32Array(weights.length);
    for (let pair = 0; pair < weights.length; pair++) order[next[weights[pair]!]!++] = pair;
    // the lightest is the first of those that weigh the least
    yield* order.subarray(1);
}

/** Where a search looks: what lies below those who are watched, by its own numbers. */
interface Field {
    readonly numberOf: Int32Array;
    /** The nodes of the elements of a choice; none of what could harm nobody. */
    readonly seedsOf: (choices: Choices, place: number) => readonly NodeIndex[];
    /** Who looks at a node of the field, by their places. */
    readonly watchedBy: (node: NodeIndex) => readonly number[];
    /** Nobody may read off these what he let fail before somebody else had a turn. */
    readonly sweep: Sweep;
    readonly further: () => Sweep;
    /** What a sweep says of a node, by its number in the graph. */
    readonly downIn: (sweep: Sweep) => IsDown;
    readonly pairing: (groups: readonly (readonly NodeIndex[])[]) => ReturnType<typeof pairingOf>;
}

const fields = new WeakMap<readonly Watch[], Field>();

/** Found once for all searches in which the same are watched, which come one after the other. */
function fieldOf(graph: FailureGraph, watches: readonly Watch[]): Field {
    const field = fields.get(watches) ?? newField(graph, watches);
    fields.set(watches, field);
    return field;
}

function newField(graph: FailureGraph, watches: readonly Watch[]): Field {
    const looked: NodeIndex[] = [];
    for (const { nodes, jointly } of watches)
        for (const some of [nodes, jointly]) for (const node of some) looked.push(node);
    const part = below(graph, looked);
    const { numberOf } = part;
    const seedsOf = ({ nodes, offsets }: Choices, place: number): readonly NodeIndex[] => {
        let seeds: NodeIndex[] | undefined;
        for (let at = offsets[place]!; at < offsets[place + 1]!; at++) {
            const seed = numberOf[nodes[at]!]!;
            if (seed >= 0) (seeds ??= []).push(seed);
        }
        return seeds ?? noSeeds;
    };
    let further: Sweep | undefined;
    return {
        numberOf,
        seedsOf,
        watchedBy: watchersIn(part, watches),
        sweep: sweepOf(part),
        further: () => (further ??= sweepOf(part)),
        downIn:
            ({ isDown }) =>
            (node) =>
                isDown(numberOf[node]!),
        pairing: (groups) =>
            pairingOf(
                part,
                groups.map((group) => group.map((node) => numberOf[node]!)),
            ),
    };
}

/** What may fail, by the nodes: `nodes[offsets[place]]` up to, not including, `nodes[offsets[place + 1]]`. */
interface Choices {
    readonly nodes: Int32Array;
    readonly offsets: Int32Array;
    /** How much fails with a choice, of the whole graph. */
    readonly weightOf: (place: number) => number;
}

interface Tools {
    /** Made once somebody asks how much fails. */
    readonly sweep: () => Sweep;
    readonly choices: WeakMap<Search['of'], Choices>;
}

const tools = new WeakMap<FailureGraph, Tools>();

/** What all searches in a graph among the same have in common, one after the other. */
function choicesIn(graph: FailureGraph, of: Search['of']): Choices {
    let known = tools.get(graph);
    if (!known) {
        let sweep: Sweep | undefined;
        known = { sweep: () => (sweep ??= sweepOf(graph)), choices: new WeakMap<Search['of'], Choices>() };
        tools.set(graph, known);
    }
    let choices = known.choices.get(of);
    if (!choices) known.choices.set(of, (choices = newChoices(graph, of, known.sweep)));
    return choices;
}

function newChoices({ nodeOfElement }: FailureGraph, of: Search['of'], sweep: () => Sweep): Choices {
    const offsets = new Int32Array(of.length + 1);
    for (let place = 0; place < of.length; place++) offsets[place + 1] = offsets[place]! + of[place]!.length;
    const nodes = new Int32Array(offsets[of.length]!);
    let at = 0;
    for (const elements of of) for (const { name } of elements) nodes[at++] = nodeOfElement.get(name)!;
    const weights = new Int32Array(of.length).fill(-1);
    const weightOf = (place: number) => {
        if (weights[place]! < 0)
            weights[place] = sweep().fail([...nodes.subarray(offsets[place], offsets[place + 1])]).count;
        return weights[place]!;
    };
    return { nodes, offsets, weightOf };
}

type Harm = Omit<Found, 'failures'>;

/** Tries choices of failures one after the other. */
function trialIn(graph: FailureGraph, field: Field, { watches, allowed, lasting, isSpared }: Search) {
    const { sweep, numberOf } = field;
    const isDownNow = field.downIn(sweep);
    const reach = lasting === undefined ? undefined : reachIn(graph, field, lasting);
    let inTime: Propagation | undefined;
    const { watchedBy } = field;
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
            const nodes = propagation.order.map((node) => numberOf[node]!).filter((node) => node >= 0);
            yield {
                at,
                harmed: harmedIn({ nodes, count: nodes.length }, downIn(propagation), elements, isLeftOut),
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
        /** Whom it harms first. @param seeds its nodes in the field */
        of(
            elements: readonly Element[],
            seeds: readonly NodeIndex[],
            isLeftOut?: (watch: Watch) => boolean,
        ): Harm | undefined {
            if (seeds.length === 0) return undefined;
            const harmed = harmedIn(sweep.fail(seeds), isDownNow, elements, isLeftOut);
            if (harmed.length > 0) return { harmed, at: 0 };
            if (!mayFailLater(seeds)) return undefined;
            for (const later of harmedInTime(elements, isLeftOut)) if (later.harmed.length > 0) return later;
            return undefined;
        },
    };
}

const nobody: readonly number[] = [];
const noSeeds: readonly NodeIndex[] = [];
const noWatches: readonly Watch[] = [];

function watchersIn({ numberOf, thresholds }: Below, watches: readonly Watch[]): Field['watchedBy'] {
    const byNode = new Array<number[] | undefined>(thresholds.length).fill(undefined);
    for (const [place, { nodes }] of watches.entries()) {
        for (const node of nodes) {
            const known = byNode[numberOf[node]!];
            if (!known) byNode[numberOf[node]!] = [place];
            else if (known.at(-1) !== place) known.push(place);
        }
    }
    return (node) => byNode[node] ?? nobody;
}

const ranks: Readonly<Record<Fare, number>> = { unaffected: 0, limited: 1, lost: 2 };

export function isWorse(fare: Fare, than: Fare): boolean {
    return ranks[fare] > ranks[than];
}

// ------------------------------------------------------------------------------------------------------------ pairs

const nothing: Failed = { nodes: [], count: 0 };

/** The pairs, by the places of one and of the other one after it, that may do more than both of their parts. */
function* pairsIn(
    graph: FailureGraph,
    field: Field,
    choices: Choices,
    { watches, of, allowed, lasting }: Search,
): Generator<void, number[]> {
    const pairing = field.pairing(watches.map(({ jointly }) => jointly).filter(({ length }) => length > 1));
    const reach = lasting === undefined ? field.sweep : reachIn(graph, field, lasting);
    const isDown = field.downIn(reach);
    const anyWith: number[] = [];
    const addSingle = (place: number) => {
        const seeds = field.seedsOf(choices, place);
        if (seeds.length === 0) {
            pairing.add(nothing);
            return;
        }
        pairing.add(reach.fail(seeds));
        // in time two failures may do sooner what one does too late
        if (lasting !== undefined && watches.some((watch) => isWorse(watch.fareIn(isDown), allowed)))
            anyWith.push(place);
    };
    yield* inPieces(of.length, addSingle);
    const { offsets, others } = pairing.pairs();
    const isWithAny = new Set(anyWith);
    const pairs: number[] = [];
    for (let one = 0; one < of.length; one++) {
        for (let pair = offsets[one]!; pair < offsets[one + 1]!; pair++) {
            const other = others[pair]!;
            if (!isWithAny.has(one) && !isWithAny.has(other)) pairs.push(one, other);
        }
    }
    for (const one of anyWith)
        for (const other of of.keys()) {
            if (one !== other && (one < other || !isWithAny.has(other)))
                pairs.push(Math.min(one, other), Math.max(one, other));
        }
    return pairs;
}

/** What fails at once and in time, at the very most: clocks that run out so soon do so at once here. */
function reachIn(graph: FailureGraph, { numberOf, further }: Field, lasting: number): Sweep {
    const sweep = further();
    // a clock that concerns somebody who is watched lies below, and so does what it has to be renewed by
    const timers = graph.timers
        .filter(({ rise: [least], node }) => least <= lasting && numberOf[node]! >= 0)
        .map(({ source, node }) => ({ source: numberOf[source]!, node: numberOf[node]! }));
    const isSource = new Uint8Array(numberOf.length);
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
