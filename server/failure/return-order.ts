import { componentKinds } from '../knowledge/components.js';
import { operations } from '../knowledge/operations.js';
import type { Element } from '../topology/elements.js';
import { blastsIn } from './blast-radius.js';
import type { FailureGraph, NodeIndex } from './graph.js';
import { compareWeights, type Gravity, type Weight } from './gravity.js';
import type { Harm } from './harms.js';
import { stateOf } from './outcome.js';
import { propagate } from './propagate.js';
import { harmsBetween } from './residual.js';
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
    const byWeight = weightiestFirst(graph, elements);
    const needs = needsAmong(graph, elements);
    const order = needsFirst(byWeight, needs);
    const downWith = (still: readonly Element[]) => propagate(graph, stateOf(graph, still).stopped);
    const { weightWith } = blastsIn(graph);
    const steps = order.map((element, index): Return => ({
        elements: [element],
        ends: harmsBetween(graph, downWith(order.slice(index + 1)), downWith(order.slice(index))),
        neededBy: order.filter((other) => needs.get(other)?.has(element)),
        gravity: weightWith(stateOf(graph, [element])).gravity,
    }));
    return togetherForUsers(steps);
}

function weightiestFirst(graph: FailureGraph, elements: readonly Element[]): Element[] {
    const { weightWith } = blastsIn(graph);
    const weightOf = (down: readonly Element[]) => weightWith(stateOf(graph, down));
    const usual = [...elements].sort(
        (a, b) => componentKinds[a.kind].recoveryOrder - componentKinds[b.kind].recoveryOrder,
    );
    if (usual.length > mostTriedTogether) {
        const alone = new Map(usual.map((element) => [element, weightOf([element])]));
        return usual.sort((a, b) => compareWeights(alone.get(a)!, alone.get(b)!));
    }
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
function needsAmong(graph: FailureGraph, elements: readonly Element[]): ReadonlyMap<Element, ReadonlySet<Element>> {
    const nodeOf = ({ name }: Element) => graph.nodeOfElement.get(name)!;
    const takes = new Map(elements.map((each) => [each, new Set(propagate(graph, [nodeOf(each)]).order)]));
    const { weightWith } = blastsIn(graph);
    const weightOf = (down: readonly Element[]) => weightWith(stateOf(graph, down));
    const isTakenBy = (one: Element, other: Element) => takes.get(other)!.has(nodeOf(one));
    const startsAfter = (one: Element, other: Element) => {
        if (isTakenBy(other, one)) return false;
        const waiting = waitingFor(graph, nodeOf(one), takes.get(other)!);
        return waiting.length > 0 && isAsGrave(weightOf(waiting), weightOf([one]));
    };
    return new Map(
        elements.map((one) => {
            const others = elements.filter((other) => other !== one);
            return [one, new Set(others.filter((other) => isTakenBy(one, other) || startsAfter(one, other)))];
        }),
    );
}

/** Operators notice a part of an operation, too, and wait for none before they bring back the rest. */
function isAsGrave(part: Weight, whole: Weight): boolean {
    if (part.gravity !== whole.gravity) return false;
    return part.gravity !== 'operators' || operations.some((operation) => part.operations[operation] === 'total');
}

/** Of an element and whatever stops with it: what cannot start while others are down. */
function waitingFor(graph: FailureGraph, node: NodeIndex, down: ReadonlySet<NodeIndex>): Element[] {
    return [...stoppedBy(graph, [node])].flatMap((stopped) => {
        const found = graph.nodes[stopped]!;
        if (found.kind !== 'element') return [];
        return startingOf(graph, found.element)?.needs.some((need) => down.has(need.node)) ? [found.element] : [];
    });
}

function needsFirst(order: readonly Element[], needs: ReadonlyMap<Element, ReadonlySet<Element>>): Element[] {
    const placed = new Set<Element>();
    const entered = new Set<Element>();
    const place = (element: Element) => {
        if (entered.has(element)) return;
        entered.add(element);
        for (const needed of order) if (needs.get(element)?.has(needed)) place(needed);
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
