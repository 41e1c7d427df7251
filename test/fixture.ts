import { EmptyFileSystem, TextDocument, URI, type AstNode, type LangiumDocument, type ParseResult } from 'langium';
import type { Diagnostic, Position, Range } from 'vscode-languageserver-types';
import { createTsbtopoServices, type TsbtopoOverride } from '../server/language/create-services.js';
import type { TsbtopoServices } from '../server/language/services.js';
import type * as ast from '../server/language/generated/ast.js';
import type { Topology } from '../server/topology/topology.js';

/** A workspace that has been read, linked and checked. */
export interface Fixture {
    /** The topology of the first file. */
    readonly topology: Topology;
    /** All topologies of the workspace. */
    readonly topologies: readonly Topology[];
    /** Of all files, in the order of the files. */
    readonly diagnostics: readonly Diagnostic[];
    /** The first file. */
    readonly document: LangiumDocument<ast.File>;
    /** By file name, in the given order. */
    readonly documents: ReadonlyMap<string, LangiumDocument<ast.File>>;
    readonly services: TsbtopoServices;
    /** The places marked `<|>`, in reading order. */
    readonly positions: readonly Marked<Position>[];
    /** The texts marked `<|…|>`, in reading order. */
    readonly ranges: readonly Marked<Range>[];
    /** Gives files a new text, adds or (with `undefined`) deletes some, as an editor would, and checks all again. */
    readonly change: (files: Record<string, string | undefined>) => Promise<Fixture>;
}

export type Marked<T> = T & { readonly uri: string };

/** The address of the file that an `estate('…')` of one text consists of. */
export const mainUri = 'file:///main.tsbtopo';

/**
 * Reads an estate from a text, or from several files by name (`{ 'a.tsbtopo': '…', 'east/b.tsbtopo': '…' }`, all in the
 * workspace folder `file:///`). Nothing is shared between two calls.
 *
 * @example
 * const { topology, diagnostics } = await estate(`management cluster mgmt`);
 */
export async function estate(input: string | Record<string, string>): Promise<Fixture> {
    const { tsbtopo } = createTsbtopoServices(EmptyFileSystem, { tsbtopo: sharedParser });
    tsbtopo.shared.workspace.WorkspaceManager.initialize({
        processId: null,
        rootUri: null,
        capabilities: {},
        workspaceFolders: [{ uri: 'file:///', name: 'test' }],
    });
    return build(tsbtopo, new Map(), typeof input === 'string' ? { 'main.tsbtopo': input } : input);
}

const { parser } = createTsbtopoServices(EmptyFileSystem).tsbtopo;

/**
 * Building a parser takes 50 times as long as parsing a small estate, so that all workspaces share one. Only where it
 * leaves references to be resolved differs from one workspace to the next.
 */
const sharedParser: TsbtopoOverride['tsbtopo'] = {
    parser: {
        Lexer: () => parser.Lexer,
        CompletionParser: () => parser.CompletionParser,
        AsyncParser: (services) => ({
            async parse<T extends AstNode>(text: string): Promise<ParseResult<T>> {
                Object.assign(parser.LangiumParser, { linker: services.references.Linker });
                return parser.LangiumParser.parse<T>(text);
            },
        }),
    },
};

async function build(
    services: TsbtopoServices,
    files: ReadonlyMap<string, MarkedText>,
    changes: Record<string, string | undefined>,
): Promise<Fixture> {
    const { LangiumDocuments, DocumentBuilder, TextDocuments, Topologies } = {
        ...services.shared.workspace,
        ...services.workspace,
    };
    const next = new Map(files);
    const changed: URI[] = [];
    const deleted: URI[] = [];
    for (const [name, text] of Object.entries(changes)) {
        const uri = uriOf(name);
        if (text === undefined) {
            next.delete(name);
            TextDocuments.delete(uri.toString());
            deleted.push(uri);
        } else {
            const parsed = withoutMarkers(text);
            next.set(name, parsed);
            TextDocuments.set(TextDocument.create(uri.toString(), 'tsbtopo', 0, parsed.text));
            changed.push(uri);
        }
    }
    await DocumentBuilder.update(changed, deleted);

    const documents = new Map(
        [...next.keys()].map((name) => [name, LangiumDocuments.getDocument(uriOf(name)) as LangiumDocument<ast.File>]),
    );
    const [document] = documents.values();
    const topology = document && Topologies.of(document.uri);
    if (!document || !topology) {
        throw new Error('An estate needs a file.');
    }
    return {
        topology,
        topologies: Topologies.all(),
        diagnostics: [...documents.values()].flatMap((each) => each.diagnostics ?? []),
        document,
        documents,
        services,
        positions: [...next].flatMap(([name, { text, positions }]) => {
            const textDocument = TextDocument.create('', '', 0, text);
            return positions.map((offset) => ({ ...textDocument.positionAt(offset), uri: uriOf(name).toString() }));
        }),
        ranges: [...next].flatMap(([name, { text, ranges }]) => {
            const textDocument = TextDocument.create('', '', 0, text);
            return ranges.map(([start, end]) => ({
                start: textDocument.positionAt(start),
                end: textDocument.positionAt(end),
                uri: uriOf(name).toString(),
            }));
        }),
        change: (files) => build(services, next, files),
    };
}

function uriOf(name: string): URI {
    return URI.parse(`file:///${name}`);
}

interface MarkedText {
    readonly text: string;
    readonly positions: readonly number[];
    readonly ranges: readonly (readonly [start: number, end: number])[];
}

/** Takes the markers out of a text and says where they were. */
function withoutMarkers(marked: string): MarkedText {
    let text = '';
    const positions: number[] = [];
    const ranges: [number, number][] = [];
    for (const part of marked.split(/(<\|>|<\|.*?\|>)/s)) {
        if (part === '<|>') {
            positions.push(text.length);
        } else if (part.startsWith('<|') && part.endsWith('|>')) {
            ranges.push([text.length, text.length + part.length - 4]);
            text += part.slice(2, -2);
        } else {
            text += part;
        }
    }
    return { text, positions, ranges };
}
