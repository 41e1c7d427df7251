import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { registerCommands } from './commands.js';
import { InlineResults } from './inline.js';
import { Pages } from './pages.js';
import { RunningSimulations } from './running.js';
import { simulationServer } from './server.js';
import { StatusBar } from './status-bar.js';

/** Shows the running scenarios, and offers the commands that change them. */
export function startSimulation(
    { extensionUri }: vscode.ExtensionContext,
    client: BaseLanguageClient,
): vscode.Disposable {
    const running = new RunningSimulations(client);
    const server = simulationServer(client);
    const pages = new Pages(running, server);
    return vscode.Disposable.from(
        running,
        pages,
        new InlineResults(extensionUri, running),
        new StatusBar(running),
        registerCommands({ running, server, pages }),
        // the palette offers what makes sense: package.json asks for this
        running.onDidChange(
            () => void vscode.commands.executeCommand('setContext', 'tsbtopo.simulating', running.all.length > 0),
        ),
    );
}
