import { operations, type Operation, type Severity } from '../knowledge/operations.js';
import type { Element, ElementName } from '../topology/elements.js';
import type { FailureGraph, NodeIndex } from './graph.js';
import { estateSeverities, type State } from './outcome.js';
import { createPropagation, propagate, type Propagation } from './propagate.js';

/** What a further failure would take. */
export interface Harm {
    /** `host-gone`, `service-gone` …, in order of gravity. */
    readonly kind: (typeof harmKinds)[number];
    /** The host, service or operation. */
    readonly what: string;
}

/** From the gravest to the least. */
export const harmKinds = [
    'host-gone',
    'service-gone',
    'operation-total',
    'host-limited',
    'call-lost',
    'operation-limited',
] as const;

/** One further failure that would hurt while others last (rule R9). */
export interface NextFailure {
    /** The smallest things whose failure does this, each by itself. */
    readonly elements: readonly Element[];
    readonly harms: readonly Harm[];
    /** What of it would not happen if nothing else had failed: redundancy that is used up. */
    readonly onlyNow: readonly Harm[];
}

/**
 * R9: while a state lasts, every further single failure that would take something, by what it would take: first what it
 * takes only now, then all of it. What takes the same stands together; a container does not stand beside a part of it
 * that takes the same alone. One propagation for each element, which undoes only what it touched.
 */
export function nextFailures(graph: FailureGraph, state: State): NextFailure[] {
    const harms = harmsByNode(graph);
    const health = createPropagation(graph);
    const now = propagate(graph, [...state.stopped, ...state.starting], undefined, state.expired);
    const found: NextFailure[] = [];
    for (const element of graph.elements.all) {
        const node = graph.nodeOfElement.get(element.name)!;
        if (now.down[node]) continue;
        const taken = harmOfFurther(graph, now, node, harms);
        if (taken.length === 0) continue;
        const always = new Set(harmOfFurther(graph, health, node, harms));
        const onlyNow = taken.filter((harm) => !always.has(harm));
        found.push({ elements: [element], harms: taken, onlyNow });
    }
    return together(graph, found);
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
    const harms = harmsByNode(graph);
    const now = propagate(graph, [...state.stopped, ...state.starting], undefined, state.expired);
    return (element) => {
        const node = graph.nodeOfElement.get(element);
        if (node === undefined || now.down[node]) return undefined;
        const newlyDown = failFurther(graph, now, node);
        const addition = { harms: harmsOf(newlyDown, now, harms), operations: estateSeverities(graph, now) };
        takeBack(graph, now, newlyDown);
        return addition;
    };
}

/**
 * Of further failures, what they take only now: redundancy that is used up. The rest of what they take is left out, so
 * that a cluster does not stand beside the one gateway of it that matters.
 */
export function redundancyUsedUp(graph: FailureGraph, all: readonly NextFailure[]): NextFailure[] {
    const used = all.filter(({ onlyNow }) => onlyNow.length > 0);
    return together(
        graph,
        used.map((next) => ({ ...next, harms: next.onlyNow })),
    );
}

/** What takes the same as one, without containers, the gravest first. */
function together(graph: FailureGraph, all: readonly NextFailure[]): NextFailure[] {
    const groups = new Map<string, NextFailure & { readonly elements: Element[] }>();
    for (const { elements, harms, onlyNow } of all) {
        const key = `${harms.map(keyOf).sort().join()}|${onlyNow.map(keyOf).sort().join()}`;
        const group = groups.get(key) ?? { elements: [], harms, onlyNow };
        group.elements.push(...elements);
        groups.set(key, group);
    }
    return [...groups.values()]
        .map((group) => ({ ...group, elements: withoutContainers(graph, group.elements) }))
        .sort((a, b) => compareHarms(a.onlyNow, b.onlyNow) || compareHarms(a.harms, b.harms));
}

/** What one state takes that another has left: the difference that more failures make. */
export function harmsBetween(graph: FailureGraph, before: Propagation, after: Propagation): Harm[] {
    const harms = harmsByNode(graph);
    const newlyDown = after.order.filter((node) => !before.down[node]);
    return harmsOf(newlyDown, after, harms);
}

/** The judged nodes: each harm is one object, so that two sweeps can be compared by identity. */
interface HarmNodes {
    readonly byNode: ReadonlyMap<NodeIndex, Harm>;
    /** Gone once all of its homes have stopped serving. */
    readonly services: readonly { readonly harm: Harm; readonly serves: readonly NodeIndex[] }[];
    readonly serviceOf: ReadonlyMap<NodeIndex, number>;
}

