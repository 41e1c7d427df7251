import * as vscode from 'vscode';
import { reportingErrors } from '../client/errors.js';

/** As package.json contributes it, with the problem matcher of the same name. */
const type = 'tsbtopo';

interface CheckDefinition extends vscode.TaskDefinition {
    readonly type: typeof type;
    readonly command: 'check';
    /** Behind `tsbtopo check`: options, files and folders. Without any, the whole workspace folder. */
    readonly args?: readonly string[];
}

/**
 * `tsbtopo check` as a task, and a command that runs it: what CI would say of the files as they were saved. It is the
 * program that ships with the extension, so that nothing has to be installed.
 */
export function offerCheck(extensionUri: vscode.Uri): vscode.Disposable {
    const program = vscode.Uri.joinPath(extensionUri, 'dist/cli.cjs').fsPath;
    const folders = () => (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    return vscode.Disposable.from(
        vscode.tasks.registerTaskProvider(type, {
            provideTasks: () => folders().map((folder) => checkTask({ type, command: 'check' }, folder, program)),
            resolveTask: ({ definition, scope }) =>
                checkTask(definition as CheckDefinition, scope ?? vscode.TaskScope.Workspace, program),
        }),
        vscode.commands.registerCommand(
            'tsbtopo.check',
            reportingErrors(async () => {
                const folder = folders().length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders()[0];
                if (folder) await vscode.tasks.executeTask(checkTask({ type, command: 'check' }, folder, program));
                else if (folders().length === 0) {
                    void vscode.window.showInformationMessage(
                        vscode.l10n.t('Open a folder first: its saved files are checked.'),
                    );
                }
            }),
        ),
    );
}

/** The definition must be the one that VS Code gave, so that it finds its task again. */
function checkTask(
    definition: CheckDefinition,
    scope: vscode.WorkspaceFolder | vscode.TaskScope,
    program: string,
): vscode.Task {
    const cwd = typeof scope === 'object' ? scope.uri.fsPath : undefined;
    const args = [program, definition.command, ...(definition.args ?? ['.'])];
    // the Node that VS Code itself runs on
    const execution = new vscode.ProcessExecution(process.execPath, args, { cwd, env: { ELECTRON_RUN_AS_NODE: '1' } });
    const task = new vscode.Task(definition, scope, 'check', type, execution, '$tsbtopo');
    task.group = vscode.TaskGroup.Test;
    task.presentationOptions = { clear: true };
    return task;
}
