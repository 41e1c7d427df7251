import { createPropagation, grow, type NodeIndex, propagate } from '../engine/index.js';
import { componentKinds } from '../knowledge/components.js';
import { operations } from '../knowledge/operations.js';
import type { Element } from '../topology/element.js';
import { blastsIn } from './blast-radius.js';
import { nodesDownWith } from './going-along.js';
import type { FailureGraph } from './graph.js';
import { compareWeights, type Gravity, type Weight } from './gravity.js';
import { harmJudge, type Harm, type HarmIndex } from './harms.js';
import { stateOf } from './outcome.js';
import { startingOf, stoppedBy } from './startup.js';

/** A step on the way back: what returns, and what that gives. */
export interface Return {
    /** Several where one of them alone gives users nothing. */
    readonly elements: readonly Element[];
    /** What ends with this step, the gravest first. */
    readonly ends: readonly Harm[];
    /** What cannot work, or not start, before this is back. */
    readonly neededBy: readonly Element[];
    /** Who notices while only this is down. */
    readonly gravity: Gravity;
}

/** With more, each is judged by itself rather than together with those that are back later. */
const mostTriedTogether = 24;

/**
 * In which order things are best brought back: what users miss most comes first. It is found from the end: what hurts least
 * while all else is back comes last, then what hurts least together with that, and so on. What something else cannot do
 * without comes before it, whatever it gives.
 */
export function returnOrder(graph: FailureGraph, elements: readonly Element[]): Return[] {
    const weightOf = weigher(graph);
    const needs = needsAmong(graph, elements, weightOf);
    const order = needsFirst(weightiestFirst(elements, weightOf), needs);
    const ends = endsOfReturns(graph, order);
    const neededBy = new Map(elements.map((element) => [element, [] as Element[]]));
    for (const other of order) for (const needed of needs.get(other)!) neededBy.get(needed)!.push(other);
    const steps = order.map((element): Return => ({
        elements: [element],
        ends: ends.get(element)!,
        neededBy: neededBy.get(element)!,
        gravity: weightOf([element]).gravity,
    }));
    return togetherForUsers(steps);
}

type Weigh = (down: readonly Element[]) => Weight;

/** How grave it is if elements are down; that of one is found once. */
function weigher(graph: FailureGraph): Weigh {
    const { weightWith } = blastsIn(graph);
    const alone = new Map<Element, Weight>();
    const weigh: Weigh = (down) => weightWith(stateOf(graph, down));
    return (down) => {
        const [only, another] = down;
        if (!only || another) return weigh(down);
        const known = alone.get(only) ?? weigh(down);
        alone.set(only, known);
        return known;
    };
}

/**
 * What ends when each is back, in this order: from the end, what it would take while those after it are down. One
 * propagation in all, which grows.
 */
function endsOfReturns(graph: FailureGraph, order: readonly Element[]): ReadonlyMap<Element, Harm[]> {
    const { faresIn, harmsBy } = harmJudge(graph);
    const down = createPropagation(graph);
    const fares = new Map<HarmIndex, Gravity>();
    const ends = new Map<Element, Harm[]>();
    for (const element of order.toReversed()) {
        const node = graph.nodeOfElement.get(element.name)!;
        if (down.down[node]) {
            ends.set(element, []);
            continue;
        }
        const change = grow(graph, down, node);
        ends.set(element, harmsBy(change, fares));
        for (const [user, gravity] of faresIn(change)) fares.set(user, gravity);
    }
    return ends;
}

function weightiestFirst(elements: readonly Element[], weightOf: Weigh): Element[] {
    const usual = [...elements].sort(
        (a, b) => componentKinds[a.kind].recoveryOrder - componentKinds[b.kind].recoveryOrder,
    );
    if (usual.length > mostTriedTogether) return usual.sort((a, b) => compareWeights(weightOf([a]), weightOf([b])));
    const last: Element[] = [];
    while (last.length < usual.length) {
        let lightest: { readonly element: Element; readonly weight: Weight } | undefined;
        for (const element of usual.filter((each) => !last.includes(each)).reverse()) {
            const weight = weightOf([element, ...last]);
            if (!lightest || compareWeights(weight, lightest.weight) > 0) lightest = { element, weight };
        }
        last.unshift(lightest!.element);
    }
    return last;
}

