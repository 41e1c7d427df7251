import { heldRedundancies } from '../failure/explain.js';
import type { Outcome } from '../failure/outcome.js';
import { code } from '../encoding/markdown.js';
import { capitalized } from '../words/english.js';
import { elementPhrase } from './phrases.js';

/**
 * What stays up although a part of it failed, and thanks to what: "`shop` thanks to `west`". One Markdown clause each;
 * what stood in for several things is told once.
 *
 * @param most how many saviours of one thing are named before they are only counted
 */
export function heldClauses(outcome: Outcome, most = 3): string[] {
    const clauses = heldRedundancies(outcome).map(({ element, service, host, by }) => {
        const what = element ? elementPhrase(element) : code(service ?? host ?? '');
        const shown = by.slice(0, most).map((saviour) => elementPhrase(saviour));
        const rest = by.length > shown.length ? ` and ${by.length - shown.length} more` : '';
        return capitalized(`${what} thanks to ${shown.join(', ')}${rest}`);
    });
    return [...new Set(clauses)];
}
