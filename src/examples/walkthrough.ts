import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
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

/** Lets the walkthrough see that a hover was read, which is no command: package.json waits for this key. */
export const noteHover: NonNullable<Middleware['provideHover']> = async (document, position, token, next) => {
    const hover = await next(document, position, token);
    if (hover) void vscode.commands.executeCommand('setContext', 'tsbtopo.hovered', true);
    return hover;
};
