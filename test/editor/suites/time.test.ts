import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, hoverAt, positionOf, show } from '../estate.js';
import { codeLenses, drawnTexts, evaluate, hasPage, press, texts, type, waitFor } from '../page.js';
import { poll } from '../poll.js';
import { endSimulation, fail, resultOn, resultsOnce, statusBarOnce, timeOnce } from '../simulation.js';

const buttons = '.editor-actions .action-item';

describe('time', () => {
    let document: vscode.TextDocument;

    before(function () {
        if (!hasPage()) this.skip();
    });
    beforeEach(async () => {
        ({ document } = await show('demo.tsbtopo'));
        await fail(document.uri, 'east.istiod');
        await timeOnce('at once');
    });
    afterEach(async () => {
        await press('Escape');
        await endSimulation();
        await closeAll();
    });

    const run = (command: string) => vscode.commands.executeCommand(`tsbtopo.${command}`);
    const shopIs = (expected: RegExp | undefined) =>
        resultsOnce(`shop: ${expected?.source ?? 'nothing'}`, (results) => {
            const shop = resultOn(results, 'service shop');
            return expected ? expected.test(shop ?? '') : results.length > 0 && shop === undefined;
        });

    it('goes from event to event by keys, buttons and commands, and the file follows', async () => {
        await shopIs(undefined);
        await press('Alt+]');
        await timeOnce('12 h');
        const results = await shopIs(/west/);
        assert.match(resultOn(results, 'workload cluster east')!, /istiod failed 12 h ago \(simulated\)/);
        await statusBarOnce(/^1 failure: [⚙◐] shop/);
        await press('Alt+[');
        await timeOnce('at once');
        await shopIs(undefined);

        await waitFor(`${buttons}.disabled, ${buttons} .disabled >> nth=0`);
        await run('nextEvent');
        await run('nextEvent');
        await timeOnce('1 d');
        await run('previousEvent');
        await timeOnce('12 h');
    });

    it('says what a step has changed, and leads there', async () => {
        await run('nextEvent');
        await timeOnce('12 h');
        await changesOnce(/^\d lines? changed · .*certificates/);
        await poll('lines that stand out', async () =>
            (await drawnTexts()).some(({ line, fontWeight }) => line.includes('service shop') && fontWeight === '700'),
        );
        await run('nextChange');
        const { active } = vscode.window.activeTextEditor!.selection;
        assert.match(document.lineAt(active.line).text, /east|shop/);
        await run('previousEvent');
        await changesOnce(/^\d lines? changed · /);
        await fail(document.uri, 'west');
        await poll('nothing more', async () => !(await texts('.statusbar-item')).some((text) => / changed/.test(text)));
    });

    it('shows the time in the lens of what has failed, and no lens or result flickers', async () => {
        await fail(document.uri, 'west');
        await statusBarOnce(/^2 failures/);
        const lensSays = (words: string) =>
            poll(words, async () => (await codeLenses()).some((title) => title.includes(`${words}: `)));
        await run('nextEvent');
        await lensSays('2 failures after 12 h');
        // VS Code has all that it needs by now
        const noted = await record();
        await run('previousEvent');
        await lensSays('2 failures');
        await run('nextEvent');
        await lensSays('2 failures after 12 h');
        const { fewestLenses, fewestResults } = await noted();
        assert.equal(fewestLenses, 4, 'lenses stay while their titles change');
        assert.equal(fewestResults, 3, 'results stay while their texts change');
    });

    it('lasts as long as the user says, and comes back then', async () => {
        const done = run('lastFor');
        await waitFor('.quick-input-list .monaco-list-row:has-text("until repaired")');
        await typeInto('.quick-input-box input', 'soon');
        await waitFor('.quick-input-list .monaco-list-row:has-text("Write a time as 90s, 30m, 4h, 1h30m or 7d")');
        await typeInto('.quick-input-box input', '4h');
        await waitFor('.quick-input-list .monaco-list-row:has-text("Repaired after 4h")');
        assert.equal((await texts('.quick-input-list .monaco-list-row')).length, 1, 'Enter takes what was typed');
        await typeInto('.quick-input-box input', '36h');
        await waitFor('.quick-input-list .monaco-list-row:has-text("Repaired after 36h")');
        await press('Enter');
        await done;

        const going = run('goToTime');
        await waitFor('.quick-input-list .monaco-list-row:has-text("istiod of east is available again")');
        const rows = await texts('.quick-input-list .monaco-list-row');
        assert.equal(rows.length, 4);
        assert.match(rows[1]!, /from 12 h[^]*may run out/);
        for (let row = 1; row < rows.length; row++) await press('ArrowDown');
        await timeOnce('1 d 12 h');
        await resultsOnce('nothing fails any more', (results) => results.length === 0);
        await press('Escape');
        await going;
        await timeOnce('at once');
        await resultsOnce('as before', (results) => results.length === 1);
    });

    it('is that of the clock once the user says when it began', async () => {
        const done = run('beganAt');
        await waitFor('.quick-input-box input');
        await typeInto('.quick-input-box input', 'noon');
        await waitFor('.quick-input-message:has-text("Write a time as 14:05")');
        await typeInto('.quick-input-box input', '14:05');
        await press('Enter');
        await done;
        await timeOnce('14:05');
        await run('nextEvent');
        await timeOnce('02:05 (+1 d)');

        const going = run('goToTime');
        await waitFor('.quick-input-list .monaco-list-row:has-text("Now, ")');
        await typeInto('.quick-input-box input', '15:10');
        await waitFor('.quick-input-list .monaco-list-row:has-text("Go to 15:10")');
        await press('Enter');
        await going;
        await timeOnce('15:10');
    });

    it('answers what can still be done, from a hover and for the time that is looked at', async () => {
        await run('nextEvent');
        await run('whatHappensWhen');
        assert.match(
            await pageOnce('What happens when in demo', /./),
            /\| \*\*from 12 h\*\* \| From now on .* Running workloads ⚠️\. \|/,
        );
        await run('previousEvent');
        await pageOnce('What happens when in demo', /\| \*\*at once\*\* \|/);

        const { value } = await hoverAt(document.uri, positionOf(document, 'west'));
        const [, command, query] = /\[What can I still do\?\]\(command:([^?]+)\?([^)]+)\)/.exec(value)!;
        await vscode.commands.executeCommand(command!, ...(JSON.parse(decodeURIComponent(query!)) as unknown[]));
        await pageOnce('What can I still do without west', /While `west` is down/);
    });
});

