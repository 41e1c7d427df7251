import * as vscode from 'vscode';

export const languageId = 'tsbtopo';

/** Files of this language, in the workspace or not. */
export const filePattern = '**/*.tsbtopo';

/**
 * Which documents the server sees: files, new ones, and what the workspace's folders hold. Others are copies of them, such
 * as an older version in a comparison, and would declare everything twice.
 */
export function documentSelector(): { language: string; scheme: string }[] {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const schemes = new Set(['file', 'untitled', ...folders.map(({ uri }) => uri.scheme)]);
    return [...schemes].map((scheme) => ({ language: languageId, scheme }));
}

/**
 * A file of the topology that the user means: the one in the active editor, else one in sight, else any.
 *
 * @returns undefined if there is none in the workspace
 */
export async function topologyFile(): Promise<vscode.Uri | undefined> {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const editors = [...(activeTextEditor ? [activeTextEditor] : []), ...visibleTextEditors];
    const shown = editors.find(({ document }) => document.languageId === languageId);
    return shown?.document.uri ?? (await vscode.workspace.findFiles(filePattern, undefined, 1))[0];
}

/** The same for a command, which may say itself about which file it is; where there is none, the user is told. */
export async function topologyFileFor(argument?: { readonly uri?: unknown }): Promise<vscode.Uri | undefined> {
    if (typeof argument?.uri === 'string') return vscode.Uri.parse(argument.uri);
    const file = await topologyFile();
    if (!file) {
        void vscode.window.showInformationMessage(vscode.l10n.t('There is no .tsbtopo file in this workspace.'));
    }
    return file;
}
