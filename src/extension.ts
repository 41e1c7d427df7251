import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { clientOptions } from './client/options.js';
import { offerRestart } from './client/restart.js';
import { startSimulation } from './simulation/start.js';

let client: LanguageClient | undefined;

/** Starts the language server in a process of its own, and what VS Code alone can show of it. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
    const server = { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.ipc };
    const debug = { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
    client = new LanguageClient('tsbtopo', 'TSB Topology', { run: server, debug }, clientOptions(context));
    context.subscriptions.push(startSimulation(context, client), offerRestart(client));
    await client.start();
}

export async function deactivate(): Promise<void> {
    await client?.stop();
}
