import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, positionOf, replace, show } from '../estate.js';
import { click, hasPage, hover, texts, waitFor } from '../page.js';
import { poll } from '../poll.js';
import { endSimulation, noStatusBar, resultOn, resultsOnce, statusBarOnce } from '../simulation.js';

const inView = (name: string) => `.pane:has(.pane-header[aria-label^="${name}"])`;
const scenario = inView('Running Scenario');
const failures = inView('Failures');
const findings = inView('Findings');

/** The row that a screen reader would read so, from its beginning. */
const row = (view: string, spoken: string) => `${view} .monaco-list-row[aria-label^="${spoken}"]`;

/** Moves the mouse onto a row and clicks one of the actions that appear there. */
async function act(on: string, action: string): Promise<void> {
    await hover(on);
    await click(`${on} .action-label[aria-label^="${action}"]`);
}

describe('views', () => {
    before(function () {
        if (!hasPage()) this.skip();
    });
    afterEach(async () => {
        await endSimulation();
        await vscode.commands.executeCommand('workbench.view.explorer');
        await closeAll();
    });

    it('list failures by their gravity, lead to declarations, simulate and recover', async () => {
        const { document } = await show('demo.tsbtopo');
        await vscode.commands.executeCommand('tsbtopo.failures.focus');
        await click(row(failures, 'acme')); // there are several topologies: this one takes the place of the others
        await click(`${row(failures, 'demo')} ~ ${row('', 'Only operators notice').trim()}`);
        const east = row(failures, 'workload cluster east.');
        await waitFor(east);
        assert.match(
            (await texts(east))[0]!,
            /shop in 1 of 2 clusters · local cluster operations and metrics collection limited/,
        );

        await click(east);
        const declaration = positionOf(document, 'east').line;
        await poll('the declaration', () => vscode.window.activeTextEditor?.selection.active.line === declaration);
        await click(`${east} .monaco-tl-twistie`);
        await waitFor(row(failures, 'data plane data-plane'));

        await act(east, 'Simulate');
        await statusBarOnce(/^1 failure: ⚠️ ⚠️ ⚠️ ✅$/);
        const drawn = await resultsOnce('east failed', (results) => results.length > 0);
        assert.match(resultOn(drawn, 'workload cluster east')!, /failed/);
        for (const [name, description] of [
            ['demo', 'shop in 1 of 2 clusters'],
            ['east', 'failed (simulated)'],
            ['Running workloads', 'limited'],
            ['Management operations', 'unaffected'],
        ]) {
            await waitFor(`${row(scenario, name!)}:has-text("${description}")`);
        }
        await waitFor(`${east}:has-text("failed (simulated)")`); // marked in the list, which stays expanded
        await waitFor(row(failures, 'data plane data-plane'));

        await act(row(scenario, 'east'), 'Recover');
        await noStatusBar();
        await waitFor(`${scenario} :text("Everything runs")`);
    });

    it('list findings, and follow edits', async () => {
        const editor = await show('demo.tsbtopo');
        await vscode.commands.executeCommand('tsbtopo.findings.focus');
        const error = `${findings} .monaco-list-row:has-text("nowhere")`;
        await replace(editor, 'on east, west', 'on east, nowhere');
        await waitFor(error);
        await click(error);
        await poll('the place', () => vscode.window.activeTextEditor?.selection.active.line === 5);
        await replace(editor, 'on east, nowhere', 'on east, west');
        await waitFor(error, { state: 'detached' });
    });

    it('have a language status beside them', async () => {
        await show('demo.tsbtopo');
        await click('[id="status.languageStatus"]');
        await poll('the topology', async () => {
            const shown = (await texts('.hover-language-status')).join('\n').replace(/\s+/g, ' ');
            return /demo \d+ elements · no errors/.test(shown) && /Analysed in \d+ ms/.test(shown);
        });
    });
});
