import type { LangiumDocument, TextDocument } from 'langium';
import { indentation, moveComment, columnAfter, type Indentation } from './comments.js';
import type { Gap } from './gap.js';
import { layOut } from './layout.js';
import { isComment, lineBreak, piecesOf } from './pieces.js';

/** A stretch of a file, from one offset to another, and what should stand there instead. */
export interface Change {
    readonly start: number;
    readonly end: number;
    readonly text: string;
}

/** All that a file lacks to look as it should, in reading order: white space between words, and within comments. */
export function changesOf(document: LangiumDocument, style: Indentation): Change[] {
    const { textDocument } = document;
    const text = textDocument.getText();
    const pieces = piecesOf(document);
    const gaps = layOut(pieces, style.tabSize);
    const eol = lineBreak.exec(text)?.[0] ?? '\n';
    const changes: Change[] = [];
    const change = (start: number, end: number, wanted: string) => {
        if (text.slice(start, end) !== wanted) {
            changes.push({ start, end, text: wanted });
        }
    };

    const goOn = (column: number, some: string) => {
        const lines = some.split(lineBreak);
        return columnAfter(lines.at(-1)!, style.tabSize, lines.length > 1 ? 0 : column);
    };
    let from = 0;
    let to = 0;
    for (const [index, piece] of pieces.entries()) {
        const previous = pieces[index - 1];
        const isFree = piece.whole && piece.kind !== 'verbatim' && previous?.whole !== false;
        const wanted = previous ? written(gaps[index]!, eol, style) : byteOrderMark(text);
        const space = isFree ? wanted : piece.gap;
        change(piece.start - piece.gap.length, piece.start, space);
        from = goOn(from, piece.gap);
        to = goOn(to, space);
        const content = isFree && isComment(piece) ? moveComment(piece.text, from, to, eol, style) : piece.text;
        change(piece.start, piece.end, content);
        from = goOn(from, piece.text);
        to = goOn(to, content);
    }
    const last = pieces.at(-1);
    if (last?.whole !== false) {
        change(last?.end ?? 0, text.length, last ? eol : byteOrderMark(text));
    }
    return changes;
}

function written({ breaks, level, spaces }: Gap, eol: string, style: Indentation): string {
    return breaks === 0 ? ' '.repeat(spaces) : eol.repeat(breaks) + indentation(level * style.tabSize, style);
}

function byteOrderMark(text: string): string {
    return text.startsWith('\uFEFF') ? '\uFEFF' : '';
}

/**
 * What of a change concerns some lines of a file, from the first to the last: their indentation, what is between their
 * words, and what follows the last of these.
 */
export function withinLines(
    { start, end, text }: Change,
    textDocument: TextDocument,
    [first, last]: readonly [first: number, last: number],
): Change | undefined {
    const startLine = textDocument.positionAt(start).line;
    const endLine = textDocument.positionAt(end).line;
    if (startLine >= first && endLine <= last) {
        return { start, end, text };
    }
    const old = textDocument.getText().slice(start, end);
    const lines = text.split(lineBreak);
    if (old.trim() !== '' || lines.length === 1) {
        return undefined;
    }
    if (endLine >= first && endLine <= last) {
        return { start: textDocument.offsetAt({ line: endLine, character: 0 }), end, text: lines.at(-1)! };
    }
    if (startLine >= first && startLine <= last) {
        return { start, end: start + old.split(lineBreak)[0]!.length, text: '' };
    }
    return undefined;
}
