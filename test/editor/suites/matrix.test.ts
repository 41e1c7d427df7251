import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { generateEstate } from '../../benchmark/estates.js';
import { closeAll, fileIn, positionOf, promising, remove, replace, show, write } from '../estate.js';
import { hasPage, openedPage, screenshot, webview } from '../page.js';
import { poll } from '../poll.js';
import { endSimulation, statusBarOnce } from '../simulation.js';

/** Pictures for people, in light and dark. */
async function photograph(name: string): Promise<void> {
    const workbench = vscode.workspace.getConfiguration('workbench');
    try {
        for (const look of ['Light', 'Dark']) {
            await workbench.update('colorTheme', `Default ${look} Modern`, vscode.ConfigurationTarget.Global);
            const isThere = async () => (await webview.texts(`.vscode-${look.toLowerCase()} #count`)).length > 0;
            await poll(`a ${look} page`, isThere);
            await screenshot(join(process.env.TSBTOPO_ROOT ?? '.', 'out/reports', `${name}-${look.toLowerCase()}.png`));
        }
    } finally {
        await workbench.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
    }
}

const names = '.row:not(.group) .first .name';

describe('the matrix', () => {
    before(function () {
        if (!hasPage()) this.skip();
    });
    afterEach(async () => {
        await endSimulation();
        await closeAll();
    });

    async function shown(): Promise<vscode.TextEditor> {
        const editor = await show('demo.tsbtopo');
        await vscode.commands.executeCommand('tsbtopo.showMatrix');
        await poll('rows', async () => (await webview.texts(names)).length > 3);
        return editor;
    }

    const firstNames = () => webview.texts(names);

    it('shows every failure, the gravest first, leads to lines, and simulates', async () => {
        const { document } = await shown();
        const all = await firstNames();
        assert.ok(all.indexOf('shop') < all.indexOf('east'), all.join(', '));
        const titles = await webview.texts('.title');
        assert.deepEqual(titles.slice(0, 2), ['Running workloads', 'Local cluster operations']);

        await webview.click('.row:has(.name:text-is("east")) .first');
        const declaration = positionOf(document, 'east').line;
        await poll('the declaration', () => vscode.window.activeTextEditor?.selection.active.line === declaration);

        await webview.click('.row:has(.name:text-is("east")) .cell');
        await statusBarOnce(/^1 failure: /);
        await poll('the row of what failed', async () => (await webview.texts('.row.failed .name')).includes('east'));
    });

    it('filters, groups and sorts, and follows edits', async () => {
        const editor = await shown();
        await webview.fill('#filter', 'west');
        await poll('fewer rows', async () => (await firstNames()).every((name) => name.includes('west')));
        await webview.fill('#filter', '');
        await webview.select('#group', 'kind');
        await poll('groups', async () => (await webview.texts('.group .name')).includes('Workload cluster'));
        await webview.select('#group', '');
        await webview.click('.title >> nth=2');
        await poll('another order', async () => (await webview.texts('.title[aria-sort="descending"]')).length === 1);

        await replace(editor, 'service shop', 'workload cluster north\nservice shop');
        await poll('the new cluster', async () => (await firstNames()).includes('north'));
    });

    it('says what a hover says of a cell, also by the keyboard', async () => {
        await shown();
        await webview.click('#filter');
        await webview.press('.row:has(.name:text-is("shop")) .first', 'ArrowRight');
        await poll('the words', async () => (await webview.texts('#tip')).join().startsWith('Running workloads: '));
    });

    it('of a large estate shows rows while others are weighed, and all of them in the end', async () => {
        const [[, text] = []] = generateEstate(2_000, 1).files;
        const uri = await write('large.tsbtopo', text!);
        try {
            await vscode.window.showTextDocument(uri, { preview: false });
            await vscode.commands.executeCommand('tsbtopo.showMatrix');
            await poll('rows', async () => (await firstNames()).length > 3, 60);
            const count = async () => (await webview.texts('#count')).join();
            const all = await poll('all', async () => /^(\d+) of \1$/.exec(await count())?.[1], 60);
            assert.ok(Number(all) > 5_000, all);
            const drawn = (await webview.texts('.row .name')).length;
            assert.ok(drawn < 100, `${drawn} rows are drawn`);

            // rows that are drawn anew at this moment do not hear of a key
            await poll('the last row', async () => {
                await webview.press('.row .first', 'Control+End');
                const last = await webview.texts(`.row[aria-rowindex="${Number(all) + 1}"] .name`);
                return last.length === 1;
            });
        } finally {
            await closeAll();
            await remove('large.tsbtopo');
        }
    });

    it('shows what became of promises; they lead to their lines, and what breaks them runs', async () => {
        const uri = await write('promising.tsbtopo', promising);
        try {
            const editor = await vscode.window.showTextDocument(uri, { preview: false });
            await vscode.commands.executeCommand('tsbtopo.showMatrix');
            const said = async () => (await webview.texts('#promises-summary')).join();
            await poll('verdicts', async () => (await said()) === 'Promises: 1 broken, 1 kept');
            assert.deepEqual(await webview.texts('#promises .link'), [
                'objective till survives any cluster failure',
                'scenario blue is away',
            ]);
            await photograph('matrix-promises');

            await webview.click('#promises .link >> nth=1');
            const place = positionOf(editor.document, 'blue is away').line;
            await poll('the scenario', () => vscode.window.activeTextEditor?.selection.active.line === place);
            await webview.click('#promises .run');
            await statusBarOnce(/till\.example\.com down/);
            await poll('the row of what failed', async () =>
                (await webview.texts('.row.failed .name')).includes('red'),
            );

            await replace(editor, 'till on red', 'till on red, blue');
            await poll('other verdicts', async () => (await said()) === 'Promises: 2 kept');
            assert.deepEqual(await webview.texts('#promises .run'), []);
        } finally {
            await closeAll();
            await remove('promising.tsbtopo');
        }
    });

    it('writes a report, which a browser shows without loading or running anything', async () => {
        const { document } = await shown();
        const to = fileIn('report.html');
        await vscode.commands.executeCommand('tsbtopo.writeReport', {
            uri: document.uri.toString(),
            to: to.toString(),
        });
        const page = await openedPage<{ sections: string[]; width: number; marks: number }>(
            to.toString(),
            `({
                sections: [...document.querySelectorAll('main > section > h2')].map((each) => each.textContent),
                width: document.querySelector('.m').getBoundingClientRect().width,
                marks: [...document.querySelectorAll('.m td.t')].filter((each) => getComputedStyle(each, '::before').content.includes('\\u2716')).length,
            })`,
        );
        assert.deepEqual(page.asked, []);
        assert.deepEqual(page.said, []);
        for (const title of [
            'The estate',
            'Single points of failure',
            'Findings',
            'The matrix',
            'The gravest failures',
        ]) {
            assert.ok(page.value.sections.includes(title), title);
        }
        assert.ok(page.value.width > 400 && page.value.marks > 0, JSON.stringify(page.value));
    });

    it('writes a report in which hostile names do nothing', async () => {
        const name = '<img src=x onerror=document.title=1><script>document.title=2</script>';
        const uri = fileIn('hostile.tsbtopo');
        const text = `topology hostile\nmanagement cluster mgmt\nworkload cluster "${name}" { gateway ingress }\nservice "${name}" on "${name}" { exposed "shop.example.com" }\n`;
        await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
        try {
            await vscode.window.showTextDocument(uri);
            const to = fileIn('hostile.html');
            await vscode.commands.executeCommand('tsbtopo.writeReport', { uri: uri.toString(), to: to.toString() });
            const page = await openedPage<{ title: string; acting: number; seen: boolean }>(
                to.toString(),
                `({
                    title: document.title,
                    acting: document.querySelectorAll('img, script').length,
                    seen: document.body.textContent.includes('<img src=x onerror='),
                })`,
            );
            assert.deepEqual(page, {
                asked: [],
                said: [],
                value: { title: 'hostile: what failures would do', acting: 0, seen: true },
            });
        } finally {
            await vscode.workspace.fs.delete(uri);
        }
    });
});
