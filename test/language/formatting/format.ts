import { EmptyFileSystem, TextDocument, URI, type LangiumDocument } from 'langium';
import type { FormattingOptions, TextEdit } from 'vscode-languageserver-types';
import { createTsbtopoServices } from '../../../server/language/create-services.js';
import type * as ast from '../../../server/language/generated/ast.js';

const { tsbtopo } = createTsbtopoServices(EmptyFileSystem);
const formatter = tsbtopo.lsp.Formatter!;

export const fourSpaces: FormattingOptions = { tabSize: 4, insertSpaces: true };

/** A file that has been read, and no more. */
export function parse(text: string): LangiumDocument<ast.File> {
    const uri = URI.parse('file:///main.tsbtopo');
    return tsbtopo.shared.workspace.LangiumDocumentFactory.fromString<ast.File>(text, uri);
}

/** A whole file as the formatter leaves it. */
export async function format(text: string, options = fourSpaces): Promise<string> {
    const document = parse(text);
    return applied(document, await formatter.formatDocument(document, { textDocument, options }));
}

/** A file after its lines from `<|` to `|>` are formatted. */
export async function formatRange(marked: string, options = fourSpaces): Promise<string> {
    const start = marked.indexOf('<|');
    const text = marked.replace('<|', '');
    const end = text.indexOf('|>');
    const document = parse(text.replace('|>', ''));
    const range = { start: document.textDocument.positionAt(start), end: document.textDocument.positionAt(end) };
    return applied(document, await formatter.formatDocumentRange(document, { textDocument, options, range }));
}

/** A file after the character before `<|>` was typed. The marker stays where it is, if nothing changes there. */
export async function formatOnType(marked: string, options = fourSpaces): Promise<string> {
    const offset = marked.indexOf('<|>');
    const document = parse(marked.replace('<|>', ''));
    const position = document.textDocument.positionAt(offset);
    // an editor sends the new line, and has then indented it
    const ch = marked.slice(0, offset).trimEnd().endsWith('}') && !/\n\s*$/.test(marked.slice(0, offset)) ? '}' : '\n';
    const edits = await formatter.formatDocumentOnType(document, { textDocument, options, ch, position });
    return applied(document, edits);
}

const textDocument = { uri: 'file:///main.tsbtopo' };

function applied({ textDocument }: LangiumDocument, edits: TextEdit[]): string {
    return TextDocument.applyEdits(textDocument, edits);
}
