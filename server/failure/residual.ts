import type { ElementName } from '../topology/element-name.js';
import { type Change, createPropagation, grow, type NodeIndex, type Propagation, shrink } from '../engine/index.js';
import type { Operation, Severity } from '../knowledge/operations.js';
import { placesAround, type Element } from '../topology/element.js';
import type { FailureGraph } from './graph.js';
import { isElementDown } from './going-along.js';
import { harmJudge, harmKinds, type Fares, type Harm, type HarmIndex } from './harms.js';
import { estateSeverities, propagationOf, type State } from './outcome.js';

const noHarms = Object.fromEntries(harmKinds.map((kind) => [kind, 0])) as Record<Harm['kind'], number>;

/** One further failure that would hurt while others last (rule R9). */
export interface NextFailure {
    /** The smallest things whose failure does this, each by itself. */
    readonly elements: readonly Element[];
    readonly harms: Harms;
    /** What of it would not happen if nothing else had failed: redundancy that is used up. */
    readonly onlyNow: Harms;
}

/** What something takes, as far as anybody reads: the list of an element that takes thousands of services ends early. */
export interface Harms {
    /** The gravest first. */
    readonly told: readonly Harm[];
    /** How many there are of each kind, told or not. */
    readonly counts: Readonly<Record<Harm['kind'], number>>;
    /** Equal for equal lists. */
    readonly fingerprint: string;
}

/** So many are told. */
const mostHarms = 100;

/**
 * R9: while a state lasts, every further single failure that would take something, by what it would take: first what it
 * takes only now, then all of it. What takes the same stands together; a container does not stand beside a part of it
 * that takes the same alone. One propagation for each element, which undoes only what it touched.
 */
export function nextFailures(graph: FailureGraph, state: State): NextFailure[] {
    const { harms, faresIn, takenBy } = harmJudge(graph);
    const health = createPropagation(graph);
    const now = propagationOf(graph, state);
    const fares = faresIn(now);
    const isHealthy = now.order.length === 0;
    const found: NextFailure[] = [];
    for (const element of graph.elements.all) {
        const node = graph.nodeOfElement.get(element.name)!;
        if (isElementDown(graph, element, now)) continue;
        const taken = sweep(graph, now, node, (change) => takenBy(change, fares));
        if (taken.length === 0) continue;
        const always = new Set(
            isHealthy ? taken : sweep(graph, health, node, (change) => takenBy(change, wellInHealth)),
        );
        const onlyNow = taken.filter((harm) => !always.has(harm));
        found.push({ elements: [element], harms: harmsTold(taken, harms), onlyNow: harmsTold(onlyNow, harms) });
    }
    return together(graph, found);
}

/** Nobody fares otherwise. */
export const wellInHealth: Fares = new Map();

/** Those that are taken, as far as anybody reads. */
export function harmsTold(taken: readonly HarmIndex[], harms: readonly Harm[]): Harms {
    const counts: Record<Harm['kind'], number> = { ...noHarms };
    // two sums of scrambled numbers: that different lists of equal length share both is beyond chance
    let sum = 0;
    let mix = 0;
    for (const index of taken) {
        counts[harms[index]!.kind]++;
        sum = (sum + Math.imul(index + 1, 0x9e3779b1)) | 0;
        mix ^= Math.imul((index + 1) ^ (index << 15), 0x85ebca6b);
    }
    return { told: gravestFirst(taken, harms), counts, fingerprint: [taken.length, sum, mix].join() };
}

function gravestFirst(taken: readonly HarmIndex[], harms: readonly Harm[]): Harm[] {
    const told: Harm[] = [];
    const inOrder = Int32Array.from(taken).sort();
    for (const kind of harmKinds) {
        for (const index of inOrder) {
            if (harms[index]!.kind !== kind) continue;
            if (told.push(harms[index]!) === mostHarms) return told;
        }
    }
    return told;
}

/** What one more failure adds to a state that lasts. */
export interface Addition {
    readonly harms: readonly Harm[];
    /** The marks with all that has failed, and with this. */
    readonly operations: Readonly<Record<Operation, Severity>>;
}

/**
 * Answers for one element after the other what its failure would add now, at the moment at which it begins; undefined for
 * what is down already. Each costs no more than what it touches.
 */
export function additionsTo(graph: FailureGraph, state: State): (element: ElementName) => Addition | undefined {
    const { harms, faresIn, takenBy } = harmJudge(graph);
    const now = propagationOf(graph, state);
    const fares = faresIn(now);
    return (name) => {
        const element = graph.elements.byName.get(name);
        if (element === undefined || isElementDown(graph, element, now)) return undefined;
        return sweep(graph, now, graph.nodeOfElement.get(name)!, (change) => ({
            harms: gravestFirst(takenBy(change, fares), harms),
            operations: estateSeverities(graph, now),
        }));
    };
}

/**
 * Of further failures, what they take only now: redundancy that is used up. The rest of what they take is left out, so
 * that a cluster does not stand beside the one gateway of it that matters.
 */
export function redundancyUsedUp(graph: FailureGraph, all: readonly NextFailure[]): NextFailure[] {
    const used = all.filter(({ onlyNow }) => onlyNow.told.length > 0);
    return together(
        graph,
        used.map((next) => ({ ...next, harms: next.onlyNow })),
    );
}

/** What takes the same as one, without containers, the gravest first. */
export function together(graph: FailureGraph, all: readonly NextFailure[]): NextFailure[] {
    const groups = new Map<string, NextFailure & { readonly elements: Element[] }>();
    for (const { elements, harms, onlyNow } of all) {
        const key = `${harms.fingerprint}|${onlyNow.fingerprint}`;
        let group = groups.get(key);
        if (!group) groups.set(key, (group = { elements: [], harms, onlyNow }));
        for (const element of elements) group.elements.push(element);
    }
    return [...groups.values()]
        .map((group) => ({ ...group, elements: withoutContainers(graph, group.elements) }))
        .sort((a, b) => compareHarms(a.onlyNow, b.onlyNow) || compareHarms(a.harms, b.harms));
}

/** What one state takes that another has left: the difference that more failures make. */
export function harmsBetween(graph: FailureGraph, before: Propagation, after: Propagation): Harm[] {
    const { faresIn, harmsBy } = harmJudge(graph);
    const order = after.order.filter((node) => !before.down[node]);
    return harmsBy({ ...after, order }, faresIn(before));
}

/** Looks at what one more failure does, and leaves the propagation as it was. */
function sweep<T>(graph: FailureGraph, base: Propagation, node: NodeIndex, look: (change: Change) => T): T {
    const change = grow(graph, base, node);
    const seen = look(change);
    shrink(base, change);
    return seen;
}

function withoutContainers(graph: FailureGraph, elements: readonly Element[]): Element[] {
    const names = new Set<string>(elements.map(({ name }) => name));
    const containers = new Set<string>();
    for (const element of elements) collectContainers(graph, element, names, containers);
    return elements.filter(({ name }) => !containers.has(name));
}

function collectContainers(graph: FailureGraph, element: Element, among: ReadonlySet<string>, into: Set<string>): void {
    for (const container of [...element.parents, ...placesAround(element)]) {
        if (into.has(container)) continue;
        if (among.has(container)) into.add(container);
        const whole = graph.elements.byName.get(container);
        if (whole) collectContainers(graph, whole, among, into);
    }
}

function compareHarms(one: Harms, other: Harms): number {
    for (const kind of harmKinds) {
        const difference = other.counts[kind] - one.counts[kind];
        if (difference !== 0) return difference;
    }
    return 0;
}
