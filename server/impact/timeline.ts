import type { Moment, Step } from '../failure/run.js';
import { isMet, startingOf } from '../failure/startup.js';
import type { Timeline, TimelinePoint } from '../failure/timeline.js';
import type { HostOutcome } from '../failure/traffic-outcome.js';
import type { Operation, Severity } from '../knowledge/operations.js';
import { operations, operationTitles, severitySigns } from '../knowledge/operations.js';
import type { Element } from '../topology/element.js';
import { clockChanges, newOf, type Change } from './clock-changes.js';
import { code } from '../encoding/markdown.js';
import { capitalized, enumerated, listing, verb } from '../words/english.js';
import { duration } from '../words/times.js';
import { elementPhrase, nodePhrase } from './phrases.js';
import { ownPromotions, promotionSentences, reconnectionSentences } from './promotion.js';
import { hostSentence } from './workloads.js';

/** What happens at one time of a scenario. */
export interface TimelineEntry {
    /** Seconds from the beginning. */
    readonly at: number;
    /** It has happened by then for sure; otherwise it may happen from then on. */
    readonly certain: boolean;
    /** Markdown, the causes first. Never empty. */
    readonly sentences: readonly string[];
    /** The marks from then on, as bad as it can be. */
    readonly operations: Readonly<Record<Operation, Severity>>;
    /** As good as it can be. */
    readonly atBest: Readonly<Record<Operation, Severity>>;
}

/** A timeline as a list of what happens; times at which nothing happens that anybody would notice are left out. */
export function timelineEntries(timeline: Timeline): TimelineEntry[] {
    return entriesFrom(timeline, 0);
}

/** What happens later than at once: the same without what is longest to tell. */
export function laterEntries(timeline: Timeline): TimelineEntry[] {
    return entriesFrom(timeline, 1).filter(({ at }) => at > 0);
}

/** @param first of which point on the changes are told */
function entriesFrom(timeline: Timeline, first: number): TimelineEntry[] {
    const clockChangesAt = clockChanges(timeline);
    const entries = timeline.points.flatMap((point, index) => {
        const before = timeline.points[index - 1];
        return [
            ...(index >= first ? changesAt(timeline, point, before, clockChangesAt.get(point) ?? []) : []),
            ...movedHosts(timeline, before, point),
        ];
    });
    return entries.sort((a, b) => a.at - b.at);
}

function changesAt(
    timeline: Timeline,
    point: TimelinePoint,
    before: TimelinePoint | undefined,
    clockChanges: readonly Change[],
): TimelineEntry[] {
    const steps = timeline.steps.filter(({ at }) => at === point.at);
    const changes = [
        ...stepSentences(steps, point).map(forSure),
        ...clockChanges,
        ...(before ? startSentences(before, point) : []).map(forSure),
        ...(before ? ownPromotions(before, point, steps) : []),
        ...(before ? reconnectionSentences(before, point) : []).map(forSure),
        ...markChanges(before, point),
        ...hostChanges(before, point),
        ...serviceChanges(before, point),
        ...staleChanges(before, point),
    ];
    if (changes.length === 0) return [];
    const certain = changes.every((change) => change.certain);
    return [{ at: point.at, certain, sentences: changes.map(({ text }) => text), ...marksAt(point) }];
}

function marksAt({ earliest, latest }: TimelinePoint): Pick<TimelineEntry, 'operations' | 'atBest'> {
    return { operations: earliest.outcome.operations, atBest: latest.outcome.operations };
}

function forSure(text: string): Change {
    return { text, certain: true };
}

function stepSentences(steps: readonly Step[], { at, earliest }: TimelinePoint): string[] {
    const { elements } = earliest.outcome.graph;
    const says = {
        fail: (names: string, several: boolean) => `${names} ${several ? 'fail' : 'fails'}.`,
        recover: (names: string, several: boolean) => `${names} ${several ? 'are' : 'is'} available again.`,
        restart: (names: string, several: boolean) => `${names} ${several ? 'restart' : 'restarts'}.`,
    };
    const promotions = steps.filter(({ action }) => action === 'promote').map(({ element }) => element);
    const others = (['fail', 'recover', 'restart'] as const).flatMap((action) => {
        const names = steps
            .filter((step) => step.action === action)
            .map(({ element }) => elements.byName.get(element)!);
        if (names.length === 0) return [];
        return [capitalized(says[action](phrases(names), names.length > 1))];
    });
    return [...others, ...promotionSentences(earliest.outcome, promotions, at)];
}

function phrases(elements: readonly Element[]): string {
    return enumerated(elements.map(elementPhrase), { most: 4 });
}

/** What cannot start, what takes its time, and what has started. */
function startSentences(before: TimelinePoint, point: TimelinePoint): string[] {
    const { graph } = point.earliest.outcome;
    const elementsOf = (nodes: readonly number[]) =>
        nodes.flatMap((node) => {
            const found = graph.nodes.at(node);
            return found.kind === 'element' ? [found.element] : [];
        });
    const began = elementsOf(newOf(point.earliest.state.starting, before.earliest.state.starting));
    const ended = elementsOf(newOf(before.earliest.state.starting, point.earliest.state.starting));
    const isDown = (name: Element['name']) => point.earliest.outcome.propagation.down[graph.nodeOfElement.get(name)!];
    const waits = began.flatMap((element) => {
        const start = startingOf(graph, element);
        if (!start) return [];
        const { down } = point.earliest.outcome.propagation;
        const missing = start.needs.filter((need) => !isMet(need, (node) => down[node] === 1));
        if (missing.length === 0) {
            const [least, most] = start.takes;
            return [`${elementPhrase(element)} starts, and is back in ${least} s to ${duration(most)}.`];
        }
        return missing.slice(0, 1).map(({ nodes, because }) => {
            const needed = enumerated(
                nodes.map((node) => nodePhrase(graph.nodes.at(node))),
                { last: 'or' },
            );
            return `${elementPhrase(element)} cannot start without ${needed}: ${because}.`;
        });
    });
    const up = ended.filter(({ name }) => !isDown(name));
    const said = waits.slice(0, mostStarts);
    if (waits.length > said.length) said.push(`${waits.length - said.length} more wait to start.`);
    return [...said, ...(up.length > 0 ? [`${phrases(up)} ${verb(up.length, 'has', 'have')} started.`] : [])].map(
        capitalized,
    );
}

