import type { Harm } from '../failure/harms.js';
import { additionsTo, nextFailures, redundancyUsedUp, type Addition, type NextFailure } from '../failure/residual.js';
import type { Outcome } from '../failure/outcome.js';
import { worseNow } from '../failure/worse-now.js';
import { operations, operationTitles } from '../knowledge/operations.js';
import { blastsIn } from '../failure/blast-radius.js';
import { compareWeights, gravities, type Extent, type Gravity, type Weight } from '../failure/gravity.js';
import type { ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { gravitySigns, gravityWords } from './gravity-words.js';
import { code, plain } from '../encoding/markdown.js';
import { count, enumerated, listing } from '../words/english.js';
import { elementPhrase } from './phrases.js';

/** How many further failures a page lists of each kind before it only counts them. */
const mostRows = 25;

const residual = new WeakMap<Outcome, readonly NextFailure[]>();

/** Every further failure that would hurt now, the gravest first; computed once for an outcome. */
export function furtherFailures(outcome: Outcome): readonly NextFailure[] {
    const known = residual.get(outcome) ?? nextFailures(outcome.graph, outcome.state);
    residual.set(outcome, known);
    return known;
}

const worse = new WeakMap<Outcome, readonly NextFailure[]>();

/** Those of them that take something only because of what has failed already: found without looking at all of them. */
export function furtherFailuresWorseNow(outcome: Outcome): readonly NextFailure[] {
    const known = worse.get(outcome) ?? worseNow(outcome.graph, outcome.state);
    worse.set(outcome, known);
    return known;
}

/** What they take only now. */
export function usedUp(outcome: Outcome): NextFailure[] {
    return redundancyUsedUp(outcome.graph, furtherFailuresWorseNow(outcome));
}

/** What one more failure adds, and who notices that. */
export interface AdditionNow extends Addition {
    readonly gravity: Gravity;
}

const additions = new WeakMap<Outcome, (element: ElementName) => AdditionNow | undefined>();

/** What the failure of one more element would add now; undefined for what is down already. */
export function additionOf(outcome: Outcome, element: ElementName): AdditionNow | undefined {
    const known = additions.get(outcome) ?? additionsNow(outcome);
    additions.set(outcome, known);
    return known(element);
}

function additionsNow({ graph, state }: Outcome): (element: ElementName) => AdditionNow | undefined {
    const additionTo = additionsTo(graph, state);
    const { weightWith } = blastsIn(graph);
    const before = weightWith(state);
    return (element) => {
        const addition = additionTo(element);
        if (!addition) return undefined;
        const felt = [
            ...addition.harms.map(({ kind }) => gravityOfHarm[kind]),
            addedGravity(before, weightWith(state, element)),
        ];
        return { ...addition, gravity: gravities.find((gravity) => felt.includes(gravity))! };
    };
}

const gravityOfHarm: Readonly<Record<Harm['kind'], Gravity>> = {
    'host-down': 'down',
    'service-down': 'down',
    'workloads-down': 'down',
    'operation-total': 'operators',
    'host-degraded': 'degraded',
    'service-degraded': 'degraded',
    'operation-limited': 'operators',
};

/**
 * The gravest of which there is more, counted with all that is graver: what was down and is degraded now, since its callers
 * are down, too, is no addition. Failovers, spares, and what operators notice have no harm of their own.
 */
function addedGravity({ extent: before }: Weight, { extent: after }: Weight): Gravity {
    const ofAtLeast = ([down = 0, degraded = 0, failover = 0, ...rest]: readonly number[]) => [
        down,
        down + degraded,
        down + degraded + failover,
        ...rest,
    ];
    const [earlier, later] = [ofAtLeast(before), ofAtLeast(after)];
    const grown = later.findIndex((number, place) => number > earlier[place]!);
    return grown < 0 ? 'none' : gravities[Math.min(grown, gravities.indexOf('operators'))]!;
}

/** "`shop.example.com` down", "nothing more": what that takes, a clause. Markdown. */
function additionPhrase({ harms, gravity }: AdditionNow): string {
    const isNamed = harms.some(({ kind }) => gravityOfHarm[kind] === gravity);
    const unnamed = gravity === 'none' || isNamed ? [] : [gravityWords[gravity]];
    return [...unnamed, ...(harms.length > 0 ? [harmsPhrase(harms)] : [])].join(', ') || 'nothing more';
}

/** "✖ shop.example.com down", "✓ nothing more": who would notice that, and what. Plain text. */
export function additionGlance(addition: AdditionNow): string {
    return `${gravitySigns[addition.gravity]} ${plain(additionPhrase(addition))}`;
}

/** How heavy an addition is beside others: who notices it, and how much there is of it. */
export function weightOfAddition({ gravity, harms }: AdditionNow): Extent {
    return { gravity, extent: [harms.length] };
}

/** Of several further failures the one that would add most; undefined where all of them are down already. */
export function heaviestAddition(
    outcome: Outcome,
    elements: readonly Element[],
): { readonly element: Element; readonly addition: AdditionNow } | undefined {
    const added = elements.flatMap((element) => {
        const addition = additionOf(outcome, element.name);
        return addition ? [{ element, addition }] : [];
    });
    return added.sort((a, b) => compareWeights(weightOfAddition(a.addition), weightOfAddition(b.addition)))[0];
}

/** "`west` or `link:east->mgmt`": each of them does it by itself. Markdown. */
export function eitherOf({ elements }: NextFailure, most = 3): string {
    return enumerated(elements.map(elementPhrase), { last: 'or', most });
}

/** "`shop.example.com` down, metrics collection lost", the gravest first. Markdown, a clause. */
export function harmsPhrase(harms: readonly Harm[]): string {
    const named = (kind: Harm['kind']) => harms.filter((harm) => harm.kind === kind).map(({ what }) => what);
    const titles = (kind: Harm['kind']) => {
        const harmed = new Set(named(kind));
        return enumerated(
            operations
                .filter((operation) => harmed.has(operation))
                .map((operation) => operationTitles[operation].toLowerCase()),
            { most: operations.length },
        );
    };
    const parts = [
        ...clause([...named('host-down'), ...named('service-down')], (names) => `${names} down`),
        ...clause(named('workloads-down'), (names) => `workloads of ${names} down`),
        ...(named('operation-total').length > 0 ? [`${titles('operation-total')} lost`] : []),
        ...clause([...named('host-degraded'), ...named('service-degraded')], (names) => `${names} degraded`),
        ...(named('operation-limited').length > 0 ? [`${titles('operation-limited')} limited`] : []),
    ];
    return parts.join(', ');
}

function clause(names: readonly string[], says: (names: string) => string): string[] {
    return names.length > 0 ? [says(listing(names))] : [];
}

/** "What would hurt next?" as a page of Markdown. */
export function nextPage(outcome: Outcome, title: string): string {
    const now = usedUp(outcome);
    const always = furtherFailures(outcome).filter(({ onlyNow }) => onlyNow.told.length === 0);
    const table = (rows: readonly NextFailure[]) => [
        [
            '| one more failure of | takes |',
            '|:--|:--|',
            ...rows.slice(0, mostRows).map((next) => `| ${eitherOf(next)} | ${harmsPhrase(next.harms.told)} |`),
            ...(rows.length > mostRows ? [`| … | and ${count(rows.length - mostRows, 'more')} |`] : []),
        ].join('\n'),
    ];
    return [
        '# What would hurt next?',
        title,
        '## Redundancy that is used up',
        ...(now.length > 0
            ? ['What one more failure takes now, and would not take with all else up:', ...table(now)]
            : ['Nothing hurts more now than it would in health: no redundancy is used up.']),
        ...(always.length > 0 ? ['## What always hurts', 'With or without what has failed:', ...table(always)] : []),
        '',
    ].join('\n\n');
}

/** In estates with more elements a hover leaves the question to its page: it would take longer than one waits for it. */
const mostElementsForHover = 3_000;

/** The first line of it for a hover: "one more failure of `west` takes `shop.example.com`". Undefined where nothing does. */
export function thenLine(outcome: Outcome): string | undefined {
    if (outcome.graph.elements.size > mostElementsForHover) return undefined;
    const [gravest] = usedUp(outcome);
    return gravest && `one more failure of ${eitherOf(gravest, 2)}: ${harmsPhrase(gravest.onlyNow.told)}`;
}

/** The name of what fails, for titles: "If `east` and `west` fail". */
export function scenarioTitle({ failures }: Outcome): string {
    const names = failures.map((element) => code(element.name));
    if (names.length === 0) return 'Nothing fails.';
    return `While ${names.length < 4 ? names.join(' and ') : `${names.length} elements`} ${names.length === 1 ? 'is' : 'are'} down.`;
}