/**
 * What each of them needs of the others: at every moment (R1, R2), or in order to start (R10), if what waits for it is as
 * grave as the whole. That a cluster's metrics wait for their store is no reason to let its services wait.
 */
function needsAmong(
    graph: FailureGraph,
    elements: readonly Element[],
    weightOf: Weigh,
): ReadonlyMap<Element, ReadonlySet<Element>> {
    const nodeOf = ({ name }: Element) => graph.nodeOfElement.get(name)!;
    const takers = new Map<NodeIndex, Element[]>();
    const scratch = createPropagation(graph);
    for (const element of elements) {
        for (const node of propagate(graph, [nodeOf(element)], scratch).order)
            takers.set(node, [...(takers.get(node) ?? []), element]);
    }
    const takersOf = (node: NodeIndex, but: Element) => (takers.get(node) ?? []).filter((other) => other !== but);
    const takersWith = (element: Element) => nodesDownWith(graph, element).flatMap((node) => takersOf(node, element));
    return new Map(
        elements.map((one) => {
            const needed = new Set(takersWith(one));
            const waiting = new Map<Element, Set<Element>>();
            for (const { element, need } of startNeeds(graph, nodeOf(one))) {
                for (const other of takersOf(need, one))
                    waiting.set(other, (waiting.get(other) ?? new Set<Element>()).add(element));
            }
            for (const [other, parts] of waiting) {
                const isTaken = takersWith(other).includes(one);
                if (!isTaken && isAsGrave(weightOf([...parts]), weightOf([one]))) needed.add(other);
            }
            return [one, needed];
        }),
    );
}

/** Operators notice a part of an operation, too, and wait for none before they bring back the rest. */
function isAsGrave(part: Weight, whole: Weight): boolean {
    if (part.gravity !== whole.gravity) return false;
    return part.gravity !== 'operators' || operations.some((operation) => part.operations[operation] === 'total');
}

/** Of an element and whatever stops with it: what each of them needs to start. */
function startNeeds(graph: FailureGraph, node: NodeIndex): { readonly element: Element; readonly need: NodeIndex }[] {
    return [...stoppedBy(graph, [node])].flatMap((stopped) => {
        const found = graph.nodes.at(stopped);
        if (found.kind !== 'element') return [];
        const { element } = found;
        return (startingOf(graph, element)?.needs ?? []).flatMap(({ nodes }) =>
            nodes.map((need) => ({ element, need })),
        );
    });
}

function needsFirst(order: readonly Element[], needs: ReadonlyMap<Element, ReadonlySet<Element>>): Element[] {
    const placeOf = new Map(order.map((element, place) => [element, place]));
    const inOrder = (set: ReadonlySet<Element>) => [...set].sort((a, b) => placeOf.get(a)! - placeOf.get(b)!);
    const placed = new Set<Element>();
    const entered = new Set<Element>();
    const place = (element: Element) => {
        if (entered.has(element)) return;
        entered.add(element);
        inOrder(needs.get(element)!).forEach(place);
        placed.add(element);
    };
    order.forEach(place);
    return [...placed];
}

/** What gives users nothing by itself stands with the next that does, unless it is said that something needs it. */
function togetherForUsers(steps: readonly Return[]): Return[] {
    const givesUsers = ({ ends }: Return) => ends.some(({ kind }) => !kind.startsWith('operation-'));
    const lastForUsers = steps.findLastIndex(givesUsers);
    const joined: Return[] = [];
    let waiting: Element[] = [];
    steps.forEach((step, index) => {
        if (index < lastForUsers && !givesUsers(step) && step.neededBy.length === 0) {
            waiting.push(...step.elements);
            return;
        }
        joined.push({ ...step, elements: [...waiting, ...step.elements] });
        waiting = [];
    });
    return joined;
}
