import { isCount } from '../webview/count.js';
import {
    queryFrom,
    type MatrixLine,
    type MatrixOutline,
    type MatrixPromise,
    type MatrixQuery,
} from '../../server/protocol/matrix.js';

/** What the page of a matrix says to the extension. */
export type FromPage =
    | { readonly kind: 'outline'; readonly round: number; readonly query: MatrixQuery; readonly anchor?: string }
    | {
          readonly kind: 'lines';
          readonly round: number;
          readonly query: MatrixQuery;
          readonly from: number;
          readonly to: number;
      }
    | { readonly kind: 'cell'; readonly element: string; readonly column: number }
    | { readonly kind: 'promises' }
    | { readonly kind: 'simulate'; readonly element: string }
    | { readonly kind: 'go'; readonly element: string }
    /** Of a promise, by its id. */
    | { readonly kind: 'simulatePromise'; readonly promise: string }
    | { readonly kind: 'goPromise'; readonly promise: string };

/** A message of the page, which may be anything; undefined for what is none. */
export function messageFromPage(value: unknown): FromPage | undefined {
    const { kind, round, query, anchor, from, to, element, column, promise } = (value ?? {}) as Partial<
        Record<'kind' | 'round' | 'query' | 'anchor' | 'from' | 'to' | 'element' | 'column' | 'promise', unknown>
    >;
    const asked = queryFrom(query);
    switch (kind) {
        case 'outline':
            return asked && isCount(round)
                ? { kind, round, query: asked, ...(typeof anchor === 'string' && { anchor }) }
                : undefined;
        case 'lines':
            return asked && isCount(round) && isCount(from) && isCount(to)
                ? { kind, round, query: asked, from, to }
                : undefined;
        case 'cell':
            return typeof element === 'string' && isCount(column) ? { kind, element, column } : undefined;
        case 'simulate':
        case 'go':
            return typeof element === 'string' ? { kind, element } : undefined;
        case 'promises':
            return { kind };
        case 'simulatePromise':
        case 'goPromise':
            return typeof promise === 'string' ? { kind, promise } : undefined;
        default:
            return undefined;
    }
}

/** A promise as the page shows it. */
export type PagePromise = Omit<MatrixPromise, 'at' | 'counterexample'> & { readonly canBeSimulated: boolean };

/** What the extension says to the page. */
export type ToPage =
    | { readonly kind: 'changed' }
    | { readonly kind: 'failed'; readonly elements: readonly string[] }
    | { readonly kind: 'outline'; readonly round: number; readonly outline: MatrixOutline | null }
    | { readonly kind: 'lines'; readonly round: number; readonly from: number; readonly lines: readonly MatrixLine[] }
    | { readonly kind: 'cell'; readonly element: string; readonly column: number; readonly text: string }
    | {
          readonly kind: 'promises';
          readonly summary: string;
          readonly promises: readonly PagePromise[];
          readonly more: number;
      };

/** What survives a reload of the window. */
export interface PageState {
    readonly uri: string;
    readonly query: MatrixQuery;
    readonly top: number;
    readonly left: number;
}

/** What the page says in the language of the user; `{0}`, `{1}` and `{2}` are numbers. */
export interface PageWords {
    readonly ofAll: string;
    readonly weighing: string;
    readonly nothing: string;
    readonly failed: string;
    readonly unaffected: string;
    readonly sortBy: string;
    readonly promises: string;
    readonly judging: string;
    readonly simulateCounterexample: string;
    readonly morePromises: string;
}