function harmsByNode({ traffic, verdicts }: FailureGraph): HarmNodes {
    const byNode = new Map<NodeIndex, Harm>();
    for (const { exposure, lost, limited } of traffic.hosts) {
        byNode.set(lost, { kind: 'host-gone', what: exposure.host });
        byNode.set(limited, { kind: 'host-limited', what: exposure.host });
    }
    for (const operation of operations) {
        const verdict = verdicts.estate[operation];
        if (!verdict) continue;
        byNode.set(verdict.total, { kind: 'operation-total', what: operation });
        byNode.set(verdict.limited, { kind: 'operation-limited', what: operation });
    }
    for (const [service, callers] of traffic.callers) {
        const harm: Harm = { kind: 'call-lost', what: service };
        for (const { path } of callers) if (!byNode.has(path.lost)) byNode.set(path.lost, harm);
    }
    const services = [...traffic.serving].map(([what, homes]) => ({
        harm: { kind: 'service-gone', what } as const,
        serves: homes.map(({ serves }) => serves),
    }));
    const serviceOf = new Map(services.flatMap(({ serves }, index) => serves.map((node) => [node, index] as const)));
    return { byNode, services, serviceOf };
}

/** What one more failure takes; leaves the propagation as it was. */
function harmOfFurther(graph: FailureGraph, base: Propagation, node: NodeIndex, harms: HarmNodes): Harm[] {
    const newlyDown = failFurther(graph, base, node);
    const taken = harmsOf(newlyDown, base, harms);
    takeBack(graph, base, newlyDown);
    return taken;
}

function harmsOf(newlyDown: readonly NodeIndex[], { down }: Propagation, harms: HarmNodes): Harm[] {
    const taken = new Set<Harm>();
    for (const node of newlyDown) {
        const harm = harms.byNode.get(node);
        if (harm) taken.add(harm);
        const service = harms.services[harms.serviceOf.get(node) ?? -1];
        if (service && service.serves.every((serves) => down[serves])) taken.add(service.harm);
    }
    return withoutRepetition([...taken]);
}

function failFurther(graph: FailureGraph, { down, failedInputs }: Propagation, node: NodeIndex): NodeIndex[] {
    const { offsets, targets } = graph.dependents;
    const newlyDown = [node];
    down[node] = 1;
    for (const failed of newlyDown) {
        for (let edge = offsets[failed]!; edge < offsets[failed + 1]!; edge++) {
            const dependent = targets[edge]!;
            if (++failedInputs[dependent]! < graph.thresholds[dependent]! || down[dependent]) continue;
            down[dependent] = 1;
            newlyDown.push(dependent);
        }
    }
    return newlyDown;
}

function takeBack(graph: FailureGraph, { down, failedInputs }: Propagation, newlyDown: readonly NodeIndex[]): void {
    const { offsets, targets } = graph.dependents;
    for (const failed of newlyDown) {
        down[failed] = 0;
        for (let edge = offsets[failed]!; edge < offsets[failed + 1]!; edge++) failedInputs[targets[edge]!]!--;
    }
}

/** Who is gone need not be called limited, too. */
function withoutRepetition(taken: readonly Harm[]): Harm[] {
    const graver: Partial<Record<Harm['kind'], Harm['kind']>> = {
        'host-limited': 'host-gone',
        'operation-limited': 'operation-total',
        'call-lost': 'service-gone',
    };
    const known = new Set(taken.map(keyOf));
    return taken
        .filter(({ kind, what }) => {
            const worse = graver[kind];
            return worse === undefined || !known.has(keyOf({ kind: worse, what }));
        })
        .sort((a, b) => harmKinds.indexOf(a.kind) - harmKinds.indexOf(b.kind));
}

function withoutContainers(graph: FailureGraph, elements: readonly Element[]): Element[] {
    const names = new Set<string>(elements.map(({ name }) => name));
    const containers = new Set<string>();
    for (const element of elements) collectContainers(graph, element, names, containers);
    return elements.filter(({ name }) => !containers.has(name));
}

function collectContainers(
    graph: FailureGraph,
    { parents, locality }: Element,
    among: ReadonlySet<string>,
    into: Set<string>,
): void {
    const places = locality
        ? [`region:${locality.region}`, ...(locality.zone ? [`zone:${locality.region}/${locality.zone}`] : [])]
        : [];
    for (const container of [...parents, ...places]) {
        if (into.has(container)) continue;
        if (among.has(container)) into.add(container);
        const element = graph.elements.byName.get(container as Element['name']);
        if (element) collectContainers(graph, element, among, into);
    }
}

function compareHarms(one: readonly Harm[], other: readonly Harm[]): number {
    for (const kind of harmKinds) {
        const difference = countOf(other, kind) - countOf(one, kind);
        if (difference !== 0) return difference;
    }
    return 0;
}

function countOf(harms: readonly Harm[], kind: Harm['kind']): number {
    return harms.filter((harm) => harm.kind === kind).length;
}

function keyOf({ kind, what }: Harm): string {
    return `${kind} ${what}`;
}
