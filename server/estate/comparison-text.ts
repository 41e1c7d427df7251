import { changeClauses, elementListing, elementsPhrase, groupedDependences, verdictOf } from '../comparison/words.js';
import { gravityOfChange, type FailureChange } from '../comparison/compare.js';
import { code, text } from '../encoding/markdown.js';
import type { SourceLocation } from '../topology/topology.js';
import type { ComparedFinding, EstateComparison } from './comparison.js';
import type { ChangedPromise } from './promise-changes.js';
import type { Gravity } from '../failure/gravity.js';
import { capitalized, count } from '../words/english.js';

/** The title of the part that tells of them. */
export const newSinglePoints = 'New single points of failure';

/** So many rows of one list are shown to people; JSON has all. */
export const mostRows = 20;

/** A part of what a comparison tells people: a title and rows of Markdown. */
export interface Part {
    readonly title: string;
    readonly rows: readonly Row[];
    /** How many rows are not shown. */
    readonly more: number;
}

export interface Row {
    /** Of what got worse or better: who notices. */
    readonly gravity?: Gravity;
    /** Markdown. */
    readonly text: string;
}

/** What it comes to, in one sentence. Markdown. */
export function sentenceOf(comparison: EstateComparison): string {
    const { come, gone } = comparison.findings;
    const risks = come.filter(({ severity }) => severity === 'error' || severity === 'warning');
    const verdict = verdictOf(comparison, { come: risks.length, gone: gone.length });
    const { broken, notJudged, kept } = comparison.promises;
    const isHarm = comparison.worse.length + comparison.dependences.come.length > 0;
    if (broken.length > 0) {
        const breaks = `breaks ${count(broken.length, 'promise')}`;
        return isHarm
            ? `${verdict.replace(/\.$/, '')}, and ${breaks}.`
            : `This change ${breaks}: ${promiseName(broken[0]!)}.`;
    }
    if (isHarm || risks.length > 0) return verdict;
    if (notJudged.length > 0)
        return `This change leaves a promise that cannot be judged: ${promiseName(notJudged[0]!)}.`;
    if (kept.length > 0) return `This change makes nothing worse, and keeps a promise: ${promiseName(kept[0]!)}.`;
    return verdict;
}

/** Markdown. */
function promiseName({ kind, label }: ChangedPromise): string {
    return `${kind} ${code(label)}`;
}

/** How a place in a file is told, as Markdown: to find it, or to go there. */
export interface PlaceText {
    readonly ofFinding: (at: SourceLocation, state: 'before' | 'now') => string;
    /** Behind what got worse or better when something fails that is declared there; nothing where it is empty. */
    readonly ofElement: (at: SourceLocation) => string;
}

/** All that there is to tell, what got worse first; parts without a row are left out. */
export function partsOf(comparison: EstateComparison, places: PlaceText): Part[] {
    const changeRow = (failure: FailureChange): Row => ({
        gravity: gravityOfChange(failure.changes[0]!),
        text: `${failureText(failure)}${places.ofElement(failure.elements[0]!.at)}`,
    });
    const findingRow =
        (state: 'before' | 'now') =>
        ({ code: rule, severity, message, at }: ComparedFinding): Row => ({
            text: `${severity} ${places.ofFinding(at, state)} ${text(message)} ${code(rule)}`,
        });
    const { worse, better, traded, dependences, findings, elements, renamed, promises } = comparison;
    const promiseRow =
        (state: 'before' | 'now') =>
        (promise: ChangedPromise): Row => ({
            text: `${promiseName(promise)} ${places.ofFinding(promise.at, state)}${promise.why && `: ${text(promise.why)}`}`,
        });
    return [
        part('Promises broken', promises.broken.map(promiseRow('now'))),
        part('Promises that cannot be judged', promises.notJudged.map(promiseRow('now'))),
        part(newSinglePoints, groupedDependences(dependences.come, 'now').map(sentence)),
        part('Worse', worse.map(changeRow)),
        part('New findings', findings.come.map(findingRow('now'))),
        part(
            'Single points of failure no longer there',
            groupedDependences(dependences.gone, 'no longer').map(sentence),
        ),
        part('Better', better.map(changeRow)),
        part('Promises kept again', promises.kept.map(promiseRow('now'))),
        part('No longer promised', promises.gone.map(promiseRow('before'))),
        part('In return for a spare', traded.map(changeRow)),
        part('Findings no longer there', findings.gone.map(findingRow('before'))),
        part('Added', elements.added.length > 0 ? [{ text: elementListing(elements.added, mostRows) }] : []),
        part('Removed', elements.removed.length > 0 ? [{ text: elementListing(elements.removed, mostRows) }] : []),
        part(
            'Renamed',
            renamed.map(({ kind, before, now }) => ({ text: `${kind} ${code(before)} is ${code(now)} now` })),
        ),
    ].filter(({ rows }) => rows.length > 0);
}

function part(title: string, rows: readonly Row[]): Part {
    return { title, rows: rows.slice(0, mostRows), more: Math.max(0, rows.length - mostRows) };
}

function sentence(clause: string): Row {
    return { text: `${capitalized(clause)}.` };
}

/** So many clauses are told of one failure. */
const mostClauses = 4;

/** What is otherwise while something fails. Markdown. */
export function failureText(failure: FailureChange): string {
    const clauses = changeClauses(failure.changes);
    const rest = clauses.length - mostClauses;
    const told = [...clauses.slice(0, mostClauses), ...(rest > 0 ? [`${count(rest, 'other change')}`] : [])];
    return `${capitalized(elementsPhrase(failure))}: ${told.join('; ')}`;
}
