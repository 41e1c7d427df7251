import { EmptyFileSystem, TextDocument, URI, type Cancellation, type LangiumDocument } from 'langium';
import type { CodeAction, Hover, Position, Range } from 'vscode-languageserver';
import { defaultSettings } from '../../server/features/client.js';
import { diagnosticsOf } from '../../server/features/diagnostics.js';
import { createEditorServices, type EditorServices } from '../../server/features/language-server.js';

/** An editor with some files open, all in the workspace folder `file:///`. */
export interface Editor {
    readonly services: EditorServices;
    /** The address of a file; without a name, of the first one. */
    readonly uri: (name?: string) => string;
    readonly document: (name?: string) => LangiumDocument;
    /** Where `<|>` stood in the first file. */
    readonly position: Position;
    /** Gives files a new text, as typing does; `undefined` deletes one. Throws where the token is cancelled meanwhile, as the next key does it. */
    readonly type: (
        files: string | Record<string, string | undefined>,
        cancelToken?: Cancellation.CancellationToken,
    ) => Promise<void>;
    /** What hovering at a position of the first file shows, as Markdown; at `<|>` unless said. */
    readonly hover: (at?: Position) => Promise<string>;
    /** The lenses of a file, resolved and line by line: `3: ▷ Simulate failure | ✅ ✅ ✅ ✅`. Lines count from 0. */
    readonly lenses: (name?: string) => Promise<string[]>;
    /** What the light bulb offers at `<|>`, or in a range; only kinds of `only`, where that is said. */
    readonly actions: (only?: string[], range?: Range) => Promise<CodeAction[]>;
    /** Sends a command of the server, with the address of the first file unless another is given. */
    readonly command: (id: string, argument?: object | null) => Promise<unknown>;
}

/** Making the services means building a parser, so that all tests of a file share one set, emptied each time. */
let shared: EditorServices | undefined;
let editors = 0;

const mark = '<|>';

/**
 * Opens files. Only `fail`ures, settings and files of this editor are known afterwards; nothing is left of earlier ones.
 *
 * @param input one text, or texts by file name
 * @param services that no other editor uses meanwhile; unless said, those of all tests of a file
 */
export async function editor(
    input: string | Record<string, string>,
    services = (shared ??= createEditorServices(EmptyFileSystem)),
): Promise<Editor> {
    const { DocumentBuilder, LangiumDocuments, TextDocuments, WorkspaceManager } = services.shared.workspace;
    WorkspaceManager.initialize({
        processId: null,
        rootUri: null,
        capabilities: {},
        workspaceFolders: [{ uri: 'file:///', name: 'test' }],
    });
    for (const { uri } of TextDocuments.all()) TextDocuments.delete(uri);
    await DocumentBuilder.update([], LangiumDocuments.all.map((document) => document.uri).toArray());
    services.simulations.clear();
    services.client.initialize({});
    services.client.settings = defaultSettings;

    const files = typeof input === 'string' ? { 'main.tsbtopo': input } : input;
    const folder = `file:///${++editors}`;
    const [first = ''] = Object.keys(files);
    const uri = (name = first) => `${folder}/${name}`;
    const document = (name?: string) => LangiumDocuments.getDocument(URI.parse(uri(name)))!;
    let version = 0;
    const type: Editor['type'] = async (changed, cancelToken) => {
        const texts = typeof changed === 'string' ? { [first]: changed } : changed;
        version++;
        for (const [name, text] of Object.entries(texts)) {
            TextDocuments.delete(uri(name));
            if (text !== undefined)
                TextDocuments.set(TextDocument.create(uri(name), 'tsbtopo', version, text.replace(mark, '')));
        }
        const uris = (isThere: boolean) =>
            Object.keys(texts).flatMap((name) =>
                (texts[name] !== undefined) === isThere ? [URI.parse(uri(name))] : [],
            );
        await DocumentBuilder.update(uris(true), uris(false), cancelToken);
    };
    await type(files);
    const position = document().textDocument.positionAt(Math.max(0, files[first]!.indexOf(mark)));

    return {
        services,
        uri,
        document,
        position,
        type,
        hover: async (at = position) => {
            const found = await services.tsbtopo.lsp.HoverProvider!.getHoverContent(document(), {
                textDocument: { uri: uri() },
                position: at,
            });
            return markdownOf(found);
        },
        lenses: async (name) => {
            const lines = new Map<number, string[]>();
            for (const lens of (await services.codeLens.provideCodeLens(document(name))) ?? []) {
                const { line } = lens.range.start;
                lines.set(line, [...(lines.get(line) ?? []), services.codeLens.resolve(lens).command?.title ?? '?']);
            }
            return [...lines].map(([line, titles]) => `${line}: ${titles.join(' | ')}`);
        },
        actions: async (only, range = { start: position, end: position }) => {
            const actions = await services.tsbtopo.lsp.CodeActionProvider!.getCodeActions(document(), {
                textDocument: { uri: uri() },
                range,
                context: { diagnostics: diagnosticsOf(document(), services.tsbtopo), ...(only && { only }) },
            });
            return (actions ?? []) as CodeAction[];
        },
        command: async (id, argument = {}) =>
            services.shared.lsp.ExecuteCommandHandler!.executeCommand(
                id,
                argument === null ? [] : [{ uri: uri(), ...argument }],
            ),
    };
}

function markdownOf(hover: Hover | undefined): string {
    return hover && typeof hover.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '';
}
