import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, promising, remove, replace, write } from '../estate.js';
import { click, hasPage, hover, press, texts, type, waitFor } from '../page.js';
import { poll } from '../poll.js';
import { endSimulation, fail, isInStatusBar, statusBarOnce } from '../simulation.js';

/** The lines of the Testing view, with the topologies unfolded. */
const rows = () => texts('.test-explorer .monaco-list-row');
const state = (name: string) => `.test-explorer .monaco-list-row:has-text("${name}") .codicon-testing-`;
const inGutter = (icon: string) => `.testing-run-glyph.codicon-testing-${icon}`;

describe('promises in the Testing view', () => {
    before(function () {
        if (!hasPage()) this.skip();
    });
    afterEach(async () => {
        await vscode.commands.executeCommand('testing.stopContinuousRun');
        await vscode.commands.executeCommand('testing.clearTestResults');
        await endSimulation();
        await closeAll();
        await remove('promising.tsbtopo');
        await vscode.commands.executeCommand('workbench.view.explorer');
    });

    async function open(): Promise<vscode.TextEditor> {
        const uri = await write('promising.tsbtopo', promising);
        const editor = await vscode.window.showTextDocument(uri, { preview: false });
        await vscode.commands.executeCommand('workbench.view.testing.focus');
        await vscode.commands.executeCommand('testing.collapseAll');
        await poll('the topology', async () => (await rows()).some((row) => row.includes('promising')));
        if (!(await rows()).some((row) => row.includes('blue is away')))
            await click('.test-explorer .monaco-list-row:has-text("promising") .monaco-tl-twistie');
        await waitFor('.test-explorer .monaco-list-row:has-text("till survives any cluster failure")');
        return editor;
    }

    it('are tests with icons at their lines', async () => {
        await open();
        await vscode.commands.executeCommand('testing.runAll');
        await waitFor(`${state('blue is away')}passed-icon`);
        await waitFor(`${state('till survives')}failed-icon`);
        await waitFor(inGutter('passed-icon'));
        await waitFor(inGutter('failed-icon'));
    });

    it('lead from a broken one to its counterexample, which runs then', async () => {
        await open();
        await vscode.commands.executeCommand('testing.runAll');
        await waitFor(`${state('till survives')}failed-icon`);
        await click('.test-explorer .monaco-list-row:has-text("till survives")');
        await vscode.commands.executeCommand('testing.goToNextMessage');
        // the message unfolds in its own time, and moves its buttons while it does: a click may miss
        await poll('the counterexample', async () => {
            await click(':text-is("Simulate the Counterexample")');
            return poll('its simulation', () => isInStatusBar(/till\.example\.com down/), 3).catch(() => false);
        });
    });

    it('are judged anew as somebody types', async () => {
        const editor = await open();
        await hover('.test-explorer .monaco-list-row:has-text("promising")');
        await click('.test-explorer .monaco-list-row:has-text("promising") [aria-label*="Continuous Run"]');
        await waitFor(`${state('till survives')}failed-icon`);
        await replace(editor, 'till on red', 'till on red, blue');
        await waitFor(`${state('till survives')}passed-icon`);
        await replace(editor, 'fail blue', 'fail red, blue');
        await waitFor(`${state('blue is away')}failed-icon`);
        assert.ok(editor.document.isDirty);
    });

    it('are written by a running simulation, and kept then', async () => {
        const editor = await open();
        await fail(editor.document.uri, 'red');
        await statusBarOnce(/till\.example\.com down/);
        const keeping = vscode.commands.executeCommand('tsbtopo.keepAsScenario');
        await waitFor('.quick-input-widget:visible input');
        await press('Control+a');
        await type('red is away');
        await press('Enter');
        await keeping;
        const { document } = vscode.window.activeTextEditor!;
        assert.match(
            document.getText(),
            /\nscenario "red is away" \{\n {4}at 0m {2}fail red\n {4}expect till\.example\.com lost\n/,
        );
        assert.equal(document.getText(vscode.window.activeTextEditor!.selection), 'red is away');
        await waitFor('.test-explorer .monaco-list-row:has-text("red is away")');
        await vscode.commands.executeCommand('testing.runAll');
        await waitFor(`${state('red is away')}passed-icon`);
    });
});
