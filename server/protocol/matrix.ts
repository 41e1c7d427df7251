import type { Gravity } from '../failure/gravity.js';
import type { AnnotationState } from '../knowledge/states.js';
import { groupings, type Grouping } from '../matrix/grouping.js';
import type { PromiseState } from '../topology/promises.js';
import type { SourceLocation } from '../topology/topology.js';
import type { EstateArgument } from './arguments.js';
import type { ScenarioArgument } from './simulation.js';

/** What the page of a matrix asks for. Requests rather than commands, so that a client can cancel what it no longer needs. */
export const matrixRequests = {
    /** What there is, and how many lines it takes. Parameters: `MatrixArgument`. Result: `MatrixOutline | null`. */
    outline: 'tsbtopo/matrix',
    /** Some of its lines. Parameters: `MatrixLinesArgument`. Result: `MatrixLine[]`. */
    lines: 'tsbtopo/matrixLines',
    /** What a hover says of one cell. Parameters: `MatrixCellArgument`. Result: `string | null`, plain text. */
    cell: 'tsbtopo/matrixCell',
    /** What became of the promises beside it. Parameters: `EstateArgument`. Result: `MatrixPromises | null`. */
    promises: 'tsbtopo/matrixPromises',
    /** A report of the estate. Parameters: `EstateArgument`. Result: `string | null`, a page of HTML. */
    report: 'tsbtopo/report',
} as const;

/** In which order, and what of it, somebody wants to see. */
export interface MatrixQuery {
    readonly group?: Grouping;
    /** Without components. */
    readonly declared: boolean;
    /** Only what has this in its name, kind, region or cluster; empty for all. */
    readonly filter: string;
    /** The gravest first, by name, or by how grave the cells of a column are (its place). */
    readonly sort: 'gravity' | 'name' | number;
}

export interface MatrixArgument extends EstateArgument {
    readonly query: MatrixQuery;
    /** An element whose line is to be found again. */
    readonly anchor?: string;
}

export interface MatrixOutline {
    readonly topology: string;
    readonly columns: readonly { readonly kind: 'operation' | 'host' | 'service'; readonly title: string }[];
    /** Lines of failures and of groups. */
    readonly lines: number;
    readonly failures: number;
    /** How many failures there are without a filter. */
    readonly inAll: number;
    /** How many failures are not weighed yet, and have no line: whoever asks again gets more. */
    readonly toWeigh: number;
    /** The line of the anchor; null where it has none. */
    readonly anchorAt: number | null;
}

/** @property from, to the first line, and the one behind the last */
export interface MatrixLinesArgument extends MatrixArgument {
    readonly from: number;
    readonly to: number;
}

export type MatrixLine =
    | { readonly kind: 'group'; readonly title: string; readonly count: number }
    | {
          readonly kind: 'failure';
          readonly name: string;
          readonly label: string;
          /** The kind of the element in words. */
          readonly title: string;
          readonly gravity: Gravity;
          /** In words, for a screen reader. */
          readonly notices: string;
          readonly headline: string;
          readonly at: SourceLocation;
          /** Those to which something happens. */
          readonly cells: readonly MatrixCell[];
      };

export interface MatrixCell {
    /** The place of its column. */
    readonly column: number;
    readonly state: AnnotationState;
    /** "down", "lost", "fails over". */
    readonly word: string;
}

export interface MatrixCellArgument extends EstateArgument {
    readonly element: string;
    readonly column: number;
}

/** Scenarios and objectives of an estate, all of them judged. */
export interface MatrixPromises {
    /** "1 broken, 3 kept; 2 risks are accepted"; empty where nothing is promised, and nothing accepted. */
    readonly summary: string;
    /** The gravest first. */
    readonly lines: readonly MatrixPromise[];
    /** How many more there are. */
    readonly more: number;
}

export interface MatrixPromise {
    /** No other promise of the estate has it. */
    readonly id: string;
    /** "scenario blue is away", "objective shop survives any failure": plain text. */
    readonly title: string;
    /** Where its name stands. */
    readonly at: SourceLocation;
    readonly state: PromiseState;
    /** "kept", "cannot be judged". */
    readonly word: string;
    /** Why it is not kept. Plain texts. */
    readonly reasons: readonly string[];
    /** What breaks it, to be run. */
    readonly counterexample?: ScenarioArgument;
}

/** What somebody wants to see, as a page or a kept state gives it; undefined for what is none. */
export function queryFrom(value: unknown): MatrixQuery | undefined {
    const { group, declared, filter, sort } = (value ?? {}) as Partial<Record<keyof MatrixQuery, unknown>>;
    const known = groupings.find((each) => each === group);
    if (known === undefined && group !== undefined) return undefined;
    if (typeof declared !== 'boolean' || typeof filter !== 'string') return undefined;
    if (sort !== 'gravity' && sort !== 'name' && !(Number.isSafeInteger(sort) && Number(sort) >= 0)) return undefined;
    return { ...(known !== undefined && { group: known }), declared, filter, sort: sort as MatrixQuery['sort'] };
}
