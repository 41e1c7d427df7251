import { DocumentState, UriUtils, type LangiumDocument, type LangiumSharedCoreServices, type URI } from 'langium';
import * as ast from '../generated/ast.js';
import { EstateNames } from './estate-names.js';
import { namesIn } from './scope-computation.js';

/** All files that together describe one topology. */
export interface Estate {
    /** The same as long as the workspace folder and the name of the topology stay the same. */
    readonly key: string;
    /**
     * The same object from the first file of the estate to its last, whatever is edited meanwhile. What is remembered of
     * an estate hangs on it in a `WeakMap`, and goes with it.
     */
    readonly identity: object;
    readonly name: string;
    /** In the order of their addresses. */
    readonly documents: readonly LangiumDocument<ast.File>[];
    readonly names: EstateNames;
    /** For a file without header in a folder with several topologies: their names. */
    readonly undecidedBetween: readonly string[];
}

/**
 * Which files belong together: those with the same `topology NAME` in one workspace folder. A file without a header
 * joins the folder's only topology; else it is an estate of its own, with the name of the file. So is a file that is open
 * although it is no part of the workspace.
 *
 * Computed once after each change of the workspace, when somebody asks.
 */
export class Estates {
    /** By key, of the estates that were there last. */
    private lasting: ReadonlyMap<string, Lasting> = new Map();
    private current: { readonly all: readonly Estate[]; readonly byUri: ReadonlyMap<string, Estate> } | undefined;

    constructor(
        private readonly shared: LangiumSharedCoreServices,
        private readonly isLeftOut: (uri: string) => boolean,
    ) {
        const builder = shared.workspace.DocumentBuilder;
        builder.onUpdate(() => this.forget());
        builder.onDocumentPhase(DocumentState.IndexedContent, () => this.forget());
    }

    /** Every estate of the workspace, in the order of their first files. */
    all(): readonly Estate[] {
        return this.compute().all;
    }

    /** The estate to which a file belongs; undefined for a file that the workspace does not know. */
    of(uri: URI | string): Estate | undefined {
        return this.compute().byUri.get(uri.toString());
    }

    private forget(): void {
        this.current = undefined;
    }

    private compute(): NonNullable<typeof this.current> {
        if (!this.current) {
            const { LangiumDocuments, WorkspaceManager } = this.shared.workspace;
            const all = groupIntoEstates(
                LangiumDocuments.all.filter(isTopologyFile).toArray(),
                WorkspaceManager.workspaceFolders?.map((folder) => folder.uri) ?? [],
                this.isLeftOut,
                (key) => this.lasting.get(key) ?? lastingEstate(),
            );
            this.lasting = new Map(all.map(({ key, lasting }) => [key, lasting]));
            const byUri = new Map<string, Estate>();
            for (const estate of all) {
                for (const document of estate.documents) {
                    byUri.set(document.uri.toString(), estate);
                }
            }
            this.current = { all, byUri };
        }
        return this.current;
    }
}

/** What stays of an estate from its first file to its last. */
interface Lasting {
    /** Its files now. */
    documents: readonly LangiumDocument<ast.File>[];
    readonly names: EstateNames;
}

function lastingEstate(): Lasting {
    const lasting: Lasting = {
        documents: [],
        names: new EstateNames(() => lasting.documents.flatMap(namesIn)),
    };
    return lasting;
}

/**
 * Whether what its files say is known. While an edit is being worked in, names mean what they meant before, or nothing yet:
 * whoever keeps what it finds out of the files of an estate has what it found before until then.
 */
export function isSettled({ documents }: Pick<Estate, 'documents'>): boolean {
    return documents.every(({ state }) => state >= DocumentState.Linked);
}

/** The header of a file: the first one that has a name. */
export function headerOf(file: ast.File): ast.Header | undefined {
    return file.declarations.find(
        (declaration): declaration is ast.Header => ast.isHeader(declaration) && Boolean(declaration.name),
    );
}

function isTopologyFile(document: LangiumDocument): document is LangiumDocument<ast.File> {
    return ast.isFile(document.parseResult.value);
}

function groupIntoEstates(
    documents: LangiumDocument<ast.File>[],
    folders: readonly string[],
    isLeftOut: (uri: string) => boolean,
    lastingOf: (key: string) => Lasting,
): (Estate & { readonly lasting: Lasting })[] {
    const sorted = documents
        .map((document) => ({ document, uri: document.uri.toString(), header: headerOf(document.parseResult.value) }))
        .sort((a, b) => (a.uri < b.uri ? -1 : 1))
        .map((file) => ({
            ...file,
            // what is no part of the workspace is a folder of its own
            folder: isLeftOut(file.uri) ? file.uri : folderOf(file.document.uri, file.uri, folders),
        }));

    const topologiesOfFolder = new Map<string, Set<string>>();
    for (const { folder, header } of sorted) {
        const names = topologiesOfFolder.get(folder) ?? new Set();
        topologiesOfFolder.set(folder, header ? names.add(header.name) : names);
    }

    const estates = new Map<string, { name: string; documents: LangiumDocument<ast.File>[]; undecided: string[] }>();
    for (const { document, uri, header, folder } of sorted) {
        const inFolder = [...(topologiesOfFolder.get(folder) ?? [])];
        const name = header?.name ?? (inFolder.length === 1 ? inFolder[0] : undefined);
        const key = name === undefined ? uri : `${folder}#${name}`;
        const estate = estates.get(key) ?? {
            name: name ?? nameOfFile(document.uri),
            documents: [],
            undecided: name === undefined ? inFolder : [],
        };
        estate.documents.push(document);
        estates.set(key, estate);
    }
    return [...estates].map(([key, { name, documents, undecided }]) => {
        const lasting = lastingOf(key);
        lasting.documents = documents;
        return {
            key,
            lasting,
            identity: lasting,
            name,
            documents,
            names: lasting.names,
            undecidedBetween: undecided,
        };
    });
}

/** The innermost workspace folder of a file, or its own directory where it is in none. */
function folderOf(uri: URI, text: string, folders: readonly string[]): string {
    let innermost: string | undefined;
    for (const folder of folders) {
        const prefix = folder.endsWith('/') ? folder : `${folder}/`;
        if (text.startsWith(prefix) && prefix.length > (innermost?.length ?? 0)) {
            innermost = prefix;
        }
    }
    return innermost ?? `${UriUtils.dirname(uri).toString()}/`;
}

function nameOfFile(uri: URI): string {
    return UriUtils.basename(uri).replace(/\.tsbtopo$/, '');
}
