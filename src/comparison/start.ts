import * as vscode from 'vscode';
import { linkless } from '../../server/encoding/labels.js';
import { reportingErrors } from '../client/errors.js';
import { commandIds } from '../simulation/command-ids.js';
import type { Pages } from '../simulation/pages.js';
import type { ViewServer } from '../views/server.js';
import { estateFor } from '../webview/estate.js';
import type { Comparison } from './comparison.js';
import { ComparedLines } from './lines.js';
import { askState, commitAt, stateAt, type OtherState } from './other-state.js';

/** What a command may say: which estate, and the file or folder, or the commit, to compare it with. */
interface CompareArgument {
    readonly uri?: string;
    readonly with?: string;
    readonly at?: string;
}

/** Compares an estate with another state of its files: a commit, a branch, other files. */
export function startComparison(comparison: Comparison, pages: Pages, views: ViewServer): vscode.Disposable {
    const status = vscode.window.createStatusBarItem('tsbtopo.comparison', vscode.StatusBarAlignment.Left, 8);
    status.name = vscode.l10n.t('TSB Topology: comparison');
    status.command = commandIds.endComparison;
    return vscode.Disposable.from(
        comparison,
        new ComparedLines(comparison),
        status,
        comparison.onDidChange(() => showIn(status, comparison)),
        vscode.commands.registerCommand(
            commandIds.compareWith,
            reportingErrors(async (argument?: CompareArgument) => {
                const uri = await estateFor(argument, views);
                if (!uri) return;
                const state = await stateMeant(argument, uri);
                if (!state) return;
                await comparison.begin(uri.toString(), state);
                await pages.openComparison(state.name);
            }),
        ),
        vscode.commands.registerCommand(commandIds.endComparison, () => comparison.end()),
    );
}

async function stateMeant(argument: CompareArgument | undefined, uri: vscode.Uri): Promise<OtherState | undefined> {
    if (typeof argument?.with === 'string') return stateAt(vscode.Uri.parse(argument.with), uri);
    if (typeof argument?.at === 'string') return commitAt(argument.at, uri);
    return askState(uri);
}

function showIn(status: vscode.StatusBarItem, { current }: Comparison): void {
    void vscode.commands.executeCommand('setContext', 'tsbtopo.comparing', current !== undefined);
    if (!current) return status.hide();
    const { answer, state } = current;
    const name = linkless(state.name);
    status.text = answer?.isWorse
        ? `$(diff) ${vscode.l10n.t('worse than {0}', name)}`
        : `$(diff) ${vscode.l10n.t('compared with {0}', name)}`;
    status.tooltip = `${answer?.sentence ?? vscode.l10n.t('There is no such topology there.')}\n${vscode.l10n.t('Click to end the comparison.')}`;
    status.show();
}
