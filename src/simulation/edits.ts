import type { SourcePosition } from '../../server/topology/topology.js';

/** One replacement in a document: what was between start and end is now text. */
export interface Edit {
    readonly start: SourcePosition;
    readonly end: SourcePosition;
    readonly text: string;
}

/** The text of a line as it is after an edit; undefined where that is not known. */
export type LineText = (line: number) => string | undefined;

/**
 * Where a line stands after an edit; undefined if the edit changed the line's own text. Pressing Enter at a line's end,
 * and adding or removing whole lines above it, leave it as it is.
 */
export function lineAfter(line: number, edit: Edit, lineText: LineText): number | undefined {
    const { start, end } = edit;
    if (line < start.line) return line;
    const moved = line + addedLines(edit) - (end.line - start.line);
    if (line > end.line) return moved;
    if (line === start.line && leavesFirstLine(edit, lineText)) return line;
    if (line === end.line && leavesLastLine(edit)) return moved;
    return undefined;
}

/** The lines, as they are numbered now, whose text an edit has changed or brought. */
export function linesChangedBy(edit: Edit, lineText: LineText): number[] {
    const first = edit.start.line + (leavesFirstLine(edit, lineText) ? 1 : 0);
    const last = edit.start.line + addedLines(edit) - (leavesLastLine(edit) ? 1 : 0);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

function addedLines({ text }: Edit): number {
    return text.split('\n').length - 1;
}

/** Whether it only adds lines after the end of the first one. */
function leavesFirstLine(edit: Edit, lineText: LineText): boolean {
    const { start, end, text } = edit;
    if (!/^\r?\n/.test(text) || start.line !== end.line || start.character !== end.character) return false;
    const lastLine = text.slice(text.lastIndexOf('\n') + 1);
    return lineText(start.line + addedLines(edit)) === lastLine;
}

/** Whether it only adds or removes whole lines before the last one. */
function leavesLastLine({ start, end, text }: Edit): boolean {
    return end.character === 0 && (text === '' ? start.character === 0 : text.endsWith('\n'));
}
