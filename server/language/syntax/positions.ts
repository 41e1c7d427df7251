import type { TextDocument } from 'langium';
import type { Position, Range } from 'vscode-languageserver-types';

/**
 * A range as a part of a document. Tokens that the parser made up where one is missing stand nowhere (their positions are
 * `NaN` or -1), and an editor that is told of such a place may drop everything else that it is told with it.
 */
export function rangeInside(document: TextDocument, { start, end }: Range): Range {
    const from = document.offsetAt(somewhere(start));
    const to = document.offsetAt(somewhere(end));
    return { start: document.positionAt(from), end: document.positionAt(Math.max(from, to)) };
}

function somewhere({ line, character }: Position): Position {
    return { line: natural(line), character: natural(character) };
}

function natural(number: number): number {
    return number > 0 ? number : 0;
}
