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

/** How wide white space is that begins a line. */
export function widthOf(space: string, tabSize: number): number {
    let width = 0;
    for (const character of space) {
        width += character === '\t' ? tabSize - (width % tabSize) : 1;
    }
    return width;
}

/**
 * A comment that moves from one column to another: its further lines move along, and lines that begin with `*` stand
 * below the first one. Nothing follows the last word of a line.
 */
export function moveComment(text: string, from: number, to: number, eol: string, style: Indentation): string {
    const [first = '', ...rest] = text.split(lineBreak);
    const written = rest.filter((line) => line.trim() !== '');
    const isStarred = written.every((line) => line.trimStart().startsWith('*'));
    const widths = written.map((line) => widthOf(leadingSpace(line), style.tabSize));
    const shift = Math.max(to - from, -Math.min(...widths));
    const moved = rest.map((line) => {
        const content = line.trim();
        if (content === '') {
            return '';
        }
        const width = isStarred ? to + 1 : widthOf(leadingSpace(line), style.tabSize) + shift;
        return indentation(width, style) + content;
    });
    return [first.trimEnd(), ...moved].join(eol);
}

function leadingSpace(line: string): string {
    return line.slice(0, line.length - line.trimStart().length);
}
