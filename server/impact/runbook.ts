import { text } from '../encoding/markdown.js';
import type { Outcome } from '../failure/outcome.js';
import { operations, operationTitles, severitySigns } from '../knowledge/operations.js';
import { componentKinds } from '../knowledge/components.js';
import { sources } from '../knowledge/sources.js';
import { causeSteps } from './causes.js';
import { explainer } from '../failure/explain.js';
import { factsOf } from './facts.js';
import { heldClauses } from './held.js';
import { operationStories, severityPhrase } from './operations.js';
import { differenceSentence, differencesFromPublished } from './published.js';
import { recoverySteps, restorationSteps, type RecoveryStep } from './recovery.js';
import { actionAnswers, actionLines } from './actions.js';
import { assumptionsOf, type Assumption } from './assumed.js';
import { assumptionSentence, conditionOf } from './conditions.js';
import { contradictionSentence, contradictionsIn } from './contradictions.js';
import { eitherOf, harmsPhrase, usedUp } from './next.js';
import { timelineTable } from './pages.js';
import { restorationDangers, whatIsLost } from './restoration.js';
import { failuresIn, headingOf, type ScenarioView } from './scenario.js';
import { capitalized, code, count, facetPhrase, momentLabel } from './wording.js';
import { hostPhrase, servicePhrase } from './workloads.js';

/** A page of Markdown for whoever has to act: what is lost, what still works, until when, why, and the way back. */
export function runbookOf(view: ScenarioView): string {
    const { outcome, timeline, at, duration } = view;
    const facts = factsOf(outcome);
    const stories = operationStories(facts);
    const assumptions = assumptionsOf(view);
    const failed = failuresIn(view).map((element) => `${componentKinds[element.kind].title} ${code(element.name)}`);
    const repaired = duration === undefined ? '' : ` Repaired after ${momentLabel(duration)}.`;
    const sections = [
        `# ${headingOf(view)}`,
        `Topology ${code(outcome.graph.topology.name)}. Made to fail: ${failed.join(', ') || 'nothing'}.${repaired}`,
        at === 0 ? '## What it does' : `## What it does after ${momentLabel(at)}`,
        [
            '| operation | | |',
            '|:--|:-:|:--|',
            ...operations.map((operation) => {
                const { severity, sentences } = stories[operation];
                return `| ${operationTitles[operation]} | ${severitySigns[severity]} ${severityPhrase(operation, outcome)}${conditionOf(assumptions, 'operation', operation)} | ${sentences.join(' ')} |`;
            }),
        ].join('\n'),
        ...hostSection(outcome, assumptions),
        ...serviceSection(outcome, assumptions),
        ...clusterSection(outcome),
        '## When',
        timelineTable(timeline, at),
        ...section('What can still be done', actionLines(actionAnswers(outcome)).map(capitalized)),
        ...section('What held', heldClauses(outcome)),
        ...section(
            'What would hurt next',
            usedUp(outcome)
                .slice(0, mostNext)
                .map((next) => `One more failure of ${eitherOf(next)}: ${harmsPhrase(next.onlyNow.told)}.`),
        ),
        ...section('What is assumed', assumptions.map(assumptionSentence)),
        ...section(
            'Where the published page says otherwise',
            differencesFromPublished(outcome).map(differenceSentence),
        ),
        ...section(
            'Where the published material says two things',
            contradictionsIn(outcome).map(contradictionSentence),
        ),
        ...whySection(outcome),
        ...section('Coming back', recoverySteps(outcome).map(stepLine), true),
        ...section('If something is lost for good', restorationSteps(outcome).map(stepLine), true),
        ...section('Take care', restorationDangers(outcome)),
        ...section('Lost for good', whatIsLost(outcome, view.duration)),
    ];
    return `${sections.join('\n\n')}\n`;
}

