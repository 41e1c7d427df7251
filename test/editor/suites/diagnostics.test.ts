import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, codeOf, diagnostic, fileIn, noDiagnostic, remove, replace, show, write } from '../estate.js';

describe('diagnostics', () => {
    afterEach(closeAll);
    after(() => remove('closed.tsbtopo').catch(() => undefined));

    it('report what the language does not allow, at its place, and vanish with it', async () => {
        const editor = await show('demo.tsbtopo');
        await replace(editor, 'on east, west', 'on east, wesst');
        const found = await diagnostic(editor.document.uri, 'wesst');
        assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
        assert.equal(found.source, 'tsbtopo');
        assert.equal(editor.document.getText(found.range), 'wesst');
        await replace(editor, 'wesst', 'west');
        await noDiagnostic(editor.document.uri, 'wesst');
    });

    it('report what is risky in an estate', async () => {
        const editor = await show('acme.tsbtopo');
        await replace(editor, 'via front-envoy', 'via front-envoy { no backup }');
        const found = await diagnostic(editor.document.uri, 'telemetry-store-unprotected');
        assert.equal(found.severity, vscode.DiagnosticSeverity.Warning);
        assert.equal(
            found.range.start.line,
            editor.document.positionAt(editor.document.getText().indexOf('elastic')).line,
        );
    });

    it('link to their chapter of the documentation, or to nothing', async () => {
        const editor = await show('acme.tsbtopo');
        const { code } = await diagnostic(editor.document.uri, 'postgres-protection-unsaid');
        if (typeof code !== 'object') return; // a build without docs/
        assert.match(code.target.path, /\/docs\/diagnostics\.md$/);
        const page = await vscode.workspace.openTextDocument(code.target.with({ fragment: '' }));
        const line = Number(/^L(\d+)$/.exec(code.target.fragment)?.[1]);
        assert.match(page.lineAt(line - 1).text, /^#+ .*postgres-protection-unsaid/);
    });

    it('follow an edit into the other files of the topology', async () => {
        const services = fileIn('spread/services.tsbtopo');
        const clusters = await show('spread/clusters.tsbtopo');
        await replace(clusters, 'workload cluster north', 'workload cluster nord');
        assert.equal((await diagnostic(services, 'north')).severity, vscode.DiagnosticSeverity.Error);
        await replace(clusters, 'nord', 'north');
        await noDiagnostic(services, 'north');
    });

    it('know files that no editor shows', async () => {
        const uri = await write('closed.tsbtopo', 'topology closed\nmanagement cluster one\nmanagement cluster two\n');
        const found = await diagnostic(uri, 'management cluster');
        assert.notEqual(codeOf(found), '');
        await write('closed.tsbtopo', 'topology closed\nmanagement cluster one\nworkload cluster two\n');
        await noDiagnostic(uri, codeOf(found));
    });
});
