import type { ParseResult } from 'langium';
import type * as ast from '../generated/ast.js';
import { isInFile, type SyntaxMistake } from './recovery.js';

/** What the parser makes of a file, or of some whole lines of one. */
export type Reading = ParseResult<ast.File>;

/**
 * The lines of a file that have to be read after an edit. They begin with a declaration that the edit left alone, or with
 * the file, and end with one, or with the file.
 */
export interface Window {
    /** Offsets in the text before the edit. */
    readonly start: number;
    readonly end: number;
    /** The declarations at the ends, as places among all of the file; undefined where the file begins or ends there. */
    readonly opening: number | undefined;
    readonly closing: number | undefined;
    /** What the edit replaced, in the text before it. */
    readonly edit: { readonly start: number; readonly end: number };
}

/**
 * The lines that an edit makes it necessary to read.
 *
 * @param further so many declarations more behind the edit
 * @returns undefined where they are most of the file
 */
export function windowAround(reading: Reading, before: string, after: string, further: number): Window | undefined {
    const { declarations } = reading.value;
    const edit = editBetween(before, after);
    const mistakes = mistakesIn(reading);
    const startOf = (at: number) => declarations[at]?.$cstNode?.offset ?? NaN;
    const isSound = (at: number) => !mistakes.some((place) => isBetween(place, startOf(at), startOf(at + 1)));
    const lineOf = (at: number) => lineStart(before, startOf(at));

    let opening = lastOf(declarations.length, (at) => startOf(at) <= edit.start) - 1;
    while (opening >= 0 && !(isSound(opening) && lineOf(opening) !== undefined)) opening--;

    const isBorder = (at: number) => at === declarations.length || lineOf(at) !== undefined;
    const mayClose = (at: number) => (lineOf(at) ?? -1) > edit.end && isSound(at) && isBorder(at + 1);
    let closing = lastOf(declarations.length, (at) => startOf(at) <= edit.end) + 1 + further;
    while (closing < declarations.length && !mayClose(closing)) closing++;

    const window = {
        start: opening < 0 ? 0 : lineOf(opening)!,
        end: closing + 1 < declarations.length ? lineOf(closing + 1)! : before.length,
        opening: opening < 0 ? undefined : opening,
        closing: closing < declarations.length ? closing : undefined,
        edit,
    };
    return (window.end - window.start) * 2 > before.length ? undefined : window;
}

/** Whether something at an offset belongs to the declaration that begins at another one; the last one has no next. */
export function isBetween(offset: number, start: number, next: number | undefined = NaN): boolean {
    return offset >= start && !(offset >= next);
}

/** The offsets at which something could not be read; infinite for what is missing at the end. */
export function mistakesIn({ parserErrors, lexerErrors }: Reading): number[] {
    return [...parserErrors.map(offsetOf), ...lexerErrors.map(({ offset }) => offset)];
}

/** Where an error of the parser is; infinite at the end of the text. */
export function offsetOf({ token }: Pick<SyntaxMistake, 'token'>): number {
    return isInFile(token) ? token.startOffset : Infinity;
}

/** The part of a text that an edit replaced, in offsets of the text before it. */
function editBetween(before: string, after: string): { readonly start: number; readonly end: number } {
    const shorter = Math.min(before.length, after.length);
    const start = sameLength(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
    const same = sameLength(
        shorter - start,
        (from, to) =>
            before.slice(before.length - to, before.length - from) ===
            after.slice(after.length - to, after.length - from),
    );
    return { start, end: before.length - same };
}

/** So much of a text is compared at once: whole pieces take a tenth of the time of one character after the other. */
const pieceLength = 4_096;

/** How many characters are the same, from an end on. @param isSame whether those from one place up to another one are */
function sameLength(most: number, isSame: (from: number, to: number) => boolean): number {
    let same = 0;
    for (let step = pieceLength; step >= 1; step >>= 1)
        while (same + step <= most && isSame(same, same + step)) same += step;
    return same;
}

/** Where the line begins in which an offset is; undefined where something other than blanks stands before it. */
function lineStart(text: string, offset: number): number | undefined {
    let from = offset;
    while (from > 0 && ' \t'.includes(text[from - 1]!)) from--;
    return from === 0 || '\r\n'.includes(text[from - 1]!) ? from : undefined;
}

/** The last of so many for which something holds that holds for the first ones; -1 where it holds for none. */
function lastOf(count: number, holds: (at: number) => boolean): number {
    let [from, to] = [0, count];
    while (from < to) {
        const middle = (from + to) >> 1;
        if (holds(middle)) from = middle + 1;
        else to = middle;
    }
    return from - 1;
}
