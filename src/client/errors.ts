import * as vscode from 'vscode';

/** Makes an action show its error as one message, where VS Code would show a command's name and a stack. */
export function reportingErrors<Arguments extends unknown[]>(
    action: (...args: Arguments) => Promise<void>,
): (...args: Arguments) => Promise<void> {
    return async (...args) => {
        try {
            await action(...args);
        } catch (error) {
            const message = error instanceof Error ? error.message : String(error);
            void vscode.window.showErrorMessage(`TSB Topology: ${message}`);
        }
    };
}
