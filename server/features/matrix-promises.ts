import { promisedOf } from '../estate/promised.js';
import type { Snapshot } from '../estate/snapshot.js';
import { promiseStatesByGravity, promiseSummary, promiseWords } from '../matrix/promises.js';
import type { MatrixPromise, MatrixPromises } from '../protocol/matrix.js';
import { broken } from './promise-lens.js';

/** A page lists no more. */
const mostPromises = 200;

/** What became of the promises of an estate that have been judged, or that a mistake of this tool keeps from it. */
export function promisesBeside(snapshot: Snapshot): MatrixPromises {
    const { uri } = snapshot;
    const lines = snapshot.promises().map(({ id, kind, label, at, state, reasons, verdict }): MatrixPromise => {
        const counterexample = broken(uri, verdict);
        return {
            ...{ id, title: `${kind} ${label}`, at, state, word: promiseWords[state] },
            reasons: reasons.map(({ message }) => message),
            ...(counterexample && { counterexample }),
        };
    });
    const { acceptedRisks } = promisedOf(snapshot);
    const rank = ({ state }: MatrixPromise) => promiseStatesByGravity.indexOf(state);
    return {
        summary: promiseSummary({ lines, acceptedRisks }),
        lines: [...lines].sort((a, b) => rank(a) - rank(b)).slice(0, mostPromises),
        more: Math.max(0, lines.length - mostPromises),
    };
}
