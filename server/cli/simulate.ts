import { json } from '../encoding/json.js';
import { analysisOf } from '../failure/analysis.js';
import type { Outcome } from '../failure/outcome.js';
import { actionAnswers, actionLines, verdictSigns, type ActionAnswer } from '../impact/actions.js';
import { assumptionsOf, type Assumption } from '../impact/assumed.js';
import { assumptionSentence, conditionOf } from '../impact/conditions.js';
import { contradictionSentence, contradictionsIn } from '../impact/contradictions.js';
import { enduranceSentences } from '../impact/endurance.js';
import { factsOf } from '../impact/facts.js';
import { heldClauses } from '../impact/held.js';
import { eitherOf, harmsPhrase, usedUp } from '../impact/next.js';
import { operationStories, severityPhrase } from '../impact/operations.js';
import { differenceSentence, differencesFromPublished } from '../impact/published.js';
import { recoverySteps, restorationSteps, type RecoveryStep } from '../impact/recovery.js';
import { reportOf } from '../impact/report.js';
import { restorationDangers, whatIsLost } from '../impact/restoration.js';
import { runbookOf } from '../impact/runbook.js';
import { asksForMore, headingOf, scenarioView, type Given, type ScenarioView } from '../impact/scenario.js';
import { marks } from '../impact/summary.js';
import { timelineEntries } from '../impact/timeline.js';
import { count, momentLabel, plain } from '../impact/wording.js';
import { hostPhrase, servicePhrase } from '../impact/workloads.js';
import { actions, type ActionId } from '../knowledge/actions.js';
import { operations, operationTitles, severitySigns, type Severity } from '../knowledge/operations.js';
import type { Element } from '../topology/elements.js';
import { colours } from './colours.js';
import { elementNamed } from './element-named.js';
import { complain, print } from './output.js';
import { UsageError } from './usage-error.js';
import { chooseTopology, readWorkspace } from './workspace.js';

export interface SimulateOptions {
    readonly fail?: readonly string[];
    readonly given?: readonly string[];
    readonly restart?: readonly string[];
    readonly deploy?: readonly string[];
    readonly scale?: readonly string[];
    /** Seconds. */
    readonly for?: number;
    readonly at?: number;
    readonly format: 'text' | 'json' | 'markdown';
    readonly topology?: string;
}

/** A service that somebody wants to change while others are down, and the answer for each of its homes. */
interface Change {
    readonly action: ActionId;
    readonly service: string;
    readonly answers: readonly ActionAnswer[];
}

/**
 * `tsbtopo simulate`: what these failures do, all at once, and how it goes on from there.
 *
 * @returns the exit code: 0 whatever it finds, 2 if a file cannot be read
 * @throws UsageError for an element that the topology does not have
 */
export async function simulate(paths: readonly string[], options: SimulateOptions): Promise<number> {
    const { fail = [], given = [], restart = [], deploy = [], scale = [] } = options;
    if (fail.length + given.length + restart.length === 0)
        throw new UsageError('Say what fails (--fail ELEMENT), or what is restarted (--restart ELEMENT).');
    const workspace = await readWorkspace(paths);
    const topology = chooseTopology(workspace, options.topology);
    const errors = workspace.documents
        .flatMap((document) => document.diagnostics ?? [])
        .filter(({ severity }) => severity === 1);
    if (errors.length > 0) {
        complain(`What is broken is left out (${count(errors.length, 'error')}, see tsbtopo check).`);
    }
    const { graph } = analysisOf(topology);
    const named = (texts: readonly string[]) => [...new Set(texts.map((text) => elementNamed(graph.elements, text)))];
    const view = scenarioView(graph, {
        failures: named(fail),
        given: named(given),
        restarts: named(restart),
        ...(options.for !== undefined && { duration: options.for }),
        ...(options.at !== undefined && { at: options.at }),
    });
    const changeOf = (action: ActionId) => (text: string) =>
        changeAnswer(view.outcome, action, graph.elements.byName.get(elementNamed(graph.elements, text))!);
    const changes = [...deploy.map(changeOf('deploy')), ...scale.map(changeOf('scale'))];
    await print(formats[options.format](view, changes));
    return workspace.isIncomplete ? 2 : 0;
}

/** A scenario as `simulate` prints it. */
export const formats: Readonly<
    Record<SimulateOptions['format'], (view: ScenarioView, changes: readonly Change[]) => string>
> = {
    json: (view, changes) => json({ ...reportOf(view), changes: changes.map(plainChange) }),
    markdown: (view) => runbookOf(view),
    text: asText,
};

function changeAnswer(outcome: Outcome, action: ActionId, { name, kind, service }: Element): Change {
    if (kind !== 'service' || service === undefined)
        throw new UsageError(`${name} is not a service: only services are deployed and scaled.`);
    const { homes } = outcome.graph.topology.services.find(({ shortName }) => shortName === service)!;
    const answers = actionAnswers(
        outcome,
        homes.map(({ cluster }) => cluster),
    );
    return { action, service, answers: answers.filter((answer) => answer.action === action) };
}

function plainChange({ action, service, answers }: Change) {
    return {
        action,
        service,
        homes: answers.map(({ cluster, verdict, says, because }) => ({
            cluster,
            verdict,
            says: says.map(plain),
            because: plain(because),
        })),
    };
}

