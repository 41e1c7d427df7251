import { AstUtils, TextDocument, type AstNode, type LangiumDocument } from 'langium';

/** A file as text, as it was when its syntax tree was made: the editor may have gone on since then. */
export interface FileText {
    readonly uri: string;
    readonly text: string;
    /** Offsets as positions, and the other way round. */
    readonly places: Pick<TextDocument, 'offsetAt' | 'positionAt'>;
    /** `\n` or `\r\n`, as the file has it. */
    readonly eol: string;
    /** What one step of indentation consists of. */
    readonly step: string;
}

const known = new WeakMap<AstNode, FileText>();

/** The text of the file in which a node stands. */
export function fileOf(node: AstNode): FileText {
    return fileTextOf(AstUtils.getDocument(node));
}

/** The text of a file, with its habits. */
export function fileTextOf({ uri, textDocument, parseResult }: LangiumDocument): FileText {
    let file = known.get(parseResult.value);
    if (!file) {
        const text = parseResult.value.$cstNode?.root.fullText ?? textDocument.getText();
        const step = /^[ \t]*[^\s/*][^\n]*\{[ \t]*\r?\n([ \t]+)\S/m.exec(text);
        const outer = step && /^[ \t]*/.exec(step[0])![0];
        file = {
            uri: uri.toString(),
            text,
            places: TextDocument.create('', '', 0, text),
            eol: text.includes('\r\n') ? '\r\n' : '\n',
            step: step?.[1]!.slice(outer!.length) || '    ',
        };
        known.set(parseResult.value, file);
    }
    return file;
}
