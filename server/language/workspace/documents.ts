import { DefaultLangiumDocuments, type LangiumDocument, type URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/**
 * The documents of a workspace. What belongs to it is decided by whoever works files in: a question brings none in from
 * the disk, not even one that comes late, about a file that has been closed or deleted meanwhile.
 */
export class TsbtopoDocuments extends DefaultLangiumDocuments {
    constructor(private readonly shared: LangiumSharedServices) {
        super(shared);
    }

    /** As {@link documentFor}: Langium asks so for the document of each request. */
    override getOrCreateDocument(uri: URI): Promise<LangiumDocument> {
        return Promise.resolve().then(() => this.documentFor(uri));
    }

    /**
     * The document that a question is about: a known one, or one that is open and not yet worked in.
     *
     * @throws ResponseError (content modified) for every other
     */
    private documentFor(uri: URI): LangiumDocument {
        const known = this.getDocument(uri);
        if (known) return known;
        const open = this.shared.workspace.TextDocuments.get(uri);
        if (open) {
            const document = this.langiumDocumentFactory.fromTextDocument(open, uri);
            this.addDocument(document);
            return document;
        }
        const message = `${uri.toString()} is neither open nor part of the workspace.`;
        throw new ResponseError(LSPErrorCodes.ContentModified, message);
    }

    /**
     * Reads a file of the workspace from the disk, unless a question or a build has added it meanwhile.
     *
     * @throws Error if it cannot be read
     */
    async read(uri: URI): Promise<LangiumDocument> {
        const read = await this.langiumDocumentFactory.fromUri(uri);
        const added = this.getDocument(uri);
        if (added) return added;
        this.addDocument(read);
        return read;
    }
}
