import { createPropagation, propagate, type NodeIndex, type Propagation } from '../engine/index.js';
import type { FailureGraph, StandIn, Timer } from '../failure/graph.js';
import { times, type Step } from '../failure/run.js';
import { isMet, startingOf } from '../failure/startup.js';
import { failuresFor } from '../failure/timeline.js';
import { secrets } from '../knowledge/components.js';
import type { Element } from '../topology/element.js';
import { backupOfKind } from '../topology/backups.js';
import type { Backup } from '../topology/topology.js';
import { lossOf } from './loss.js';
import type { Search } from './search.js';
import { downIn, type IsDown, type Watch } from './watch.js';

/** How all who are judged are well again although the failures last. */
export interface Return {
    /** When, seconds, as late as it can be. */
    readonly after: number;
    /** Of what is restored by then, what takes the longest; undefined where something is promoted. */
    readonly longest?: Restoration;
}

/** One of those that are restored. */
export interface Restoration {
    readonly element: Element;
    /** How long that takes, seconds, as the file says. */
    readonly within: number;
    readonly isAlone: boolean;
}

/** By what the file says of promotions and restorations; undefined where nobody says how long it takes, or it does not help. */
type ReturnFrom = (elements: readonly Element[]) => Return | undefined;

/**
 * The sooner of both ways back: what stands by takes over, or what is lost is restored from its backup.
 *
 * @param within what runs out until then counts, too
 */
export function returnIn(
    graph: FailureGraph,
    watches: readonly Watch[],
    isSpared: Search['isSpared'],
    within: number,
): ReturnFrom {
    const ways = [returnByPromotion, returnByRestoration].map((way) => way(graph, watches, isSpared, within));
    return (elements) => {
        const [first, ...others] = ways.flatMap((way) => way(elements) ?? []);
        return first && others.reduce((sooner, each) => (each.after < sooner.after ? each : sooner), first);
    };
}

/** Whether anything is promoted or restored while failures last. */
export function mayComeBack(graph: FailureGraph): boolean {
    return graph.standIns.length > 0 || restorableIn(graph).length > 0;
}

// -------------------------------------------------------------------------------------------------------- promotions

/** Because what stands by is promoted, or promotes itself. */
function returnByPromotion(
    graph: FailureGraph,
    watches: readonly Watch[],
    isSpared: Search['isSpared'],
    within: number,
): ReturnFrom {
    const plans = plansOf(graph.standIns);
    let inTime: Propagation | undefined;
    return (elements) => {
        for (const { promotions, back } of plans) {
            inTime ??= createPropagation(graph);
            const failing = failuresFor(elements.map(({ name }) => name));
            const own = watches.filter((watch) => !isSpared(watch, elements));
            let isWell = false;
            for (const { at, propagation } of times(graph, [...failing, ...promotions], 'earliest', inTime)) {
                if (at > Math.max(back, within)) break;
                const isWellNow = own.every((watch) => watch.fareIn(downIn(propagation)) === 'unaffected');
                // nothing that runs out later may take it away again
                isWell = at <= back ? isWellNow : isWell && isWellNow;
            }
            if (isWell) return { after: back };
        }
        return undefined;
    };
}

/** What may be promoted, and until when all of it has worked, seconds. */
interface Plan {
    readonly promotions: readonly Step[];
    readonly back: number;
}

/** Each that stands by alone, then all of them, the soonest first; what promotes itself does so beside them. */
function plansOf(standIns: readonly StandIn[]): Plan[] {
    const known = standIns.flatMap(({ element, copy, takes, byItself }) => {
        const at = copy?.within;
        if (at === undefined) return [];
        const promotions = byItself ? [] : [{ at, action: 'promote', element: element.name } as const];
        return { promotions, back: at + takes[1] };
    });
    const all = {
        promotions: known.flatMap(({ promotions }) => promotions),
        back: Math.max(0, ...known.map(({ back }) => back)),
    };
    return [...known, ...(known.length > 1 ? [all] : [])].sort((one, other) => one.back - other.back);
}

// ------------------------------------------------------------------------------------------------------ restorations

/** Something of which the file says how long it takes to restore it. */
interface Restorable {
    readonly element: Element;
    readonly node: NodeIndex;
    readonly backup: Backup;
    readonly within: number;
}

/**
 * Because what is lost, and of which a backup is left, is made anew from that: all of it, in as long as the longest takes. Its
 * own place need not be back, since it is made anew elsewhere. Whatever has run out by then is got anew from there on, and what may
 * run out later is taken to have run out.
 */
