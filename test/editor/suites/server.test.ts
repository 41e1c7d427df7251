import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, fileIn, hoverAt, positionOf, show } from '../estate.js';
import { click, hasPage, texts } from '../page.js';
import { poll } from '../poll.js';
import { endSimulation, fail, noStatusBar, statusBarOnce } from '../simulation.js';

const notifications = '.notifications-center .notification-list-item-message';

/** A message in the list of notifications, which has to be opened: a test run shows no toasts. */
async function notification(text: string): Promise<string> {
    await poll(`a notification: ${text}`, async () => {
        await vscode.commands.executeCommand('notifications.showList'); // without effect while there is none
        await new Promise((shown) => setTimeout(shown, 1_000));
        return (await texts(notifications)).some((each) => each.includes(text));
    });
    return `.notifications-center .notification-list-item:has-text("${text}")`;
}

/** The language server's process; it is a child of the extension host, in which tests run. */
function serverProcess(): number | undefined {
    const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
    const mine = processes
        .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
        .find((found) => Number(found?.[2]) === process.pid && /server\.cjs/.test(found?.[3] ?? ''));
    return mine ? Number(mine[1]) : undefined;
}

/** Waits until a server answers. Not by a command: VS Code waits half a minute for one that is not there at the moment. */
async function answers(): Promise<void> {
    const document = await vscode.workspace.openTextDocument(fileIn('demo.tsbtopo'));
    await hoverAt(document.uri, positionOf(document, 'east'));
}

/** Ends the server while it is asked much, so that some of it is written to nobody. */
async function crash(): Promise<void> {
    const server = await poll('the server', serverProcess);
    const uri = fileIn('demo.tsbtopo');
    const ask = () => vscode.commands.executeCommand('vscode.executeHoverProvider', uri, new vscode.Position(2, 20));
    const asking = setInterval(() => void Promise.resolve(ask()).catch(() => undefined), 1);
    await new Promise((asked) => setTimeout(asked, 50));
    process.kill(server, 'SIGKILL');
    setTimeout(() => clearInterval(asking), 300);
    await poll('its end', () => serverProcess() !== server);
}

describe('the language server', () => {
    before(async function () {
        if (!hasPage() || process.platform === 'win32') this.skip();
        await show('demo.tsbtopo');
        await answers();
    });
    afterEach(() => vscode.commands.executeCommand('notifications.clearAll'));
    after(closeAll);

    it('gets back what was simulated when it ends by itself; the user is told, and can report it', async () => {
        await fail(fileIn('demo.tsbtopo'), 'east');
        await statusBarOnce(/1 failure/);
        await crash();
        await answers();
        await statusBarOnce(/1 failure/);
        await click(`${await notification('is started again')} :text("Report an Issue")`);
        const report = await poll('the report', () =>
            vscode.workspace.textDocuments.find(
                ({ languageId, isUntitled }) => isUntitled && languageId === 'markdown',
            ),
        );
        assert.match(report.getText(), /TSB Topology \d/);
        assert.match(report.getText(), /workload cluster n\d/);
        await closeAll();
        await show('demo.tsbtopo');
        await endSimulation();
        await noStatusBar();
    });

    it('comes back after a crash; after several it stays off, and is restarted by hand', async () => {
        // the first one was that of the test before
        for (let crashes = 2; crashes < 5; crashes++) {
            await crash();
            await answers();
        }
        await crash();
        await click(`${await notification('stays off')} :text("Restart It")`);
        await answers();
    });

    it('says so when it does not start, and can be started again', async () => {
        const module = join(vscode.extensions.getExtension('tsbtopo.tsbtopo')!.extensionPath, 'dist/server.cjs');
        renameSync(module, `${module}.away`);
        try {
            await vscode.commands.executeCommand('tsbtopo.restartServer');
            await notification('could not be started');
            await vscode.commands.executeCommand('tsbtopo.simulateFailure');
            await notification('does not run');
            await vscode.commands.executeCommand('notifications.clearAll');
        } finally {
            renameSync(`${module}.away`, module);
        }
        await vscode.commands.executeCommand('tsbtopo.simulateFailure');
        await click(`${await notification('does not run')} :text("Restart It")`);
        await answers();
    });
});
