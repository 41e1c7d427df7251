import { lineBreak } from './pieces.js';

/** White space at the beginning of a line, in the manner of an editor. */
export interface Indentation {
    readonly tabSize: number;
    readonly insertSpaces: boolean;
}

/** The white space that is as wide as so many columns. */
export function indentation(columns: number, { tabSize, insertSpaces }: Indentation): string {
    if (insertSpaces) {
        return ' '.repeat(columns);
    }
    return '\t'.repeat(Math.floor(columns / tabSize)) + ' '.repeat(columns % tabSize);
}

/** The column at which a text ends that begins at another one. */
export function columnAfter(text: string, tabSize: number, start = 0): number {
    let column = start;
    for (const character of text) {
        column += character === '\t' ? tabSize - (column % tabSize) : 1;
    }
    return column;
}

/**
 * A comment that moves from one column to another: its further lines move along, and lines that begin with `*` stand
 * below the first one. Nothing follows the last word of a line.
 */
export function moveComment(text: string, from: number, to: number, eol: string, style: Indentation): string {
    const [first = '', ...rest] = text.split(lineBreak);
    const written = rest.filter((line) => line.trim() !== '');
    const isStarred = written.every((line) => line.trimStart().startsWith('*'));
    const widths = written.map((line) => columnAfter(leadingSpace(line), style.tabSize));
    const shift = Math.max(to - from, -Math.min(...widths));
    const moved = rest.map((line) => {
        const content = line.trim();
        if (content === '') {
            return '';
        }
        const width = isStarred ? to + 1 : columnAfter(leadingSpace(line), style.tabSize) + shift;
        return indentation(width, style) + content;
    });
    return [first.trimEnd(), ...moved].join(eol);
}

function leadingSpace(line: string): string {
    return line.slice(0, line.length - line.trimStart().length);
}