function returnByRestoration(
    graph: FailureGraph,
    watches: readonly Watch[],
    isSpared: Search['isSpared'],
    within: number,
): ReturnFrom {
    const restorable = restorableIn(graph);
    let scratch: Propagation | undefined;
    return (elements) => {
        if (restorable.length === 0) return undefined;
        scratch ??= createPropagation(graph);
        const isDown = downIn(scratch);
        const nodes = elements.map(({ name }) => graph.nodeOfElement.get(name)!);
        propagate(graph, nodes, scratch);
        let restored = restorable.filter(({ node, backup }) => isDown(node) && isLeft(lossOf(graph, backup, isDown)));
        while (restored.length > 0) {
            const back = followRestoration(graph, nodes, restored, within, scratch);
            const able = restored.filter((each) => hasWhatItNeeds(graph, each, isDown));
            if (able.length < restored.length) {
                restored = able;
                continue;
            }
            const own = watches.filter((watch) => !isSpared(watch, elements));
            if (!own.every((watch) => watch.fareIn(isDown) === 'unaffected')) return undefined;
            return { after: back, longest: longestOf(restored) };
        }
        return undefined;
    };
}

/** Of several that take as long, the first. */
function longestOf(restored: readonly Restorable[]): Restoration {
    const { element, within } = restored.reduce((longest, each) => (each.within > longest.within ? each : longest));
    return { element, within, isAlone: restored.length === 1 };
}

/** @returns when all is back that comes back with it, seconds; what is still down then, or soon, stands in the propagation */
function followRestoration(
    graph: FailureGraph,
    nodes: readonly NodeIndex[],
    restored: readonly Restorable[],
    within: number,
    into: Propagation,
): number {
    const spared = new Set(restored.map(({ node }) => node));
    const out = new Set<Timer>();
    const isAway = ({ source }: Timer) => into.down[source] === 1;
    const later = () => [...out].map(({ node }) => node);
    const before = () => propagate(graph, nodes, into, { later: later() });
    const seeds = nodes.filter((node) => !spared.has(node));
    const after = () => propagate(graph, seeds, into, { later: later(), spared });
    const runOut = (until: number, goOn: () => Propagation) => {
        goOn();
        for (let known = -1; out.size > known; goOn()) {
            known = out.size;
            for (const timer of graph.timers) if (timer.rise[0] <= until && isAway(timer)) out.add(timer);
        }
    };
    let back = Math.max(...restored.map((each) => each.within));
    runOut(back, before);
    after();
    // what has run out by then is got anew, from the source outwards
    for (let renewed = [...out]; renewed.length > 0; after()) {
        renewed = [...out].filter((timer) => !isAway(timer));
        back += Math.max(0, ...renewed.map(({ fall }) => fall[1]));
        for (const timer of renewed) out.delete(timer);
    }
    runOut(Math.max(back, within), after);
    return back;
}

/**
 * A new place replaces whatever took it along, and nothing of what it needs otherwise, or to start. What it asks for again and
 * again a new one has not got before.
 */
function hasWhatItNeeds(graph: FailureGraph, { element, node }: Restorable, isDown: IsDown): boolean {
    const { targets, reasons, first, end } = graph.inputsOf(node);
    const ungot = new Set(graph.timers.filter(({ source }) => isDown(source)).map((timer) => timer.node));
    for (let edge = first; edge < end; edge++) {
        const needed = targets[edge]!;
        if (graph.reasons[reasons[edge]!]!.rule !== 'R1' && (isDown(needed) || ungot.has(needed))) return false;
    }
    return startingOf(graph, element)?.needs.every((need) => isMet(need, isDown)) ?? true;
}

const restorableKnown = new WeakMap<FailureGraph, readonly Restorable[]>();

/**
 * The stores of which the file says how long it takes. Not those with a copy that promotes itself: a new one and that copy could
 * both take themselves for the store. Not secrets: what they have signed is no longer good until it is signed anew.
 */
function restorableIn(graph: FailureGraph): readonly Restorable[] {
    const restorable = restorableKnown.get(graph) ?? findRestorable(graph);
    restorableKnown.set(graph, restorable);
    return restorable;
}

function findRestorable({ elements, topology, standIns, nodeOfElement, parts }: FailureGraph): Restorable[] {
    const divisible = new Set(standIns.flatMap(({ original, byItself }) => (byItself ? [original.name] : [])));
    const backups = new Map<Element['kind'], ReturnType<typeof backupOfKind>>();
    const backupOf = ({ kind }: Element) => {
        if (!backups.has(kind)) backups.set(kind, secrets.has(kind) ? undefined : backupOfKind(topology, kind));
        return backups.get(kind);
    };
    const restorable: Restorable[] = [];
    // no service and no instances of one are restored
    for (const element of parts?.listed ?? elements.all) {
        const backup = backupOf(element);
        if (backup?.kind !== 'kept' || backup.within === undefined || divisible.has(element.name)) continue;
        restorable.push({ element, node: nodeOfElement.get(element.name)!, backup, within: backup.within });
    }
    return restorable;
}

/** Whether a backup is left for sure; how old it is does not matter. */
function isLeft(loss: ReturnType<typeof lossOf>): boolean {
    return loss === 'no-interval' || (typeof loss === 'number' && loss !== Infinity);
}
