import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { simulationCommands } from '../../../server/protocol/simulation.js';
import { closeAll, fileIn, positionOf, remove, replace, show } from '../estate.js';
import { click, hasPage, texts, webview } from '../page.js';
import { poll } from '../poll.js';
import { endSimulation, fail } from '../simulation.js';

/** What the picture draws, by its boxes. */
const box = (id: string) => `#parts .box[data-box="${id}"]`;

/** The name in a card. */
const title = (id: string) => `#parts [data-key="title ${id}"] text`;

/** Each has another ground. */
const themes = ['Default Dark Modern', 'Default Light Modern', 'Default High Contrast'] as const;

function selectionAt(place: vscode.Position): vscode.Selection {
    return new vscode.Selection(place, place);
}

async function count(selector: string): Promise<number> {
    return (await webview.texts(selector)).length;
}

async function drawn(selector: string): Promise<void> {
    await poll(`${selector} in the picture`, async () => (await count(selector).catch(() => 0)) > 0);
}

async function gone(selector: string): Promise<void> {
    await poll(`no ${selector} in the picture`, async () => (await count(selector).catch(() => 1)) === 0);
}

async function openPicture(): Promise<vscode.TextEditor> {
    const editor = await show('demo.tsbtopo');
    await vscode.commands.executeCommand('tsbtopo.showPicture');
    await drawn(box('east'));
    return editor;
}

function pictureTab(): vscode.Tab | undefined {
    return vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('tsbtopo.picture'));
}

