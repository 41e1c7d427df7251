import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, positionOf, show } from '../estate.js';
import { poll } from '../poll.js';

describe('reading and walking through a file', () => {
    afterEach(async () => {
        await setting(undefined);
        await closeAll();
    });

    it('inlay hints show what holds where nothing is said, as many as the setting says', async () => {
        const { document } = await show('acme.tsbtopo');
        const shown = await hintsOnce(document, (hints) => hints.includes('no failover'));
        assert.ok(shown.includes('to east, west') && shown.includes('postgres external'), shown.join(' | '));
        assert.ok(!shown.includes('for tsb 1.10') && !shown.includes('outlier detection'), shown.join(' | '));
        await setting('all');
        await hintsOnce(document, (hints) => hints.includes('outlier detection'));
        await setting('off');
        await hintsOnce(document, (hints) => hints.length === 0);
    });

    it('names are coloured by what they are', async () => {
        const { document } = await show('acme.tsbtopo');
        const looks = await poll('tokens', async () => {
            const found = await looksOf(document);
            return found.length > 0 && found;
        });
        for (const look of ['east class.declaration', 'front-us interface', 'payments function', 'east class']) {
            assert.ok(looks.includes(look), `${look} is missing in ${looks.join(' | ')}`);
        }
    });

    it('calls lead from service to service', async () => {
        const { document } = await show('acme.tsbtopo');
        const at = positionOf(document, 'checkout', 'service ');
        const [checkout] = await poll('the service', async () => {
            const items = await execute<vscode.CallHierarchyItem[]>('vscode.prepareCallHierarchy', document.uri, at);
            return items.length > 0 && items;
        });
        const calls = await execute<vscode.CallHierarchyOutgoingCall[]>('vscode.provideOutgoingCalls', checkout);
        assert.deepEqual(
            calls.map(({ to }) => to.name),
            ['payments'],
        );
    });

    it('blocks fold, selections grow, names are found, and lead to what they stand in', async () => {
        const { document } = await show('acme.tsbtopo');
        const { uri } = document;
        const lineOf = (text: string) => document.positionAt(document.getText().indexOf(text)).line;
        const folds = await poll('folds', async () => {
            const found = await execute<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', uri);
            return found.length > 0 && found;
        });
        assert.ok(folds.some(({ start, end }) => start === lineOf('service checkout') && end > start));

        const at = positionOf(document, 'front-us', 'exposed');
        const [selection] = await execute<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', uri, [at]);
        const texts: string[] = [];
        for (let range = selection; range; range = range.parent) texts.push(document.getText(range.range));
        assert.ok(texts.includes('front-us'), texts.join(' | '));
        assert.ok(texts.some((text) => text.startsWith('service checkout {') && text.endsWith('}')));

        const [stands] = await execute<(vscode.Location | vscode.LocationLink)[]>(
            'vscode.executeTypeDefinitionProvider',
            uri,
            at,
        );
        const { start } = stands && 'range' in stands ? stands.range : stands!.targetRange;
        assert.equal(start.line, lineOf('workload cluster dmz-us'));

        const symbols = await execute<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'stock');
        assert.deepEqual(
            symbols.map(({ name, location }) => [name, location.uri.path.split('/').at(-1)]),
            [['stock', 'services.tsbtopo']],
        );
        const outline = await execute<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri);
        assert.ok(outline.some(({ name, detail }) => name === 'checkout' && detail !== ''));
        const highlights = await execute<vscode.DocumentHighlight[]>('vscode.executeDocumentHighlights', uri, at);
        assert.equal(highlights.length, 2);
    });

    it('a name is changed in all files', async () => {
        const { document } = await show('spread/clusters.tsbtopo');
        const at = positionOf(document, 'north', 'workload cluster ');
        const edit = await execute<vscode.WorkspaceEdit>(
            'vscode.executeDocumentRenameProvider',
            document.uri,
            at,
            'nord',
        );
        assert.deepEqual(
            edit
                .entries()
                .map(([uri, edits]) => [uri.path.split('/').at(-1), edits.length])
                .sort(),
            [
                ['clusters.tsbtopo', 1],
                ['services.tsbtopo', 2],
            ],
        );
    });

    it('a word of the language is not renamed, and says so', async () => {
        const { document } = await show('acme.tsbtopo');
        const at = positionOf(document, 'service', 'service checkout');
        await assert.rejects(execute('vscode.prepareRename', document.uri, at), /`service` is a word of the language/);
    });
});

async function execute<T>(command: string, ...args: unknown[]): Promise<T> {
    return vscode.commands.executeCommand<T>(command, ...args);
}

async function setting(value: string | undefined): Promise<void> {
    const target = vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration('tsbtopo').update('inlayHints', value, target);
}

function hintsOnce(document: vscode.TextDocument, areRight: (hints: string[]) => boolean): Promise<string[]> {
    const everything = new vscode.Range(0, 0, document.lineCount, 0);
    return poll('the hints', async () => {
        const hints = await execute<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, everything);
        const labels = hints.map(({ label }) =>
            typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
        );
        return areRight(labels) && labels;
    });
}

/** Each semantic token as `text type.modifier`. */
async function looksOf(document: vscode.TextDocument): Promise<string[]> {
    const legend = await execute<vscode.SemanticTokensLegend>(
        'vscode.provideDocumentSemanticTokensLegend',
        document.uri,
    );
    const { data } = await execute<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
    let at = new vscode.Position(0, 0);
    return Array.from({ length: data.length / 5 }, (_, index) => {
        const [lines = 0, characters = 0, length = 0, type = 0, flags = 0] = data.slice(5 * index, 5 * index + 5);
        at = lines > 0 ? new vscode.Position(at.line + lines, characters) : at.translate(0, characters);
        const modifiers = legend.tokenModifiers.filter((_, bit) => flags & (1 << bit));
        const text = document.getText(new vscode.Range(at, at.translate(0, length)));
        return `${text} ${[legend.tokenTypes[type], ...modifiers].join('.')}`;
    });
}