const severityColours: Readonly<Record<Severity, (text: string) => string>> = {
    unaffected: colours.green,
    limited: colours.yellow,
    total: colours.red,
};

/** A scenario for whoever reads a terminal. */
export function asText(view: ScenarioView, changes: readonly Change[]): string {
    const { outcome, timeline, at, given } = view;
    const stories = operationStories(factsOf(outcome));
    const assumptions = assumptionsOf(view);
    const blocks = [
        colours.bold(plain(headingOf(view))) + colours.dim(`  topology ${outcome.graph.topology.name}`),
        ...(given && asksForMore(view) ? [givenText(given)] : []),
        ...changes.flatMap(({ action, service, answers }) =>
            block(`${actions[action].title}: ${service}`, answers.map(answerText)),
        ),
        operations
            .map((operation) => {
                const { severity, sentences } = stories[operation];
                const title = `${severitySigns[severity]} ${operationTitles[operation]}: ${severityPhrase(operation, outcome)}${conditionOf(assumptions, 'operation', operation)}`;
                return [severityColours[severity](title), ...sentences.map((sentence) => `   ${plain(sentence)}`)].join(
                    '\n',
                );
            })
            .join('\n'),
        ...hostsBlock(outcome, assumptions),
        ...servicesBlock(outcome, assumptions),
        ...clustersBlock(outcome),
        ...block(
            'When',
            timelineEntries(timeline).map((entry) => {
                const label = `${entry.certain ? '' : 'from '}${momentLabel(entry.at)}`;
                return `${label}  ${marks(entry.operations)}  ${entry.sentences.join(' ')}`;
            }),
        ),
        ...block('How long', at === 0 ? enduranceSentences(outcome) : []),
        ...block('What can still be done', [
            ...actionLines(actionAnswers(outcome)),
            ...(actionAnswers(outcome).some(({ verdict }) => verdict === 'yes') ? ['✅ All else.'] : []),
        ]),
        ...block('Held', heldClauses(outcome)),
        ...block(
            'What would hurt next',
            usedUp(outcome)
                .slice(0, mostNext)
                .map((next) => `${eitherOf(next)}: ${harmsPhrase(next.onlyNow.told)}`),
        ),
        ...block('Assumed', assumptions.map(assumptionSentence)),
        ...block('Not as published', differencesFromPublished(outcome).map(differenceSentence)),
        ...block('The published material says two things', contradictionsIn(outcome).map(contradictionSentence)),
        ...block('Coming back', recoverySteps(outcome).map(stepText)),
        ...block('If it is gone for good', restorationSteps(outcome).map(stepText)),
        ...block('Take care', restorationDangers(outcome)),
        ...block('Lost for good', whatIsLost(outcome, view.duration)),
    ];
    return `${blocks.join('\n\n')}\n`;
}

/** How many further failures are named. */
const mostNext = 5;

function givenText({ harms, onlyTogether }: Given): string {
    if (harms.length === 0) return colours.green('✅ It takes nothing more than is lost already.');
    const together =
        onlyTogether.length === 0
            ? 'It would do the same if all else were up.'
            : `Not if all else were up: ${plain(harmsPhrase(onlyTogether))}.`;
    const colour = onlyTogether.length > 0 ? colours.red : colours.yellow;
    return `${colour(`${onlyTogether.length > 0 ? '❌' : '⚠️'} It takes ${plain(harmsPhrase(harms))}.`)}\n   ${together}`;
}

function answerText({ cluster, verdict, says, because }: ActionAnswer): string {
    const why = because ? ` (${because})` : '';
    return `${verdictSigns[verdict]} on ${cluster}${says.length > 0 ? `: ${says.join('; ')}${why}` : ''}`;
}

function block(title: string, lines: readonly string[]): string[] {
    return lines.length > 0 ? [[colours.bold(title), ...lines.map((line) => `   ${plain(line)}`)].join('\n')] : [];
}

function hostsBlock({ hosts }: Outcome, assumptions: readonly Assumption[]): string[] {
    return block(
        'Hosts',
        hosts.flatMap((host) => {
            const phrase = hostPhrase(host);
            if (phrase === undefined) return [];
            return [
                `${severitySigns[host.severity]} ${host.host}: ${phrase}${conditionOf(assumptions, 'host', host.host)}`,
            ];
        }),
    );
}

function servicesBlock({ services }: Outcome, assumptions: readonly Assumption[]): string[] {
    return block(
        'Services',
        services.flatMap((service) => {
            const phrase = servicePhrase(service);
            if (phrase === undefined) return [];
            const condition = conditionOf(assumptions, 'service', service.name);
            return [`${severitySigns[service.severity]} ${service.name}: ${phrase}${condition}`];
        }),
    );
}

function clustersBlock({ clusters }: Outcome): string[] {
    return block(
        'Clusters',
        clusters.flatMap(({ name, alive, freshness = 'live' }) => {
            if (!alive) return [`${name}: gone`];
            return freshness === 'live' ? [] : [`${name}: configuration ${freshness}`];
        }),
    );
}

function stepText({ text, by, takes, check, atHand }: RecoveryStep): string {
    const needs = atHand.map((item) => `\n     - ${item}`).join('');
    const done = check === undefined ? '' : `\n     Done when ${check}.`;
    return `${by === 'itself' ? 'By itself' : 'By hand'}: ${text}${takes ? ` Takes ${takes}.` : ''}${done}${needs}`;
}
