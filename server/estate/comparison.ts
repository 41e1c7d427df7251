import { compareTopologies, type Comparison } from '../comparison/compare.js';
import { partsOf, type Ref } from '../comparison/described.js';
import { renamesBetween } from '../comparison/renames.js';
import type { ProblemSeverity } from '../knowledge/severities.js';
import type { SourceLocation } from '../topology/topology.js';
import type { Problem } from './problem.js';
import { noPromiseChanges, promiseChanges, type PromiseChanges } from './promise-changes.js';
import type { Snapshot } from './snapshot.js';

/** What another state of an estate means: for failures, and for what is wrong or risky. */
export interface EstateComparison extends Comparison {
    /** The gravest first. A finding that only moved or is only worded otherwise is the same. */
    readonly findings: { readonly come: readonly ComparedFinding[]; readonly gone: readonly ComparedFinding[] };
    /** Empty where it is not known yet what became of all of them. */
    readonly promises: PromiseChanges;
    /** Promises of either state are not judged yet: whoever compares again goes on. */
    readonly isUnfinished: boolean;
    /** Whether anything got worse: a failure, a promise, or a finding of the severity warning or error that has come. */
    readonly isWorse: boolean;
}

export interface ComparedFinding {
    readonly code: string;
    readonly severity: ProblemSeverity;
    readonly message: string;
    readonly at: SourceLocation;
}

/** What is asked of each of two states of an estate. */
export type EstateState = Pick<Snapshot, 'topology' | 'problems' | 'gradedProblems' | 'promisesWithin'>;

/**
 * An estate as it stands, with all that is asked of it, whatever becomes of its files afterwards.
 *
 * @param placeOf the address at which a file is told to stand
 */
export function lastingState(snapshot: Snapshot, placeOf: (uri: string) => string): EstateState {
    const placed = <T extends { readonly at: SourceLocation }>(all: readonly T[]): readonly T[] =>
        all.map((each) => ({ ...each, at: { uri: placeOf(each.at.uri), range: each.at.range } }));
    const problems = placed(snapshot.problems());
    const graded = placed(snapshot.gradedProblems());
    const promises = placed(snapshot.promises());
    return {
        topology: snapshot.topology,
        problems: () => problems,
        gradedProblems: () => graded,
        promisesWithin: () => promises,
    };
}

/**
 * Compares two states of an estate. Each finding is as grave as the project takes it to be in the state in which it is
 * told; one that a project has come to call nothing is not gone, since nobody mended it.
 *
 * @param milliseconds for which the promises of each of them are judged, if that is not known yet
 */
export function comparisonOf(earlier: EstateState, later: EstateState, milliseconds = Infinity): EstateComparison {
    const comparison = compareTopologies(earlier.topology, later.topology);
    const renames = renamesBetween(earlier.topology, later.topology);
    const names = new Map([...renames].map(([from, to]) => [ownName(from), ownName(to)]));
    const asNow = (problem: Problem) => keyOf(problem, (name) => names.get(name) ?? name);
    const asIs = (problem: Problem) => keyOf(problem, (name) => name);
    const come = beyond(later.gradedProblems(), asIs, earlier.problems(), asNow);
    const gone = beyond(earlier.gradedProblems(), asNow, later.problems(), asIs);
    const { worse, dependences } = comparison;
    const [before, now] = [earlier.promisesWithin(milliseconds), later.promisesWithin(milliseconds)];
    const promises = before && now ? promiseChanges(before, now, (name) => names.get(name) ?? name) : noPromiseChanges;
    const harm = worse.length + dependences.come.length + promises.broken.length + promises.notJudged.length;
    return {
        ...comparison,
        findings: { come, gone },
        promises,
        isUnfinished: !before || !now,
        isWorse: harm > 0 || come.some(({ severity }) => isRisk(severity)),
    };
}

export function isRisk(severity: ProblemSeverity): boolean {
    return severity === 'error' || severity === 'warning';
}

function ownName(ref: Ref): string {
    return partsOf(ref).at(-1)!.replace(/^.*\//, '');
}

/** The problems of which the other side has not as many that are alike. */
function beyond(
    problems: readonly Problem[],
    keyHere: (problem: Problem) => string,
    others: readonly Problem[],
    keyThere: (problem: Problem) => string,
): ComparedFinding[] {
    const left = new Map<string, number>();
    for (const other of others.filter(({ finding }) => finding)) {
        const key = keyThere(other);
        left.set(key, (left.get(key) ?? 0) + 1);
    }
    const order = ['error', 'warning', 'info', 'hint'];
    return problems
        .filter((problem) => {
            if (!problem.finding) return false;
            const key = keyHere(problem);
            const number = left.get(key) ?? 0;
            left.set(key, number - 1);
            return number <= 0;
        })
        .map(({ code, severity, message, at }) => ({ code, severity, message, at }))
        .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || (a.code < b.code ? -1 : 1));
}

/**
 * What a finding is, whatever the layout and the order of names around it: its identity, of which the place counts only
 * where it is a single name or word. More may stand on one line or on several.
 */
function keyOf({ identity }: Problem, named: (name: string) => string): string {
    const [code, declaration, written] = JSON.parse(identity) as [string, string, string];
    const [type = '', ...name] = declaration.split(' ');
    const [, quoted, bare] = /^(?:"((?:[^"\\]|\\.)*)"|([^\s,"{]+))$/.exec(written) ?? [];
    const place = quoted === undefined ? inParts(bare ?? '', named) : named(quoted);
    return JSON.stringify([code, type, inParts(name.join(' '), named), place]);
}

/** `east.gw` and `shop/checkout` have two names in them. */
function inParts(text: string, named: (name: string) => string): string {
    return named(text) === text
        ? text
              .split(/([./])/)
              .map(named)
              .join('')
        : named(text);
}