function section(title: string, items: readonly string[], numbered = false): string[] {
    if (items.length === 0) return [];
    return [`## ${title}`, items.map((item, index) => `${numbered ? `${index + 1}.` : '-'} ${item}`).join('\n')];
}

function hostSection({ hosts }: Outcome, assumptions: readonly Assumption[]): string[] {
    const rows = hosts.flatMap((host) => {
        const phrase = hostPhrase(host);
        if (phrase === undefined) return [];
        const condition = conditionOf(assumptions, 'host', host.host);
        return [
            `| ${code(host.host)} | ${severitySigns[host.severity]} | ${phrase}${condition} | ${code(host.service)} |`,
        ];
    });
    return rows.length === 0 ? [] : ['## Hosts', ['| host | | | service |', '|:--|:-:|:--|:--|', ...rows].join('\n')];
}

function serviceSection({ services, graph }: Outcome, assumptions: readonly Assumption[]): string[] {
    const owners = new Map(graph.topology.services.map(({ shortName, owner }) => [shortName, owner]));
    const rows = services.flatMap((service) => {
        const phrase = servicePhrase(service);
        if (phrase === undefined) return [];
        const { name, severity } = service;
        const condition = conditionOf(assumptions, 'service', name);
        return [
            `| ${code(name)} | ${severitySigns[severity]} | ${phrase}${condition} | ${text(owners.get(name) ?? '')} |`,
        ];
    });
    return rows.length === 0
        ? []
        : ['## Services', ['| service | | | owner |', '|:--|:-:|:--|:--|', ...rows].join('\n')];
}

function clusterSection({ clusters }: Outcome): string[] {
    const judged = clusters.filter(({ alive, freshness }) => !alive || freshness !== undefined);
    if (judged.length === 0) return [];
    const rows = judged.map(({ name, freshness, operations: marks }) => {
        const cells = (['runningWorkloads', 'localClusterOperations', 'metricsCollection'] as const).map(
            (operation) => {
                const severity = marks[operation];
                return severity ? severitySigns[severity] : '–';
            },
        );
        return `| ${code(name)} | ${freshness ?? 'down'} | ${cells.join(' | ')} |`;
    });
    const head = ['| cluster | configuration | workloads | local operations | metrics |', '|:--|:--|:-:|:-:|:-:|'];
    return ['## Clusters', [...head, ...rows].join('\n')];
}

function whySection(outcome: Outcome): string[] {
    const explain = explainer(outcome);
    const counting = outcome.effects.filter(({ facet }) => facet.rank !== 'note');
    const shown = counting.slice(0, 20);
    const items = shown.map(({ facet, node, state }) => {
        const steps = causeSteps(explain(node)).map(
            ({ text, depth, rule, source, confidence }) =>
                `${'  '.repeat(depth + 1)}- ${text}${rule ? ` *(${rule}${source ? `, ${sources[source].title}` : ''}${confidence === 'certain' ? '' : `, ${confidence}`})*` : ''}`,
        );
        return [`**${capitalized(facetPhrase(facet))}** ${state === 'lost' ? 'lost' : 'held back'}`, ...steps].join(
            '\n',
        );
    });
    if (counting.length > shown.length)
        items.push(`and ${count(counting.length - shown.length, 'more effect')} of the same kind`);
    return section('Why', items);
}

/** How many further failures a runbook names. */
const mostNext = 5;

function stepLine({ text, by, takes, check, atHand, source, confidence }: RecoveryStep): string {
    const known = sources[source];
    const needs = atHand.map((item) => `\n   - [ ] ${item}`).join('');
    const origin =
        'url' in known ? ` ([source](${known.url})${confidence === 'certain' ? '' : `, ${confidence}`})` : '';
    const whose = by === 'itself' ? 'By itself' : 'By hand';
    const done = check === undefined ? '' : `\n   - Done when ${check}.`;
    return `**${whose}.** ${text}${takes ? ` Takes ${takes}.` : ''}${origin}${done}${needs}`;
}
