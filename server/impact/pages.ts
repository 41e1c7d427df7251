import type { Timeline } from '../failure/timeline.js';
import { actionsPage } from './actions.js';
import { nextPage, scenarioTitle } from './next.js';
import type { ScenarioView } from './scenario.js';
import { timelineEntries } from './timeline.js';
import { text } from '../encoding/markdown.js';
import type { Beginning } from '../knowledge/wall-clock.js';
import { momentLabel, momentPhrase } from '../words/times.js';

/** What pages need of a scenario. */
type Looked = Pick<ScenarioView, 'timeline' | 'outcome' | 'at' | 'began'>;

/** "What happens when?" as a page of Markdown. */
export function timelinePage({ timeline, at, began }: Looked): string {
    return [
        '# What happens when?',
        scenarioTitle(timeline.points[0]!.outcome),
        timelineTable(timeline, at, began),
        `Where only a range of time is known, it begins at its earliest: *from*. ${
            began === undefined
                ? 'Times are counted from the beginning of the failure.'
                : `Times are those of the clock; it began at ${text(began)}.`
        }`,
        '',
    ].join('\n\n');
}

/** Everything that happens, one row each; the one in force at a time in bold. */
export function timelineTable(timeline: Timeline, at: number, began?: Beginning): string {
    const entries = timelineEntries(timeline);
    const rows = entries.map(({ at: time, certain, sentences }, index) => {
        const isCurrent = time <= at && (entries[index + 1]?.at ?? Infinity) > at;
        const label = `${certain ? '' : 'from '}${momentLabel(time, began)}`;
        return `| ${isCurrent ? `**${label}**` : label} | ${sentences.join(' ')} |`;
    });
    return ['| time | what happens |', '|:--|:--|', ...rows].join('\n');
}

/** The pages that answer questions about a scenario. */
export const pages = {
    timeline: timelinePage,
    actions: (looked: Looked) => actionsPage(looked.outcome, titleAt(looked)),
    next: (looked: Looked) => nextPage(looked.outcome, titleAt(looked)),
} as const;

function titleAt({ outcome, at, began }: Looked): string {
    if (at === 0) return scenarioTitle(outcome);
    if (outcome.failures.length > 0) return `${scenarioTitle(outcome).replace(/\.$/, '')}, ${momentPhrase(at, began)}.`;
    return began === undefined
        ? `All is repaired, ${momentLabel(at)} after the beginning.`
        : `All is repaired, ${momentPhrase(at, began)}.`;
}
