import { problemSeverities, type ProblemSeverity } from '../../knowledge/severities.js';
import type { Problem } from '../../estate/problem.js';
import { count } from '../../words/english.js';
import type { Unreadable } from '../workspace.js';

/** From which severity on `check` fails. */
export type FailOn = (typeof failOnChoices)[number];

export const failOnChoices = ['error', 'warning', 'info', 'hint', 'never'] as const;

/** A problem of a file. */
export interface Found {
    /** Relative to the current folder. */
    readonly file: string;
    readonly problem: Problem;
}

/** What was checked. */
export interface Read {
    /** Relative to the current folder. */
    readonly files: readonly string[];
    readonly unreadable: readonly Unreadable[];
    /** Whether any file declares anything. */
    readonly isDeclared: boolean;
}

/** All that `check` has found, for whoever prints it. */
export interface Checked {
    /** In the order of files and places. */
    readonly found: readonly Found[];
    readonly read: Read;
    readonly failOn: FailOn;
    /** Whether people are to see hints. */
    readonly hints: boolean;
    /** Of this program. */
    readonly version: string;
}

/** In the order of files and places. */
export function inOrder(found: readonly Found[]): Found[] {
    return [...found].sort((a, b) => compare(a.file, b.file) || comparePlaces(a.problem, b.problem));
}

function compare<T extends string | number>(a: T, b: T): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

function comparePlaces({ at: a }: Problem, { at: b }: Problem): number {
    const [one, other] = [a.range.start, b.range.start];
    return compare(one.line, other.line) || compare(one.character, other.character);
}

/** Whether a severity is one for which `check` fails. */
export function failsFor(severity: ProblemSeverity, limit: FailOn): boolean {
    return limit !== 'never' && problemSeverities.indexOf(severity) <= problemSeverities.indexOf(limit);
}

/** What people are to see: all of it, or all but hints. */
export function shownTo({ found, hints }: Pick<Checked, 'found' | 'hints'>): readonly Found[] {
    return hints ? found : found.filter(({ problem }) => problem.severity !== 'hint');
}

/** "1 error, 2 hints in 3 files; 1 risk accepted"; that there are no findings only of files that were read, and say something. */
export function summaryOf({ found, read }: Pick<Checked, 'found' | 'read'>): string {
    const files = count(read.files.length, 'file');
    const unreadable = `${count(read.unreadable.length, 'file')} cannot be read`;
    if (read.files.length === 0) return unreadable;
    const accepted = acceptedIn(found);
    const rest = [
        ...(accepted > 0 ? [`; ${count(accepted, 'risk')} accepted`] : []),
        ...(read.unreadable.length > 0 ? [`; ${unreadable}`] : []),
    ].join('');
    const counts = countsOf(found);
    if (counts.length === 0 && !read.isDeclared) return `Nothing is declared yet in ${files}${rest}`;
    return `${counts.join(', ') || 'No findings'} in ${files}${rest}`;
}

/** How many risks somebody takes; they are among the hints. */
export function acceptedIn(found: readonly Found[]): number {
    return found.filter(({ problem }) => problem.accepted).length;
}

/** "1 error", "2 info": how many there are of each severity that there is. */
export function countsOf(found: readonly Found[]): string[] {
    return problemSeverities.flatMap((severity) => {
        const number = found.filter(({ problem }) => problem.severity === severity).length;
        if (number === 0) return [];
        return [severity === 'info' ? `${number} info` : count(number, severity)];
    });
}
