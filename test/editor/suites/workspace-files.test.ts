import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, codeOf, diagnostic, fileIn, noDiagnostic, remove, replace, show, write } from '../estate.js';

describe('files of the workspace', () => {
    after(async () => {
        await closeAll();
        for (const path of ['kept', '.history', '../added']) await remove(path).catch(() => undefined);
    });

    it('count as they are on disk once an editor is closed without saving', async () => {
        await write('kept/clusters.tsbtopo', 'topology kept\nmanagement cluster m\nworkload cluster kept-east\n');
        const services = await write('kept/services.tsbtopo', 'topology kept\nservice s on kept-east\n');
        await replace(await show('kept/clusters.tsbtopo'), 'kept-east', 'kept-west');
        await diagnostic(services, 'unknown-cluster');
        await closeAll();
        await noDiagnostic(services, 'unknown-cluster');
    });

    it('are not those of the local history', async () => {
        const copy = await write('.history/kept/clusters_1.tsbtopo', 'topology kept\nworkload cluster kept-east\n');
        const more = await write('kept/more.tsbtopo', 'topology kept\nservice t on nowhere\n');
        await diagnostic(more, 'unknown-cluster');
        const said = vscode.languages.getDiagnostics(fileIn('kept/clusters.tsbtopo')).map(codeOf);
        assert.ok(!said.includes('duplicate-declaration'), said.join());
        assert.deepEqual(vscode.languages.getDiagnostics(copy), []);
        await show('.history/kept/clusters_1.tsbtopo');
        await diagnostic(copy, 'left-out');
    });

    it('are those of folders that are open, from when one is added until it is removed', async () => {
        const added = await write('../added/estate.tsbtopo', 'topology added\nservice s on nowhere\n');
        assert.deepEqual(vscode.languages.getDiagnostics(added), []);
        assert.ok(vscode.workspace.updateWorkspaceFolders(1, 0, { uri: vscode.Uri.joinPath(added, '..') }));
        await diagnostic(added, 'unknown-cluster');
        assert.ok(vscode.workspace.updateWorkspaceFolders(1, 1));
        await noDiagnostic(added, 'unknown-cluster');
    });
});
