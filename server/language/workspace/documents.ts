import { type Cancellation, DefaultLangiumDocuments, type LangiumDocument, type URI } from 'langium';

/** The documents of a workspace, of which two questions at once may be the first to ask for the same one. */
export class TsbtopoDocuments extends DefaultLangiumDocuments {
    override async getOrCreateDocument(
        uri: URI,
        cancelToken?: Cancellation.CancellationToken,
    ): Promise<LangiumDocument> {
        const known = this.getDocument(uri);
        if (known) return known;
        const read = await this.langiumDocumentFactory.fromUri(uri, cancelToken);
        // while it was read, another question or a build may have added it
        const added = this.getDocument(uri);
        if (added) return added;
        this.addDocument(read);
        return read;
    }
}
