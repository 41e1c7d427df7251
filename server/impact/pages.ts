import type { Outcome } from '../failure/outcome.js';
import type { Timeline } from '../failure/timeline.js';
import { actionsPage } from './actions.js';
import { nextPage, scenarioTitle } from './next.js';
import type { ScenarioView } from './scenario.js';
import { timelineEntries } from './timeline.js';
import { momentLabel } from '../words/times.js';

/** What pages need of a scenario. */
type Looked = Pick<ScenarioView, 'timeline' | 'outcome' | 'at'>;

/** "What happens when?" as a page of Markdown. */
export function timelinePage({ timeline, at }: Looked): string {
    return [
        '# What happens when?',
        scenarioTitle(timeline.points[0]!.outcome),
        timelineTable(timeline, at),
        'Where only a range of time is known, it begins at its earliest: *from*. Times are counted from the beginning of the failure.',
        '',
    ].join('\n\n');
}

/** Everything that happens, one row each; the one in force at a time in bold. */
export function timelineTable(timeline: Timeline, at: number): string {
    const entries = timelineEntries(timeline);
    const rows = entries.map(({ at: time, certain, sentences }, index) => {
        const isCurrent = time <= at && (entries[index + 1]?.at ?? Infinity) > at;
        const label = `${certain ? '' : 'from '}${momentLabel(time)}`;
        return `| ${isCurrent ? `**${label}**` : label} | ${sentences.join(' ')} |`;
    });
    return ['| time | what happens |', '|:--|:--|', ...rows].join('\n');
}

/** The pages that answer questions about a scenario. */
export const pages = {
    timeline: timelinePage,
    actions: ({ outcome, at }: Looked) => actionsPage(outcome, titleAt(outcome, at)),
    next: ({ outcome, at }: Looked) => nextPage(outcome, titleAt(outcome, at)),
} as const;

function titleAt(outcome: Outcome, at: number): string {
    if (at === 0) return scenarioTitle(outcome);
    if (outcome.failures.length === 0) return `All is repaired, ${momentLabel(at)} after the beginning.`;
    return `${scenarioTitle(outcome).replace(/\.$/, '')}, after ${momentLabel(at)}.`;
}
