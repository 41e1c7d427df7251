import { blastRadiusOf } from '../failure/blast-radius.js';
import { code, text } from '../encoding/markdown.js';
import { capitalized, withAllNames } from '../words/english.js';
import { momentLabel, momentPhrase } from '../words/times.js';
import type { Outcome } from '../failure/outcome.js';
import { operations, operationTitles, severitySigns, severityWords } from '../knowledge/operations.js';
import { downThere, isDownThere, verdictSigns } from './actions.js';
import { assumptionsOf, type Assumption } from './assumed.js';
import { whatGetsWorse, whatOperationsLose, whoIsHurt, type BriefLine } from './brief.js';
import { whatCanWait, whatToBringBack } from './bring-back.js';
import { citations, type Citations } from './citations.js';
import { assumptionSentence, conditionOf } from './conditions.js';
import { contradictionsIn } from './contradictions.js';
import { doableNow, type Doable } from './doable.js';
import { factsOf, type Facts } from './facts.js';
import { gravitySigns } from './gravity-words.js';
import { heldClauses } from './held.js';
import { eitherOf, harmsPhrase, usedUp } from './next.js';
import { operationStories, severityPhrase } from './operations.js';
import { ownersOfWhatIsHurt } from './owners.js';
import { differenceSentence, differencesFromPublished } from './published.js';
import { recoverySteps, restorationSteps } from './recovery.js';
import type { RecoveryStep } from './recovery-step.js';
import { restorationDangers, whatIsLost } from './restoration.js';
import { rootStories, type RootStory } from './roots.js';
import { failuresIn, headingOf, type ScenarioView } from './scenario.js';
import { headline } from './summary.js';
import { timelineEntries } from './timeline.js';
import { list, section, table, type Item, type Items } from './page-parts.js';
import { userRows } from './user-rows.js';
import { otherWorkloads } from './workloads.js';

/** A flowchart for the runbook, for pages that draw Mermaid. */
export interface Chart {
    readonly mermaid: string;
    readonly leftOut: number;
}

/**
 * A page of Markdown for whoever has to act: the answer of one minute, what to do, and only then the details and why.
 * It is as readable as plain text.
 *
 * @param chart of the ways of those who notice, where the page will be read in something that draws Mermaid
 */
export function runbookOf(view: ScenarioView, chart?: Chart): string {
    return withAllNames(() => pageOf(view, chart));
}

function pageOf(view: ScenarioView, chart: Chart | undefined): string {
    const { outcome } = view;
    const assumptions = assumptionsOf(view);
    const cite = citations();
    const sections = [
        `# ${headingOf(view)}`,
        ...briefSection(view),
        ...toDoSection(outcome),
        ...section('Do not lose these now, too', nextItems(outcome)),
        ...section('Recovery', stepItems(recoverySteps(outcome), cite), true),
        ...section('Restoration (lost for good)', restorationItems(view, cite)),
        ...chartSection(chart),
        ...operationSection(outcome, assumptions),
        ...trafficSection(outcome, assumptions),
        ...clusterSection(outcome),
        ...section('Timeline', timelineItems(view)),
        ...section('What stays up', heldClauses(outcome, Infinity)),
        ...section('On what this rests', [
            ...assumptions.map(assumptionSentence),
            ...differencesFromPublished(outcome).map(differenceSentence),
        ]),
        ...section(
            'Why',
            rootStories(outcome).map((story) => rootItem(story, cite)),
        ),
        ...section('Sources', cite.list(), true),
        ...section(
            'Where the published material disagrees',
            contradictionsIn(outcome).map(({ topic, here }) => `${topic}: ${here}`),
        ),
    ];
    return `${sections.join('\n\n')}\n`;
}

// The answer of one minute ---------------------------------------------------------------------------------------------

function briefSection(view: ScenarioView): string[] {
    const { outcome, at, duration, began } = view;
    const failed = failuresIn(view).map(({ name }) => code(name));
    const owners = ownersOfWhatIsHurt(outcome);
    const files = outcome.graph.topology.files.map((uri) => code(fileName(uri)));
    const facts = [
        `topology ${code(outcome.graph.topology.name)} (${files.join(', ')})`,
        ...(failed.length > 0 ? [`made to fail: ${failed.join(', ')}`] : []),
        ...(duration === undefined ? [] : [`repaired ${momentPhrase(duration, began)}`]),
    ];
    return [
        `${capitalized(momentPhrase(at, began))}: ${text(headline(blastRadiusOf(outcome)))}.`,
        list([
            ...[...whoIsHurt(view), ...whatOperationsLose(outcome)].map(briefItem),
            ...(owners.length > 0 ? [`☎ **Owners:** ${owners.join(', ')}`] : []),
            ...whatGetsWorse(view)
                .slice(0, mostWorsenings)
                .map((sentence) => `⏱ ${sentence}`),
            `${capitalized(facts.join('; '))}.`,
        ]),
    ];
}

