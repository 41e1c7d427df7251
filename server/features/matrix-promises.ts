import { promisedOf } from '../estate/promised.js';
import { namedPromises } from '../estate/promise-states.js';
import { hasPromises, promisesOf } from '../estate/promises.js';
import type { Snapshot } from '../estate/snapshot.js';
import type { Estate } from '../language/naming/estates.js';
import { promiseStatesByGravity, promiseSummary, promiseWords } from '../matrix/promises.js';
import type { MatrixPromise, MatrixPromises } from '../protocol/matrix.js';
import { broken } from './promise-lens.js';

/** A page lists no more. */
const mostPromises = 200;

const unknown = 'A mistake of this tool keeps it from being judged; its log tells more.';

/** What became of the promises of an estate that have been judged, or that a mistake of this tool keeps from it. */
export function promisesBeside(estate: Estate, snapshot: Snapshot): MatrixPromises {
    const { uri } = snapshot;
    const lines = snapshot.promises().map(({ id, kind, label, at, state, reasons, verdict }): MatrixPromise => {
        const counterexample = broken(uri, verdict);
        return {
            ...{ id, title: `${kind} ${label}`, at, state, word: promiseWords[state] },
            reasons: reasons.map(({ message }) => message),
            ...(counterexample && { counterexample }),
        };
    });
    if (lines.length === 0 && hasPromises(estate)) lines.push(...notJudged(estate));
    const { acceptedRisks } = promisedOf(snapshot);
    const rank = ({ state }: MatrixPromise) => promiseStatesByGravity.indexOf(state);
    return {
        summary: promiseSummary({ lines, acceptedRisks }),
        lines: [...lines].sort((a, b) => rank(a) - rank(b)).slice(0, mostPromises),
        more: Math.max(0, lines.length - mostPromises),
    };
}

function notJudged(estate: Estate): MatrixPromise[] {
    return namedPromises(promisesOf(estate)).map(({ id, kind, label, at }) => ({
        ...{ id, title: `${kind} ${label}`, at, state: 'not-judged', word: promiseWords['not-judged'] },
        reasons: [unknown],
    }));
}
