// The workbench: VS Code's window, as a page.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { startPageBridge } from './page-bridge.mjs';
import { startServer } from './server.mjs';

const require = createRequire(import.meta.url);

/**
 * @typedef {object} WorkbenchContent
 * @property {string} [folder]
 * @property {string} [workspace]  a .code-workspace file, where no folder is given
 * @property {string[]} [files]  opened at the start
 * @property {string[]} [developmentPaths]  extensions that run from their source folder
 * @property {string} [testsPath]  a CommonJS module with run(), called in the extension host
 */

/**
 * @param {number} port
 * @param {WorkbenchContent} content
 * @returns {URL} where a browser finds a workbench with this content
 */
export function workbenchUrl(port, { folder, workspace, files = [], developmentPaths = [], testsPath }) {
    const host = `127.0.0.1:${port}`;
    // VS Code compares this authority with the page's: "localhost" instead of 127.0.0.1, and nothing is found
    const remote = (path) => `vscode-remote://${host}${pathToFileURL(path).pathname}`;
    const payload = [
        ['skipWelcome', 'true'],
        ['skipReleaseNotes', 'true'],
        ...developmentPaths.map((path) => ['extensionDevelopmentPath', remote(path)]),
        ...(testsPath ? [['extensionTestsPath', remote(testsPath)]] : []),
        ...files.map((path) => ['openFile', remote(path)]),
    ];
    const url = new URL(`http://${host}/`);
    if (folder) url.searchParams.set('folder', resolve(folder));
    else if (workspace) url.searchParams.set('workspace', resolve(workspace));
    else url.searchParams.set('ew', 'true'); // an empty window
    url.searchParams.set('payload', JSON.stringify(payload));
    return url;
}

/**
 * Opens a workbench in headless Chromium.
 *
 * @param {object} options
 * @param {string} options.userDataDir
 * @param {string} options.extensionsDir
 * @param {WorkbenchContent} options.content
 * @param {boolean} [options.forPeople]  see {@link startServer}
 * @param {{width: number, height: number}} [options.viewport]
 * @param {(type: string, args: unknown[]) => void} [options.onLog]  what the extension host writes to its console
 * @param {(code: number) => void} [options.onTestsEnd]
 * @param {(reason: string) => void} [options.onDeath]  the server or the page died
 * @returns {{page: Promise<import('playwright-core').Page>, close: () => Promise<void>}}
 *     close may be called at any time, also while the page is still opening
 */
export function openWorkbench({ userDataDir, extensionsDir, content, ...options }) {
    const cleanUps = [];
    let closing = false;
    const beforeClose = (cleanUp) => {
        cleanUps.unshift(cleanUp);
        if (closing) throw new Error('closed while opening');
    };
    const died = (reason) => {
        if (!closing) options.onDeath?.(reason);
    };

    const open = async () => {
        const bridge = await startPageBridge();
        beforeClose(bridge.close);

        const { forPeople } = options;
        const server = await startServer({
            ...{ userDataDir, extensionsDir, forPeople },
            ...{ stopWhenUnused: true, env: bridge.env },
        });
        beforeClose(server.stop);
        void server.exited.then((code) => died(`VS Code's server ended with ${code}`));

        const { page, close: closeBrowser } = await launchChromium(options.viewport);
        beforeClose(closeBrowser);
        page.on('crash', () => died('the page crashed'));

        // VS Code calls these two by name; they must be there before it loads
        await page.exposeFunction('codeAutomationLog', options.onLog ?? (() => {}));
        await page.exposeFunction('codeAutomationExit', options.onTestsEnd ?? (() => {}));
        bridge.attach(page);
        await page.goto(workbenchUrl(server.port, content).href, { timeout: 120_000 });
        await page.waitForSelector('.monaco-workbench', { timeout: 120_000 });
        return page;
    };
    const page = open();

    const close = async () => {
        closing = true;
        for (const cleanUp of cleanUps.splice(0)) await cleanUp();
        await page.catch(() => {}); // what was opening meanwhile has its clean-up too
        for (const cleanUp of cleanUps.splice(0)) await cleanUp();
    };
    return { page, close };
}

async function launchChromium(viewport = { width: 1280, height: 800 }) {
    const { chromium } = require('playwright-core');
    const executablePath = ensureChromium();
    const browser = await chromium.launch({
        executablePath,
        headless: true,
        ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }, // close() does
        args: [
            '--no-sandbox', // root in a container has no user namespaces
            '--disable-dev-shm-usage', // a container's /dev/shm is small
            '--disable-gpu',
            '--disable-background-networking',
            '--disable-component-update',
        ],
    });
    const context = await browser.newContext({ viewport });
    // a test run asks nobody outside this machine
    await context.route(
        (url) => url.protocol.startsWith('http') && url.hostname !== '127.0.0.1',
        (route) => route.abort(),
    );
    const close = () => Promise.race([browser.close(), new Promise((done) => setTimeout(done, 5000))]);
    return { page: await context.newPage(), close };
}
