import type { Timer } from '../failure/graph.js';
import type { Moment, Step } from '../failure/run.js';
import { startingOf } from '../failure/startup.js';
import type { Timeline, TimelinePoint } from '../failure/timeline.js';
import { clocks, type ClockId } from '../knowledge/clocks.js';
import type { Operation, Severity } from '../knowledge/operations.js';
import { operations, operationTitles, severitySigns } from '../knowledge/operations.js';
import type { Element } from '../topology/elements.js';
import {
    capitalized,
    clockPhrase,
    code,
    label,
    duration,
    elementPhrase,
    enumerated,
    listing,
    verb,
} from './wording.js';
import { gapOf } from './gap.js';
import { hostPhrase } from './workloads.js';

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
    const entries = timeline.points.flatMap((point, index) => entriesAt(timeline, point, timeline.points[index - 1]));
    return entries.sort((a, b) => a.at - b.at);
}

function entriesAt(timeline: Timeline, point: TimelinePoint, before: TimelinePoint | undefined): TimelineEntry[] {
    const steps = timeline.steps.filter(({ at }) => at === point.at);
    const clockChanges = before ? clockSentences(before, point) : [];
    const startChanges = before ? startSentences(before, point) : [];
    const sentences = [
        ...stepSentences(steps, point),
        ...clockChanges.map(({ text }) => text),
        ...startChanges,
        ...markSentences(before, point),
        ...hostSentences(before, point),
        ...serviceSentences(before, point),
    ];
    const common = {
        operations: point.earliest.outcome.operations,
        atBest: point.latest.outcome.operations,
    };
    const certain = clockChanges.every((change) => change.certain) && isSettled(point);
    return [
        ...(sentences.length > 0 ? [{ at: point.at, certain, sentences, ...common }] : []),
        ...movedHosts(timeline, before, point).map((move) => ({ ...move, certain: true, ...common })),
    ];
}

/** Whether both readings agree on the marks. */
function isSettled({ earliest, latest }: TimelinePoint): boolean {
    return operations.every(
        (operation) => earliest.outcome.operations[operation] === latest.outcome.operations[operation],
    );
}

function stepSentences(steps: readonly Step[], { earliest }: TimelinePoint): string[] {
    const { elements } = earliest.outcome.graph;
    const says = {
        fail: (names: string, several: boolean) => `${names} ${several ? 'fail' : 'fails'}.`,
        recover: (names: string, several: boolean) => `${names} ${several ? 'are' : 'is'} available again.`,
        restart: (names: string, several: boolean) => `${names} ${several ? 'restart' : 'restarts'}.`,
    };
    return (['fail', 'recover', 'restart'] as const).flatMap((action) => {
        const names = steps
            .filter((step) => step.action === action)
            .map(({ element }) => elements.byName.get(element)!);
        if (names.length === 0) return [];
        return [capitalized(says[action](phrases(names), names.length > 1))];
    });
}

function phrases(elements: readonly Element[]): string {
    return enumerated(elements.map(elementPhrase), { most: 4 });
}

interface ClockChange {
    readonly text: string;
    readonly certain: boolean;
}

