import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, fileIn, lensLines, remove, show } from '../estate.js';
import { click, evaluate, hasPage, press, texts, type, waitFor } from '../page.js';
import { poll } from '../poll.js';

describe('a beginning', () => {
    afterEach(closeAll);

    it('is made from an example: a new file with lenses, under a name that is free', async function () {
        if (!hasPage()) this.skip();
        for (const [typed, name] of [
            ['', 'two-regions'],
            ['', 'two-regions-2'],
            ['our-estate', 'our-estate'],
        ] as const) {
            await closeAll();
            void vscode.commands.executeCommand('tsbtopo.newFromExample');
            await waitFor('.quick-input-list .monaco-list-row:has-text("Two regions")');
            await type('two regions');
            await waitFor('.quick-input-list .monaco-list-row.focused:has-text("Two regions")');
            await press('Enter');
            await waitFor('.quick-input-title:has-text("What is the topology called?")');
            if (typed !== '') {
                await press('Control+A');
                await type(typed);
            }
            await press('Enter');
            const editor = await poll('the file', () => {
                const { activeTextEditor } = vscode.window;
                return activeTextEditor?.document.uri.path.endsWith(`/${name}.tsbtopo`) && activeTextEditor;
            });
            assert.match(editor.document.getText(), new RegExp(`^topology ${name} for tsb`, 'm'));
            assert.equal(editor.document.isUntitled, false);
            await poll('lenses', async () => {
                const lines = await lensLines(editor.document.uri);
                return lines.filter((line) => line.includes('Simulate failure')).length > 6;
            });
            const errors = vscode.languages
                .getDiagnostics(editor.document.uri)
                .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
            assert.deepEqual(errors, []);
            assert.ok(await vscode.workspace.fs.stat(fileIn(`${name}.tsbtopo`)));
        }
        for (const name of ['two-regions', 'two-regions-2', 'our-estate']) await remove(`${name}.tsbtopo`);
    });

    it('has a walkthrough with six steps, which see what was done', async function () {
        if (!hasPage()) this.skip();
        const { document } = await show('demo.tsbtopo');
        await vscode.commands.executeCommand('tsbtopo.openWalkthrough');
        const done = () =>
            evaluate<string[]>(`
                [...document.querySelectorAll('.getting-started-step')]
                    .filter((step) => step.querySelector('.codicon-getting-started-step-checked'))
                    .map((step) => step.getAttribute('data-step-id').split('#').at(-1))
            `);
        await poll('six steps', async () => (await texts('.getting-started-step')).length === 6);
        assert.deepEqual(await done(), []);
        await click('.getting-started-step:has-text("Read the lens")');
        await poll('a step that is done by reading it', async () => (await done()).join() === 'lens');
        for (const element of ['east', 'west']) {
            const argument = { uri: document.uri.toString(), element };
            await vscode.commands.executeCommand('tsbtopo.simulation.fail', argument);
        }
        await poll('a step that is done by a simulation', async () => (await done()).join() === 'lens,simulate');
        await vscode.commands.executeCommand('tsbtopo.simulation.clear');
    });

    it('is checked by a task, as CI would', async () => {
        const [task] = await poll('the task', async () => {
            const tasks = await vscode.tasks.fetchTasks({ type: 'tsbtopo' });
            return tasks.length > 0 && tasks;
        });
        assert.deepEqual(task!.problemMatchers, ['$tsbtopo']);
        // without a terminal, which is not everywhere
        const { process, args, options } = task!.execution as vscode.ProcessExecution;
        // it ends with 1 where another test has left an error
        const { stdout } = await promisify(execFile)(process, args, options).catch(
            (error: { stdout: string }) => error,
        );
        assert.match(String(stdout), /^demo\.tsbtopo:3:\d+ info .* \[telemetry-path-assumed\]$/m);
    });
});
