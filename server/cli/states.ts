import path from 'node:path';
import { TextDocument, URI } from 'langium';
import { lastingState, type EstateState } from '../estate/comparison.js';
import { snapshotsOf, type Snapshot } from '../estate/snapshot.js';
import type { TsbtopoServices } from '../language/services.js';
import { ProjectSettings } from '../language/workspace/project-settings.js';
import { fileErrorsIn, type FileError } from './file-errors.js';
import { fileUri, servicesFor, unreadableOf, type Files, type Workspace } from './workspace.js';

/** What is asked of the estates of one of two states of files. */
export interface FilesState {
    readonly estates: readonly EstateState[];
    /** Why answers about them may be incomplete, each once. */
    readonly errors: readonly FileError[];
}

/**
 * Reads two states of the same files, of which most say the same: the later one as an edit of the earlier one, so that what
 * both have is read, linked, checked and judged once. Each file of the earlier one is read as if it stood where it stands in
 * the later one, and told where it stands.
 *
 * @param isAsked of which estates anything is to be known
 */
export async function bothStates(
    earlier: Files,
    later: Files,
    isAsked: (snapshot: Snapshot) => boolean,
): Promise<{ readonly before: FilesState; readonly now: FilesState }> {
    const placed = placedIn(earlier, later);
    const services = servicesFor(placed.folders, earlier.fileSystem);
    const before = stateOf(await readInto(services, earlier, placed.placeOf), isAsked);
    const one = placed.areSame ? services : servicesFor(later.folders, later.fileSystem);
    const now = stateOf(await readInto(one, later), isAsked);
    return { before, now };
}

interface Placed {
    /** Whether the two can be states of one workspace. */
    readonly areSame: boolean;
    readonly folders: readonly string[];
    /** Where a file of the earlier state is taken to stand. */
    readonly placeOf: (file: string) => string;
}

/** One folder each, or a file of the same name, which names a topology without a header. */
function placedIn({ folders, texts }: Files, later: Files): Placed {
    const [from, to] = [folders[0], later.folders[0]];
    if (from !== undefined && to !== undefined)
        return {
            areSame: true,
            folders: later.folders,
            placeOf: (file) => path.join(to, path.relative(from, file)),
        };
    const [file, other] = [texts[0]?.file, later.texts[0]?.file];
    const areFiles = from === undefined && to === undefined && file !== undefined && other !== undefined;
    if (areFiles && path.basename(file) === path.basename(other))
        return { areSame: true, folders: [], placeOf: () => other };
    return { areSame: false, folders, placeOf: (each) => each };
}

/** Takes files for all that a workspace has, whatever it had. */
async function readInto(
    services: TsbtopoServices,
    { texts, folders, fileSystem }: Files,
    placeOf: (file: string) => string = (file) => file,
): Promise<Workspace> {
    const { DocumentBuilder, LangiumDocuments, TextDocuments } = services.shared.workspace;
    const places = new Map<string, string>();
    const changed: URI[] = [];
    for (const { file, text } of texts) {
        if (text === undefined) continue;
        const uri = fileUri(placeOf(file));
        places.set(uri.toString(), file);
        if (TextDocuments.get(uri.toString())?.getText() === text) continue;
        TextDocuments.set(TextDocument.create(uri.toString(), 'tsbtopo', 0, text));
        changed.push(uri);
    }
    const gone = LangiumDocuments.all
        .map(({ uri }) => uri)
        .filter((uri) => !places.has(uri.toString()))
        .toArray();
    for (const uri of gone) TextDocuments.delete(uri.toString());
    await DocumentBuilder.update(changed, gone);
    const settings = new ProjectSettings(fileSystem.fileSystemProvider, () =>
        folders.map((folder) => fileUri(folder).toString()),
    );
    const standing = [...places].map(([uri, file]) => [URI.parse(uri), fileUri(file)] as const);
    await settings.load(standing.map(([, there]) => there));
    services.workspace.ProjectSettings.takeFrom(settings, standing);
    return {
        services,
        documents: standing.map(([here]) => LangiumDocuments.getDocument(here)!),
        unreadable: unreadableOf(texts),
        placeOf: (uri) => places.get(uri.toString()) ?? uri.fsPath,
    };
}

/** All that is asked of a workspace; it holds whatever is read into that afterwards. */
export function stateOf(workspace: Workspace, isAsked: (snapshot: Snapshot) => boolean): FilesState {
    const snapshots = snapshotsOf(workspace.services).all().filter(isAsked);
    const placeOf = (uri: string) => fileUri(workspace.placeOf(URI.parse(uri))).toString();
    const unreadable = workspace.unreadable.map(({ file, reason }) => ({
        file: path.relative(process.cwd(), file),
        line: null,
        column: null,
        code: null,
        message: `The file cannot be read: ${reason}.`,
    }));
    const estates = snapshots.map((snapshot) => lastingState(snapshot, placeOf));
    // promises are judged by now; and a file that cannot be read may belong to any topology
    const errors = [...unreadable, ...snapshots.flatMap((snapshot) => fileErrorsIn(workspace, snapshot))];
    return {
        estates,
        errors: [...new Map(errors.map((error) => [JSON.stringify(error), error])).values()],
    };
}
