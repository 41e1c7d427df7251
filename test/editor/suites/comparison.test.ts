import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, fileIn, remove, replace, write } from '../estate.js';
import { drawnTexts, hasPage, texts, webview } from '../page.js';
import { poll } from '../poll.js';

const safe = `topology compared
management cluster mgmt
workload cluster red { gateway ingress }
workload cluster blue { gateway ingress }
service till on red, blue { exposed "till.example.com" { gslb ttl 30s } }
objective till survives any cluster failure
`;
const risky = safe.replace('till on red, blue', 'till on red');

const inStatusBar = async (text: string) => (await texts('.statusbar-item')).some((each) => each.trim() === text);

describe('a comparison', () => {
    const written: string[] = [];
    const writeEstate = (path: string, text: string) => {
        written.push(path);
        return write(path, text);
    };
    before(function () {
        if (!hasPage()) this.skip();
    });
    afterEach(async () => {
        await vscode.commands.executeCommand('tsbtopo.endComparison');
        await closeAll();
        // files have names of their own: of one that is written anew VS Code may still show the old text. A repository stays
        // behind: VS Code still looks at it
        for (const path of written.splice(0)) await remove(path);
    });

    const drawnOn = async (line: string) => (await drawnTexts()).find((each) => each.line.includes(line))?.text ?? '';

    it('with another file says at the lines what got worse, follows edits, and ends', async () => {
        const uri = await writeEstate('compared/estate.tsbtopo', risky);
        const old = await write('compared/old.txt', safe);
        const editor = await vscode.window.showTextDocument(uri, { preview: false });
        await vscode.commands.executeCommand('tsbtopo.compareWith', { uri: uri.toString(), with: old.toString() });
        await poll('the status bar', () => inStatusBar('worse than compared/old.txt'));
        await poll('the line', async () => /▲ worse: (gateway )?red.*till/i.test(await drawnOn('cluster red')));
        await poll('the promise', async () => /▲ worse: objective broken: till/i.test(await drawnOn('objective till')));
        const titles = () => webview.texts('h2');
        await poll(
            'the page',
            async () => (await titles()).slice(0, 2).join() === 'Promises broken,New single points of failure',
        );

        await replace(editor, 'till on red', 'till on red, blue');
        await poll('no difference', () => inStatusBar('compared with compared/old.txt'));
        await poll('no mark', async () => (await drawnOn('cluster red')) === '');
        await vscode.commands.executeCommand('tsbtopo.endComparison');
        await poll('no comparison', async () => !(await inStatusBar('compared with compared/old.txt')));
    });

    it('with a commit reads what VS Code has of it', async () => {
        const extension = vscode.extensions.getExtension<{
            getAPI(version: 1): { openRepository(root: vscode.Uri): Promise<unknown> };
        }>('vscode.git');
        assert.ok(extension);
        const uri = await writeEstate('committed/estate.tsbtopo', safe);
        const folder = fileIn('committed').fsPath;
        const git = (...args: string[]) =>
            promisify(execFile)('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args]);
        await git('init', '-q');
        await git('add', '.');
        await git('commit', '-q', '-m', 'safe');
        assert.ok(await (await extension.activate()).getAPI(1).openRepository(vscode.Uri.file(folder)));

        const editor = await vscode.window.showTextDocument(uri, { preview: false });
        // neither saved nor committed
        await replace(editor, 'till on red, blue', 'till on red');
        await vscode.commands.executeCommand('tsbtopo.compareWith', { uri: uri.toString(), at: 'HEAD' });
        await poll('the status bar', () => inStatusBar('worse than HEAD'));
        await poll('the line', async () => /▲ worse: (gateway )?red.*till/i.test(await drawnOn('cluster red')));
    });
});
