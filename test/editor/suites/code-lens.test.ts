import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, lensLines, positionOf, replace, show } from '../estate.js';
import { codeLenses, hasPage } from '../page.js';
import { poll } from '../poll.js';

describe('code lenses', () => {
    afterEach(async () => {
        await setting(undefined);
        await closeAll();
    });

    it('stand above each element that can fail, and sum its failure up', async () => {
        const { document } = await show('demo.tsbtopo');
        const lines = await lensLinesOnce(document.uri, (lines) => lines.length === 4 && lines.every(hasSign));
        assert.deepEqual(
            lines.map((line) => line.split(' | ').slice(0, 2).join(' | ')),
            [3, 4, 5, 6].map((line) => `${line}: ▷ Simulate failure | component…`),
        );
        assert.match(
            lines[1]!,
            /\| ⚙ shop in 1 of 2 clusters · local cluster operations and metrics collection limited$/,
        );
    });

    it('are as many as the setting says', async () => {
        const { document } = await show('acme.tsbtopo');
        const gateway = positionOf(document, 'west-gw').line + 1;
        const isGateway = (line: string) => line.startsWith(`${gateway}:`);
        await lensLinesOnce(document.uri, (lines) => lines.length > 5 && !lines.some(isGateway));
        await setting('all');
        await lensLinesOnce(document.uri, (lines) => lines.length > 5 && lines.some(isGateway));
        await setting('off');
        await lensLinesOnce(document.uri, (lines) => lines.length === 0);
        await setting('elements');
        await lensLinesOnce(document.uri, (lines) => lines.length > 5 && !lines.some(isGateway));
    });

    it('stay where they are while the file is broken', async () => {
        const editor = await show('demo.tsbtopo');
        const { uri } = editor.document;
        const whole = await lensLinesOnce(uri, (lines) => lines.length === 4 && lines.every(hasSign));
        await replace(editor, 'workload cluster west', 'workload cluster west {{ %');
        await poll('an error', () => hasError(uri));
        const broken = await lensLines(uri);
        assert.deepEqual(broken.map(beginning), whole.map(beginning));
    });

    it('are drawn with their titles', async function () {
        if (!hasPage()) this.skip();
        await show('demo.tsbtopo');
        await poll('titles', async () => (await codeLenses()).filter(hasSign).length === 4);
    });
});

async function setting(value: string | undefined): Promise<void> {
    const target = vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration('tsbtopo').update('codeLens', value, target);
}

function hasError(uri: vscode.Uri): boolean {
    return vscode.languages.getDiagnostics(uri).some(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
}

function lensLinesOnce(uri: vscode.Uri, areRight: (lines: string[]) => boolean): Promise<string[]> {
    return poll('the lenses', async () => {
        const lines = await lensLines(uri);
        return areRight(lines) && lines;
    });
}

/** Four signs. */
function hasSign(line: string): boolean {
    return /[✖⚠◐⚙◌✓] \S/.test(line);
}

function beginning(line: string): string {
    return line.split(' | ')[0]!;
}
