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
