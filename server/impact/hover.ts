import { explainer, heldRedundancies } from '../failure/explain.js';
import type { Outcome } from '../failure/outcome.js';
import { componentKinds } from '../knowledge/components.js';
import type { Operation } from '../knowledge/operations.js';
import { operations, operationTitles, severitySigns } from '../knowledge/operations.js';
import { sources } from '../knowledge/sources.js';
import type { Element } from '../topology/elements.js';
import { causeLine } from './causes.js';
import type { Facts } from './facts.js';
import { factsOf } from './facts.js';
import { operationStories } from './operations.js';
import { differenceSentence, differencesFromPublished } from './published.js';
import { recoverySteps, restorationSteps } from './recovery.js';
import { capitalized, code, count, elementPhrase, listing } from './wording.js';

/** How many services a hover names before it only counts them. */
const mostServices = 4;

/** How many steps of the way back a hover tells; of a region with many clusters there is one for each. */
const mostSteps = 3;

/**
 * The Markdown that answers "what if this fails?": hosts and services first, the four operations as a table with one
 * sentence each; below a rule the rest of it, what held, why, and the way back.
 *
 * @param outcome of that element's failure
 */
export function failureMarkdown(element: Element, outcome: Outcome): string {
    const facts = factsOf(outcome);
    const stories = operationStories(facts);
    const table = [
        '| | | |',
        '|:--|:-:|:--|',
        ...serviceRows(outcome),
        ...operations.map((operation) => {
            const { severity, sentences } = stories[operation];
            return `| ${operationTitles[operation]} | ${severitySigns[severity]} | ${sentences[0]} |`;
        }),
    ];
    const details = [
        ...operations.flatMap((operation) => moreSentences(operation, stories[operation].sentences)),
        ...freshnessLines(outcome),
        ...heldLines(outcome),
        ...differencesFromPublished(outcome).map(
            (difference) => `**Not as published.** ${differenceSentence(difference)}`,
        ),
        ...whyLines(facts),
        ...wayBack(outcome),
    ];
    const { purpose } = componentKinds[element.kind];
    return [
        `**${titleLine(element)}** — if it fails`,
        table.join('\n'),
        '---',
        details.join('\n\n'),
        `*${purpose}*`,
    ].join('\n\n');
}

/** "workload cluster `east`", "zone `us-east/a`"; "Postgres" alone, since its title is its name. */
function titleLine(element: Element): string {
    const { title } = componentKinds[element.kind];
    const name = element.name.replace(/^(region|zone|store|service|external|link):/, '');
    return name === title || name === element.kind ? title : `${title} ${code(name)}`;
}

function serviceRows({ services }: Outcome): string[] {
    const touched = services.filter((service) => service.severity !== 'unaffected');
    const rows = touched.slice(0, mostServices).map(({ name, severity, homes }) => {
        const left = homes.filter((home) => home.alive).map((home) => home.cluster);
        const text =
            left.length > 0
                ? `runs on in ${listing(left)} · ${left.length} of ${homes.length} homes`
                : 'gone: no instance is left';
        return `| ${code(name)} | ${severitySigns[severity]} | ${text} |`;
    });
    const rest = touched.length - rows.length;
    return rest > 0 ? [...rows, `| … | | and ${count(rest, 'more service')} |`] : rows;
}

function moreSentences(operation: Operation, [, ...more]: readonly string[]): string[] {
    return more.length > 0 ? [`**${operationTitles[operation]}.** ${more.join(' ')}`] : [];
}

function freshnessLines({ clusters }: Outcome): string[] {
    const named = (['frozen', 'queued'] as const).flatMap((freshness) => {
        const touched = clusters.filter((cluster) => cluster.alive && cluster.freshness === freshness);
        return touched.length > 0 ? [`${freshness} on ${listing(touched.map((cluster) => cluster.name))}`] : [];
    });
    return named.length > 0 ? [`**Configuration** ${named.join(', ')}.`] : [];
}

function heldLines(outcome: Outcome): string[] {
    const held = heldRedundancies(outcome);
    if (held.length === 0) return [];
    const by = new Map<string, string[]>();
    for (const { element, service, by: saviours } of held) {
        const what = service === undefined ? elementPhrase(element!) : code(service);
        for (const saviour of saviours)
            by.set(elementPhrase(saviour), [...(by.get(elementPhrase(saviour)) ?? []), what]);
    }
    const phrases = [...by].slice(0, 3).map(([saviour, what]) => `${saviour} (${what.slice(0, 3).join(', ')})`);
    return [`**Held by** ${phrases.join(', ')}.`];
}

/** One line for each operation that suffers: the chain of its gravest facet. */
function whyLines({ outcome }: Facts): string[] {
    const explain = explainer(outcome);
    const lines = operations.flatMap((operation) => {
        const effects = outcome.effects.filter(({ facet }) => facet.operation === operation && facet.rank !== 'note');
        const gravest = effects.find(({ facet }) => facet.rank === 'primary') ?? effects[0];
        const chain = gravest && causeLine(explain(gravest.node));
        return chain ? [`${operationTitles[operation]} ← ${chain}`] : [];
    });
    return lines.length > 0 ? [`**Why** ${lines.join('; ')}.`] : [];
}

function wayBack(outcome: Outcome): string[] {
    const link = (tag: keyof typeof sources) => {
        const source = sources[tag];
        return 'url' in source ? ` [↗](${source.url})` : '';
    };
    const recovery = recoverySteps(outcome).map(
        ({ text, takes, source }) => `${text}${takes ? ` (${takes})` : ''}${link(source)}`,
    );
    const restoration = restorationSteps(outcome).map(({ text, atHand, source }) => {
        const needs = atHand.length > 0 ? ` At hand: ${atHand.join('; ')}.` : '';
        return `${text}${needs}${link(source)}`;
    });
    const told = (steps: readonly string[]) => {
        const rest = steps.length - mostSteps;
        const more = rest > 0 ? [`And ${count(rest, 'more step')}: see the runbook.`] : [];
        return [...steps.slice(0, mostSteps).map(capitalized), ...more].join(' ');
    };
    return [
        ...(recovery.length > 0 ? [`**Comes back** ${told(recovery)}`] : []),
        ...(restoration.length > 0 ? [`**If it is gone for good** ${told(restoration)}`] : []),
    ];
}
