import { bareName } from '../topology/element-name.js';
import { code, text } from '../encoding/markdown.js';
import { capitalized, count, listing } from '../words/english.js';
import { elementPhrase, label } from './phrases.js';
import { blastRadiusOf } from '../failure/blast-radius.js';
import { explainer, heldRedundancies } from '../failure/explain.js';
import { gravities } from '../failure/gravity.js';
import type { Outcome } from '../failure/outcome.js';
import { componentKinds } from '../knowledge/components.js';
import type { Operation } from '../knowledge/operations.js';
import { operations, operationTitles, severitySigns } from '../knowledge/operations.js';
import { sources } from '../knowledge/sources.js';
import type { Element } from '../topology/element.js';
import { actionSummary } from './actions.js';
import { assumptionsAtOnce, type Assumption } from './assumed.js';
import { causeLine } from './causes.js';
import { assumptionSentence, conditionOf } from './conditions.js';
import { contradictionSentence, contradictionsIn } from './contradictions.js';
import { enduranceIn, enduranceSentences } from './endurance.js';
import type { Facts } from './facts.js';
import { factsOf } from './facts.js';
import { gravitySigns } from './gravity-words.js';
import { thenLine } from './next.js';
import { operationStories, severityPhrase } from './operations.js';
import { differenceSentence, differencesFromPublished } from './published.js';
import { recoverySteps, restorationSteps } from './recovery.js';
import { isStoreCopy } from './promotion.js';
import { standingBy } from './takeover.js';
import { glance, marksInWords, worsePhrase } from './summary.js';
import { userRows, type UserRow } from './user-rows.js';
import { otherWorkloads } from './workloads.js';

/** How many hosts, and how many services, a hover names before it only counts them. */
const mostRows = 4;

/** How many steps of the way back a hover tells; of a region with many clusters there is one for each. */
const mostSteps = 3;

/** How many ways of getting worse with time a hover tells. */
const mostWorsenings = 3;

/** What only an editor has to add. */
export interface HoverExtras {
    /** Links to commands; they stand where nobody has to scroll for them. */
    readonly links?: string;
    /** Further paragraphs below the rule. */
    readonly more?: readonly string[];
    /** What else has failed meanwhile, in the running scenario; then the text says that it speaks of health. */
    readonly beside?: boolean;
}

/**
 * The Markdown that answers "what if this fails?": hosts and services first, the four operations as a table with one
 * sentence each; below a rule the rest of it, what held, why, and the way back.
 *
 * @param outcome of that element's failure
 */
export function failureMarkdown(
    element: Element,
    outcome: Outcome,
    { links, more = [], beside = false }: HoverExtras = {},
): string {
    const facts = factsOf(outcome);
    const radius = blastRadiusOf(outcome);
    const stories = operationStories(facts);
    const assumptions = isJudgedAgain(outcome) ? assumptionsAtOnce(outcome) : [];
    const named = tableOfUsers(outcome, assumptions);
    // What the rows above say of each host and service needs no sentence any more.
    const sentencesOf = (operation: Operation) =>
        operation === 'runningWorkloads' && named.length > 0
            ? [`${capitalized(severityPhrase(operation, outcome))}, as above.`, ...otherWorkloads(facts)]
            : stories[operation].sentences;
    const table = [
        '| | | |',
        '|:--|:-:|:--|',
        ...named,
        ...operations.map(
            (operation) =>
                `| ${operationTitles[operation]} | ${severitySigns[stories[operation].severity]} | ${withCondition(sentencesOf(operation)[0]!, conditionOf(assumptions, 'operation', operation))} |`,
        ),
    ];
    const details = [
        ...standsBy(element, outcome),
        ...operations.flatMap((operation) => moreSentences(operation, sentencesOf(operation))),
        ...freshnessLines(outcome),
        `**How long** ${enduranceSentences(outcome).slice(0, mostWorsenings).join(' ')}`,
        ...heldLines(outcome),
        `**Can I still…** ${actionSummary(outcome)}.`,
        ...assumedLines(assumptions),
        ...differencesFromPublished(outcome).map(
            (difference) => `**Not as published.** ${differenceSentence(difference)}`,
        ),
        ...more,
        ...whyLines(facts),
        ...wayBack(outcome),
        ...contradictionsIn(outcome).map(
            (contradiction) => `**The published material disagrees.** ${contradictionSentence(contradiction)}`,
        ),
    ];
    const { purpose } = componentKinds[element.kind];
    const [worse] = enduranceIn(outcome).worsenings;
    return [
        `**${titleLine(element)}** — if it fails${beside ? ' alone, with all else up' : ''}`,
        `**${text(glance(radius))}**${worse ? ` · ${worsePhrase(worse.from)}` : ''}`,
        table.join('\n'),
        ...(links === undefined ? [] : [links]),
        '---',
        details.join('\n\n'),
        `*${purpose}*`,
    ].join('\n\n');
}

