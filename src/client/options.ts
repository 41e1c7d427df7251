import * as vscode from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import { clientCommands, simulationCommands, type InitializationOptions } from '../../server/simulation/protocol.js';
import { linkToLines } from '../diagnostics/documentation.js';
import { documentSelector, filePattern } from './documents.js';

/** What the language client is told, in VS Code on a desktop and in a browser alike. */
export function clientOptions({ extensionUri, subscriptions }: vscode.ExtensionContext): LanguageClientOptions {
    const docs = vscode.Uri.joinPath(extensionUri, 'docs');
    const files = vscode.workspace.createFileSystemWatcher(filePattern);
    subscriptions.push(files);
    return {
        documentSelector: documentSelector(),
        // files that no editor shows belong to their topology, too
        synchronize: { fileEvents: files },
        initializationOptions: { clientCommands: true, docs: docs.toString() } satisfies InitializationOptions,
        markdown: {
            // hovers may link to these commands and to no other
            isTrusted: {
                enabledCommands: [
                    simulationCommands.fail,
                    simulationCommands.recover,
                    simulationCommands.clear,
                    ...Object.values(clientCommands),
                ],
            },
        },
        middleware: { handleDiagnostics: linkToLines(docs) },
    };
}
