import * as vscode from 'vscode';
import type { EstateArgument } from '../../server/protocol/arguments.js';
import { topologyFileFor } from '../client/documents.js';
import type { ViewServer } from '../views/server.js';

/**
 * The address by which the estate is known that a command is about: all files of an estate share one page.
 *
 * @returns undefined where there is no file; the user has been told
 */
export async function estateFor(
    argument: Partial<EstateArgument> | undefined,
    views: ViewServer,
): Promise<vscode.Uri | undefined> {
    const file = await topologyFileFor(argument);
    if (!file) return undefined;
    const never = new vscode.CancellationTokenSource().token;
    const [estate] = await views.topologies({ uri: file.toString() }, never);
    return estate ? vscode.Uri.parse(estate.uri) : file;
}