/** What waits for its promotion: for whom, with which data, how soon, and why not. */
function standsBy(element: Element, outcome: Outcome): string[] {
    const standIn = outcome.graph.standIns.find((each) => each.element.name === element.name);
    const sentences = standIn && standingBy(standIn, outcome);
    if (!sentences) return [];
    const origin = isStoreCopy(standIn) ? label('inferred') : ` [↗](${sources['active-standby'].url})`;
    return [`**Stands by** ${sentences.join(' ')}${origin}`];
}

/** The same as a glance: who notices it, then the four operations. For a list of proposals. */
export function failureBrief(element: Element, outcome: Outcome): string {
    return [
        `**${titleLine(element)}** — if it fails`,
        text(glance(blastRadiusOf(outcome))),
        `*${marksInWords(outcome.operations)}*`,
    ].join('\n\n');
}

/** "workload cluster `east`", "zone `us-east/a`"; "Postgres" alone, since its title is its name. */
function titleLine(element: Element): string {
    const { title } = componentKinds[element.kind];
    const name = bareName(element.name);
    return name === title || name === element.kind ? title : `${title} ${code(name)}`;
}

/** In larger estates a hover leaves out on which assumptions its marks rest: each of them is another estate to judge. */
const mostElementsJudgedAgain = 2_000;

function isJudgedAgain({ graph }: Outcome): boolean {
    return graph.elements.size <= mostElementsJudgedAgain;
}

/** "Metrics of every cluster arrive, if …": the condition before the full stop. */
function withCondition(sentence: string, condition: string): string {
    return condition === ''
        ? sentence
        : `${sentence.replace(/\.$/, '')}${condition}${sentence.endsWith('.') ? '.' : ''}`;
}

/** How many assumptions a hover tells. */
const mostAssumptions = 3;

function assumedLines(assumptions: readonly Assumption[]): string[] {
    const rest = assumptions.length - mostAssumptions;
    const more = rest > 0 ? [`And ${count(rest, 'more assumption')}: see the runbook.`] : [];
    const told = assumptions.slice(0, mostAssumptions).map(assumptionSentence);
    return told.length > 0 ? [`**Assumed** ${[...told, ...more].join(' ')}`] : [];
}

/** Hosts and services, the gravest first. */
function tableOfUsers(outcome: Outcome, assumptions: readonly Assumption[]): string[] {
    const rows = userRows(outcome, assumptions);
    const kinds = (['host', 'service'] as const).map((kind) => gravestFirst(rows.filter((row) => row.kind === kind)));
    const shown = gravestFirst(kinds.flatMap((ofKind) => ofKind.slice(0, mostRows)));
    return [
        ...shown.map(({ name, gravity, phrase }) => `| ${code(name)} | ${gravitySigns[gravity]} | ${phrase} |`),
        ...kinds.flatMap((ofKind) => {
            const rest = ofKind.length - mostRows;
            return rest > 0 ? [`| … | | and ${count(rest, `more ${ofKind[0]!.kind}`)} |`] : [];
        }),
    ];
}

function gravestFirst(rows: readonly UserRow[]): UserRow[] {
    return [...rows].sort((a, b) => gravities.indexOf(a.gravity) - gravities.indexOf(b.gravity));
}

function moreSentences(operation: Operation, [, ...more]: readonly string[]): string[] {
    return more.length > 0 ? [`**${operationTitles[operation]}.** ${more.join(' ')}`] : [];
}

function freshnessLines({ clusters }: Outcome): string[] {
    const named = (['frozen', 'queued'] as const).flatMap((freshness) => {
        const touched = clusters.filter((cluster) => cluster.freshness === freshness);
        return touched.length > 0 ? [`${freshness} on ${listing(touched.map((cluster) => cluster.name))}`] : [];
    });
    return named.length > 0 ? [`**Configuration** ${named.join(', ')}.`] : [];
}

function heldLines(outcome: Outcome): string[] {
    const held = heldRedundancies(outcome);
    if (held.length === 0) {
        const then = thenLine(outcome);
        return then === undefined ? [] : [`**Next** ${then}.`];
    }
    const by = new Map<string, string[]>();
    for (const { element, service, host, by: saviours } of held) {
        const what = element ? elementPhrase(element) : code(service ?? host ?? '');
        for (const saviour of saviours)
            by.set(elementPhrase(saviour), [...(by.get(elementPhrase(saviour)) ?? []), what]);
    }
    const phrases = [...by].slice(0, 3).map(([saviour, what]) => `${saviour} (${what.slice(0, 3).join(', ')})`);
    const then = thenLine(outcome);
    return [`**Stays up thanks to** ${phrases.join(', ')}.${then === undefined ? '' : ` **Next** ${then}.`}`];
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
        ...(recovery.length > 0 ? [`**Recovery** ${told(recovery)}`] : []),
        ...(restoration.length > 0 ? [`**Restoration, if it is lost for good** ${told(restoration)}`] : []),
    ];
}
