import * as vscode from 'vscode';
import type { ImportSource } from '../../server/protocol/import.js';

/** Names of files that may hold what import reads. */
const fileName = /\.(ya?ml|json)(\.(tmpl|tpl))?$/i;

/** Larger files are left out, as on the command line. */
const mostBytes = 64 * 1024 * 1024;

/** What files and folders hold, and what was left out since it is too large, or cannot be read. */
export interface ReadSources {
    readonly sources: readonly ImportSource[];
    readonly leftOut: readonly string[];
}

/**
 * Reads files as they are given, and folders with all of their YAML and JSON. Links are not followed, names that begin
 * with a dot left out.
 */
export async function readSources(
    chosen: readonly vscode.Uri[],
    token: vscode.CancellationToken,
): Promise<ReadSources> {
    const sources: ImportSource[] = [];
    const leftOut: string[] = [];
    const { fs } = vscode.workspace;
    const readFile = async (uri: vscode.Uri, name: string) => {
        if (token.isCancellationRequested) return;
        try {
            if ((await fs.stat(uri)).size > mostBytes) return void leftOut.push(name);
            const text = new TextDecoder('utf-8', { fatal: true }).decode(await fs.readFile(uri));
            sources.push({ name, text });
        } catch {
            leftOut.push(name);
        }
    };
    const readFolder = async (folder: vscode.Uri, name: string): Promise<void> => {
        for (const [own, type] of await fs.readDirectory(folder)) {
            if (own.startsWith('.') || own === 'node_modules') continue;
            const [uri, path] = [vscode.Uri.joinPath(folder, own), `${name}/${own}`];
            if (type === vscode.FileType.Directory) await readFolder(uri, path);
            else if (type === vscode.FileType.File && fileName.test(own)) await readFile(uri, path);
        }
    };
    for (const uri of chosen) {
        const name = shownName(uri);
        const { type } = await fs.stat(uri);
        if (type & vscode.FileType.Directory) await readFolder(uri, name);
        else await readFile(uri, name);
    }
    return { sources, leftOut };
}

/** From the folder of the workspace; what is elsewhere by its own name. */
function shownName(uri: vscode.Uri): string {
    const relative = vscode.workspace.asRelativePath(uri, false).replaceAll('\\', '/');
    const isInside = relative !== uri.fsPath.replaceAll('\\', '/') && relative !== uri.path;
    return isInside ? relative : (uri.path.split('/').findLast((part) => part !== '') ?? relative);
}
