import type { Outcome } from '../failure/outcome.js';
import type { Timeline } from '../failure/timeline.js';
import { actionsPage } from './actions.js';
import { nextPage, scenarioTitle } from './next.js';
import { marks } from './summary.js';
import { timelineEntries } from './timeline.js';
import { momentLabel } from './wording.js';

/** A scenario, and the time at which somebody looks at it. */
export interface ScenarioView {
    readonly timeline: Timeline;
    /** The outcome at that time. */
    readonly outcome: Outcome;
    /** Seconds. */
    readonly at: number;
}

/** "What happens when?" as a page of Markdown. */
export function timelinePage({ timeline, at }: ScenarioView): string {
    const entries = timelineEntries(timeline);
    const rows = entries.map(({ at: time, certain, sentences, operations }, index) => {
        const isCurrent = time <= at && (entries[index + 1]?.at ?? Infinity) > at;
        const label = `${isCurrent ? '**' : ''}${certain ? '' : 'from '}${momentLabel(time)}${isCurrent ? '**' : ''}`;
        return `| ${label} | ${marks(operations)} | ${sentences.join(' ')} |`;
    });
    return [
        '# What happens when?',
        scenarioTitle(timeline.points[0]!.earliest.outcome),
        ['| time | workloads · local · metrics · management | |', '|:--|:--|:--|', ...rows].join('\n'),
        'Where only a range of time is known, it begins at its earliest: *from*. Times are counted from the beginning of the failure.',
        '',
    ].join('\n\n');
}

/** The pages that answer questions about a scenario. */
export const pages = {
    timeline: timelinePage,
    actions: ({ outcome, at }: ScenarioView) => actionsPage(outcome, titleAt(outcome, at)),
    next: ({ outcome, at }: ScenarioView) => nextPage(outcome, titleAt(outcome, at)),
} as const;

function titleAt(outcome: Outcome, at: number): string {
    if (at === 0) return scenarioTitle(outcome);
    if (outcome.failures.length === 0) return `All is repaired, ${momentLabel(at)} after the beginning.`;
    return `${scenarioTitle(outcome).replace(/\.$/, '')}, after ${momentLabel(at)}.`;
}
