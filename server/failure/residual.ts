import { operations, type Operation, type Severity } from '../knowledge/operations.js';
import type { Element, ElementName } from '../topology/elements.js';
import type { FailureGraph, NodeIndex } from './graph.js';
import { estateSeverities, propagationOf, type State } from './outcome.js';
import { createPropagation, type Propagation } from './propagate.js';

/** What a further failure would take. */
export interface Harm {
    /** `host-down`, `service-down` …, in order of gravity. */
    readonly kind: (typeof harmKinds)[number];
    /** The host, service or operation. */
    readonly what: string;
}

/** From the gravest to the least. */
export const harmKinds = [
    'host-down',
    'service-down',
    'operation-total',
    'host-degraded',
    'call-lost',
    'operation-limited',
] as const;

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
    const judged = judgedNodes(graph);
    const health = createPropagation(graph);
    const now = propagationOf(graph, state);
    const sweep = sweepOf(graph, judged);
    const isHealthy = now.order.length === 0;
    const isAlways = new Uint8Array(judged.harms.length);
    const found: NextFailure[] = [];
    for (const element of graph.elements.all) {
        const node = graph.nodeOfElement.get(element.name)!;
        if (now.down[node]) continue;
        const taken = sweep(now, node);
        if (taken.length === 0) continue;
        const always = isHealthy ? taken : sweep(health, node);
        for (const harm of always) isAlways[harm] = 1;
        const onlyNow = taken.filter((harm) => !isAlways[harm]);
        for (const harm of always) isAlways[harm] = 0;
        found.push({ elements: [element], harms: harmsTold(taken, judged), onlyNow: harmsTold(onlyNow, judged) });
    }
    return together(graph, found);
}

