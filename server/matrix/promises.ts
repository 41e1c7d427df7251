import type { ElementName } from '../topology/element-name.js';
import type { PromiseState } from '../topology/promises.js';
import type { SourceLocation } from '../topology/topology.js';
import { count, verb } from '../words/english.js';

/** What an estate promises beside its matrix. */
export interface Promised {
    /** Scenarios, then objectives, each in the order of the files. */
    readonly lines: readonly PromiseLine[];
    /** How many risks somebody takes, as `check` counts them. */
    readonly acceptedRisks: number;
}

/** A promise, and what became of it. */
export interface PromiseLine {
    readonly kind: 'scenario' | 'objective';
    /** The name of a scenario, the sentence of an objective. */
    readonly label: string;
    readonly at: SourceLocation;
    readonly state: PromiseState;
    /** Why it is not kept. Plain texts. */
    readonly reasons: readonly string[];
    /** Of an objective that is broken: the smallest failure that breaks it. */
    readonly counterexample?: Counterexample;
}

export interface Counterexample {
    /** What fails at the beginning, together. */
    readonly failures: readonly ElementName[];
    /** From then on it is broken, seconds. */
    readonly at: number;
}

export const noPromised: Promised = { lines: [], acceptedRisks: 0 };

/** What became of a promise, in words. */
export const promiseWords: Readonly<Record<PromiseState, string>> = {
    kept: 'kept',
    broken: 'broken',
    accepted: 'broken, and accepted',
    idle: 'nothing to judge',
    'not-judged': 'cannot be judged',
};

/** One sign for it; it never stands without the words. */
export const promiseSigns: Readonly<Record<PromiseState, string>> = {
    kept: '✓',
    broken: '✖',
    accepted: '◌',
    idle: '·',
    'not-judged': '?',
};

/** The gravest first: what is not known comes before what is accepted. */
export const promiseStatesByGravity: readonly PromiseState[] = ['broken', 'not-judged', 'accepted', 'idle', 'kept'];

/** "1 broken, 3 kept; 2 risks are accepted"; the gravest first. Empty where nothing is promised, and nothing accepted. */
export function promiseSummary({
    lines,
    acceptedRisks,
}: {
    readonly lines: readonly Pick<PromiseLine, 'state'>[];
    readonly acceptedRisks: number;
}): string {
    const counts = promiseStatesByGravity.flatMap((state) => {
        const number = lines.filter((line) => line.state === state).length;
        return number === 0 ? [] : [`${number} ${promiseWords[state]}`];
    });
    const accepted =
        acceptedRisks === 0 ? [] : [`${count(acceptedRisks, 'risk')} ${verb(acceptedRisks, 'is', 'are')} accepted`];
    return [...(counts.length > 0 ? [counts.join(', ')] : []), ...accepted].join('; ');
}
