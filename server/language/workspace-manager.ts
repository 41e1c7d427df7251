import type { InitializeParams } from 'vscode-languageserver';
import { DefaultWorkspaceManager, type BuildOptions, type LangiumDocument, type Stream, type URI } from 'langium';

/** Checks every file of the workspace from the start, whether it is open or not. */
export class TsbtopoWorkspaceManager extends DefaultWorkspaceManager {
    override initialBuildOptions: BuildOptions = { validation: true };

    /** Clients that know only of one folder call it the root. */
    override initialize(params: InitializeParams): void {
        // the protocol keeps it for old clients
        const { workspaceFolders, rootUri } = params;
        super.initialize({
            ...params,
            workspaceFolders: workspaceFolders ?? (rootUri ? [{ uri: rootUri, name: '' }] : []),
        });
    }

    /** A file that cannot be read is left out; the others are a workspace without it. */
    protected override async loadWorkspaceDocuments(
        uris: Stream<URI>,
        collector: (document: LangiumDocument) => void,
    ): Promise<void> {
        const reading = uris.map(async (uri) => {
            try {
                collector(await this.langiumDocuments.getOrCreateDocument(uri));
            } catch (error) {
                console.error(`${uri.toString()} cannot be read: ${String(error)}`);
            }
        });
        await Promise.all(reading);
    }
}
