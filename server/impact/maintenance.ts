import { blastRadiusOf } from '../failure/blast-radius.js';
import type { FailureGraph } from '../failure/graph.js';
import { isAlive, simulate } from '../failure/outcome.js';
import { harmKinds, type Harm } from '../failure/harms.js';
import { pointAt, timelineOf, type Timeline } from '../failure/timeline.js';
import type { Gravity } from '../failure/gravity.js';
import type { Element } from '../topology/element.js';
import { addedBy, type Added } from './added.js';
import { gapPhrase } from './gap.js';
import { gravitySigns } from './gravity-words.js';
import { harmsPhrase, scenarioTitle, thenLine } from './next.js';
import { headline } from './summary.js';
import { code } from '../encoding/markdown.js';
import { capitalized } from '../words/english.js';
import type { Beginning } from '../knowledge/wall-clock.js';
import { duration, momentPhrase } from '../words/times.js';
import { elementPhrase } from './phrases.js';

/** What is down already, and the time at which somebody looks at it. */
interface Running {
    readonly timeline: Timeline;
    readonly at: number;
    readonly began?: Beginning;
}

/** A planned change: one element is taken down while others are down, or none. */
export interface Maintenance extends Added {
    readonly element: Element;
    readonly running?: Running;
}

/** What taking an element down would add, now and as time goes on. */
export function maintenanceOf(graph: FailureGraph, element: Element, running?: Running): Maintenance {
    const at = running?.at ?? 0;
    const given = running?.timeline ?? timelineOf(graph, []);
    const changed = timelineOf(graph, [...given.steps, { at, action: 'fail', element: element.name }]);
    return {
        element,
        ...(running && { running }),
        ...addedBy(graph, given, changed, at, simulate(graph, [element.name])),
    };
}

/** "May I take this down now?" as a page of Markdown: the answer first, then what it rests on. */
export function maintenancePage(maintenance: Maintenance): string {
    const { element, running, before, after, harms, onlyTogether, later } = maintenance;
    const { verdict, reason } = answerTo(maintenance, running !== undefined);
    const title = `# May I take ${elementPhrase(element)} down now?`;
    const situation = running ? situationOf(running) : 'All else is up.';
    if (!isAlive(before, element.name)) return [title, '**It is down already.**', situation, ''].join('\n\n');
    const next = thenLine(after);
    return [
        title,
        `**${verdict}.** ${reason}`,
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
function situationOf({ timeline, at, began }: Running): string {
    const title = scenarioTitle(pointAt(timeline, at).outcome);
    return at > 0 ? `${title.replace(/\.$/, '')}, ${momentPhrase(at, began)}.` : title;
}

/** "✖ No", and by who would notice. Markdown. */
export interface Answer {
    readonly gravity: Gravity;
    readonly verdict: string;
    /** Whole sentences. */
    readonly reason: string;
}

/**
 * The answer to a planned change.
 *
 * @param isMore whether something is down already, to which the change adds
 */
export function answerTo(added: Added, isMore: boolean): Answer {
    const { harms, later } = added;
    const users = harms.filter((harm) => !isOperation(harm));
    const failovers = failoversIn(added);
    const answer = (gravity: Gravity, verdict: string, reason: string): Answer => ({
        gravity,
        verdict: `${gravitySigns[gravity]} ${verdict}`,
        reason,
    });
    if (users.length > 0) return answer('down', 'No', `Users would notice: ${harmsPhrase(users)}.`);
    // workloads that no service names, and shares of calls, are no harms of their own
    if (moreUsersNotice(added))
        return answer('down', 'No', `Users would notice: ${headline(blastRadiusOf(added.after))}.`);
    const until = later ? ` It has to be back within ${duration(later.after, 4)}.` : '';
    if (failovers.length > 0)
        return answer('failover', 'Yes, with a failover', `${capitalized(failovers[0]!)}.${until}`);
    if (harms.length > 0)
        return answer(
            'operators',
            'Yes, if operators can wait',
            `Users notice nothing; ${harmsPhrase(harms)}.${until}`,
        );
    const nothing = isMore ? 'It takes nothing more than is down already.' : 'Nobody would notice.';
    return later
        ? answer('none', `Yes, for ${duration(later.after, 4)}`, `${nothing} Later: ${harmsPhrase(later.harms)}.`)
        : answer('none', 'Yes', nothing);
}

/** Whether more is down or degraded after the change than before it. */
function moreUsersNotice({ before, after }: Added): boolean {
    const [down = 0, degraded = 0] = blastRadiusOf(before).extent;
    const [downThen = 0, degradedThen = 0] = blastRadiusOf(after).extent;
    return downThen > down || degradedThen > degraded;
}

/** Whether an operation is lost or limited, rather than something that users name. */
export function isOperation({ kind }: Harm): boolean {
    return kind.startsWith('operation-');
}

/** Hosts that are served by something else after the change, and were in no gap before it. */
function failoversIn({ before, after }: Added): string[] {
    const gaps = new Map(before.hosts.map(({ host, gapSeconds }) => [host, gapSeconds]));
    return after.hosts.flatMap(({ host, severity, gapSeconds }) =>
        severity === 'unaffected' && gapSeconds !== null && gaps.get(host) === null
            ? [`${code(host)} fails over, and is served again ${gapPhrase(gapSeconds)}`]
            : [],
    );
}
