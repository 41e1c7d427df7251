import * as vscode from 'vscode';
import type { ErrorHandler, LanguageClientOptions } from 'vscode-languageclient';
import { clientCommands, type InitializationOptions } from '../../server/protocol/client.js';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { linkToLines } from '../diagnostics/documentation.js';
import { documentSelector } from './documents.js';

/** Commands to which texts of the server may link. */
export const linkedCommands: readonly string[] = [
    simulationCommands.fail,
    simulationCommands.recover,
    simulationCommands.clear,
    ...Object.values(clientCommands),
];

/** What the language client is told, in VS Code on a desktop and in a browser alike. */
export function clientOptions(
    { extensionUri }: vscode.ExtensionContext,
    errorHandler: ErrorHandler,
): LanguageClientOptions {
    const docs = vscode.Uri.joinPath(extensionUri, 'docs');
    return {
        documentSelector: documentSelector(),
        initializationOptions: {
            clientCommands: true,
            docs: docs.toString(),
            readsFiles: true,
        } satisfies InitializationOptions,
        markdown: {
            // hovers may link to these commands and to no other
            isTrusted: { enabledCommands: linkedCommands },
        },
        errorHandler,
        initializationFailedHandler: () => false, // `watchServer` tells it
        middleware: { handleDiagnostics: linkToLines(docs) },
    };
}
