import { TextDocument, type LangiumDocument } from 'langium';
import type { Formatter } from 'langium/lsp';
import type {
    DocumentFormattingParams,
    DocumentOnTypeFormattingOptions,
    DocumentOnTypeFormattingParams,
    DocumentRangeFormattingParams,
    FormattingOptions,
    TextEdit,
} from 'vscode-languageserver-protocol';
import type { TsbtopoServices } from '../../services.js';
import { changesOf, withinLines, type Change } from './changes.js';
import { lineBreak, closes, piecesOf } from './pieces.js';
import { hasMistakes, readingOf } from './reading.js';

/**
 * Gives topology files one layout. It moves nothing but white space, also that within comments, so no edit changes what
 * a file says; where a file has mistakes, declarations with a mistake in them stay as they are.
 */
export class TsbtopoFormatter implements Formatter {
    constructor(private readonly services: TsbtopoServices) {}

    formatDocument(document: LangiumDocument, { options }: DocumentFormattingParams): TextEdit[] {
        return this.edits(document, changesOf(document, options));
    }

    /** Formats whole lines: those that the range touches. */
    formatDocumentRange(document: LangiumDocument, { options, range }: DocumentRangeFormattingParams): TextEdit[] {
        const { textDocument } = document;
        const { start, end } = range;
        const isAtEnd = textDocument.offsetAt(end) === textDocument.getText().length;
        const endsBeforeLine = end.character === 0 && end.line > start.line && !isAtEnd;
        const last = endsBeforeLine ? end.line - 1 : end.line;
        return this.edits(document, changesInLines(document, options, [start.line, last]));
    }

    readonly formatOnTypeOptions: DocumentOnTypeFormattingOptions = {
        firstTriggerCharacter: '}',
        moreTriggerCharacter: ['\n'],
    };

    /** A brace formats what it ends. A new line formats the line above, without moving anything to another line. */
    formatDocumentOnType(document: LangiumDocument, params: DocumentOnTypeFormattingParams): TextEdit[] {
        const { options, ch, position } = params;
        const typed = document.textDocument.offsetAt(position);
        if (ch === '}') {
            const first = firstLineOfItem(document, typed);
            const changes = first === undefined ? [] : changesInLines(document, options, [first, position.line]);
            return this.edits(
                document,
                changes.filter(({ end }) => end < typed),
            );
        }
        const line = position.line - 1;
        const changes = changesInLines(document, options, [line, line]);
        return this.edits(
            document,
            changes.filter(({ text }) => !lineBreak.test(text)),
        );
    }

    /** Nothing at all if something else would be read afterwards, as it is where a line has a meaning. */
    private edits(document: LangiumDocument, changes: readonly Change[]): TextEdit[] {
        const { textDocument } = document;
        const edits = changes.map(({ start, end, text }) => ({
            range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
            newText: text,
        }));
        const isBroken = hasMistakes(document);
        const before = readingOf(textDocument.getText(), isBroken, this.services);
        const after = readingOf(TextDocument.applyEdits(textDocument, edits), isBroken, this.services);
        const isSame = before.length === after.length && before.every((word, index) => word === after[index]);
        return isSame ? edits : [];
    }
}

function changesInLines(
    document: LangiumDocument,
    options: FormattingOptions,
    lines: readonly [first: number, last: number],
): Change[] {
    return changesOf(document, options).flatMap((change) => withinLines(change, document.textDocument, lines) ?? []);
}

/** The line on which the item begins that ends with the brace before an offset. */
function firstLineOfItem(document: LangiumDocument, offset: number): number | undefined {
    const pieces = piecesOf(document);
    const brace = pieces.find((piece) => piece.end === offset && closes(piece));
    let first = brace?.partner;
    while (first !== undefined && first > 0 && !pieces[first]!.begins) {
        first--;
    }
    return first === undefined ? undefined : document.textDocument.positionAt(pieces[first]!.start).line;
}