function harmsTold(taken: readonly HarmIndex[], { harms }: JudgedNodes): Harms {
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
    for (const kind of harmKinds) {
        for (const index of taken) {
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
    const judged = judgedNodes(graph);
    const now = propagationOf(graph, state);
    const sweep = sweepOf(graph, judged);
    return (element) => {
        const node = graph.nodeOfElement.get(element);
        if (node === undefined || now.down[node]) return undefined;
        let marks: Readonly<Record<Operation, Severity>> | undefined;
        const taken = sweep(now, node, () => (marks = estateSeverities(graph, now)));
        return { harms: gravestFirst(taken, judged.harms), operations: marks! };
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
function together(graph: FailureGraph, all: readonly NextFailure[]): NextFailure[] {
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
    const judged = judgedNodes(graph);
    const newlyDown = after.order.filter((node) => !before.down[node]);
    const taken = collectorOf(judged)(newlyDown, after.down).map((index) => judged.harms[index]!);
    return harmKinds.flatMap((kind) => taken.filter((harm) => harm.kind === kind));
}

type HarmIndex = number;

const noHarm = -1;

/** The judged nodes, with numbers for what their failure means, so that sweeps compare nothing but numbers. */
interface JudgedNodes {
    readonly harms: readonly Harm[];
    /** Of each node. */
    readonly harmOf: Int32Array;
    /** Of each harm: another one that makes it needless to tell of it. */
    readonly graverThan: Int32Array;
    /** Gone once all of its homes have stopped serving. */
    readonly services: readonly { readonly harm: HarmIndex; readonly serves: readonly NodeIndex[] }[];
    /** Of each node: the service of the home that it stands for. */
    readonly serviceOf: Int32Array;
}

function judgedNodes({ nodes, traffic, verdicts }: FailureGraph): JudgedNodes {
    const harms: Harm[] = [];
    const harmOf = new Int32Array(nodes.length).fill(noHarm);
    const serviceOf = new Int32Array(nodes.length).fill(noHarm);
    const add = (harm: Harm) => harms.push(harm) - 1;
    for (const { exposure, lost, limited } of traffic.hosts) {
        harmOf[lost] = add({ kind: 'host-down', what: exposure.host });
        harmOf[limited] = add({ kind: 'host-degraded', what: exposure.host });
    }
    for (const operation of operations) {
        const verdict = verdicts.estate[operation];
        if (!verdict) continue;
        harmOf[verdict.total] = add({ kind: 'operation-total', what: operation });
        harmOf[verdict.limited] = add({ kind: 'operation-limited', what: operation });
    }
    for (const [service, callers] of traffic.callers) {
        const harm = add({ kind: 'call-lost', what: service });
        for (const { path } of callers) if (harmOf[path.lost] === noHarm) harmOf[path.lost] = harm;
    }
    const services = [...traffic.serving].map(([what, homes], index) => {
        const serves = homes.filter(({ servesInHealth }) => servesInHealth).map((home) => home.serves);
        for (const node of serves) serviceOf[node] = index;
        return { harm: add({ kind: 'service-down', what }), serves };
    });
    return { harms, harmOf, graverThan: graverOf(harms), services, serviceOf };
}

/** Who is gone need not be called limited, too. */
const graverKinds: Partial<Record<Harm['kind'], Harm['kind']>> = {
    'host-degraded': 'host-down',
    'operation-limited': 'operation-total',
    'call-lost': 'service-down',
};

function graverOf(harms: readonly Harm[]): Int32Array {
    const byKey = new Map(harms.map((harm, index) => [keyOf(harm), index]));
    return Int32Array.from(harms, ({ kind, what }) => {
        const graver = graverKinds[kind];
        return (graver && byKey.get(keyOf({ kind: graver, what }))) ?? noHarm;
    });
}

/**
 * What one more failure takes; leaves the propagation as it was. Costs what it touches, and allocates what it returns.
 * `look` is called while the failure lasts.
 */
function sweepOf(
    graph: FailureGraph,
    judged: JudgedNodes,
): (base: Propagation, node: NodeIndex, look?: () => void) => HarmIndex[] {
    const { thresholds } = graph;
    const { offsets, targets } = graph.dependents;
    const queue = new Int32Array(graph.nodes.length);
    const collect = collectorOf(judged);
    return ({ down, failedInputs }, node, look) => {
        let count = 0;
        queue[count++] = node;
        down[node] = 1;
        for (let next = 0; next < count; next++) {
            const failed = queue[next]!;
            for (let edge = offsets[failed]!, end = offsets[failed + 1]!; edge < end; edge++) {
                const dependent = targets[edge]!;
                if (++failedInputs[dependent]! < thresholds[dependent]! || down[dependent]) continue;
                down[dependent] = 1;
                queue[count++] = dependent;
            }
        }
        const taken = collect(queue.subarray(0, count), down);
        look?.();
        for (let next = 0; next < count; next++) {
            const failed = queue[next]!;
            down[failed] = 0;
            for (let edge = offsets[failed]!, end = offsets[failed + 1]!; edge < end; edge++)
                failedInputs[targets[edge]!]!--;
        }
        return taken;
    };
}

/** Reads off nodes that are newly down what that means, each harm once, and none beside a graver one. */
function collectorOf(judged: JudgedNodes): (newlyDown: Iterable<NodeIndex>, down: Uint8Array) => HarmIndex[] {
    const { harms, harmOf, graverThan, services, serviceOf } = judged;
    const lastSeen = new Int32Array(harms.length);
    let turn = 0;
    return (newlyDown, down) => {
        turn++;
        const taken: HarmIndex[] = [];
        const take = (harm: HarmIndex) => {
            if (lastSeen[harm] === turn) return;
            lastSeen[harm] = turn;
            taken.push(harm);
        };
        for (const node of newlyDown) {
            if (harmOf[node] !== noHarm) take(harmOf[node]!);
            const service = services[serviceOf[node]!];
            if (service && service.serves.every((serves) => down[serves])) take(service.harm);
        }
        return taken.filter((harm) => graverThan[harm] === noHarm || lastSeen[graverThan[harm]!] !== turn);
    };
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

function compareHarms(one: Harms, other: Harms): number {
    for (const kind of harmKinds) {
        const difference = other.counts[kind] - one.counts[kind];
        if (difference !== 0) return difference;
    }
    return 0;
}

function keyOf({ kind, what }: Harm): string {
    return `${kind} ${what}`;
}
