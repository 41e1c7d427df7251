import * as vscode from 'vscode';
import { linkless } from '../../server/encoding/labels.js';
import { commandIds } from '../simulation/command-ids.js';

/** What was asked of a language server that does not run. */
export class NoServer extends Error {
    constructor() {
        super(vscode.l10n.t('The language server does not run.'));
    }
}

/** Makes an action show its error as one message, where VS Code would show a command's name and a stack. */
export function reportingErrors<Arguments extends unknown[]>(
    action: (...args: Arguments) => Promise<void>,
): (...args: Arguments) => Promise<void> {
    return async (...args) => {
        try {
            await action(...args);
        } catch (error) {
            const message = error instanceof Error ? error.message : String(error);
            if (error instanceof NoServer) void tryAgain(message);
            else void vscode.window.showErrorMessage(linkless(`TSB Topology: ${message}`));
        }
    };
}

/** Tells once that the server has ended by itself; it is started again, and gets back what was simulated. */
export async function tellCrash(): Promise<void> {
    const show = vscode.l10n.t('Show Output');
    const report = vscode.l10n.t('Report an Issue');
    const answer = await vscode.window.showWarningMessage(
        vscode.l10n.t('The language server has ended by itself and is started again. Simulated failures stay.'),
        show,
        report,
    );
    if (answer === show) await vscode.commands.executeCommand(commandIds.showOutput);
    if (answer === report) await vscode.commands.executeCommand(commandIds.reportIssue);
}

/** Shows an error of which the log knows more, and which a restart of the language server may end. */
export async function tryAgain(message: string): Promise<void> {
    const restart = vscode.l10n.t('Restart It');
    const show = vscode.l10n.t('Show Output');
    const answer = await vscode.window.showErrorMessage(linkless(`TSB Topology: ${message}`), restart, show);
    if (answer === restart) await vscode.commands.executeCommand(commandIds.restartServer);
    if (answer === show) await vscode.commands.executeCommand(commandIds.showOutput);
}
