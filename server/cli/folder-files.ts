import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { URI } from 'langium';
import { NodeFileSystem } from 'langium/node';
import { WorkspaceFiles } from '../language/workspace-files.js';

/**
 * The files of folders and their subfolders with their full paths, in alphabetical order: the same ones that an editor
 * would find that opened these folders.
 */
export async function filesInFolders(folders: readonly string[]): Promise<string[]> {
    const uris = folders.map((folder) => URI.parse(pathToFileURL(path.resolve(folder)).toString()));
    const files = new WorkspaceFiles(
        NodeFileSystem.fileSystemProvider(),
        uris.map((uri) => uri.toString()),
        (folder, error) => process.stderr.write(`tsbtopo: ${folder.fsPath} is left out: ${String(error)}\n`),
    );
    return (await files.all()).map((uri) => fileURLToPath(uri.toString()));
}
