import type { CstNode } from 'langium';
import type { Change } from '../estate/change.js';
import type { FileText } from '../estate/file-text.js';

/** Where the line of an offset begins. */
export function lineStart({ text }: FileText, offset: number): number {
    return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of an offset ends, before its line end. */
export function lineEnd({ text }: FileText, offset: number): number {
    const end = text.indexOf('\n', offset);
    const last = end < 0 ? text.length : end;
    return text[last - 1] === '\r' && last > offset ? last - 1 : last;
}

/** The beginning of the next line, or the end of the text. */
export function nextLine({ text }: FileText, offset: number): number {
    const end = text.indexOf('\n', offset);
    return end < 0 ? text.length : end + 1;
}

/** The white space with which the line of an offset begins. */
export function indentationAt(file: FileText, offset: number): string {
    return /^[ \t]*/.exec(file.text.slice(lineStart(file, offset), lineEnd(file, offset)))![0];
}

/** Whether nothing but white space stands between the beginning of its line and an offset. */
export function beginsLine(file: FileText, offset: number): boolean {
    return file.text.slice(lineStart(file, offset), offset).trim() === '';
}

/** Whether nothing but white space, or a comment to the end of the line, follows an offset on its line. */
export function endsLine(file: FileText, offset: number): boolean {
    return /^[ \t]*(\/\/.*)?$/.test(file.text.slice(offset, lineEnd(file, offset)));
}

export function insertion({ uri }: FileText, offset: number, text: string): Change {
    return { uri, start: offset, end: offset, text };
}

export function replacement({ uri }: FileText, piece: { readonly offset: number; readonly end: number }, text: string) {
    return { uri, start: piece.offset, end: piece.end, text } satisfies Change;
}

/**
 * Takes a piece of text out. Where it fills whole lines these go, too; a comment behind it stays, and so does what
 * stands before it on its line.
 */
export function removal(file: FileText, { offset, end }: Pick<CstNode, 'offset' | 'end'>): Change {
    const { text } = file;
    const before = beginsLine(file, offset);
    const lineIsDone = text.slice(end, lineEnd(file, end)).trim() === '';
    if (before && lineIsDone) {
        const start = lineStart(file, offset);
        const rest = nextLine(file, end);
        // of two empty lines that would meet one goes, too
        const meet = /(^|\n)[ \t]*\r?\n$/.test(text.slice(0, start)) || start === 0;
        const blank = meet ? /^[ \t]*\r?\n/.exec(text.slice(rest)) : null;
        return { uri: file.uri, start, end: rest + (blank?.[0].length ?? 0), text: '' };
    }
    const gap = /^[ \t]*/.exec(text.slice(end, lineEnd(file, end)))![0].length;
    if (before) {
        return { uri: file.uri, start: offset, end: end + gap, text: '' };
    }
    const isLast = lineIsDone || text[end + gap] === '}';
    return isLast
        ? { uri: file.uri, start: text.slice(0, offset).trimEnd().length, end, text: '' }
        : { uri: file.uri, start: offset, end: end + gap, text: '' };
}

/** A text of several lines, indented anew: its first line stays, the others move with it. */
export function indented(text: string, from: string, to: string, eol: string): string {
    return text
        .split(/\r?\n/)
        .map((line, index) => (index > 0 && line.startsWith(from) ? to + line.slice(from.length) : line))
        .join(eol);
}
