import { operationTitles, severitySigns, type Operation } from '../knowledge/operations.js';
import type { Assumption, Turn } from './assumed.js';
import { code } from '../encoding/markdown.js';
import { capitalized, enumerated, listing } from '../words/english.js';

/** How many turned marks of one assumption a sentence names. */
const mostTurns = 5;

/** Behind a mark that rests on assumptions: ", if outlier detection is on (assumed)". Empty behind all others. */
export function conditionOf(assumptions: readonly Assumption[], kind: Turn['kind'], what: string): string {
    const clauses = assumptions
        .filter(({ turns }) => turns.some((turn) => turn.kind === kind && turn.what === what))
        .map(({ assumes }) => assumes);
    return clauses.length > 0 ? `, if ${enumerated([...new Set(clauses)])} (assumed)` : '';
}

/** "Outlier detection is on (assumed for `api`). With `no outlier detection`: running workloads ❌ instead of ✅." Markdown. */
export function assumptionSentence({ assumes, instead, where, turns }: Assumption): string {
    const told = turns.some(({ kind }) => kind !== 'cluster') ? turns.filter(({ kind }) => kind !== 'cluster') : turns;
    const marks = told.map(
        (turn) => `${turnPhrase(turn)} ${severitySigns[turn.otherwise]} instead of ${severitySigns[turn.here]}`,
    );
    const most = { most: mostTurns };
    return `${capitalized(assumes)} (assumed for ${listing(where)}). With ${code(instead)}: ${enumerated(marks, most)}.`;
}

function turnPhrase({ kind, what, operation }: Turn): string {
    if (kind === 'operation') return title(what as Operation);
    return operation === null ? code(what) : `${title(operation)} of ${code(what)}`;
}

function title(operation: Operation): string {
    return operationTitles[operation].toLowerCase();
}
