import type { Counterexample, PromiseLine, Promised } from '../matrix/promises.js';
import type { StatedPromise } from './promise-states.js';
import type { Snapshot } from './snapshot.js';

/** What becomes of the promises of an estate, for a table or a report; all are judged for that. */
export function promisedOf(estate: Snapshot): Promised {
    const lines = estate.promises().map(lineOf);
    return { lines, acceptedRisks: estate.gradedProblems().filter(({ accepted }) => accepted).length };
}

function lineOf({ kind, label, at, state, reasons, verdict }: StatedPromise): PromiseLine {
    const counterexample = verdict.kind === 'broken' ? counterexampleOf(verdict.by) : undefined;
    return {
        ...{ kind, label, at, state },
        reasons: reasons.map(({ message }) => message),
        ...(counterexample && { counterexample }),
    };
}

function counterexampleOf({
    failures,
    at,
}: {
    failures: readonly { name: Counterexample['failures'][number] }[];
    at: number;
}): Counterexample {
    return { failures: failures.map(({ name }) => name), at };
}
