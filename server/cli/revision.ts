import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { URI, type FileSystemNode, type FileSystemProvider } from 'langium';
import { visible } from '../encoding/visible.js';
import { settingsFileName } from '../language/workspace/settings.js';
import { WorkspaceFiles } from '../language/workspace/workspace-files.js';
import { decoded } from './files.js';
import { commitNamed, contentsOf, filesOfCommit, repositoryAround } from './git.js';
import { reasonOf } from './output.js';
import { UsageError } from './usage-error.js';
import type { Files, ReadFile } from './workspace.js';

/**
 * The files of a folder, or one file, as they are in a revision of the repository around the current folder: as if it was
 * checked out there, with the settings and the `.gitignore` of that revision.
 *
 * @param revision a branch, a tag, `HEAD~2`; with `:` and a path of the repository, or `:./` and one from here
 * @param otherwise the path where it names none, from here
 * @throws UsageError where there is no such revision, or nothing in it
 */
export async function readRevision(revision: string, otherwise: string): Promise<Files> {
    const colon = revision.indexOf(':');
    const [name, named] = colon < 0 ? [revision] : [revision.slice(0, colon), revision.slice(colon + 1)];
    const { root, prefix } = await repositoryAround('.', revision);
    const commit = await commitNamed('.', name);
    if (commit === undefined)
        throw new UsageError(`${visible(revision)} is neither a file nor a folder here, and no revision of git.`);
    const fromHere = named === undefined ? otherwise : /^\.\.?(\/|$)/.test(named) ? named : undefined;
    const wanted = fromHere === undefined ? named! : path.posix.join(prefix, fromHere.replaceAll('\\', '/'));
    const below = path.posix.normalize(`./${wanted}`).replace(/\/$/, '');
    const files = await treeAt(root, commit);
    const target = path.join(root, below);
    const isFile = files.has(target) && target.endsWith('.tsbtopo');
    const fileSystem = fileSystemOf(root, files);
    const uri = pathToFileURL(target).toString();
    const found = isFile
        ? [target]
        : (await new WorkspaceFiles(fileSystem, [uri]).all()).map((each) => fileURLToPath(each.toString()));
    if (found.length === 0)
        throw new UsageError(
            `No .tsbtopo file in ${visible(below === '.' ? 'the repository' : below)} at ${visible(name)}.`,
        );
    const texts = found.map((file): ReadFile => {
        try {
            return { file, text: decoded(files.get(file)!) };
        } catch (error) {
            return { file, reason: reasonOf(error) };
        }
    });
    return { texts, folders: isFile ? [] : [target], fileSystem: { fileSystemProvider: () => fileSystem } };
}

/** Whatever decides which files there are, and what stands in them: by full path. */
async function treeAt(root: string, commit: string): Promise<Map<string, Uint8Array>> {
    const entries = (await filesOfCommit('.', commit)).filter(
        (entry) => entry.isFile && isWanted(path.posix.basename(entry.path)),
    );
    const contents = await contentsOf(
        '.',
        entries.map(({ hash }) => hash),
    );
    return new Map(entries.map((entry, index) => [path.join(root, entry.path), contents[index]!]));
}

function isWanted(name: string): boolean {
    return name.endsWith('.tsbtopo') || name === '.gitignore' || name === settingsFileName;
}

/** The files of a revision where they would be if it was checked out. */
function fileSystemOf(root: string, files: ReadonlyMap<string, Uint8Array>): FileSystemProvider {
    const folders = new Map<string, Map<string, FileSystemNode>>();
    const add = (entry: string, isFile: boolean): void => {
        const folder = path.dirname(entry);
        const known = folders.get(folder) ?? new Map<string, FileSystemNode>();
        folders.set(folder, known);
        if (known.has(entry)) return;
        known.set(entry, { isFile, isDirectory: !isFile, uri: URI.parse(pathToFileURL(entry).toString()) });
        if (entry !== root && folder !== entry) add(folder, false);
    };
    for (const file of files.keys()) add(file, true);
    add(path.join(root, '.git'), false);
    const pathOf = (uri: URI) => path.normalize(fileURLToPath(uri.toString()));
    const bytes = (uri: URI): Uint8Array => {
        const content = files.get(pathOf(uri));
        if (!content) throw new Error('there is no such file');
        return content;
    };
    const exists = (uri: URI) => {
        const entry = pathOf(uri);
        return files.has(entry) || folders.has(entry) || !!folders.get(path.dirname(entry))?.has(entry);
    };
    const stat = (uri: URI): FileSystemNode => {
        const isFile = files.has(pathOf(uri));
        return { isFile, isDirectory: !isFile && exists(uri), uri };
    };
    const list = (uri: URI) => [...(folders.get(pathOf(uri))?.values() ?? [])];
    const text = (uri: URI) => new TextDecoder().decode(bytes(uri));
    return {
        stat: (uri) => Promise.resolve(stat(uri)),
        statSync: stat,
        exists: (uri) => Promise.resolve(exists(uri)),
        existsSync: exists,
        readBinary: (uri) => Promise.resolve().then(() => bytes(uri)),
        readBinarySync: bytes,
        readFile: (uri) => Promise.resolve().then(() => text(uri)),
        readFileSync: text,
        readDirectory: (uri) => Promise.resolve(list(uri)),
        readDirectorySync: list,
    };
}
