import { DefaultWorkspaceManager, URI, type BuildOptions, type LangiumDocument, type Stream } from 'langium';
import type { InitializeParams, WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import type { TsbtopoDocuments } from './documents.js';
import { WorkspaceFiles } from './workspace-files.js';

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

    changeFolders({ added, removed }: WorkspaceFoldersChangeEvent): void {
        const gone = new Set(removed.map(({ uri }) => URI.parse(uri).toString()));
        const kept = (this.folders ?? []).filter(({ uri }) => !gone.has(URI.parse(uri).toString()));
        this.folders = [...kept, ...added];
    }

    get folderUris(): readonly string[] {
        return (this.folders ?? []).map(({ uri }) => uri);
    }

    /** A look at the files as they are now. */
    look(): WorkspaceFiles {
        return new WorkspaceFiles(this.fileSystemProvider, this.folderUris, { onUnreadable: tellUnreadable });
    }

    protected override async traverseFolder(folder: URI, uris: URI[]): Promise<void> {
        uris.push(...(await this.look().filesIn(folder)));
    }

    /** A file that cannot be read is left out; the others are a workspace without it. */
    protected override async loadWorkspaceDocuments(
        uris: Stream<URI>,
        collector: (document: LangiumDocument) => void,
    ): Promise<void> {
        const reading = uris.map(async (uri) => {
            try {
                collector(await (this.langiumDocuments as TsbtopoDocuments).read(uri));
            } catch (error) {
                tellUnreadable(uri, error);
            }
        });
        await Promise.all(reading);
    }
}

function tellUnreadable(uri: URI, error: unknown): void {
    console.error(`${uri.toString()} cannot be read: ${String(error)}`);
}