/** The last part of an address: where the file stands differs from machine to machine. */
function fileName(uri: string): string {
    return uri.slice(uri.lastIndexOf('/') + 1);
}

function briefItem({ sign, title, items }: BriefLine): string {
    return `${sign} **${capitalized(title)}:** ${items.join(', ')}`;
}

/** How many things that get worse are told at the beginning; the timeline has all. */
const mostWorsenings = 3;

// What to do -----------------------------------------------------------------------------------------------------------

function toDoSection(outcome: Outcome): string[] {
    const all = doableNow(outcome);
    const some = (['no', 'caveat', 'yes'] as const).flatMap((verdict): Item[] => {
        const things = all.filter((each) => each.verdict === verdict);
        if (things.length === 0) return [];
        return [{ text: `${verdictSigns[verdict]} **${verdictTitles[verdict]}**`, below: things.map(doableText) }];
    });
    return section('What to do now', [...bringBackItems(outcome), ...some]);
}

function bringBackItems(outcome: Outcome): Item[] {
    const back = whatToBringBack(outcome).map(({ what, why }) => `${what}: ${why}`);
    if (back.length > 1) return [{ text: '**Bring back**, in this order', below: back }];
    return [...back.map((only) => `**Bring back** ${only}`), ...whatCanWait(outcome)].map((says) => ({
        text: `${says.replace(/\.$/, '')}.`,
        below: [],
    }));
}

const verdictTitles: Readonly<Record<Doable['verdict'], string>> = {
    no: 'Cannot be done now, so do not try',
    caveat: 'Only with care',
    yes: 'As usual',
};

function doableText({ titles, short, clusters, isEverywhere, says }: Doable): string {
    const what = titles.length === 1 ? titles[0]! : capitalized(short.join(', '));
    if (isDownThere({ says })) return downThere(clusters);
    const where = isEverywhere ? '' : ` on ${clusters.map(code).join(', ')}`;
    return `${what}${where}${says.length > 0 ? `: ${says.join('; ')}` : ''}`;
}

function nextItems(outcome: Outcome): string[] {
    return usedUp(outcome)
        .slice(0, mostNext)
        .map((next) => `${capitalized(eitherOf(next))}: then ${harmsPhrase(next.onlyNow.told)}`);
}

/** How many further failures a runbook names. */
const mostNext = 5;

// Recovery and restoration ---------------------------------------------------------------------------------------------

function restorationItems(view: ScenarioView, cite: Citations): Items {
    const dangers = restorationDangers(view.outcome);
    const lost = whatIsLost(view.outcome, view.duration);
    return [
        ...stepItems(restorationSteps(view.outcome), cite),
        ...dangers.map((danger) => `**Take care.** ${danger}`),
        ...(lost.length > 0 ? [{ text: '**Lost, whatever is done:**', below: lost }] : []),
    ];
}

/** Steps of the way back; what is to be done for several things alike is said once. */
function stepItems(steps: readonly RecoveryStep[], cite: Citations): Item[] {
    const alike = new Map<string, RecoveryStep[]>();
    for (const step of steps) {
        const key = JSON.stringify([withoutName(step), step.by, step.takes, step.atHand, step.source]);
        alike.set(key, [...(alike.get(key) ?? []), step]);
    }
    return [...alike.values()].map(([first, ...others]) => stepItem(first!, others, cite));
}

/** The text of a step with a gap where its element is named. */
function withoutName({ text: says, element }: RecoveryStep): string {
    const names = element ? [element.name, element.cluster ?? element.name] : [];
    return names.reduce((rest, name) => rest.replaceAll(code(name), '…'), says);
}

function stepItem(step: RecoveryStep, others: readonly RecoveryStep[], cite: Citations): Item {
    const { text: says, by, takes, check, atHand, source, confidence } = step;
    const whose = by === 'itself' ? 'By itself' : 'By hand';
    const same = others.map(({ element }) => code(element?.cluster ?? element?.name ?? ''));
    const more = same.length > 0 ? ` The same for ${same.join(', ')}.` : '';
    return {
        text: `**${whose}.** ${says}${takes ? ` Takes ${takes}.` : ''}${more}${cite.mark(source, confidence)}`,
        below: [...(check === undefined ? [] : [`Done when ${check}.`]), ...atHand.map(tickBox)],
    };
}

