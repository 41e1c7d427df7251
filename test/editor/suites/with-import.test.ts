import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, fileIn, remove, write } from '../estate.js';
import { hasPage, press, texts, type, waitFor } from '../page.js';
import { poll } from '../poll.js';

const plane = (cluster: string) =>
    `apiVersion: install.tetrate.io/v1alpha1\nkind: ControlPlane\nmetadata: { name: c, namespace: istio-system }\nspec: { managementPlane: { clusterName: ${cluster} } }\n`;
const service = (replicas: number) =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { selector: { app: web } }\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { replicas: ${replicas}, template: { metadata: { labels: { app: web } } } }\n`;

const found = (uri: vscode.Uri, code: string) =>
    vscode.languages.getDiagnostics(uri).filter((each) => {
        const own = typeof each.code === 'object' ? each.code.value : each.code;
        return own === code;
    });

async function fixes(uri: vscode.Uri, { range }: vscode.Diagnostic): Promise<vscode.CodeAction[]> {
    const kind = vscode.CodeActionKind.QuickFix.value;
    return vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range, kind);
}

// behind the views: VS Code keeps what was opened in them for as long as the window is there
describe('import', () => {
    afterEach(async () => {
        await vscode.commands.executeCommand('workbench.view.explorer');
        await closeAll();
    });

    it('makes a document of a folder beside its report, opens the failures, and tells later how it has drifted', async () => {
        await write('dumps/east.yaml', `${plane('east')}---\n${service(2)}`);
        await write('dumps/west.yaml', `${plane('west')}---\n${service(2)}`);
        await write(
            'dumps/secret.yaml',
            'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { p: planted }\n',
        );
        const from = [fileIn('dumps').toString()];
        await vscode.commands.executeCommand('tsbtopo.importEstate', { from });
        const document = await poll('the document', () =>
            vscode.window.visibleTextEditors
                .map((each) => each.document)
                .find(({ languageId }) => languageId === 'tsbtopo'),
        );
        assert.equal(document.isUntitled, true);
        assert.match(document.uri.path, /\/estate\.import\.tsbtopo$/);
        const text = document.getText();
        assert.match(text, /^\/\/ Written by tsbtopo import \([0-9a-f]{16}\)/);
        assert.match(
            text,
            /service shop\/web \{ \/\/ dumps\/east\.yaml:6, dumps\/west\.yaml:6\n {4}on east, west \{ replicas 2 \}/,
        );
        const report = vscode.window.visibleTextEditors.find(
            ({ document: { languageId } }) => languageId === 'plaintext',
        );
        assert.match(report?.document.getText() ?? '', /^7 objects read, 6 of them used.*\n1 read past: Secret 1/);
        assert.ok(!vscode.workspace.textDocuments.some((each) => each.getText().includes('planted')));
        await poll('the question', () => found(document.uri, 'open-question').length === 1);
        assert.deepEqual(found(document.uri, 'drift'), []);
        if (hasPage()) await waitFor('.pane:has(.pane-header[aria-label^="Failures"]) .monaco-list-row');
        await closeAll();

        const file = await write('estate.import.tsbtopo', text);
        await write('dumps/west.yaml', `${plane('west')}---\n${service(3)}`);
        await vscode.window.showTextDocument(file);
        await vscode.commands.executeCommand('tsbtopo.compareWithEstate', { uri: file.toString(), from });
        const drift = await poll('the difference', () => found(file, 'drift')[0]);
        assert.equal(drift.severity, vscode.DiagnosticSeverity.Information);
        assert.match(drift.message, /In the estate this is `on west \{ replicas 3 \}`/);
        const offered = await poll('its fixes', async () => {
            const all = await fixes(file, drift);
            return all.length === 2 && all;
        });
        assert.deepEqual(
            offered.map(({ title }) => title),
            [
                'Take over from the estate: write this file anew',
                'Keep it, and stop telling: `service shop/web on west replicas`',
            ],
        );
        const [takeOver, keep] = offered;
        assert.ok(keep?.edit && (await vscode.workspace.applyEdit(keep.edit)));
        const { command, arguments: args = [] } = keep.command!;
        await vscode.commands.executeCommand(command, ...(args as unknown[]));
        await poll('silence', () => found(file, 'drift').length === 0);
        await remove('tsbtopo.json');
        await poll('the difference again', () => found(file, 'drift').length === 1);
        assert.ok(takeOver?.edit && (await vscode.workspace.applyEdit(takeOver.edit)));
        const written = await vscode.workspace.openTextDocument(file);
        await poll('what the estate has', () => written.getText().includes('on west { replicas 3 }'));
        await poll('no difference', () => found(file, 'drift').length === 0);
        await closeAll();
        // as the Explorer does it: VS Code would hold a file that is only gone from the disk, and its estate, for minutes
        const gone = new vscode.WorkspaceEdit();
        gone.deleteFile(file);
        assert.ok(await vscode.workspace.applyEdit(gone));
        await remove('dumps');
    });

    it('writes command lines into a terminal, and does not press Enter', async function () {
        if (!hasPage()) this.skip();
        void vscode.commands.executeCommand('tsbtopo.importEstate');
        await waitFor('.quick-input-list .monaco-list-row:has-text("Make dumps first")');
        assert.equal((await texts('.quick-input-list .monaco-list-row')).length, 3);
        await type('make dumps');
        await waitFor('.quick-input-list .monaco-list-row.focused:has-text("Make dumps first")');
        await press('Enter');
        const terminal = await poll('the terminal', () =>
            vscode.window.terminals.find(({ name }) => name === 'Dumps of the estate'),
        );
        // what has not run makes no folder
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await assert.rejects(async () => vscode.workspace.fs.stat(fileIn('tsb')));
        terminal.dispose();
    });
});
