import type { AnnotationState } from '../../server/knowledge/states.js';
import type { LineAnnotation } from '../../server/protocol/simulation-state.js';
import type { SourceRange } from '../../server/topology/topology.js';
import { lineAfter, type Edit, type LineText } from './edits.js';

/** A stretch of one line. */
export interface Span {
    readonly start: number;
    readonly end: number;
}

/** What is drawn on one line of an editor. */
export interface Mark {
    readonly line: number;
    /** Where the name of the element begins and ends in its line. */
    readonly start: number;
    readonly end: number;
    readonly state: AnnotationState;
    /** The names on the line that are struck through. */
    readonly struck: readonly Span[];
    /** In full; `inlineText` makes it short enough for the end of a line. */
    readonly text: string;
    /** Computed from an older text than the editor's. */
    readonly older?: boolean;
    /** It says something else than before the last step in time. */
    readonly changed?: boolean;
}

/** The sign carries the meaning together with the colour. VS15 (\uFE0E) asks for the sign as text, not as a picture. */
export const stateSigns: Readonly<Record<AnnotationState, string>> = {
    failed: '✖\uFE0E',
    gone: '✖\uFE0E',
    total: '✖\uFE0E',
    limited: '⚠\uFE0E',
    failover: '◐',
    operators: '⚙\uFE0E',
    spare: '◌',
    held: '✓',
};

/** An annotation on the line it stands in. */
export function markOf({ range, state, text, struck, changed }: LineAnnotation, lineText: LineText): Mark {
    const { start, end } = spanOf(range, lineText);
    return {
        ...{ line: range.start.line, start, end, state, text },
        struck: struck.map((each) => spanOf(each, lineText)),
        ...(changed && { changed }),
    };
}

/** Where a name begins and ends in its line; of a block, what stands before its brace. */
function spanOf({ start, end }: SourceRange, lineText: LineText): Span {
    const written = lineText(start.line) ?? '';
    const last = end.line === start.line ? end.character : written.length;
    const opening = written
        .slice(start.character, last)
        .replace(/\s*\{.*$/, '')
        .trimEnd();
    return { start: start.character, end: start.character + opening.length };
}

/**
 * What stands at the line's end; the hover of the line says it in full.
 *
 * @param longest how many characters of the text are shown
 */
export function inlineText({ state, text }: Mark, longest: number): string {
    const characters = [...text];
    if (characters.length <= longest) return `${stateSigns[state]} ${text}`;
    const shown = characters.slice(0, Math.max(0, longest - 1)).join('');
    return `${stateSigns[state]} ${shown.trimEnd()}…`;
}

/** The line of a mark whose own line was edited: nobody knows what it would say now. */
export const nowhere = -1;

/** Where marks stand after an edit, as VS Code moves their decorations. */
export function marksAfter<M extends Mark>(marks: readonly M[], edit: Edit, lineText: LineText): M[] {
    return marks.map((mark) => ({ ...mark, line: lineAfter(mark.line, edit, lineText) ?? nowhere }));
}

/** Whether the same is drawn. */
export function sameMarks(some: readonly Mark[], others: readonly Mark[]): boolean {
    return JSON.stringify(some) === JSON.stringify(others);
}
