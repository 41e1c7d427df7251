/** Parts of operations, and what becomes of the whole (R5). */

import type { Severity } from './result.js';

/** One testable part of an operation. */
export interface Facet {
    readonly rank: 'primary' | 'secondary';
    readonly state: Severity;
}

export function primary(state: Severity | boolean): Facet {
    return { rank: 'primary', state: asSeverity(state) };
}

export function secondary(state: Severity | boolean): Facet {
    return { rank: 'secondary', state: asSeverity(state) };
}

function asSeverity(state: Severity | boolean): Severity {
    return typeof state === 'string' ? state : state ? 'unaffected' : 'total';
}

/** Total if all that is primary is lost, limited if anything is lost or limited; undefined without a facet. */
export function rollUp(facets: readonly Facet[]): Severity | undefined {
    if (facets.length === 0) {
        return undefined;
    }
    const primaries = facets.filter(({ rank }) => rank === 'primary');
    if (primaries.length > 0 && primaries.every(({ state }) => state === 'total')) {
        return 'total';
    }
    return facets.every(({ state }) => state === 'unaffected') ? 'unaffected' : 'limited';
}

/** By the share of requests that are lost. */
export function severityOf({ gone, loss }: { readonly gone: boolean; readonly loss: number }): Severity {
    return gone ? 'total' : loss > 0 ? 'limited' : 'unaffected';
}
