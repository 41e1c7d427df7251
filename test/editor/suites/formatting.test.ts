import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, fileIn, remove, show, write } from '../estate.js';
import { poll } from '../poll.js';

describe('formatting', () => {
    afterEach(async () => {
        await closeAll();
        await remove('messy.tsbtopo');
    });

    it('tidies up a messy file, and goes on from there while one types', async () => {
        await write('messy.tsbtopo', 'topology   messy\n\n\n\nregion us{\nzones a,b // two\n}\n');
        const editor = await show('messy.tsbtopo');
        const tidy = 'topology messy\n\nregion us {\n    zones a, b // two\n}\n';
        await poll('a formatter', () =>
            vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
                'vscode.executeFormatDocumentProvider',
                editor.document.uri,
                { tabSize: 4, insertSpaces: true },
            ),
        );
        await vscode.commands.executeCommand('editor.action.formatDocument');
        assert.equal(editor.document.getText(), tidy);

        await vscode.workspace
            .getConfiguration('editor', { uri: fileIn('messy.tsbtopo'), languageId: 'tsbtopo' })
            .update('formatOnType', true, vscode.ConfigurationTarget.Global, true);
        const end = editor.document.positionAt(tidy.length);
        editor.selection = new vscode.Selection(end, end);
        for (const text of ['region   eu{zones   a ', '}']) {
            await vscode.commands.executeCommand('type', { text });
        }
        await poll('the tidy region', () => editor.document.getText().includes('\nregion eu { zones a }'));
        assert.ok(editor.document.getText().startsWith(tidy));
    });
});
