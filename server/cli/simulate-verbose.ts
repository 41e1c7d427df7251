import type { Outcome } from '../failure/outcome.js';
import { actionAnswers, actionLines, verdictSigns } from '../impact/actions.js';
import { assumptionsOf } from '../impact/assumed.js';
import { assumptionSentence, conditionOf } from '../impact/conditions.js';
import { contradictionSentence, contradictionsIn } from '../impact/contradictions.js';
import { enduranceSentences } from '../impact/endurance.js';
import { factsOf } from '../impact/facts.js';
import { gravitySigns } from '../impact/gravity-words.js';
import { heldClauses } from '../impact/held.js';
import { eitherOf, harmsPhrase, usedUp } from '../impact/next.js';
import { operationStories, severityPhrase } from '../impact/operations.js';
import { differenceSentence, differencesFromPublished } from '../impact/published.js';
import { recoverySteps, restorationSteps } from '../impact/recovery.js';
import type { RecoveryStep } from '../impact/recovery-step.js';
import { restorationDangers, whatIsLost } from '../impact/restoration.js';
import type { ScenarioView } from '../impact/scenario.js';
import { timelineEntries } from '../impact/timeline.js';
import { userRows, type UserRow } from '../impact/user-rows.js';
import { code, plain } from '../encoding/markdown.js';
import { enumerated } from '../words/english.js';
import { momentLabel } from '../words/times.js';
import { actions } from '../knowledge/actions.js';
import { operations, operationTitles, severitySigns, type Severity } from '../knowledge/operations.js';
import { colours } from './colours.js';
import { block, questionBlocks, titleOf, type Change } from './simulate-blocks.js';

const severityColours: Readonly<Record<Severity, (text: string) => string>> = {
    unaffected: colours.green,
    limited: colours.yellow,
    total: colours.red,
};

/** Everything that is known of a scenario, for whoever reads a terminal. */
export function verboseText(view: ScenarioView, changes: readonly Change[]): string {
    const { outcome, timeline, at } = view;
    const stories = operationStories(factsOf(outcome));
    const assumptions = assumptionsOf(view);
    const users = userRows(outcome, assumptions);
    const linesOf = (kind: UserRow['kind']) =>
        users
            .filter((row) => row.kind === kind)
            .map(({ gravity, name, phrase }) => `${gravitySigns[gravity]} ${name}: ${phrase}`);
    const blocks = [
        titleOf(view),
        ...questionBlocks(view, changes),
        operations
            .map((operation) => {
                const { severity, sentences } = stories[operation];
                const title = `${severitySigns[severity]} ${operationTitles[operation]}: ${severityPhrase(operation, outcome)}${conditionOf(assumptions, 'operation', operation)}`;
                return [severityColours[severity](title), ...sentences.map((sentence) => `   ${plain(sentence)}`)].join(
                    '\n',
                );
            })
            .join('\n'),
        ...block('Hosts', linesOf('host')),
        ...block('Services', linesOf('service')),
        ...clustersBlock(outcome),
        ...block(
            'Timeline',
            timelineEntries(timeline).map((entry) => {
                const label = `${entry.certain ? '' : 'from '}${momentLabel(entry.at, view.began)}`;
                return `${label}: ${entry.sentences.join(' ')}`;
            }),
        ),
        ...block('How long', at === 0 ? enduranceSentences(outcome) : []),
        ...block('What can still be done', [...actionLines(actionAnswers(outcome)), ...asUsual(outcome)]),
        ...block('Stays up', heldClauses(outcome)),
        ...block(
            'Do not lose these now, too',
            usedUp(outcome)
                .slice(0, mostNext)
                .map((next) => `${eitherOf(next)}: ${harmsPhrase(next.onlyNow.told)}`),
        ),
        ...block('Assumed', assumptions.map(assumptionSentence)),
        ...block('Not as published', differencesFromPublished(outcome).map(differenceSentence)),
        ...block('The published material disagrees', contradictionsIn(outcome).map(contradictionSentence)),
        ...block('Recovery', recoverySteps(outcome).map(stepText)),
        ...block('Restoration (lost for good)', restorationSteps(outcome).map(stepText)),
        ...block('Take care', restorationDangers(outcome)),
        ...block('Lost, whatever is done', whatIsLost(outcome, view.duration)),
    ];
    return `${blocks.join('\n\n')}\n`;
}

/** What can be done as ever, and where, if not everywhere. */
function asUsual(outcome: Outcome): string[] {
    const answers = actionAnswers(outcome);
    const byPlace = new Map<string, Set<string>>();
    for (const action of new Set(answers.map((answer) => answer.action))) {
        const all = answers.filter((answer) => answer.action === action);
        const clusters = all.filter(({ verdict }) => verdict === 'yes').map(({ cluster }) => code(cluster));
        if (clusters.length === 0) continue;
        const where = clusters.length < all.length ? ` on ${enumerated(clusters)}` : '';
        byPlace.set(where, (byPlace.get(where) ?? new Set()).add(actions[action].short));
    }
    return [...byPlace].map(([where, short]) => `${verdictSigns.yes} As usual${where}: ${[...short].join(', ')}.`);
}

/** How many further failures are named. */
const mostNext = 5;

function clustersBlock({ clusters }: Outcome): string[] {
    return block(
        'Clusters',
        clusters.flatMap(({ name, alive, freshness = 'live' }) => {
            if (!alive) return [`${name}: down`];
            return freshness === 'live' ? [] : [`${name}: configuration ${freshness}`];
        }),
    );
}

function stepText({ text, by, takes, check, atHand }: RecoveryStep): string {
    const needs = atHand.map((item) => `\n     - ${item}`).join('');
    const done = check === undefined ? '' : `\n     Done when ${check}.`;
    return `${by === 'itself' ? 'By itself' : 'By hand'}: ${text}${takes ? ` Takes ${takes}.` : ''}${done}${needs}`;
}
