import { closeSync, constants, fstatSync, openSync, readFileSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NodeFileSystem } from 'langium/node';
import { visible } from '../encoding/visible.js';
import { WorkspaceFiles } from '../language/workspace/workspace-files.js';
import { complain, reasonOf } from './output.js';
import { UsageError } from './usage-error.js';

/**
 * The files that paths stand for, each once, with its full path: those that are given, and all in folders, the same ones
 * that an editor would find that opened these folders.
 *
 * @throws UsageError where a path does not exist or is another kind of file, or nothing is found
 */
export async function filesOf(paths: readonly string[]): Promise<string[]> {
    const given = paths.filter((each) => !isFolder(each)).map((each) => path.resolve(each));
    const inFolders = await filesInFolders(paths.filter(isFolder));
    const files = [...new Set([...given, ...inFolders])];
    if (files.length === 0) throw new UsageError(`No .tsbtopo file in ${paths.map(folderPhrase).join(', ')}.`);
    const other = paths.find((each) => !isFolder(each) && !each.endsWith('.tsbtopo'));
    if (other !== undefined) throw new UsageError(`${visible(other)} is not a .tsbtopo file.`);
    return files;
}

function folderPhrase(given: string): string {
    return path.resolve(given) === process.cwd() ? 'the current folder' : visible(given);
}

/** What is no file is left out with a word: a link, a pipe, a socket, a device. */
async function filesInFolders(folders: readonly string[]): Promise<string[]> {
    const uris = folders.map((folder) => pathToFileURL(path.resolve(folder)).toString());
    const files = new WorkspaceFiles(NodeFileSystem.fileSystemProvider(), uris, {
        onUnreadable: (folder, error) => complain(`${shownPath(folder.fsPath)} is left out: ${reasonOf(error)}.`),
        onNoFile: (odd) => complain(`${shownPath(odd.fsPath)} is left out: ${oddness(odd.fsPath)}.`),
    });
    return (await files.all()).map((uri) => fileURLToPath(uri.toString()));
}

function oddness(file: string): string {
    const stats = statsOf(file);
    if (!stats) return 'it leads nowhere';
    return stats.isFile() || stats.isDirectory() ? 'it is a symbolic link' : kindOf(stats);
}

/** @throws UsageError where there is nothing */
export function isFolder(given: string): boolean {
    const stats = statsOf(given);
    if (!stats) throw new UsageError(`There is no file or folder ${visible(given)}.`);
    return stats.isDirectory();
}

function statsOf(file: string): Stats | undefined {
    try {
        return statSync(file);
    } catch {
        return undefined;
    }
}

function kindOf(stats: Stats): string {
    return `it is ${stats.isFIFO() ? 'a pipe' : stats.isSocket() ? 'a socket' : stats.isDirectory() ? 'a folder' : 'a device'}`;
}

/**
 * The text of a regular file, which has to be UTF-8: written back, it would be another file otherwise.
 *
 * @throws Error that says why not
 */
export function readText(file: string): string {
    // a pipe that took the place of the file meanwhile would wait for a writer
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
        const stats = fstatSync(descriptor);
        if (!stats.isFile()) throw new Error(kindOf(stats));
        return decoded(readFileSync(descriptor));
    } finally {
        closeSync(descriptor);
    }
}

/** @throws Error that names the encoding, as far as one can tell it */
export function decoded(bytes: Uint8Array): string {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
        throw new Error(`it is written in ${encodingOf(bytes)}, not in UTF-8`);
    }
}

function encodingOf([first, second, third, fourth]: Uint8Array): string {
    const isLittle = first === 0xff && second === 0xfe;
    if (isLittle) return third === 0 && fourth === 0 ? 'UTF-32' : 'UTF-16 (little-endian)';
    if (first === 0xfe && second === 0xff) return 'UTF-16 (big-endian)';
    return 'another encoding, such as Latin-1 or Windows-1252';
}

/** A path as messages tell it. */
export function shownPath(file: string): string {
    return visible(path.relative(process.cwd(), file)) || '.';
}