describe('the picture', () => {
    before(function () {
        if (!hasPage()) this.skip();
    });
    afterEach(async () => {
        await endSimulation();
        await closeAll();
    });

    it('opens beside the editor, once for an estate, with all that the files say', async () => {
        const { document, viewColumn } = await openPicture();
        const tab = pictureTab();
        assert.equal(tab?.label, 'Picture of demo');
        assert.notEqual(tab?.group.viewColumn, viewColumn);
        for (const name of ['mgmt', 'east', 'west']) assert.equal(await count(box(name)), 1, name);
        await drawn('#tree [role=treeitem][data-box="east"]:has-text("cluster east")');
        assert.ok((await count('#tree [role=treeitem]')) >= (await count('#parts .box')));

        await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
        await vscode.commands.executeCommand('tsbtopo.showPicture');
        const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
        assert.equal(tabs.filter(({ label }) => label === 'Picture of demo').length, 1);
    });

    it('draws the running simulation, at the time that is looked at, and what is typed', async () => {
        const editor = await openPicture();
        await fail(editor.document.uri, 'east');
        await drawn(`${box('east')}.failed`);
        await drawn('#parts .box.service.gone');
        await drawn('#banner h2:text("east failed")');
        assert.equal(await count(`${box('west')}.failed`), 0);

        await endSimulation();
        await gone('#parts .box.failed');
        await fail(editor.document.uri, 'mgmt');
        await drawn('#time li.now:first-child');
        const uri = editor.document.uri.toString();
        await webview.click('#time li:nth-child(2) button');
        await drawn('#time li.now:nth-child(2)');
        const at = await vscode.commands.executeCommand<number>(simulationCommands.lookAt, { uri, at: 'previous' });
        assert.equal(at, 0);
        await drawn('#time li.now:first-child');

        await endSimulation();
        await replace(editor, 'workload cluster east', 'workload cluster added\nworkload cluster east');
        await drawn(box('added'));
    });

    it('leads from a box to its line, and from the line to the box', async () => {
        const editor = await openPicture();
        const place = positionOf(editor.document, 'west');
        await webview.click('#parts [data-key="title west"] text');
        await poll('the line of west', () => editor.selection.active.line === place.line);
        await drawn('#rings .marked');
        const [ring] = await poll('a ring', async () => {
            const rings = await webview.texts('#rings .marked');
            return rings.length > 0 && rings;
        });
        assert.notEqual(ring, undefined);
        editor.selection = new vscode.Selection(0, 0, 0, 0);
        await gone('#rings .marked');
    });

    it('folds and opens by a click, shows and hides layers, and finds', async () => {
        await openPicture();
        assert.ok((await count('#parts [data-key^="line metrics"]')) > 0);
        await webview.click('[data-layer=metrics]');
        await gone('#parts [data-key^="line metrics"]');
        await webview.click('[data-layer=metrics]');
        await drawn('#parts [data-key^="line metrics"]');
    });

    it('comes back when its tab was hidden, and stays as it was', async () => {
        const { document } = await openPicture();
        await webview.click('[data-layer=metrics]');
        await gone('#parts [data-key^="line metrics"]');
        const column = pictureTab()!.group.viewColumn;
        await vscode.window.showTextDocument(document, { viewColumn: column });
        await fail(document.uri, 'east');
        await vscode.commands.executeCommand('tsbtopo.showPicture');
        await drawn(`${box('east')}.failed`);
        assert.equal(await count('#parts [data-key^="line metrics"]'), 0);
        await webview.click('[data-layer=metrics]');
        await drawn('#parts [data-key^="line metrics"]');
    });

    it('can be saved as SVG and as PNG', async () => {
        await openPicture();
        const bytesOf = async (name: string) => {
            await vscode.commands.executeCommand('tsbtopo.savePicture', fileIn(name));
            const bytes = await vscode.workspace.fs.readFile(fileIn(name));
            await remove(name);
            return bytes;
        };
        assert.match(new TextDecoder().decode(await bytesOf('picture.svg')), /^<svg [^]*data-box="east"/);
        const png = await bytesOf('picture.png');
        assert.deepEqual([...png.slice(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
        // painted, and not empty
        assert.ok(png.length > 10_000, `${png.length} bytes`);
    });

    it('opens a menu on a box: simulate, what next; and what it says is about the box', async () => {
        await openPicture();
        await webview.openMenu(title('west'));
        const entries = await poll('the menu', async () => {
            const all = await texts('.monaco-menu .action-label');
            return all.length > 3 && all;
        });
        for (const entry of ['What Would Hurt Next?', 'What Can I Still Do?', 'May I Take This Down Now?']) {
            assert.ok(entries.includes(entry), entries.join(', '));
        }
        await click('.monaco-menu .action-item:has-text("Simulate") .action-label');
        await drawn(`${box('west')}.failed`);
    });

    it('folds a card by a double click, and opens it by the keyboard', async () => {
        await openPicture();
        const chip = '#parts .box.service[data-box="shop@east"]';
        await drawn(chip);
        await webview.doubleClick(title('east'));
        await gone(chip);
        await drawn('#tree [data-box="east"][aria-expanded=false]');
        await webview.press('#tree [data-box="east"]', ' ');
        await drawn(chip);
    });

    it('finds, walks and follows by the keyboard alone', async () => {
        const editor = await openPicture();
        await webview.press('#tree [tabindex="0"]', '/');
        await webview.fill('#search', 'west');
        await poll('what was found', async () => /^1 of \d/.test((await webview.texts('#found'))[0] ?? ''));
        await drawn('#rings .marked');
        await webview.press('#search', 'Escape');
        await drawn('#rings .focused');
        await webview.press('#tree [data-box="east"]', 'ArrowDown');
        await drawn('#tree [role=treeitem]:focus:not([data-box="east"])');
        await webview.press('#tree [data-box="west"]', 'Enter');
        const { line } = positionOf(editor.document, 'west');
        await poll('the line of west', () => editor.selection.active.line === line);
    });

    it('marks what the cursor stands on, and what a hover wants to show', async () => {
        const editor = await openPicture();
        editor.selection = selectionAt(positionOf(editor.document, 'west'));
        await drawn('#rings .marked');
        editor.selection = selectionAt(new vscode.Position(0, 0));
        await gone('#rings .marked');
        const argument = { uri: editor.document.uri.toString(), element: 'east' };
        await vscode.commands.executeCommand('tsbtopo.showPicture', argument);
        await drawn('#rings .marked');
        await closeAll();
        await show('demo.tsbtopo');
        await vscode.commands.executeCommand('tsbtopo.showPicture', argument);
        await drawn('#rings .marked');
    });

    it('is a list for screen readers, and for whoever wants one, with how everything fares', async () => {
        const editor = await openPicture();
        await fail(editor.document.uri, 'east');
        await drawn('#tree [role=treeitem][aria-level="1"]');
        await drawn('#tree [data-box="east"]:text("failed")');
        await poll('what is spoken', async () => /east failed/.test((await webview.texts('#spoken'))[0] ?? ''));
        assert.equal(await count('#svg[aria-hidden=true]'), 1);
        await webview.click('#outline-button');
        await drawn('#tree:not(.out-of-sight)');
        await webview.click('#outline-button');
        await drawn('#tree.out-of-sight');
    });

    it('has the colours of the theme', async () => {
        const editor = await openPicture();
        await fail(editor.document.uri, 'east');
        await drawn(`${box('east')}.failed`);
        const workbench = vscode.workspace.getConfiguration('workbench');
        const seen = new Map<string, string[]>();
        try {
            for (const theme of themes) {
                await workbench.update('colorTheme', theme, vscode.ConfigurationTarget.Global);
                const look = await poll(`colours of ${theme}`, async () => {
                    const drawnNow = [
                        await webview.style('body', 'background-color'),
                        await webview.style(`${box('west')} .shape`, 'stroke'),
                        await webview.style(`${box('east')} .shape`, 'stroke'),
                        await webview.style(`${title('west')}`, 'fill'),
                    ];
                    const isOther = [...seen.values()].every(([background]) => background !== drawnNow[0]);
                    return isOther && drawnNow;
                });
                // text and borders are seen on the ground, and what failed is not drawn like what runs
                assert.notEqual(look[3], look[0], theme);
                assert.notEqual(look[1], look[2], theme);
                seen.set(theme, look);
            }
        } finally {
            await workbench.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
        }
        const [dark, light] = [seen.get(themes[0])!, seen.get(themes[1])!];
        for (const [place, colour] of dark.entries()) assert.notEqual(colour, light[place]);
    });

    it('lets nothing in that its policy does not name', async () => {
        await openPicture();
        // the sheet of the page, and the one with the colours of the theme, are both there
        assert.equal(await count('style#picture-style'), 1);
        assert.equal(await count('body [style]'), 0);
    });
});
