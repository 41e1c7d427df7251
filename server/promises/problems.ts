import { code, plain } from '../encoding/markdown.js';
import { explainer, type Because } from '../failure/explain.js';
import { failing } from '../failure/scenario.js';
import type { FailureGraph } from '../failure/graph.js';
import { pointAt, timelineOf, type Timeline, type TimelinePoint } from '../failure/timeline.js';
import { causeLine, arrow } from '../impact/causes.js';
import { elementPhrase, nodePhrase } from '../impact/phrases.js';
import { refusalReason } from '../impact/promotion.js';
import { laterEntries } from '../impact/timeline.js';
import { actions } from '../knowledge/actions.js';
import { operationTitles } from '../knowledge/operations.js';
import type { ProblemSeverity } from '../knowledge/severities.js';
import type { Element } from '../topology/element.js';
import type { DeclaredScenario, Expectation, Objective } from '../topology/promises.js';
import type { SourceLocation } from '../topology/topology.js';
import { capitalized, count, enumerated, verb } from '../words/english.js';
import type { Beginning } from '../knowledge/wall-clock.js';
import { duration, momentLabel, momentPhrase } from '../words/times.js';
import { actionWords, statesOfActions } from './actions.js';
import type { Restoration } from './coming-back.js';
import type { Verdicts } from './judge.js';
import type { Counterexample, ObjectiveVerdict, Unjudged } from './objectives.js';
import type { Check, FailedCheck, ScenarioVerdict } from './scenarios.js';
import type { Unknown } from '../topology/things.js';
import type { Judged } from './things.js';
import { downIn, watchOf, type Fare } from './watch.js';

/** Something to say of a promise. */
export interface PromiseProblem {
    readonly code: PromiseCode;
    readonly severity: ProblemSeverity;
    /** Plain text. */
    readonly message: string;
    readonly at: SourceLocation;
    readonly related: readonly { readonly at: SourceLocation; readonly message: string }[];
    readonly suggestions: readonly string[];
    /** Of a broken promise: what was promised, and what was found instead. Plain texts. */
    readonly difference?: { readonly expected: string; readonly found: string };
}

export type PromiseCode =
    | 'unknown-thing'
    | 'odd-expectation'
    | 'expectation-failed'
    | 'scenario-not-judged'
    | 'objective-broken'
    | 'objective-not-judged'
    | 'place-assumed'
    | 'nothing-to-judge';

/** All that is to say of the promises of an estate, in the order in which they are declared: scenarios first. */
export function promiseProblems(verdicts: Verdicts): PromiseProblem[] {
    const { graph, scenarios, objectives } = verdicts;
    return [
        ...scenarios.flatMap(({ scenario, verdict }) => problemsOfScenario(scenario, verdict)),
        ...objectives.flatMap(({ objective, verdict }) => problemsOfObjective(graph, objective, verdict)),
        ...placesAssumed(verdicts),
    ];
}

/** Of what has to stand outside of the places that fail, so that promises are kept: one problem each, where it is declared. */
function placesAssumed({ scenarios, objectives }: Verdicts): PromiseProblem[] {
    const resting = new Map<Element, SourceLocation[]>();
    const add = (placeless: Element, at: SourceLocation) =>
        resting.set(placeless, [...(resting.get(placeless) ?? []), at]);
    for (const { verdict } of scenarios) {
        for (const { restsOn, expectation } of verdict.kind === 'judged' ? verdict.checks : []) {
            if (restsOn && !restsOn.isItself) add(restsOn.placeless, expectation.at);
        }
    }
    for (const { objective, verdict } of objectives) {
        if (verdict.kind === 'kept' && verdict.restsOn) add(verdict.restsOn, objective.nameAt);
    }
    return [...resting].map(([placeless, places]): PromiseProblem => {
        const promises = `${count(places.length, 'promise')} ${verb(places.length, 'is', 'are')} kept`;
        const message = plain(
            `The file does not say where ${elementPhrase(placeless)} is: ${promises} only where no place that fails takes it along.`,
        );
        const related = places.slice(0, most.promises).map((at) => ({ at, message: 'Kept only then.' }));
        return { code: 'place-assumed', severity: 'info', message, at: placeless.at, related, suggestions: [] };
    });
}

const nothingMore = { related: [], suggestions: [] };

function unknownProblem({ written, at, ambiguous, suggestions }: Unknown): PromiseProblem {
    const quoted = suggestions.map((each) => `\`${each}\``);
    const message = ambiguous
        ? `\`${written}\` may be several things: say ${enumerated(quoted, { last: 'or' })}.`
        : `Nothing here is called \`${written}\`.${quoted.length > 0 ? ` Did you mean ${enumerated(quoted, { last: 'or' })}?` : ''}`;
    return { code: 'unknown-thing', severity: 'error', message, at, related: [], suggestions };
}

