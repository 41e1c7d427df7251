import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { simulationCommands } from '../../../server/protocol/simulation.js';
import { closeAll, fileIn, lensLines, positionOf, replace, show } from '../estate.js';
import {
    click,
    codeLenses,
    evaluate,
    hasPage,
    hover,
    hoverText,
    press,
    screenshot,
    texts,
    type,
    waitFor,
    webview,
    wordInEditor,
} from '../page.js';
import { poll } from '../poll.js';
import {
    choose,
    clickLens,
    endSimulation,
    fail,
    noStatusBar,
    recover,
    resultOn,
    resultsOnce,
    statusBarOnce,
} from '../simulation.js';

const failed = (line: string) => (results: Parameters<typeof resultOn>[0]) =>
    /failed \(simulated\)/.test(resultOn(results, line) ?? '');

/** Puts the cursor behind the last word of a line, as a user does it: what is pressed next comes after that. */
async function toEndOf(line: string): Promise<void> {
    await click(await wordInEditor(line.split(' ')[0]!, line));
    await press('End');
}

/** Notes each change of the result on a line, in the window itself; the result is what was noted, '' for nothing. */
async function recordResults(line: string): Promise<() => Promise<string[]>> {
    await evaluate(`
        (() => {
            const plain = (text) => text.replaceAll('\u00a0', ' ');
            const noted = (window.tsbtopoResults = []);
            const note = () => {
                const found = [...document.querySelectorAll('.view-lines .view-line')].find((element) =>
                    plain(element.textContent).includes(${JSON.stringify(line)}),
                );
                const contents = [...(found?.querySelectorAll('span') ?? [])]
                    .map((element) => getComputedStyle(element, '::after').content)
                    .filter((content) => content.startsWith('"'));
                const text = contents.map((content) => JSON.parse(content)).join('');
                if (noted.at(-1) !== text) noted.push(text);
            };
            note();
            window.tsbtopoRecorder = setInterval(note, 10);
        })()
    `);
    return () => evaluate<string[]>('(clearInterval(window.tsbtopoRecorder), window.tsbtopoResults)');
}

