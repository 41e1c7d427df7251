import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { hasPage, waitFor } from '../page.js';
import { poll } from '../poll.js';

describe('activation', () => {
    it('knows the language', async () => {
        assert.ok((await vscode.languages.getLanguages()).includes('tsbtopo'));
    });

    it('takes files that end in .tsbtopo for the language', async () => {
        assert.equal((await openDemo()).languageId, 'tsbtopo');
    });

    it('activates the extension when such a file is opened', async () => {
        await openDemo();
        const extension = vscode.extensions.getExtension('tsbtopo.tsbtopo');
        assert.ok(extension, 'the extension is not installed');
        await poll('active', () => extension.isActive);
    });

    it('registers each command that it contributes', async () => {
        await openDemo();
        const extension = vscode.extensions.getExtension('tsbtopo.tsbtopo')!;
        const manifest = extension.packageJSON as { contributes: { commands: { command: string }[] } };
        await poll('the commands', async () => {
            const registered = await vscode.commands.getCommands(true);
            return manifest.contributes.commands.every(({ command }) => registered.includes(command));
        });
    });

    it('shows the file', async function () {
        if (!hasPage()) this.skip();
        await vscode.window.showTextDocument(await openDemo());
        await waitFor('.view-line:has-text("workload cluster east")');
    });
});

async function openDemo(): Promise<vscode.TextDocument> {
    const [demo] = await vscode.workspace.findFiles('demo.tsbtopo');
    assert.ok(demo, 'demo.tsbtopo is not in the workspace');
    return vscode.workspace.openTextDocument(demo);
}