function clockSentences(before: TimelinePoint, point: TimelinePoint): ClockChange[] {
    const areVoid = point.earliest.state.tokensVoid && !before.earliest.state.tokensVoid;
    const isMissed = missedIn(point);
    const isTold = (timer: Timer) => isMissed(timer) && !(areVoid && timer.clock === 'agent-token');
    const ran = {
        earliest: newOf(point.earliest.expired, before.earliest.expired).filter(isTold),
        latest: newOf(point.latest.expired, before.latest.expired).filter(isTold),
    };
    const back = {
        earliest: newOf(before.earliest.expired, point.earliest.expired),
        latest: newOf(before.latest.expired, point.latest.expired),
    };
    const inBoth = (one: readonly Timer[], other: readonly Timer[]) => newOf(one, newOf(one, other));
    const tell = (
        timers: readonly Timer[],
        certain: boolean,
        says: (clock: ClockId, group: readonly Timer[]) => string,
    ) => byClock(timers).map(([clock, group]): ClockChange => ({ text: capitalized(says(clock, group)), certain }));
    return [
        ...(areVoid ? [{ text: tokensVoid, certain: true }] : []),
        ...tell(inBoth(ran.earliest, ran.latest), true, (clock, group) => {
            return `${what(clock, group)} ${clocks[clock].expired}: ${clocks[clock].because}${label(clocks[clock].confidence)}.`;
        }),
        ...tell(newOf(ran.earliest, ran.latest), false, (clock, group) => {
            const last = Math.max(...group.map(({ rise }) => rise[1] - rise[0])) + point.at;
            return `from now on ${what(clock, group)} may run out, all of them by ${duration(last)}: ${clocks[clock].because}${label(clocks[clock].confidence)}.`;
        }),
        ...tell(newOf(ran.latest, ran.earliest), true, (clock, group) => {
            return `by now ${what(clock, group)} ${clocks[clock].expired}.`;
        }),
        ...tell(inBoth(back.latest, back.earliest), true, (clock, group) => `${what(clock, group)} ${renewed(clock)}.`),
        ...tell(newOf(back.latest, back.earliest), false, (clock, group) => {
            const most = Math.max(...group.map(({ fall }) => fall[1]));
            return `${what(clock, group)} ${renewed(clock)} within ${duration(most)}, without anybody's help.`;
        }),
        ...tell(newOf(back.earliest, back.latest), true, (clock, group) => {
            return `by now ${what(clock, group)} ${renewed(clock)}.`;
        }),
    ];
}

const tokensVoid = `Every agent token is void: ${code('iam')} has started without the iam-signing-key${label('inferred')}.`;

/** What runs out in a cluster that is gone is no news. */
function missedIn({ earliest: { outcome } }: TimelinePoint): (timer: Timer) => boolean {
    const dead = new Set(outcome.clusters.filter(({ alive }) => !alive).map(({ name }) => name));
    return ({ scope: { cluster } }) => cluster === undefined || !dead.has(cluster);
}

/** What of a list is not in another. */
function newOf<T>(list: readonly T[], known: readonly T[]): T[] {
    const before = new Set(known);
    return list.filter((item) => !before.has(item));
}

function byClock(timers: readonly Timer[]): [ClockId, Timer[]][] {
    const groups = new Map<ClockId, Timer[]>();
    for (const timer of timers) {
        const group = groups.get(timer.clock) ?? [];
        group.push(timer);
        groups.set(timer.clock, group);
    }
    return [...groups];
}

/** "the agent tokens of `east` and `west`". */
function what(clock: ClockId, timers: readonly Timer[]): string {
    const [only] = timers;
    if (timers.length === 1 && only) return clockPhrase(clock, only.scope);
    return `the ${clocks[clock].renews} of ${listing(clustersOf(timers))}`;
}

/** The clusters in which timers run, each once. */
export function clustersOf(timers: readonly Timer[]): string[] {
    return [...new Set(timers.flatMap(({ scope: { cluster } }) => cluster ?? []))];
}

function renewed(clock: ClockId): string {
    switch (clock) {
        case 'metrics-buffer':
            return 'drains';
        case 'metrics-retention':
            return 'fill again';
        case 'user-session':
            return 'can be opened again';
        case 'cluster-ca':
            return 'is renewed';
        default:
            return 'are renewed';
    }
}

