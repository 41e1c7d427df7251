import type { Timer } from '../failure/graph.js';
import { noticedIn } from '../failure/noticed.js';
import type { Reading } from '../failure/reading.js';
import type { Moment } from '../failure/run.js';
import type { Timeline, TimelinePoint } from '../failure/timeline.js';
import { clocks, type ClockId } from '../knowledge/clocks.js';
import { code } from '../encoding/markdown.js';
import { capitalized, listing } from '../words/english.js';
import { duration } from '../words/times.js';
import { clockPhrase, label } from './phrases.js';

/** One thing that happens, as a sentence. Markdown. */
export interface Change {
    readonly text: string;
    /** It has happened by then for sure; otherwise it may happen from then on. */
    readonly certain: boolean;
}

/**
 * What runs out and what is renewed, point by point. What runs out where nobody is left to notice it is told once somebody
 * is, if it has not been renewed until then.
 */
export function clockChanges({ points }: Timeline): ReadonlyMap<TimelinePoint, readonly Change[]> {
    const turns = { earliest: turnsOf(points, 'earliest'), latest: turnsOf(points, 'latest') };
    const follow = { earliest: newsFollower('earliest'), latest: newsFollower('latest') };
    return new Map(
        points.map((point, index) => {
            const before = points[index - 1];
            const news = { earliest: follow.earliest(point), latest: follow.latest(point) };
            return [point, before ? changesAt(before, point, news, turns) : []];
        }),
    );
}

/** What a point brings in one reading. */
interface News {
    readonly ran: readonly Timer[];
    /** What had run out unseen, and is noticed now. */
    readonly missed: readonly Timer[];
    readonly back: readonly Timer[];
}

function newsFollower(reading: Reading): (point: TimelinePoint) => News {
    const told = new Set<Timer>();
    let before: Moment | undefined;
    return ({ [reading]: moment }) => {
        const isNoticed = noticedIn(moment.outcome.graph, moment.state);
        const noticed = moment.expired.filter((timer) => !told.has(timer) && isNoticed(timer));
        const ran = newOf(noticed, before?.expired ?? []);
        const returned = newOf(before?.expired ?? [], moment.expired);
        // nobody sees what comes back where all is dead, and what ran out unseen is missed only if it takes its time
        const back = returned.filter((timer) => isNoticed(timer) && (told.has(timer) || timer.fall[1] > 0));
        for (const timer of returned) told.delete(timer);
        for (const timer of noticed) told.add(timer);
        before = moment;
        return { ran, missed: newOf(noticed, ran), back };
    };
}

/** When timers run out, and when they are renewed, in order of time. */
interface Turns {
    readonly expires: ReadonlyMap<Timer, readonly number[]>;
    readonly returns: ReadonlyMap<Timer, readonly number[]>;
}

function turnsOf(points: readonly TimelinePoint[], reading: Reading): Turns {
    const expires = new Map<Timer, number[]>();
    const returns = new Map<Timer, number[]>();
    const note = (times: Map<Timer, number[]>, timers: readonly Timer[], at: number) => {
        for (const timer of timers) times.set(timer, [...(times.get(timer) ?? []), at]);
    };
    let before: readonly Timer[] = [];
    for (const { at, [reading]: moment } of points) {
        note(expires, newOf(moment.expired, before), at);
        note(returns, newOf(before, moment.expired), at);
        before = moment.expired;
    }
    return { expires, returns };
}

/** The first of these times that is not before another. */
function nextOf(times: readonly number[] | undefined, at: number): number {
    return times?.find((time) => time >= at) ?? Infinity;
}