/** How many things that wait to start are told one by one. */
const mostStarts = 4;

function markChanges(before: TimelinePoint | undefined, { earliest, latest }: TimelinePoint): Change[] {
    const changed = operations.filter(
        (operation) =>
            earliest.outcome.operations[operation] !== (before?.earliest.outcome.operations[operation] ?? 'unaffected'),
    );
    if (changed.length === 0) return [];
    const marks = changed.map(
        (operation) => `${operationTitles[operation]} ${severitySigns[earliest.outcome.operations[operation]]}`,
    );
    const certain = changed.every(
        (operation) => earliest.outcome.operations[operation] === latest.outcome.operations[operation],
    );
    return [{ text: `${marks.join(', ')}.`, certain }];
}

function hostChanges(before: TimelinePoint | undefined, { earliest, latest }: TimelinePoint): Change[] {
    const [was, is, atBest] = [before?.earliest, earliest, latest].map((moment) => moment?.outcome.touched.hosts);
    return earliest.outcome.graph.traffic.hosts.flatMap((nodes) => {
        if (!was?.has(nodes) && !is!.has(nodes)) return [];
        const { severity: before, lostShare: lostBefore } = was?.get(nodes) ?? unharmed;
        const host = is!.get(nodes);
        const { severity, lostShare } = host ?? unharmed;
        if (severity === before && lostShare === lostBefore) return [];
        const best = atBest!.get(nodes) ?? unharmed;
        const certain = best.severity === severity && best.lostShare === lostShare;
        if (!host || severity === 'unaffected')
            return [{ text: `${code(nodes.exposure.host)} is served again.`, certain }];
        return [{ text: `${hostSentence(host)!}`, certain }];
    });
}

/** How a host fares that nothing has touched. */
const unharmed: Pick<HostOutcome, 'severity' | 'lostShare'> = { severity: 'unaffected', lostShare: 0 };

function serviceChanges(before: TimelinePoint | undefined, { earliest, latest }: TimelinePoint): Change[] {
    const was = goneServices(before?.earliest);
    const is = goneServices(earliest);
    const atBest = goneServices(latest);
    const gone = [...is].filter((name) => !was.has(name));
    const back = [...was].filter((name) => !is.has(name));
    const change = (names: readonly string[], one: string, several: string, certain: boolean): Change[] =>
        names.length > 0 ? [{ text: `${listing(names)} ${verb(names.length, one, several)}.`, certain }] : [];
    return [
        ...change(
            gone,
            'is down',
            'are down',
            gone.every((name) => atBest.has(name)),
        ),
        ...change(back, 'serves again', 'serve again', !back.some((name) => atBest.has(name))),
    ];
}

function goneServices(moment: Moment | undefined): ReadonlySet<string> {
    const services = moment?.outcome.touched.services.values() ?? [];
    return new Set([...services].filter(({ severity }) => severity === 'total').map(({ name }) => name));
}

/** Clusters that are cut off, and now miss something. */
function staleChanges(before: TimelinePoint | undefined, { staleSince }: TimelinePoint): Change[] {
    const stale = [...staleSince.keys()].filter((name) => !before?.staleSince.has(name));
    if (stale.length === 0) return [];
    const says = verb(stale.length, 'does not hear of it, and is stale', 'do not hear of it, and are stale');
    return [forSure(`${listing(stale)} ${says} from now on.`)];
}

/** Clients that have moved, some time after the moment that made them; only if nothing else happens to the host meanwhile. */
function movedHosts({ points }: Timeline, before: TimelinePoint | undefined, point: TimelinePoint): TimelineEntry[] {
    const next = points[points.indexOf(point) + 1]?.at ?? Infinity;
    const moves = new Map<number, Change[]>();
    for (const [nodes, now] of point.earliest.outcome.touched.hosts) {
        const { host, severity, gapSeconds, servedFrom, usuallyFrom } = now;
        if (severity !== 'unaffected' || gapSeconds === null) continue;
        const at = point.at + gapSeconds.to;
        const isSame = (moment: Moment) =>
            (moment.outcome.touched.hosts.get(nodes)?.servedFrom ?? usuallyFrom).join() === servedFrom.join();
        if (at >= next || (before && isSame(before.earliest))) continue;
        moves.set(at, [...(moves.get(at) ?? []), moved(host, servedFrom, isSame(point.latest))]);
    }
    return [...moves].map(([at, changes]) => ({
        at,
        certain: changes.every((change) => change.certain),
        sentences: changes.map(({ text }) => text),
        ...marksAt(point),
    }));
}

function moved(host: string, servedFrom: readonly string[], certain: boolean): Change {
    const have = certain ? 'have failed over, and are served from' : 'may have failed over to';
    return { text: `By now the clients of ${code(host)} ${have} ${listing(servedFrom)}.`, certain };
}
