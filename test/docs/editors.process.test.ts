import { describe, expect, test } from 'vitest';
import type { CodeLens, Hover } from 'vscode-languageserver-protocol';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { bundledServer } from '../features/server.js';
import { examplesIn, readPage } from './examples.js';

const page = readPage('editors.md');
const start = bundledServer();

/** The requests that the page promises. */
const promised = new Set(
    [...page.slice(page.indexOf('## What works'), page.indexOf('## Neovim')).matchAll(/^\|.*\| (.*) \|$/gm)].flatMap(
        ([, requests]) => [...requests!.matchAll(/`([\w/]+)`/g)].map(([, request]) => request!),
    ),
);

/** What a server announces to offer a request. */
const announcedBy: Readonly<Record<string, readonly string[]>> = {
    hoverProvider: ['textDocument/hover'],
    codeLensProvider: ['textDocument/codeLens', 'codeLens/resolve'],
    completionProvider: ['textDocument/completion'],
    definitionProvider: ['textDocument/definition'],
    referencesProvider: ['textDocument/references'],
    documentHighlightProvider: ['textDocument/documentHighlight'],
    renameProvider: ['textDocument/rename', 'textDocument/prepareRename'],
    documentSymbolProvider: ['textDocument/documentSymbol'],
    workspaceSymbolProvider: ['workspace/symbol'],
    foldingRangeProvider: ['textDocument/foldingRange'],
    executeCommandProvider: ['workspace/executeCommand'],
    documentFormattingProvider: ['textDocument/formatting'],
    documentRangeFormattingProvider: ['textDocument/rangeFormatting'],
    documentOnTypeFormattingProvider: ['textDocument/onTypeFormatting'],
    codeActionProvider: ['textDocument/codeAction'],
    inlayHintProvider: ['textDocument/inlayHint'],
    semanticTokensProvider: ['textDocument/semanticTokens'],
    documentLinkProvider: ['textDocument/documentLink'],
    selectionRangeProvider: ['textDocument/selectionRange'],
    callHierarchyProvider: ['textDocument/prepareCallHierarchy'],
    typeHierarchyProvider: ['textDocument/prepareTypeHierarchy'],
    signatureHelpProvider: ['textDocument/signatureHelp'],
    typeDefinitionProvider: ['textDocument/typeDefinition'],
    implementationProvider: ['textDocument/implementation'],
    declarationProvider: ['textDocument/declaration'],
    linkedEditingRangeProvider: ['textDocument/linkedEditingRange'],
};

const [{ text: demo } = { text: '' }] = examplesIn(page);
const uri = 'file:///estate/demo.tsbtopo';
const blocks = [...page.matchAll(/^```json(.*)\n([^]*?)^```$/gm)].map(([, tag, text]) => ({
    tag: tag!.trim(),
    value: JSON.parse(text!) as { command: string },
}));

describe('a client without the extension', () => {
    test('gets what the page lists, and the page lists all', async () => {
        const { capabilities, stop } = await start();
        const offered = Object.entries(capabilities).flatMap(([name, value]) =>
            name.endsWith('Provider') && value ? (announcedBy[name] ?? [name]) : [],
        );
        expect([...promised].sort()).toEqual(['textDocument/publishDiagnostics', ...offered].sort());
        expect(await stop()).toBe(0);
    });

    test('gets lenses and hovers without commands that it does not have', async () => {
        const { connection, open, diagnostics, stop } = await start();
        await open(uri, demo);
        await diagnostics(uri, (found) => found.length > 0);
        const textDocument = { uri };
        const lenses = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
        const served: string[] = Object.values(simulationCommands);
        for (const lens of lenses) {
            const { command } = await connection.sendRequest<CodeLens>('codeLens/resolve', lens);
            if (command?.command) expect(served).toContain(command.command);
        }
        expect(lenses.length).toBeGreaterThan(4);
        const position = { line: 3, character: 18 };
        const hover = await connection.sendRequest<Hover>('textDocument/hover', { textDocument, position });
        expect(JSON.stringify(hover.contents)).toContain('workload cluster `east`');
        expect(JSON.stringify(hover.contents)).not.toContain('command:');
        expect(await stop()).toBe(0);
    });

    test('drives a simulation as the page shows', async () => {
        const { connection, open, diagnostics, stop } = await start();
        await open(uri, demo);
        await diagnostics(uri, (found) => found.length > 0);
        let last: unknown;
        const shown = blocks.filter(({ tag }) => tag !== '');
        for (const { tag, value } of shown) {
            if (tag === 'ask') last = await connection.sendRequest('workspace/executeCommand', value);
            else expect(last).toMatchObject(value);
        }
        expect(shown.map(({ tag }) => tag)).toEqual(['ask', 'ask', 'answer']);
        expect(await stop()).toBe(0);
    });

    test('finds the files of its folder, however it names it', async () => {
        const { diagnostics, stop } = await start(
            { 'a.tsbtopo': 'topology demo\nservice shop on easst', 'b.tsbtopo': demo.replace(/service.*/, '') },
            {},
            { onlyRoot: true },
        );
        const found = await diagnostics('a.tsbtopo', (some) => some.length > 0);
        expect(found.map(({ code }) => code)).toContain('unknown-cluster');
        expect(await stop()).toBe(0);
    });
});

test('the page names every command of the server', () => {
    const section = page.slice(page.indexOf('\n## Simulations'));
    const named = [...section.matchAll(/^\| `(tsbtopo\.[\w.]+)`/gm)].map(([, command]) => command);
    expect(named.sort()).toEqual(Object.values(simulationCommands).sort());
});

test('every editor is told the same program', () => {
    const programs = page.match(/[\w/."]*server\.cjs/g) ?? [];
    const places = new Set(programs.map((program) => program.replaceAll('"', '')));
    expect([...places].filter((place) => !['server.cjs', 'dist/server.cjs'].includes(place))).toEqual([
        '/path/to/dist/server.cjs',
    ]);
});