// -------------------------------------------------------------------------------------------------------- scenarios

function problemsOfScenario({ nameAt }: DeclaredScenario, verdict: ScenarioVerdict): PromiseProblem[] {
    switch (verdict.kind) {
        case 'unknown':
            return verdict.names.map(unknownProblem);
        case 'partial':
            return [];
        case 'too-many': {
            const ways = Number.isFinite(verdict.ways) ? verdict.ways.toLocaleString('en') : 'very many';
            const message = cannotBeJudged(`what fails can be chosen in ${ways} ways`);
            return [{ code: 'scenario-not-judged', severity: 'warning', message, at: nameAt, ...nothingMore }];
        }
        case 'judged':
            return [
                ...verdict.idle.map(({ thing, lacks }) => idleProblem(thing.at, lacks)),
                ...problemsOfChecks(verdict.checks),
            ];
    }
}

function problemsOfChecks(checks: readonly Check[]): PromiseProblem[] {
    return checks.flatMap(({ expectation, judged, failed, misfit, restsOn }): PromiseProblem[] => {
        const { at } = expectation;
        if (misfit) {
            const message = `${plain(judgedPhrase(misfit))} cannot be \`${expectation.state}\`: ${whyMisfit(misfit, expectation)}.`;
            return [{ code: 'odd-expectation', severity: 'error', message, at, ...nothingMore }];
        }
        // of what an action starts nothing with, it is told at its things
        if (judged === 0) return expectation.subjects.length > 0 ? [idleProblem(at, 'subject')] : [];
        if (failed) return [failedProblem(expectation, failed)];
        if (restsOn?.isItself) {
            const message = cannotBeJudged(placeUnsaid(elementPhrase(restsOn.placeless)));
            return [{ code: 'scenario-not-judged', severity: 'warning', message, at, ...nothingMore }];
        }
        return [];
    });
}

function cannotBeJudged(why: string): string {
    return plain(`Cannot be judged, so it is not kept: ${why}.`);
}

function placeUnsaid(who: string): string {
    return `the file does not say where ${who} is: a place that fails may take it along`;
}

function whyMisfit({ kind }: Judged, { state }: Expectation): string {
    if (kind === 'action' || kind === 'promotion') return 'what people do is `possible` or `impossible`';
    return statesOfActions.has(state)
        ? `that is said of what people do, as of ${enumerated(actionWords, { most: actionWords.length })}`
        : 'only clusters are served with configuration';
}

function failedProblem(expectation: Expectation, failed: FailedCheck): PromiseProblem {
    const { judged, chosen, timeline, point, began } = failed;
    const expected = `${expectation.negated ? 'not ' : ''}${expectation.state}`;
    const when =
        chosen.length > 0
            ? ` where ${enumerated(chosen.map(elementPhrase))} ${verb(chosen.length, 'is', 'are')} chosen`
            : '';
    const why = reasonOf(judged, point);
    const promised = `${judgedPhrase(judged)} ${expected}${fromWhen(expectation, began)}`;
    const found = `${foundPhrase(failed)}${when}`;
    const message = inARow(`Expected: ${promised}. Found: ${found}.`, why?.line);
    return {
        code: 'expectation-failed',
        severity: 'error',
        message: plain(message),
        at: expectation.at,
        related: [...(why?.steps ?? []), ...happenings(timeline, expectation.at, began)],
        suggestions: [],
        difference: { expected: plain(promised), found: plain(`${judgedPhrase(judged)} ${found}`) },
    };
}

function fromWhen({ time }: Expectation, began?: Beginning): string {
    return time === undefined ? '' : ` ${momentPhrase(time, began)}`;
}

function foundPhrase({ found, at, until, began }: FailedCheck): string {
    if (found === 'moving') return `requests may still be moving, until ${momentLabel(until!, began)}`;
    return `${found}${at === 0 ? '' : `, from ${momentLabel(at, began)} on`}`;
}

// ------------------------------------------------------------------------------------------------------- objectives

function problemsOfObjective(graph: FailureGraph, objective: Objective, verdict: ObjectiveVerdict): PromiseProblem[] {
    const { nameAt: at } = objective;
    switch (verdict.kind) {
        case 'unknown':
            return verdict.names.map(unknownProblem);
        case 'idle':
            return [idleProblem(at, verdict.lacks)];
        case 'kept':
            return [];
        case 'unjudged': {
            const message = cannotBeJudged(whyUnjudged(verdict.why, verdict.failures));
            return [{ code: 'objective-not-judged', severity: 'warning', message, at, ...nothingMore }];
        }
        case 'broken':
            return [brokenProblem(graph, objective, verdict)];
    }
}