function changesAt(
    before: TimelinePoint,
    { at, earliest: moment }: TimelinePoint,
    { earliest, latest }: Readonly<Record<Reading, News>>,
    turns: Readonly<Record<Reading, Turns>>,
): Change[] {
    const areVoid = moment.state.tokensVoid && !before.earliest.state.tokensVoid;
    const isTold = (timer: Timer) => !(areVoid && timer.clock === 'agent-token');
    const ran = { earliest: earliest.ran.filter(isTold), latest: latest.ran.filter(isTold) };
    const missed = earliest.missed.filter(isTold);
    const inBoth = (one: readonly Timer[], other: readonly Timer[]) => newOf(one, newOf(one, other));
    const tell = (
        timers: readonly Timer[],
        certain: boolean,
        says: (clock: ClockId, group: readonly Timer[]) => string,
    ) => byClock(timers).map(([clock, group]): Change => ({ text: capitalized(says(clock, group)), certain }));
    /** By when all of them have run out, unless they are renewed before. */
    const allBy = (group: readonly Timer[]) => {
        const last = Math.max(...group.map((timer) => nextOf(turns.latest.expires.get(timer), at)));
        const renewed = Math.min(...group.map((timer) => nextOf(turns.earliest.returns.get(timer), at)));
        return last < renewed ? `, all of them by ${duration(last)}` : '';
    };
    const within = (group: readonly Timer[]) => {
        const last = Math.max(...group.map((timer) => nextOf(turns.earliest.returns.get(timer), at)));
        return last < Infinity ? ` within ${duration(last - at)}, without anybody's help` : '';
    };
    return [
        ...(areVoid ? [{ text: tokensVoid, certain: true }] : []),
        ...tell(inBoth(ran.earliest, ran.latest), true, (clock, group) => {
            return `${timersPhrase(clock, group)} ${clocks[clock].expired}: ${clocks[clock].because}${label(clocks[clock].confidence)}.`;
        }),
        ...tell(inBoth(missed, before.latest.expired), true, (clock, group) => {
            return `${timersPhrase(clock, group)} ${clocks[clock].expired} meanwhile: ${clocks[clock].because}${label(clocks[clock].confidence)}.`;
        }),
        ...tell(newOf(missed, before.latest.expired), false, (clock, group) => {
            return `${timersPhrase(clock, group)} may have run out meanwhile: ${clocks[clock].because}${label(clocks[clock].confidence)}.`;
        }),
        ...tell(newOf(ran.earliest, ran.latest), false, (clock, group) => {
            return `from now on ${timersPhrase(clock, group)} may run out${allBy(group)}: ${clocks[clock].because}${label(clocks[clock].confidence)}.`;
        }),
        ...tell(newOf(ran.latest, ran.earliest), true, (clock, group) => {
            return `by now ${timersPhrase(clock, group)} ${clocks[clock].expired}.`;
        }),
        ...tell(
            inBoth(latest.back, earliest.back),
            true,
            (clock, group) => `${timersPhrase(clock, group)} ${renewed(clock)}.`,
        ),
        ...tell(newOf(latest.back, earliest.back), false, (clock, group) => {
            return `${timersPhrase(clock, group)} ${renewed(clock)}${within(group)}.`;
        }),
        ...tell(newOf(earliest.back, latest.back), true, (clock, group) => {
            return `by now ${timersPhrase(clock, group)} ${renewed(clock)}.`;
        }),
    ];
}

const tokensVoid = `Every agent token is void: ${code('iam')} has started without the iam-signing-key${label('inferred')}.`;

/** What of a list is not in another. */
export function newOf<T>(list: readonly T[], known: readonly T[]): T[] {
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

/** "the agent tokens of `east` and `west`": what one clock renews in several places. */
export function timersPhrase(clock: ClockId, timers: readonly Timer[]): string {
    const [only] = timers;
    if (timers.length === 1 && only) return clockPhrase(clock, only.scope);
    const whose = timers.flatMap(({ scope: { caller, cluster } }) => caller ?? cluster ?? []);
    return `the ${clocks[clock].renews} of ${listing([...new Set(whose)])}`;
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
        case 'root-certificate':
            return 'is renewed';
        default:
            return 'are renewed';
    }
}