describe('simulation', () => {
    before(function () {
        if (!hasPage()) this.skip();
    });
    afterEach(async () => {
        await press('Escape');
        await endSimulation();
        await closeAll();
    });

    it('is started, extended and ended by lenses', async () => {
        await show('demo.tsbtopo');
        await clickLens('Simulate failure', 'workload cluster east');
        const first = await resultsOnce('east failed', failed('workload cluster east'));
        assert.equal(first[0]!.fontStyle, 'italic');
        assert.match(resultOn(first, 'workload cluster east')!, /^✖/);
        assert.match(resultOn(first, 'service shop')!, /^◌.*west/);
        assert.equal(resultOn(first, 'workload cluster west'), undefined, 'what is not touched stays calm');
        await statusBarOnce(/^1 failure: ⚙ shop in 1 of 2 clusters · 1 more$/);
        await poll('the lens to recover', async () =>
            (await codeLenses()).some((lens) => lens.startsWith('↺ Recover') && lens.includes('1 failure:')),
        );

        await clickLens('Simulate failure', 'management cluster mgmt');
        await resultsOnce('mgmt failed, too', failed('management cluster mgmt'));
        await statusBarOnce(/^2 failures: ⚙ shop in 1 of 2 clusters · 2 more$/);

        await clickLens('Recover', 'workload cluster east');
        await resultsOnce('east recovered', (results) => !failed('workload cluster east')(results));
        await statusBarOnce(/^1 failure: /);
        await clickLens('Recover', 'management cluster mgmt');
        await resultsOnce('nothing drawn', (results) => results.length === 0);
        await noStatusBar();
    });

    it('strikes out what failed, and marks its line in the gutter', async () => {
        const { document } = await show('demo.tsbtopo');
        await fail(document.uri, 'east');
        await resultsOnce('east failed', failed('workload cluster east'));
        const struck = await evaluate<string[]>(`
            [...document.querySelectorAll('.view-lines .view-line span span')]
                .filter((element) => getComputedStyle(element).textDecorationLine.includes('line-through'))
                .map((element) => element.textContent)
        `);
        assert.equal(struck.join(''), 'east');
        const icons = await evaluate<number>(`
            [...document.querySelectorAll('.glyph-margin-widgets .cgmr')]
                .filter((element) => getComputedStyle(element).backgroundImage.includes('.svg')).length
        `);
        assert.equal(icons, 2, 'east and shop');
    });

    it('says the whole text in a hover', async () => {
        const { document } = await show('demo.tsbtopo');
        await fail(document.uri, 'east');
        const results = await resultsOnce('east failed', failed('workload cluster east'));
        await hover(results.find(({ line }) => line.includes('workload cluster east'))!.at);
        assert.match(await hoverText(), /Failed — failed \(simulated\)/);
    });

    it('reaches the other files of the topology', async () => {
        const clusters = await show('spread/clusters.tsbtopo');
        await fail(clusters.document.uri, 'north');
        await resultsOnce('north failed', failed('workload cluster north'));
        await show('spread/services.tsbtopo');
        await resultsOnce('search down', (results) => /down/.test(resultOn(results, 'service search') ?? ''));
        await show('demo.tsbtopo');
        await resultsOnce('another topology is not touched', (results) => results.length === 0);
    });

    it('is drawn into both editors of a file', async () => {
        const { document } = await show('demo.tsbtopo');
        await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: false });
        await fail(document.uri, 'east');
        const areBoth = (lines: { line: string }[]) =>
            lines.filter(({ line }) => line.includes('cluster east')).length === 2;
        await resultsOnce('both', areBoth);
    });

    it('hides the result of a line while it is edited, and computes all results anew', async () => {
        const editor = await show('demo.tsbtopo');
        await fail(editor.document.uri, 'east');
        await resultsOnce('shop without a spare', (results) => /^◌/.test(resultOn(results, 'service shop') ?? ''));

        await toEndOf('service shop');
        const changes = await recordResults('service shop');
        for (const _ of ', west') await press('Backspace');
        await poll('typed', () => editor.document.lineAt(5).text === 'service shop on east');
        await resultsOnce('shop down', (results) => /^✖.*down/.test(resultOn(results, 'service shop') ?? ''));
        const [before, meanwhile, ...rest] = await changes();
        assert.match(before!, /1 of 2 clusters/);
        assert.equal(meanwhile, '', 'the line shows nothing while it is edited');
        assert.equal(rest.length, 1, `nothing flickers: ${rest.join(' → ')}`);
        await type(', west');
        await resultsOnce('shop without a spare again', (results) =>
            /^◌/.test(resultOn(results, 'service shop') ?? ''),
        );
    });

    it('keeps results on their lines when lines are added above or below', async () => {
        const editor = await show('demo.tsbtopo');
        await fail(editor.document.uri, 'east');
        await resultsOnce('drawn', failed('workload cluster east'));
        await replace(editor, 'topology demo\n', 'topology demo\n\n// added\n');
        const { end } = editor.document.lineAt(5).range;
        editor.selection = new vscode.Selection(end, end);
        await vscode.commands.executeCommand('type', { text: '\n' });
        await resultsOnce(
            'on the same lines',
            (results) =>
                results.length === 2 && failed('workload cluster east')(results) && !!resultOn(results, 'service shop'),
        );
        assert.equal(editor.document.lineAt(5).text, 'workload cluster east');
    });

    it('lives on while a file is broken, and when what failed is down for a while', async () => {
        const editor = await show('demo.tsbtopo');
        await fail(editor.document.uri, 'east');
        await resultsOnce('drawn', failed('workload cluster east'));
        await replace(editor, 'service shop', 'service {{ shop');
        await poll('an error', () => vscode.languages.getDiagnostics(editor.document.uri).length > 0);
        await resultsOnce('east still failed', failed('workload cluster east'));
        await replace(editor, 'service {{ shop', 'service shop');
        await replace(editor, 'workload cluster east', '// east is away');
        await resultsOnce('nothing failed', (results) => results.length === 0);
        await replace(editor, '// east is away', 'workload cluster east');
        await resultsOnce('east failed again', failed('workload cluster east'));
        await statusBarOnce(/^1 failure: /);
    });

    it('is changed and shown by the list of the status bar', async () => {
        const { document } = await show('demo.tsbtopo');
        await fail(document.uri, 'east');
        await statusBarOnce(/^1 failure: /);
        await vscode.commands.executeCommand('tsbtopo.showSimulation');
        await choose('Add a failure…');
        await waitFor('.quick-input-list .monaco-list-row:has-text("workload cluster")');
        await type('west');
        await press('Enter');
        await statusBarOnce(/^2 failures: ✖/);

        await vscode.commands.executeCommand('tsbtopo.showSimulation');
        await waitFor('.quick-input-list .monaco-list-row:has-text("Copy for others")');
        // a list shows as many rows as have room: a result is found by its line
        await type('demo.tsbtopo:6');
        await poll('a result that leads to its line', async () =>
            (await texts('.quick-input-list .monaco-list-row')).some((row) => /down.*demo\.tsbtopo:6/.test(row)),
        );
        await press('Control+A');
        await press('Backspace');
        await choose('west');
        await statusBarOnce(/^1 failure: /);
        await choose('Recover all');
        await noStatusBar();
        await resultsOnce('nothing drawn', (results) => results.length === 0);
    });

    it('fails a part of an element', async () => {
        await show('demo.tsbtopo');
        await clickLens('component…', 'workload cluster east');
        const rows = await poll('parts', async () => {
            const rows = await texts('.quick-input-list .monaco-list-row');
            return rows.length > 1 && rows;
        });
        assert.ok(!rows.some((row) => row.includes('west.')), rows.join('\n'));
        await poll('one part', async () => {
            // on a busy machine the box may not have the focus yet when its list is there
            const typed = await evaluate<string>(`document.querySelector('.quick-input-box input')?.value ?? ''`);
            if (typed !== 'east.istiod') {
                await click('.quick-input-box input', { clickCount: 3 });
                await type('east.istiod');
            }
            return (await texts('.quick-input-list .monaco-list-row')).length === 1;
        });
        await press('Enter');
        await statusBarOnce(/^1 failure: /);
    });

    it('becomes a runbook', async () => {
        const { document } = await show('demo.tsbtopo');
        await fail(document.uri, 'east');
        await statusBarOnce(/^1 failure: /);
        await vscode.commands.executeCommand('tsbtopo.showRunbook');
        const page = await poll('a runbook', () =>
            vscode.workspace.textDocuments.find(
                (shown) =>
                    shown.uri.scheme === 'tsbtopo-page' && /Runbook/.test(shown.uri.path) && shown.getText() !== '',
            ),
        );
        assert.match(page.getText(), /east/);
        await fail(document.uri, 'mgmt');
        await poll('the runbook follows', () => page.getText().includes('mgmt'));
        await poll('its preview, too', async () => (await webview.texts('h1')).join().includes('mgmt'));
    });

    it('has pages as previews beside the file, whose links lead to lines', async () => {
        const { document } = await show('acme.tsbtopo');
        const argument = { uri: document.uri.toString(), element: 'service:checkout' };
        await vscode.commands.executeCommand('tsbtopo.explainFailover', argument);
        await poll('a rendered page', async () => (await webview.texts('h1')).join() === 'Would checkout fail over?');
        assert.equal(vscode.window.tabGroups.all.length, 2);
        const [line] = await webview.texts('a');
        await webview.click('a');
        await poll('the line', () => {
            const { activeTextEditor: editor } = vscode.window;
            return editor?.document === document && line === `line ${editor.selection.active.line + 1}`;
        });
        assert.equal(vscode.window.activeTextEditor?.viewColumn, vscode.ViewColumn.One);
        for (const question of ['whatCanIStillDo', 'whatWouldHurtNext', 'whatHappensWhen'])
            await vscode.commands.executeCommand(`tsbtopo.${question}`, argument);
        await poll('one column of pages', () => {
            const [file, pages, ...others] = vscode.window.tabGroups.all.map(({ tabs }) => tabs.length);
            return file === 1 && pages === 4 && others.length === 0;
        });
    });

    it('tells whether what the cursor is on may be taken down now', async () => {
        const { document } = await show('demo.tsbtopo');
        await fail(document.uri, 'east');
        const at = positionOf(document, 'west');
        await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
        await vscode.commands.executeCommand('tsbtopo.mayITakeDown');
        await poll('the question', async () => (await webview.texts('h1')).join() === 'May I take west down now?');
        assert.match((await webview.texts('p')).join('\n'), /^✖ No\..*\n[^]*While east is down\./);
        await recover(document.uri, 'east');
        await poll('the answer follows', async () => /All else is up\./.test((await webview.texts('p')).join('\n')));
    });

    it('cuts results where the setting says', async () => {
        const { document } = await show('demo.tsbtopo');
        await fail(document.uri, 'east');
        await resultsOnce('whole', failed('workload cluster east'));
        const settings = vscode.workspace.getConfiguration('tsbtopo');
        await settings.update('simulation.maxLength', 20, vscode.ConfigurationTarget.Global);
        const cut = await resultsOnce('cut', (results) => /…$/.test(resultOn(results, 'service shop') ?? ''));
        assert.ok(
            cut.every(({ text }) => [...text.replaceAll('\uFE0E', '')].length <= 22),
            JSON.stringify(cut),
        );
        await settings.update('simulation.maxLength', undefined, vscode.ConfigurationTarget.Global);
        await resultsOnce('whole again', (results) => !/…$/.test(resultOn(results, 'service shop') ?? '…'));
    });

    it('explains why a service would not fail over', async () => {
        const { document } = await show('acme.tsbtopo');
        const argument = { uri: document.uri.toString(), element: 'service:checkout' };
        await vscode.commands.executeCommand('tsbtopo.explainFailover', argument);
        const page = await poll('a page', () =>
            vscode.workspace.textDocuments.find(
                (shown) => shown.uri.path.includes('Failover of checkout') && shown.getText() !== '',
            ),
        );
        assert.match(page.getText(), /✗ `checkout` does not say `failover east-west` \(\[line \d+\]/);
    });

    it('says in a message why a failure is refused', async () => {
        await show('demo.tsbtopo');
        await vscode.commands.executeCommand('tsbtopo.simulateFailure', { uri: 'file:///nowhere.tsbtopo' });
        await vscode.commands.executeCommand('notifications.showList'); // a test run shows no toasts
        await waitFor('.notifications-center:has-text("nowhere.tsbtopo is not a topology file")');
        await vscode.commands.executeCommand('notifications.clearAll');
    });

    it('can be photographed', async () => {
        const { document } = await show('acme.tsbtopo');
        await fail(document.uri, 'east');
        await resultsOnce('drawn', failed('workload cluster east'));
        const picture = join(tmpdir(), `tsbtopo-${process.pid}.png`);
        await screenshot(picture);
        assert.ok(statSync(picture).size > 20_000);
    });

    it('ends with the server, which can be restarted', async () => {
        const { document } = await show('demo.tsbtopo');
        await fail(document.uri, 'east');
        await resultsOnce('drawn', failed('workload cluster east'));
        await vscode.commands.executeCommand('tsbtopo.restartServer');
        await resultsOnce('nothing drawn', (results) => results.length === 0);
        await noStatusBar();
        await poll('the new server', async () =>
            (await vscode.commands.getCommands()).includes(simulationCommands.fail),
        );
        await poll('its lenses', async () => (await lensLines(document.uri)).some((line) => /[✖⚙] \S/.test(line)));
        await fail(document.uri, 'east');
        await resultsOnce('drawn again', failed('workload cluster east'));
        await recover(fileIn('demo.tsbtopo'), 'east');
    });
});
