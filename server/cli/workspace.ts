import { statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { URI, type LangiumDocument } from 'langium';
import { NodeFileSystem } from 'langium/node';
import { internalErrorReport } from '../language/internal-errors.js';
import { createTsbtopoServices, type TsbtopoServices } from '../language/services.js';
import type { Topology } from '../topology/topology.js';
import { filesInFolders } from './folder-files.js';
import { UsageError } from './usage-error.js';

/** The files given on a command line, read, linked and checked. */
export interface Workspace {
    readonly services: TsbtopoServices;
    readonly documents: readonly LangiumDocument[];
}

/**
 * Reads files, and folders with all that is in them. What is given decides what belongs together: a folder is a
 * workspace folder, a single file stands in its own.
 *
 * @throws UsageError where a path does not exist or is another kind of file, or nothing is found
 */
export async function readWorkspace(paths: readonly string[]): Promise<Workspace> {
    const services = createTsbtopoServices(NodeFileSystem).tsbtopo;
    services.workspace.InternalErrors.onError((met) => process.stderr.write(`tsbtopo: ${internalErrorReport(met)}\n`));
    const { WorkspaceManager, LangiumDocuments, DocumentBuilder } = services.shared.workspace;
    const folders = paths.filter(isFolder);
    WorkspaceManager.initialize({
        processId: null,
        rootUri: null,
        capabilities: {},
        workspaceFolders: folders.map((folder) => ({ uri: fileUri(folder).toString(), name: path.basename(folder) })),
    });
    const documents = await Promise.all(
        (await filesOf(paths)).map((file) => LangiumDocuments.getOrCreateDocument(fileUri(file))),
    );
    await DocumentBuilder.build(documents, { validation: true });
    return { services, documents };
}

/**
 * The files that paths stand for, each once, with its full path: those that are given, and all in folders.
 *
 * @throws UsageError where a path does not exist or is another kind of file, or nothing is found
 */
export async function filesOf(paths: readonly string[]): Promise<string[]> {
    const given = paths.filter((each) => !isFolder(each)).map((each) => path.resolve(each));
    const files = [...new Set([...given, ...(await filesInFolders(paths.filter(isFolder)))])].sort();
    if (files.length === 0) throw new UsageError(`No .tsbtopo file in ${paths.join(', ')}.`);
    const other = paths.find((given) => !isFolder(given) && !given.endsWith('.tsbtopo'));
    if (other !== undefined) throw new UsageError(`${other} is no .tsbtopo file.`);
    return files;
}

/**
 * The one topology that a command is about.
 *
 * @param name as given by `--topology`
 * @throws UsageError where the name is unknown, or there are several and none was named
 */
export function chooseTopology({ services }: Workspace, name: string | undefined): Topology {
    const topologies = services.workspace.Topologies.all();
    const named = name === undefined ? topologies : topologies.filter((topology) => topology.name === name);
    const [topology] = named;
    const known = topologies.map((each) => each.name).join(', ');
    if (topologies.length === 0) throw new UsageError('There is no topology here.');
    if (!topology) throw new UsageError(`There is no topology '${name}' here. There is: ${known}.`);
    if (named.length > 1) {
        throw new UsageError(
            name === undefined
                ? `There are several topologies here: ${known}. Choose one with --topology NAME.`
                : `Several topologies here are called '${name}'. Give the path of the one that you mean.`,
        );
    }
    return topology;
}

function isFolder(given: string): boolean {
    const stats = statSync(given, { throwIfNoEntry: false });
    if (!stats) throw new UsageError(`There is no file or folder ${given}.`);
    return stats.isDirectory();
}

function fileUri(file: string): URI {
    return URI.parse(pathToFileURL(path.resolve(file)).toString());
}
