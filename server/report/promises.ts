import { xml } from '../encoding/xml.js';
import { promiseSummary, promiseWords, type PromiseLine, type Promised } from '../matrix/promises.js';
import type { PromiseState } from '../topology/promises.js';
import { capitalized } from '../words/english.js';
import { placeOf } from './parts.js';

/** What the estate promises, and what became of it; nothing where it promises nothing. */
export function promisesTold(promised: Promised): string[] {
    const summary = promiseSummary(promised);
    if (summary === '') return [];
    const rows = promised.lines.map(rowOf);
    return [
        `<p>${capitalized(summary)}. Promises stand in the files. A broken objective is told with the smallest failure that breaks it; what cannot be judged is not kept.</p>`,
        rows.length === 0
            ? ''
            : `<table class="wide"><thead><tr><th scope="col">result<th scope="col">promise<th scope="col">why it is not kept<th scope="col">at</thead><tbody>${rows.join('')}</tbody></table>`,
    ];
}

/** As the page has its signs: see `gravityClass`. */
const stateClass: Readonly<Record<PromiseState, string>> = {
    kept: 'n',
    broken: 't',
    accepted: 'p',
    idle: 'p',
    'not-judged': 'l',
};

function rowOf({ kind, label, at, state, reasons }: PromiseLine): string {
    const sign = `<span class="s ${stateClass[state]}"></span>${promiseWords[state]}`;
    const name = `${kind === 'scenario' ? 'scenario ' : ''}<code>${xml(label)}</code>`;
    return `<tr><td>${sign}<th scope="row">${name}<td>${reasons.map((reason) => `<p>${xml(reason)}</p>`).join('')}<td>${placeOf(at)}`;
}
