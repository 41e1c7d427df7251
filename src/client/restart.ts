import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { reportingErrors } from './errors.js';

/** The command that restarts the language server: a way out should it ever be stuck. */
export function offerRestart(client: BaseLanguageClient & { restart(): Promise<void> }): vscode.Disposable {
    return vscode.commands.registerCommand(
        'tsbtopo.restartServer',
        reportingErrors(() => client.restart()),
    );
}
