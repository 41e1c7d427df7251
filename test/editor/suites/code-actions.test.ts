import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, diagnostic, noDiagnostic, replace, show } from '../estate.js';
import { poll } from '../poll.js';

describe('quick fixes', () => {
    afterEach(closeAll);

    it('mend what they are offered for', async () => {
        const editor = await show('demo.tsbtopo');
        const { uri } = editor.document;
        await replace(editor, 'on east, west', 'on east, wset');
        const { range } = await diagnostic(uri, 'unknown-cluster');
        const action = await poll('a fix', async () => {
            const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
                'vscode.executeCodeActionProvider',
                uri,
                range,
                vscode.CodeActionKind.QuickFix.value,
            );
            return actions.find(({ title }) => title.startsWith('Change `wset` to `west`'));
        });
        assert.ok(action.isPreferred);
        assert.ok(action.edit && (await vscode.workspace.applyEdit(action.edit)));
        assert.match(editor.document.getText(), /on east, west\s*$/);
        await noDiagnostic(uri, 'unknown-cluster');
    });
});