const nothingMeant = {
    subject: 'Nothing in this estate is meant by it',
    cause: 'Nothing in this estate can fail in that way',
    start: 'Nothing of this estate starts with it: services, gateways and what runs in a cluster are deployed and scaled',
};

function idleProblem(at: SourceLocation, lacks: keyof typeof nothingMeant): PromiseProblem {
    const message = `${nothingMeant[lacks]}, so there is nothing to judge.`;
    return { code: 'nothing-to-judge', severity: 'info', message, at, ...nothingMore };
}

function whyUnjudged(why: Unjudged, failures: readonly Element[]): string {
    switch (why.kind) {
        case 'more-than-two':
            return 'at most two failures at a time are tried';
        case 'one-at-a-time':
            return 'for this only single failures are tried';
        case 'no-time':
            return `${failurePhrase(failures)} takes ${judgedPhrase(why.judged)} along, and how long it takes to restore that cannot be told from the file`;
        case 'no-backup-said':
            return `the file does not say whether ${judgedPhrase(why.judged)} is backed up`;
        case 'no-interval':
            return `the file does not say how often ${judgedPhrase(why.judged)} is backed up`;
        case 'no-age':
            return `the file does not say how old the copy of ${judgedPhrase(why.judged)} may be`;
        case 'two-primaries':
            return `with ${failurePhrase(failures)} a copy of ${judgedPhrase(why.judged)} that promotes itself may be cut off rather than dead, and nobody knows what two primaries lose`;
        case 'no-backup-place':
            return `the file does not say where the backup of ${judgedPhrase(why.judged)} is kept`;
        case 'stands-nowhere':
            return placeUnsaid(judgedPhrase(why.judged));
        case 'no-data':
            return `what ${judgedPhrase(why.judged)} can lose is not known; say it of a store, such as postgres`;
    }
}

type Broken = Extract<ObjectiveVerdict, { kind: 'broken' }>;

const problemsKnown = new WeakMap<Broken, PromiseProblem>();

/** With its counterexample in time, which is followed once for each verdict. */
function brokenProblem(graph: FailureGraph, objective: Objective, verdict: Broken): PromiseProblem {
    const known = problemsKnown.get(verdict) ?? problemOfBroken(graph, objective, verdict);
    problemsKnown.set(verdict, known);
    const difference = { ...known.difference!, expected: objective.written };
    return { ...known, at: objective.nameAt, difference };
}

function problemOfBroken(graph: FailureGraph, objective: Objective, { by, singles, tried }: Broken): PromiseProblem {
    const { at, harmed } = by;
    const timeline = timelineOf(graph, failing(by.failures.map(({ name }) => name)).steps);
    const point = pointAt(timeline, at);
    const [first] = harmed;
    const why = first && reasonOf(first.judged, point, by.failures);
    const others = harmed.length > 1 && `So do ${count(harmed.length - 1, 'other')}.`;
    const more = singles > 1 && `${singles} of ${tried} failures break it.`;
    const sentence = brokenSentence(objective, by, point);
    const message = inARow(sentence, others, more, why?.line);
    return {
        code: 'objective-broken',
        severity: 'error',
        message: plain(message),
        at: objective.nameAt,
        related: [...(why?.steps ?? []), ...happenings(timeline, by.failures[0]!.at)],
        suggestions: [],
        difference: { expected: objective.written, found: plain(sentence) },
    };
}

function brokenSentence({ promise }: Objective, by: Counterexample, point: TimelinePoint): string {
    const [first] = by.harmed;
    const who = first ? judgedPhrase(first.judged) : '';
    const what = failurePhrase(by.failures);
    switch (promise.kind) {
        case 'survives': {
            const fare = first?.fareIn(downIn(point.outcome.propagation)) ?? 'lost';
            const when = by.at === 0 ? '' : ` after ${duration(by.at)}`;
            return `${who} ${verb(isPlural(first!.judged) ? 2 : 1, 'does', 'do')} not survive ${what}: ${fareClause(first!.judged, fare)}${when}.`;
        }
        case 'recovers':
            return `${who} may be away for ${duration(by.gap?.to ?? 0)} with ${what}, which is longer than ${duration(promise.within)}${by.longest ? `: ${restorationClause(by.longest)}` : ''}.`;
        case 'loses-at-most':
            return by.loss === Infinity
                ? `With ${what} everything in ${who} is lost: no backup is left.`
                : `With ${what} up to ${duration(by.loss ?? 0)} of ${who} are lost, which is more than ${duration(promise.most)}.`;
    }
}

