import { heldRedundancies } from '../failure/explain.js';
import type { Outcome } from '../failure/outcome.js';
import { capitalized, code, elementPhrase } from './wording.js';

/** How many saviours of one thing are named before they are only counted. */
const mostSaviours = 3;

/** What held although a part of it failed, and thanks to what: "`shop` by `west`". One Markdown clause each. */
export function heldClauses(outcome: Outcome): string[] {
    return heldRedundancies(outcome).map(({ element, service, host, by }) => {
        const what = element ? elementPhrase(element) : code(service ?? host ?? '');
        const shown = by.slice(0, mostSaviours).map((saviour) => elementPhrase(saviour));
        const rest = by.length > shown.length ? ` and ${by.length - shown.length} more` : '';
        return capitalized(`${what} by ${shown.join(', ')}${rest}`);
    });
}
