import * as vscode from 'vscode';
import { reportingErrors } from '../client/errors.js';

/** Publisher, extension and walkthrough, as package.json names them. */
const walkthrough = 'tsbtopo.tsbtopo#start';

/** The command that opens the walkthrough. */
export function offerWalkthrough(): vscode.Disposable {
    return vscode.commands.registerCommand(
        'tsbtopo.openWalkthrough',
        reportingErrors(async () => {
            await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
        }),
    );
}