/** What cannot start, what takes its time, and what has started. */
function startSentences(before: TimelinePoint, point: TimelinePoint): string[] {
    const { graph } = point.earliest.outcome;
    const elementsOf = (nodes: readonly number[]) =>
        nodes.flatMap((node) => {
            const found = graph.nodes[node]!;
            return found.kind === 'element' ? [found.element] : [];
        });
    const began = elementsOf(newOf(point.earliest.state.starting, before.earliest.state.starting));
    const ended = elementsOf(newOf(before.earliest.state.starting, point.earliest.state.starting));
    const isDown = (name: Element['name']) => point.earliest.outcome.propagation.down[graph.nodeOfElement.get(name)!];
    const waits = began.flatMap((element) => {
        const start = startingOf(graph, element);
        if (!start) return [];
        const missing = start.needs.filter(({ node }) => point.earliest.outcome.propagation.down[node]);
        if (missing.length === 0) {
            const [least, most] = start.takes;
            return [`${elementPhrase(element)} starts, and is back in ${least} s to ${duration(most)}.`];
        }
        return missing.slice(0, 1).map(({ node, need }) => {
            const needed = elementsOf([node])[0]!;
            return `${elementPhrase(element)} cannot start without ${elementPhrase(needed)}: ${need.because}.`;
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

function markSentences(before: TimelinePoint | undefined, { earliest }: TimelinePoint): string[] {
    const changed = operations.filter(
        (operation) =>
            earliest.outcome.operations[operation] !== (before?.earliest.outcome.operations[operation] ?? 'unaffected'),
    );
    if (changed.length === 0) return [];
    const marks = changed.map(
        (operation) => `${operationTitles[operation]} ${severitySigns[earliest.outcome.operations[operation]]}`,
    );
    return [`${marks.join(', ')}.`];
}

function hostSentences(before: TimelinePoint | undefined, { earliest }: TimelinePoint): string[] {
    const known = new Map((before?.earliest.outcome.hosts ?? []).map((host) => [host.host, host.severity]));
    return earliest.outcome.hosts.flatMap((host) => {
        const was = known.get(host.host) ?? 'unaffected';
        if (host.severity === was) return [];
        if (host.severity === 'unaffected') return [`${code(host.host)} is served again.`];
        const is = host.severity === 'total' ? 'is ' : '';
        return [`${code(host.host)} ${is}${hostPhrase(host)}.`];
    });
}

function serviceSentences(before: TimelinePoint | undefined, { earliest }: TimelinePoint): string[] {
    const isGone = (moment: Moment | undefined) =>
        new Set(
            (moment?.outcome.services ?? []).filter(({ severity }) => severity === 'total').map(({ name }) => name),
        );
    const was = isGone(before?.earliest);
    const is = isGone(earliest);
    const gone = [...is].filter((name) => !was.has(name));
    const back = [...was].filter((name) => !is.has(name));
    return [
        ...(gone.length > 0 ? [`${listing(gone)} ${verb(gone.length, 'is', 'are')} gone.`] : []),
        ...(back.length > 0 ? [`${listing(back)} ${verb(back.length, 'serves', 'serve')} again.`] : []),
    ];
}

/** Clients that have moved, some time after the moment that made them; only if nothing else happens to the host meanwhile. */
function movedHosts(
    { points }: Timeline,
    before: TimelinePoint | undefined,
    point: TimelinePoint,
): { readonly at: number; readonly sentences: readonly string[] }[] {
    const known = new Map((before?.earliest.outcome.hosts ?? []).map((host) => [host.host, host.servedFrom.join()]));
    const next = points[points.indexOf(point) + 1]?.at ?? Infinity;
    const moves = new Map<number, string[]>();
    for (const moved of point.earliest.outcome.hosts) {
        const { host, severity, servedFrom } = moved;
        const gap = gapOf(moved);
        if (severity !== 'unaffected' || gap === null) continue;
        const at = point.at + gap.to;
        if (at >= next || known.get(host) === servedFrom.join()) continue;
        moves.set(at, [
            ...(moves.get(at) ?? []),
            `By now the clients of ${code(host)} have moved, and are served from ${listing(servedFrom)}.`,
        ]);
    }
    return [...moves].map(([at, sentences]) => ({ at, sentences }));
}
