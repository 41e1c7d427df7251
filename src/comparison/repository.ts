import * as vscode from 'vscode';
import type { StateFile } from '../../server/protocol/comparison.js';
import { languageId } from '../client/documents.js';

/** What this client uses of VS Code's own Git extension, which runs git for the user; nothing here does. */
interface Repository {
    readonly state: { readonly untrackedChanges?: readonly Changed[]; readonly workingTreeChanges: readonly Changed[] };
    getRefs(query: { readonly sort?: 'committerdate' }): Promise<readonly Ref[]>;
    diffWith(ref: string): Promise<readonly Changed[]>;
    show(ref: string, path: string): Promise<string>;
}

interface Changed {
    readonly uri: vscode.Uri;
    readonly originalUri: vscode.Uri;
}

export interface Ref {
    readonly name?: string;
    readonly commit?: string;
}

interface GitExtension {
    getAPI(version: 1): { getRepository(uri: vscode.Uri): Repository | null };
}

/** The repository around a file; undefined where there is none, or no Git extension. */
export async function repositoryOf(file: vscode.Uri): Promise<Repository | undefined> {
    const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
    if (!extension) return undefined;
    try {
        return (await extension.activate()).getAPI(1).getRepository(file) ?? undefined;
    } catch {
        // git is not there, or switched off
        return undefined;
    }
}

/** The files of topologies that are otherwise in a commit than they are now, as they are there. */
export async function filesAt(repository: Repository, ref: string): Promise<StateFile[]> {
    const { untrackedChanges = [], workingTreeChanges } = repository.state;
    const changed = [...(await repository.diffWith(ref)), ...untrackedChanges, ...workingTreeChanges];
    // what is not saved may differ, too
    const unsaved = vscode.workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && uri.scheme === 'file');
    const uris = [...changed.flatMap(({ uri, originalUri }) => [uri, originalUri]), ...unsaved.map(({ uri }) => uri)];
    const files = new Map(
        uris.filter(({ path }) => path.endsWith(`.${languageId}`)).map((uri) => [uri.toString(), uri]),
    );
    return Promise.all(
        [...files.values()].map(async (uri): Promise<StateFile> => {
            const text = await repository.show(ref, uri.fsPath).catch(() => null);
            return { uri: uri.toString(), text };
        }),
    );
}