function restorationClause({ element, within, isAlone }: Restoration): string {
    const takes = `the restoration of ${elementPhrase(element)} takes ${duration(within)}`;
    return isAlone ? takes : `${takes}, the longest of what is restored`;
}

/** Whether somebody who is judged is called by a word for many: management operations, deployments; but scaling, metrics collection. */
function isPlural(judged: Judged): boolean {
    if (judged.kind === 'operation') return operationTitles[judged.operation].endsWith('s');
    return judged.kind === 'action' && actions[judged.action].noun.endsWith('s');
}

function fareClause(judged: Judged, fare: Fare): string {
    const isLost = fare === 'lost';
    switch (judged.kind) {
        case 'host':
            return isLost ? 'no request gets through' : 'a share of its requests is lost';
        case 'service':
            return isLost ? 'nobody who uses it is served' : 'some who use it are not served, or not in full';
        case 'operation':
            return `${isPlural(judged) ? 'they are' : 'it is'} ${isLost ? 'lost' : 'limited'}`;
        case 'element':
            return isLost ? 'it is down' : 'not all of its operations go on';
        case 'action':
        case 'promotion':
            return 'nobody can do that';
    }
}

/** "the failure of `east`", "the failures of `east` and `west` together". */
export function failurePhrase(failures: readonly Element[]): string {
    const names = enumerated(failures.map(elementPhrase), { most: 6 });
    return failures.length > 1 ? `the failures of ${names} together` : `the failure of ${names}`;
}

/** How somebody who is judged is called. Markdown. */
export function judgedPhrase(judged: Judged): string {
    switch (judged.kind) {
        case 'host':
        case 'service':
            return code(judged.name);
        case 'operation': {
            const title = operationTitles[judged.operation].toLowerCase();
            return judged.cluster === undefined ? title : `${title} of ${code(judged.cluster)}`;
        }
        case 'element':
            return elementPhrase(judged.element);
        case 'promotion':
            return `promotion of ${elementPhrase(judged.element)}`;
        case 'action': {
            const { action, cluster, of } = judged;
            const what = of ? ` of ${elementPhrase(of)}` : '';
            return `${actions[action].noun}${what}${of?.kind === 'instances' ? '' : ` on ${code(cluster)}`}`;
        }
    }
}

// ---------------------------------------------------------------------------------------------------------- reasons

type Related = PromiseProblem['related'];

/** Nobody reads more. */
const most = { steps: 8, happenings: 6, promises: 20 } as const;

function inARow(...sentences: readonly (string | false | undefined)[]): string {
    return sentences.filter(Boolean).join(' ');
}

/**
 * Why somebody fares as they do at a point: the chain in a line, and its steps, each at its place.
 *
 * @param told what is told to have failed: a chain that is no more than this has no line
 */
function reasonOf(
    judged: Judged,
    { outcome }: TimelinePoint,
    told: readonly Element[] = [],
): { readonly line?: string; readonly steps: Related } | undefined {
    if (judged.kind === 'promotion') {
        const refusal = outcome.state.refused.find(({ element }) => element.name === judged.element.name);
        return refusal && { line: `${capitalized(refusalReason(refusal, outcome))}.`, steps: [] };
    }
    const watch = watchOf(outcome.graph, judged);
    const [node] = watch?.because(downIn(outcome.propagation)) ?? [];
    if (node === undefined) return undefined;
    const because = explainer(outcome)(node);
    const isRoot = judged.kind === 'action' && because.causes.length === 0;
    const chain = isRoot ? nodePhrase(because.node) : causeLine(because);
    const steps: { at: SourceLocation; message: string }[] = [];
    for (let step: Because | undefined = because; step && steps.length < most.steps; step = step.causes[0]?.because) {
        const next: Because | undefined = step.causes[0]?.because;
        const place = next?.node.kind === 'element' ? next.node.element.at : undefined;
        if (next && place) {
            const reason = step.causes[0]!.reason.because;
            steps.push({
                at: place,
                message: plain(`${nodePhrase(step.node)}${arrow}${nodePhrase(next.node)}: ${reason}`),
            });
        }
    }
    const isTold = chain === '' || (told.length === 1 && chain === elementPhrase(told[0]!));
    return { ...(!isTold && { line: `Because of ${chain}.` }), steps };
}

/** What happens when, in short. */
function happenings(timeline: Timeline, at: SourceLocation, began?: Beginning): Related {
    return laterEntries(timeline)
        .slice(0, most.happenings)
        .map((entry) => ({
            at,
            message: plain(`${capitalized(momentPhrase(entry.at, began))}: ${entry.sentences.join(' ')}`),
        }));
}