/** What is there is ticked, what is lost or not known is left to tick: [x], [ ]. */
function tickBox(item: string): string {
    return item
        .replace(/^✓ /, '[x] ')
        .replace(/^✗ /, '[ ] missing: ')
        .replace(/^\? /, '[ ] find out: ')
        .replace(/^(?!\[)/, '[ ] ');
}

// Details --------------------------------------------------------------------------------------------------------------

function chartSection(chart: Chart | undefined): string[] {
    if (!chart) return [];
    const { mermaid, leftOut } = chart;
    const more = leftOut > 0 ? ` The ways of ${leftOut} more who notice are left out.` : '';
    return [
        '## The ways of requests',
        `An arrow carries requests, a thick one takes over, one with a cross carries none any more.${more}`,
        `\`\`\`mermaid\n${mermaid}\`\`\``,
    ];
}

function operationSection(outcome: Outcome, assumptions: readonly Assumption[]): string[] {
    const facts = factsOf(outcome);
    const stories = operationStories(facts);
    return section(
        'Operations',
        operations.map((operation) => {
            const { severity, sentences } = stories[operation];
            const condition = conditionOf(assumptions, 'operation', operation);
            return {
                text: `${severitySigns[severity]} **${operationTitles[operation]}: ${severityPhrase(operation, outcome)}**${condition}`,
                below: operation === 'runningWorkloads' ? workloadSentences(facts, sentences) : sentences,
            };
        }),
    );
}

/** Hosts and services have a table of their own. */
function workloadSentences(facts: Facts, sentences: readonly string[]): readonly string[] {
    const hasTable = userRows(facts.outcome, []).length > 0;
    return hasTable ? ['Hosts and services: see the table below.', ...otherWorkloads(facts)] : sentences;
}

function trafficSection(outcome: Outcome, assumptions: readonly Assumption[]): string[] {
    const owners = new Map(outcome.graph.topology.services.map(({ shortName, owner }) => [shortName, owner]));
    return table(
        'Hosts and services',
        ['host or service', 'sign', 'what happens', 'owner'],
        userRows(outcome, assumptions).map(({ name, service, gravity, phrase }) => [
            code(name),
            gravitySigns[gravity],
            phrase,
            text(owners.get(service) ?? '–'),
        ]),
    );
}

function clusterSection({ clusters }: Outcome): string[] {
    const judged = clusters.filter(({ alive, freshness }) => !alive || freshness !== undefined);
    const rows = judged.map(({ name, freshness, operations: marks }) => [
        code(name),
        freshness ?? 'down',
        ...(['runningWorkloads', 'localClusterOperations', 'metricsCollection'] as const).map((operation) => {
            const severity = marks[operation];
            return severity ? `${severitySigns[severity]} ${severityWords[severity]}` : '–';
        }),
    ]);
    return table('Clusters', ['cluster', 'configuration', 'workloads', 'local operations', 'metrics'], rows);
}

function timelineItems({ timeline, at, began }: ScenarioView): string[] {
    const entries = timelineEntries(timeline);
    return entries.map(({ at: time, certain, sentences }, index) => {
        const isCurrent = time <= at && (entries[index + 1]?.at ?? Infinity) > at;
        const label = `${certain ? '' : 'from '}${momentLabel(time, began)}${isCurrent ? ' (now)' : ''}`;
        return `**${capitalized(label)}:** ${sentences.join(' ')}`;
    });
}

// Why ------------------------------------------------------------------------------------------------------------------

function rootItem({ roots, tookDown, outOfReach, losses }: RootStory, cite: Citations): Item {
    return {
        text: `**${capitalized(roots.join(' and '))}**`,
        below: [
            ...(tookDown.length > 0 ? [`Down with it: ${tookDown.join(', ')}`] : []),
            ...(outOfReach.length > 0 ? [`Out of reach with it: ${outOfReach.join(', ')}`] : []),
            ...losses.map(({ what, state, because, by, source, confidence }) => {
                const way = by ? ` (← ${by})` : '';
                return `${capitalized(what)} ${state === 'lost' ? 'lost' : 'held back'}: ${because}${way}${cite.mark(source, confidence)}`;
            }),
        ],
    };
}