/** Waits until the status bar says what the last step in time has changed. */
async function changesOnce(expected: RegExp): Promise<void> {
    await poll(`${expected.source} in the status bar`, async () =>
        (await texts('.statusbar-item')).some((text) => expected.test(text.trim())),
    );
}

/** The text of a page, once it is open and right. */
async function pageOnce(title: string, expected: RegExp): Promise<string> {
    const page = await poll(`${title}: ${expected.source}`, () =>
        vscode.workspace.textDocuments.find(
            (shown) => shown.uri.path === `/${title}.md` && expected.test(shown.getText()),
        ),
    );
    return page.getText();
}

/** On a busy machine the box may not have the focus yet when its list is there. */
async function typeInto(selector: string, text: string): Promise<void> {
    await evaluate(`document.querySelector(${JSON.stringify(selector)})?.select()`);
    await type(text);
}

/**
 * Notes how few lenses and results any painted frame shows. A resize observer is called when all scripts of a frame have
 * run and before it is painted; in between, VS Code may have removed a decoration that it is about to draw anew.
 */
async function record(): Promise<() => Promise<{ fewestLenses: number; fewestResults: number }>> {
    await evaluate(`
        (() => {
            const noted = (window.tsbtopoNoted = { fewestLenses: Infinity, fewestResults: Infinity });
            const note = () => {
                const lenses = [...document.querySelectorAll('.codelens-decoration')].filter((lens) =>
                    /[✖⚠◐⚙◌✓] |down already/.test(lens.textContent.replaceAll("\u00a0", " ")),
                );
                const results = [...document.querySelectorAll('.view-lines .view-line span')].filter((element) =>
                    getComputedStyle(element, '::after').content.startsWith('"'),
                );
                noted.fewestLenses = Math.min(noted.fewestLenses, lenses.length);
                noted.fewestResults = Math.min(noted.fewestResults, results.length);
            };
            const probe = document.body.appendChild(document.createElement('div'));
            probe.style.cssText = 'position: fixed; width: 0; height: 0';
            new ResizeObserver(note).observe(probe);
            const frame = () => {
                probe.style.width = probe.style.width === '1px' ? '0px' : '1px';
                if (probe.isConnected) requestAnimationFrame(frame);
            };
            frame();
            window.tsbtopoStop = () => probe.remove();
        })()
    `);
    return () => evaluate('(window.tsbtopoStop(), window.tsbtopoNoted)');
}
