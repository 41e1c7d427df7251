import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type DirectoryEntry, type FileArgument, fileRequests } from '../../server/protocol/files.js';

/** Reads files for the server that lie where only VS Code can reach them, such as those of a repository on GitHub. */
export function readFilesFor(client: BaseLanguageClient): vscode.Disposable {
    const { fs } = vscode.workspace;
    const addressOf = ({ uri }: FileArgument) => vscode.Uri.parse(uri);
    return vscode.Disposable.from(
        client.onRequest(fileRequests.read, async (file: FileArgument) =>
            new TextDecoder().decode(await fs.readFile(addressOf(file))),
        ),
        client.onRequest(fileRequests.list, async (folder: FileArgument): Promise<DirectoryEntry[]> => {
            const entries = await fs.readDirectory(addressOf(folder));
            // what a link leads to is read where it stands
            const own = entries.filter(([, type]) => (type & vscode.FileType.SymbolicLink) === 0);
            return own.map(([name, type]) => ({ name, isDirectory: isDirectory(type) }));
        }),
        client.onRequest(fileRequests.isDirectory, async (file: FileArgument) =>
            isDirectory((await fs.stat(addressOf(file))).type),
        ),
    );
}

/** A symbolic link to a folder has both bits. */
function isDirectory(type: vscode.FileType): boolean {
    return (type & vscode.FileType.Directory) !== 0;
}
