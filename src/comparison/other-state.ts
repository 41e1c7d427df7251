import * as vscode from 'vscode';
import type { StateFile } from '../../server/protocol/comparison.js';
import { languageId } from '../client/documents.js';
import { filesAt, repositoryOf, type Ref } from './repository.js';

/** Another state of an estate: how it is called, and how to read its files. They are read again with each edit. */
export interface OtherState {
    readonly name: string;
    /** Whether the files that are not named are as they are now. */
    readonly keepsOthers: boolean;
    files(this: void): Promise<StateFile[]>;
}

interface Choice extends vscode.QuickPickItem {
    readonly choose?: () => Promise<OtherState | undefined>;
}

/** Asks what to compare with; undefined if nothing is chosen. */
export async function askState(file: vscode.Uri): Promise<OtherState | undefined> {
    const repository = await repositoryOf(file);
    const refs = repository ? await repository.getRefs({ sort: 'committerdate' }) : [];
    const head: Choice = {
        label: `$(git-commit) ${vscode.l10n.t('The last commit')}`,
        description: 'HEAD',
        choose: () => commitAt('HEAD', file),
    };
    const named = refs.flatMap(({ name, commit }: Ref): Choice[] =>
        name === undefined
            ? []
            : [
                  {
                      label: `$(git-branch) ${name}`,
                      description: commit?.slice(0, 8) ?? '',
                      choose: () => commitAt(name, file),
                  },
              ],
    );
    const elsewhere: Choice[] = [
        { label: `$(file) ${vscode.l10n.t('A file…')}`, choose: () => chosen('file', file) },
        { label: `$(folder) ${vscode.l10n.t('A folder…')}`, choose: () => chosen('folder', file) },
    ];
    const choice = await vscode.window.showQuickPick([...(repository ? [head] : []), ...elsewhere, ...named], {
        placeHolder: vscode.l10n.t('Compare resilience with…'),
        matchOnDescription: true,
    });
    return choice?.choose?.();
}

/**
 * The state of a commit: a branch, a tag, `HEAD~2`.
 *
 * @throws where the file is in no repository
 */
export async function commitAt(ref: string, file: vscode.Uri): Promise<OtherState> {
    const repository = await repositoryOf(file);
    if (!repository)
        throw new Error(vscode.l10n.t('{0} is in no Git repository.', vscode.workspace.asRelativePath(file)));
    return { name: ref, keepsOthers: true, files: () => filesAt(repository, ref) };
}

async function chosen(kind: 'file' | 'folder', of: vscode.Uri): Promise<OtherState | undefined> {
    const [uri] =
        (await vscode.window.showOpenDialog({
            canSelectFiles: kind === 'file',
            canSelectFolders: kind === 'folder',
            filters: kind === 'file' ? { 'TSB Topology': [languageId] } : {},
            openLabel: vscode.l10n.t('Compare'),
        })) ?? [];
    return uri && stateAt(uri, of);
}

/** The state that a file or a folder is, as if it stood in the place of an estate's own. */
export async function stateAt(other: vscode.Uri, estate: vscode.Uri): Promise<OtherState> {
    const { type } = await vscode.workspace.fs.stat(other);
    const isFolder = (type & vscode.FileType.Directory) !== 0;
    const home = vscode.workspace.getWorkspaceFolder(estate)?.uri ?? vscode.Uri.joinPath(estate, '..');
    return {
        name: vscode.workspace.asRelativePath(other),
        keepsOthers: false,
        async files() {
            if (!isFolder) return [await fileOf(other, estate)];
            const found = await vscode.workspace.findFiles(new vscode.RelativePattern(other, `**/*.${languageId}`));
            return Promise.all(
                found.map((file) => fileOf(file, vscode.Uri.joinPath(home, file.path.slice(other.path.length)))),
            );
        },
    };
}

async function fileOf(file: vscode.Uri, inPlaceOf: vscode.Uri): Promise<StateFile> {
    const bytes = await vscode.workspace.fs.readFile(file);
    return { uri: inPlaceOf.toString(), text: new TextDecoder().decode(bytes) };
}
