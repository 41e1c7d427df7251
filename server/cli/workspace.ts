import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { URI, type FileSystemProvider, type LangiumDocument } from 'langium';
import { NodeFileSystem } from 'langium/node';
import { visible } from '../encoding/visible.js';
import { internalErrorReport } from '../language/workspace/internal-errors.js';
import { createTsbtopoServices } from '../language/create-services.js';
import type { TsbtopoServices } from '../language/services.js';
import { similarNames } from '../topology/similar-names.js';
import { snapshotsOf, type Snapshot } from '../estate/snapshot.js';
import { filesOf, isFolder, readText, shownPath } from './files.js';
import { complain, reasonOf } from './output.js';
import { UsageError } from './usage-error.js';

/** A file that cannot be read, with its full path. */
export interface Unreadable {
    readonly file: string;
    readonly reason: string;
}

/** The files given on a command line, read, linked and checked. */
export interface Workspace {
    readonly services: TsbtopoServices;
    readonly documents: readonly LangiumDocument[];
    /** Files that cannot be read, as messages have said. */
    readonly unreadable: readonly Unreadable[];
    /** The full path at which a file really stands. */
    readonly placeOf: (uri: URI) => string;
}

/**
 * Reads files, and folders with all that is in them. What is given decides what belongs together: a folder is a
 * workspace folder, a single file stands in its own.
 *
 * @param options.isChecked whether anybody is to know what is wrong with them
 * @throws UsageError where a path does not exist or is another kind of file, or nothing is found
 */
export async function readWorkspace(paths: readonly string[], { isChecked = true } = {}): Promise<Workspace> {
    return workspaceOf(await readFiles(paths), isChecked);
}

/** The same as it is before anybody has understood anything of it. @throws UsageError as {@link readWorkspace} */
export async function readFiles(paths: readonly string[]): Promise<Files> {
    const folders = paths.filter(isFolder).map((folder) => path.resolve(folder));
    const files = await filesOf(paths);
    const texts = files.map((file) => ({ file, ...readOrComplain(file) }));
    return { texts, folders, fileSystem: NodeFileSystem };
}

/** A file with its full path, and what stands in it. */
export interface ReadFile {
    readonly file: string;
    readonly text?: string;
    /** Why it cannot be read. */
    readonly reason?: string;
}

/** Files as they were read. */
export interface Files {
    readonly texts: readonly ReadFile[];
    /** Those of the workspace, in which they stand, with their full paths. */
    readonly folders: readonly string[];
    /** From which the settings of the project come. */
    readonly fileSystem: { readonly fileSystemProvider: () => FileSystemProvider };
}

/** What one sees of files that are read already. */
export async function workspaceOf({ texts, folders, fileSystem }: Files, isChecked = true): Promise<Workspace> {
    const services = servicesFor(folders, fileSystem);
    const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = services.shared.workspace;
    const documents = texts.flatMap(({ file, text }) =>
        text === undefined ? [] : [LangiumDocumentFactory.fromString(text, fileUri(file))],
    );
    for (const document of documents) LangiumDocuments.addDocument(document);
    await DocumentBuilder.build(documents, { validation: isChecked });
    await services.workspace.ProjectSettings.load(documents.map(({ uri }) => uri));
    const unreadable = unreadableOf(texts);
    return { services, documents, unreadable, placeOf: ({ fsPath }) => fsPath };
}

/** Services of a workspace with these folders; a mistake of this tool costs a message. */
export function servicesFor(folders: readonly string[], fileSystem: Files['fileSystem']): TsbtopoServices {
    const services = createTsbtopoServices(fileSystem).tsbtopo;
    services.workspace.InternalErrors.onError((met) => complain(internalErrorReport(met)));
    services.shared.workspace.WorkspaceManager.initialize({
        processId: null,
        rootUri: null,
        capabilities: {},
        workspaceFolders: folders.map((folder) => ({ uri: fileUri(folder).toString(), name: path.basename(folder) })),
    });
    return services;
}

export function unreadableOf(texts: readonly ReadFile[]): Unreadable[] {
    return texts.flatMap(({ file, reason }) => (reason === undefined ? [] : [{ file, reason }]));
}

/**
 * The one estate that a command is about.
 *
 * @param name as given by `--topology`
 * @throws UsageError where the name is unknown, or there are several and none was named
 */
export function chooseEstate({ services }: Workspace, name: string | undefined): Snapshot {
    const all = snapshotsOf(services).all();
    const named = name === undefined ? all : all.filter(({ topology }) => topology.name === name);
    const [only, ...others] = named;
    if (only && others.length === 0) return only;
    const list = (some: readonly Snapshot[]) => {
        const shown = some
            .slice(0, mostTopologies)
            .map(({ topology, uri }) => `  ${topology.name} (${shownPath(URI.parse(uri).fsPath)})`);
        const rest = some.length - shown.length;
        return [...shown, ...(rest > 0 ? [`  and ${rest} more`] : [])].join('\n');
    };
    if (all.length === 0) throw new UsageError('There is no topology here.');
    if (!only) {
        const similar = similarNames(name ?? '', new Set(all.map(({ topology }) => topology.name)));
        const meant = similar.length > 0 ? all.filter(({ topology }) => similar.includes(topology.name)) : all;
        const intro = similar.length > 0 ? 'Did you mean' : 'There is';
        throw new UsageError(`There is no topology '${visible(name ?? '')}' here. ${intro}:\n${list(meant)}`);
    }
    throw new UsageError(
        name === undefined
            ? `There are several topologies here. Choose one with --topology NAME, or give the path of its folder or file:\n${list(named)}`
            : `Several topologies here are called '${visible(name)}'. Give the path of the one that you mean:\n${list(named)}`,
    );
}

/** So many topologies are listed. */
const mostTopologies = 10;

/** A file that cannot be read costs one message; the others are read. */
function readOrComplain(file: string): { readonly text?: string; readonly reason?: string } {
    try {
        return { text: readText(file) };
    } catch (error) {
        const reason = reasonOf(error);
        complain(`${shownPath(file)} cannot be read: ${reason}.`);
        return { reason };
    }
}

export function fileUri(file: string): URI {
    return URI.parse(pathToFileURL(path.resolve(file)).toString());
}
