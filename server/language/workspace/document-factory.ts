import {
    DefaultLangiumDocumentFactory,
    DocumentState,
    type AstNode,
    type Cancellation,
    type LangiumDocument,
    type ParseResult,
    type TextDocument,
    type URI,
} from 'langium';
import type { ParserOptions } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import * as ast from '../generated/ast.js';
import { moveAnchors } from '../naming/anchors.js';
import { spliced } from '../syntax/splice.js';
import type { InternalErrors } from './internal-errors.js';
import type { TsbtopoServices } from '../services.js';

/** Reads files; where the parser itself fails, the last syntax tree stands, or an empty one. */
export class TsbtopoDocumentFactory extends DefaultLangiumDocumentFactory {
    constructor(private readonly shared: LangiumSharedServices) {
        super(shared);
    }

    protected override parse<T extends AstNode>(uri: URI, text: string, options?: ParserOptions): ParseResult<T> {
        const parse = () => super.parse<T>(uri, text, options);
        return this.errors.guard('reading', uri.toString(), parse, () => this.lastTree<T>(uri));
    }

    protected override parseAsync<T extends AstNode>(
        uri: URI,
        text: string,
        cancelToken: Cancellation.CancellationToken,
    ): Promise<ParseResult<T>> {
        const parse = async () => {
            const document = this.shared.workspace.LangiumDocuments.getDocument(uri);
            const edited = document && this.readEdit(document, text);
            const result = edited ?? (await super.parseAsync<T>(uri, text, cancelToken));
            if (document) replaceTree(document, result);
            return result as ParseResult<T>;
        };
        return this.errors.guardAsync('reading', uri.toString(), parse, () => this.lastTree<T>(uri));
    }

    /** A file after an edit; undefined where all of it has to be read. What is left of it stays linked. */
    private readEdit(document: LangiumDocument, text: string): ParseResult<ast.File> | undefined {
        if (document.state !== DocumentState.Changed || !ast.isFile(document.parseResult.value)) return undefined;
        const read = (part: string) => super.parse<ast.File>(document.uri, part);
        const result = spliced(document.parseResult as ParseResult<ast.File>, text, read);
        if (!result) document.references = [];
        return result;
    }

    /** A file that cannot be read any more is as it was. */
    protected override async getUpdatedText<T extends AstNode>(
        document: LangiumDocument<T>,
        textDocument: TextDocument | undefined,
        cancelToken: Cancellation.CancellationToken,
    ): Promise<string> {
        try {
            return await super.getUpdatedText(document, textDocument, cancelToken);
        } catch (error) {
            console.error(`${document.uri.toString()} cannot be read: ${String(error)}`);
            return document.parseResult.value.$cstNode?.root.fullText ?? '';
        }
    }

    private lastTree<T extends AstNode>(uri: URI): ParseResult<T> {
        const last = this.shared.workspace.LangiumDocuments.getDocument(uri)?.parseResult;
        const tree: ParseResult = last && ast.isFile(last.value) ? last : emptyTree();
        return tree as ParseResult<T>;
    }

    private get errors(): InternalErrors {
        return (this.shared.ServiceRegistry.all[0] as TsbtopoServices).workspace.InternalErrors;
    }
}

/**
 * Gives a file another tree, with all that stands in it moved, in one step: whoever asks in between would take places by
 * the lines of one tree in another.
 */
function replaceTree(document: LangiumDocument, result: ParseResult): void {
    const [before, now] = [document.parseResult.value, result.value];
    if (ast.isFile(before) && ast.isFile(now)) moveAnchors(before, now);
    document.parseResult = Object.assign(result, { value: Object.assign(now, { $document: document }) });
}

function emptyTree(): ParseResult<ast.File> {
    return { value: { $type: 'File', declarations: [] }, lexerErrors: [], parserErrors: [] };
}
