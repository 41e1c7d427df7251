import { EmptyFileSystem, TextDocument, URI, type WorkspaceFolder } from 'langium';
import { createTsbtopoServices } from '../language/create-services.js';
import type { TsbtopoServices } from '../language/services.js';

/**
 * A workspace of its own, in which texts are tried out that nobody has written yet. It has its own services, so that
 * nothing of it is ever seen elsewhere, and keeps its files from one trial to the next: only what differs is read anew.
 */
export class Scratch {
    private services: TsbtopoServices | undefined;
    private readonly texts = new Map<string, string>();
    private last: Promise<unknown> = Promise.resolve();

    /** What one sees of a workspace in which these are the files. Trials wait for each other. */
    with<T>(
        files: ReadonlyMap<string, string>,
        folders: readonly WorkspaceFolder[],
        look: (services: TsbtopoServices) => T,
    ): Promise<T> {
        const result = this.last.then(async () => look(await this.read(files, folders)));
        this.last = result.catch(() => undefined);
        return result;
    }

    private async read(files: ReadonlyMap<string, string>, folders: readonly WorkspaceFolder[]) {
        const services = (this.services ??= createTsbtopoServices(EmptyFileSystem).tsbtopo);
        const { DocumentBuilder, TextDocuments, WorkspaceManager } = services.shared.workspace;
        const workspaceFolders = [...folders];
        WorkspaceManager.initialize({ processId: null, rootUri: null, capabilities: {}, workspaceFolders });
        const changed: URI[] = [];
        for (const [uri, text] of files) {
            if (this.texts.get(uri) === text) continue;
            this.texts.set(uri, text);
            TextDocuments.set(TextDocument.create(uri, 'tsbtopo', 0, text));
            changed.push(URI.parse(uri));
        }
        const deleted = [...this.texts.keys()].filter((uri) => !files.has(uri));
        for (const uri of deleted) {
            this.texts.delete(uri);
            TextDocuments.delete(uri);
        }
        if (changed.length + deleted.length > 0) {
            await DocumentBuilder.update(
                changed,
                deleted.map((uri) => URI.parse(uri)),
            );
        }
        return services;
    }
}
