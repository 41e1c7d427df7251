import * as vscode from 'vscode';

/** What somebody wants to import: files and folders, or first of all the command lines that make them. */
export type Chosen = readonly vscode.Uri[] | 'command-lines';

interface Choice extends vscode.QuickPickItem {
    readonly run: () => Promise<Chosen | undefined>;
}

/**
 * Asks for files or a folder; undefined if nothing is chosen.
 *
 * @param last what was chosen before, which is offered first
 */
export async function chooseSources(title: string, last: readonly vscode.Uri[] = []): Promise<Chosen | undefined> {
    const open = async (options: vscode.OpenDialogOptions) => vscode.window.showOpenDialog({ ...options, title });
    const again: Choice = {
        label: vscode.l10n.t('The same as last time'),
        description: last.map((uri) => vscode.workspace.asRelativePath(uri)).join(', '),
        run: () => Promise.resolve(last),
    };
    const choices: Choice[] = [
        ...(last.length > 0 ? [again] : []),
        {
            label: vscode.l10n.t('Files…'),
            detail: vscode.l10n.t('YAML and JSON of TSB, Kubernetes, Istio and Prometheus'),
            iconPath: new vscode.ThemeIcon('files'),
            run: () => open({ canSelectMany: true, filters: { 'YAML, JSON': ['yaml', 'yml', 'json'] } }),
        },
        {
            label: vscode.l10n.t('A folder…'),
            detail: vscode.l10n.t('All YAML and JSON in it, such as a folder of dumps, or of Git'),
            iconPath: new vscode.ThemeIcon('folder'),
            run: () => open({ canSelectFiles: false, canSelectFolders: true }),
        },
        {
            label: vscode.l10n.t('Make dumps first'),
            detail: vscode.l10n.t(
                'Writes the tctl and kubectl command lines into a terminal. They only read, and you press Enter',
            ),
            iconPath: new vscode.ThemeIcon('terminal'),
            run: () => Promise.resolve('command-lines'),
        },
    ];
    const placeHolder = vscode.l10n.t('What describes the estate? Nothing leaves this machine, and no Secret is read.');
    return (await vscode.window.showQuickPick(choices, { title, placeHolder, matchOnDetail: true }))?.run();
}
