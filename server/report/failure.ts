import { html } from '../encoding/html.js';
import { plain } from '../encoding/markdown.js';
import { xml } from '../encoding/xml.js';
import { gravities } from '../failure/gravity.js';
import type { Citations } from '../impact/citations.js';
import { factsOf } from '../impact/facts.js';
import { operationStories, severityPhrase } from '../impact/operations.js';
import { elementPhrase } from '../impact/phrases.js';
import { recoverySteps, restorationSteps } from '../impact/recovery.js';
import type { RecoveryStep } from '../impact/recovery-step.js';
import { restorationDangers, whatIsLost } from '../impact/restoration.js';
import type { ScenarioView } from '../impact/scenario.js';
import { worsePhrase } from '../impact/summary.js';
import { timelineEntries } from '../impact/timeline.js';
import { userRows } from '../impact/user-rows.js';
import { componentKinds } from '../knowledge/components.js';
import { operations, operationTitles } from '../knowledge/operations.js';
import { capitalized, count } from '../words/english.js';
import { momentLabel } from '../words/times.js';
import type { MatrixRow } from '../matrix/matrix.js';
import { gravitySign, listed, placeOf, severityMark } from './parts.js';

/** So many hosts and services, steps and times a failure lists before it only counts them. */
const mostRows = 12;

/** The page of one failure. @param worseFrom seconds */
export function failureSection(
    row: MatrixRow,
    id: string,
    view: ScenarioView,
    worseFrom: number | undefined,
    cite: Citations,
): string {
    const { element, headline, gravity } = row;
    const { outcome } = view;
    const worse = worseFrom === undefined ? '' : ` <span class="dim">· ${xml(worsePhrase(worseFrom))}</span>`;
    const name = capitalized(plain(elementPhrase(element)));
    const { title } = componentKinds[element.kind];
    return [
        `<article class="failure" id="${id}" aria-labelledby="${id}-title">`,
        '<a class="back" href="#matrix">Back to the matrix</a>',
        `<h3 id="${id}-title">${gravitySign(gravity)}${xml(name)}</h3>`,
        `<p class="dim"><code>${xml(element.name)}</code> ${xml(title)}, ${placeOf(element.at)}</p>`,
        `<p class="headline">${xml(headline)}${worse}</p>`,
        operationTable(view),
        '<div class="cols">',
        listed('Hosts and services', userItems(view), { look: 'plain' }),
        listed('Timeline', timeItems(view), { tag: 'ol', look: 'time' }),
        listed('Recovery', stepItems(recoverySteps(outcome), cite), { tag: 'ol' }),
        listed('Restoration, if it is lost for good', [
            ...stepItems(restorationSteps(outcome), cite),
            ...restorationDangers(outcome).map((danger) => `<strong>Take care.</strong> ${html(danger)}`),
        ]),
        listed('Lost, whatever is done', whatIsLost(outcome).map(html)),
        '</div>',
        '</article>',
    ]
        .filter((part) => part !== '')
        .join('\n');
}

function operationTable({ outcome }: ScenarioView): string {
    const stories = operationStories(factsOf(outcome));
    const rows = operations.map((operation) => {
        const { severity, sentences } = stories[operation];
        const says = sentences.slice(0, 2).join(' ') || severityPhrase(operation, outcome);
        return `<tr><th scope="row">${operationTitles[operation]}<td>${severityMark(severity)}<td>${html(says)}`;
    });
    return `<table class="ops"><tbody>${rows.join('')}</tbody></table>`;
}

function userItems({ outcome }: ScenarioView): string[] {
    const rows = userRows(outcome, []).sort((a, b) => gravities.indexOf(a.gravity) - gravities.indexOf(b.gravity));
    return most(
        rows.map(({ name, gravity, phrase }) => `${gravitySign(gravity)}<code>${xml(name)}</code> ${html(phrase)}`),
    );
}

function timeItems({ timeline }: ScenarioView): string[] {
    return most(
        timelineEntries(timeline).map(({ at, certain, sentences }) => {
            const label = capitalized(`${certain ? '' : 'from '}${momentLabel(at)}`);
            const shown = sentences.slice(0, 4);
            const rest = sentences.length - shown.length;
            return `<strong>${xml(label)}:</strong> ${html(shown.join(' '))}${rest > 0 ? ` And ${count(rest, 'more change')}.` : ''}`;
        }),
    );
}

function stepItems(steps: readonly RecoveryStep[], cite: Citations): string[] {
    return most(
        steps.map(({ text, by, takes, check, atHand, source, confidence }) => {
            const whose = by === 'itself' ? 'By itself' : 'By hand';
            const says = `${text}${takes ? ` Takes ${takes}.` : ''}${cite.mark(source, confidence)}`;
            const below = [...(check === undefined ? [] : [`Done when ${check}.`]), ...atHand];
            const more = below.length > 0 ? `<ul>${below.map((each) => `<li>${html(each)}`).join('')}</ul>` : '';
            return `<strong>${whose}.</strong> ${html(says)}${more}`;
        }),
    );
}

/** No more than fit; whoever needs the rest has the runbook. @param items HTML */
function most(items: readonly string[]): string[] {
    const rest = items.length - mostRows;
    return rest > 0 ? [...items.slice(0, mostRows), `<span class="dim">and ${rest} more</span>`] : [...items];
}
