import { blastRadiusOf } from '../failure/blast-radius.js';
import type { FailureGraph } from '../failure/graph.js';
import { isAlive, simulate, type Outcome } from '../failure/outcome.js';
import { harmKinds, type Harm } from '../failure/harms.js';
import { harmsBetween } from '../failure/residual.js';
import { pointAt, timelineOf, type Timeline } from '../failure/timeline.js';
import type { Element } from '../topology/elements.js';
import { gapPhrase } from './gap.js';
import { harmsPhrase, scenarioTitle, thenLine } from './next.js';
import { headline } from './summary.js';
import { capitalized, code, duration, elementPhrase, momentLabel } from './wording.js';

/** What is down already, and the time at which somebody looks at it. */
interface Running {
    readonly timeline: Timeline;
    readonly at: number;
}

/** A planned change: one element is taken down while others are down, or none. */
export interface Maintenance {
    readonly element: Element;
    readonly running?: Running;
    /** Before and after the element is taken down. */
    readonly before: Outcome;
    readonly after: Outcome;
    /** What comes on top at once. */
    readonly harms: readonly Harm[];
    /** What of it would not happen with all else up. */
    readonly onlyTogether: readonly Harm[];
    /** The first time, in seconds after the change, from which on more comes on top, and what. */
    readonly later?: { readonly after: number; readonly harms: readonly Harm[] };
}

/** What taking an element down would add, now and as time goes on. */
export function maintenanceOf(graph: FailureGraph, element: Element, running?: Running): Maintenance {
    const at = running?.at ?? 0;
    const given = running?.timeline ?? timelineOf(graph, []);
    const changed = timelineOf(graph, [...given.steps, { at, action: 'fail', element: element.name }]);
    const addedAt = (time: number) =>
        harmsBetween(graph, pointAt(given, time).outcome.propagation, pointAt(changed, time).outcome.propagation);
    const harms = addedAt(at);
    const alone = harmsBetween(graph, simulate(graph, []).propagation, simulate(graph, [element.name]).propagation);
    const times = [...new Set([...given.points, ...changed.points].map((point) => point.at))];
    const later = times
        .filter((time) => time > at)
        .sort((a, b) => a - b)
        .map((time) => ({ after: time - at, harms: without(addedAt(time), harms) }))
        .find((moment) => moment.harms.length > 0);
    return {
        element,
        ...(running && { running }),
        before: pointAt(given, at).outcome,
        after: pointAt(changed, at).outcome,
        harms,
        onlyTogether: without(harms, alone),
        ...(later && { later }),
    };
}

function without(harms: readonly Harm[], others: readonly Harm[]): Harm[] {
    const known = new Set(others.map(({ kind, what }) => `${kind} ${what}`));
    return harms.filter(({ kind, what }) => !known.has(`${kind} ${what}`));
}

/** "May I take this down now?" as a page of Markdown: the answer first, then what it rests on. */
export function maintenancePage(maintenance: Maintenance): string {
    const { element, running, before, after, harms, onlyTogether, later } = maintenance;
    const title = `# May I take ${elementPhrase(element)} down now?`;
    const situation = running ? situationOf(running) : 'All else is up.';
    if (!isAlive(before, element.name)) return [title, '**It is down already.**', situation, ''].join('\n\n');
    const next = thenLine(after);
    return [
        title,
        answerOf(maintenance),
        situation,
        ...section('What it adds', [
            ...harmKinds.flatMap((kind) => {
                const told = harms.filter((harm) => harm.kind === kind);
                return told.length > 0 ? [harmsPhrase(told)] : [];
            }),
            ...failoversIn(maintenance),
        ]),
        ...(running && harms.length > 0
            ? [
                  '## With all else up',
                  onlyTogether.length > 0
                      ? `It would not take this: ${harmsPhrase(onlyTogether)}. Wait until what is down has recovered.`
                      : 'It would do the same.',
              ]
            : []),
        '## Until when',
        later
            ? `From ${duration(later.after, 4)} after the change, at the earliest, also: ${harmsPhrase(later.harms)}.`
            : 'It gets no worse, however long it takes.',
        ...section('While it is down', next === undefined ? [] : [capitalized(next)]),
        '',
    ].join('\n\n');
}

function section(heading: string, clauses: readonly string[]): string[] {
    return clauses.length > 0 ? [`## ${heading}`, clauses.map((clause) => `- ${clause}`).join('\n')] : [];
}

/** "While `east` is down, after 12 h." */
function situationOf({ timeline, at }: Running): string {
    const title = scenarioTitle(pointAt(timeline, at).outcome);
    return at > 0 ? `${title.replace(/\.$/, '')}, after ${momentLabel(at)}.` : title;
}

/** One line, the verdict in bold: by who would notice. */
function answerOf(maintenance: Maintenance): string {
    const { running, harms, later } = maintenance;
    const users = harms.filter((harm) => !isOperation(harm));
    const failovers = failoversIn(maintenance);
    if (users.length > 0) return `**✖ No.** Users would notice: ${harmsPhrase(users)}.`;
    // workloads that no service names, and shares of calls, are no harms of their own
    if (moreUsersNotice(maintenance))
        return `**✖ No.** Users would notice: ${headline(blastRadiusOf(maintenance.after))}.`;
    const until = later ? ` It has to be back within ${duration(later.after, 4)}.` : '';
    if (failovers.length > 0) return `**◐ Yes, with a failover.** ${capitalized(failovers[0]!)}.${until}`;
    if (harms.length > 0)
        return `**⚙ Yes, if operators can wait.** Users notice nothing; ${harmsPhrase(harms)}.${until}`;
    const nothing = running ? 'It takes nothing more than is down already.' : 'Nobody would notice.';
    return later
        ? `**✓ Yes, for ${duration(later.after, 4)}.** ${nothing} Later: ${harmsPhrase(later.harms)}.`
        : `**✓ Yes.** ${nothing}`;
}

/** Whether more is down or degraded after the change than before it. */
function moreUsersNotice({ before, after }: Maintenance): boolean {
    const [down = 0, degraded = 0] = blastRadiusOf(before).extent;
    const [downThen = 0, degradedThen = 0] = blastRadiusOf(after).extent;
    return downThen > down || degradedThen > degraded;
}

function isOperation({ kind }: Harm): boolean {
    return kind.startsWith('operation-');
}

/** Hosts that are served by something else after the change, and were in no gap before it. */
function failoversIn({ before, after }: Maintenance): string[] {
    const gaps = new Map(before.hosts.map(({ host, gapSeconds }) => [host, gapSeconds]));
    return after.hosts.flatMap(({ host, severity, gapSeconds }) =>
        severity === 'unaffected' && gapSeconds !== null && gaps.get(host) === null
            ? [`${code(host)} fails over, and is served again ${gapPhrase(gapSeconds)}`]
            : [],
    );
}
