import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { URI, type LangiumDocument } from 'langium';
import { NodeFileSystem } from 'langium/node';
import { visible } from '../encoding/visible.js';
import { internalErrorReport } from '../language/internal-errors.js';
import { createTsbtopoServices, type TsbtopoServices } from '../language/services.js';
import type { Topology } from '../topology/topology.js';
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
}

/**
 * Reads files, and folders with all that is in them. What is given decides what belongs together: a folder is a
 * workspace folder, a single file stands in its own.
 *
 * @throws UsageError where a path does not exist or is another kind of file, or nothing is found
 */
export async function readWorkspace(paths: readonly string[]): Promise<Workspace> {
    const services = createTsbtopoServices(NodeFileSystem).tsbtopo;
    services.workspace.InternalErrors.onError((met) => complain(internalErrorReport(met)));
    const { WorkspaceManager, LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = services.shared.workspace;
    const folders = paths.filter(isFolder);
    WorkspaceManager.initialize({
        processId: null,
        rootUri: null,
        capabilities: {},
        workspaceFolders: folders.map((folder) => ({ uri: fileUri(folder).toString(), name: path.basename(folder) })),
    });
    const files = await filesOf(paths);
    const texts = files.map((file) => ({ file, ...readOrComplain(file) }));
    const documents = texts.flatMap(({ file, text }) =>
        text === undefined ? [] : [LangiumDocumentFactory.fromString(text, fileUri(file))],
    );
    for (const document of documents) LangiumDocuments.addDocument(document);
    await DocumentBuilder.build(documents, { validation: true });
    await services.workspace.ProjectSettings.load(documents.map(({ uri }) => uri));
    const unreadable = texts.flatMap(({ file, reason }) => (reason === undefined ? [] : [{ file, reason }]));
    return { services, documents, unreadable };
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
    if (!topology) throw new UsageError(`There is no topology '${visible(name ?? '')}' here. There is: ${known}.`);
    if (named.length > 1) {
        throw new UsageError(
            name === undefined
                ? `There are several topologies here: ${known}. Choose one with --topology NAME.`
                : `Several topologies here are called '${visible(name)}'. Give the path of the one that you mean.`,
        );
    }
    return topology;
}

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

function fileUri(file: string): URI {
    return URI.parse(pathToFileURL(path.resolve(file)).toString());
}
