// npm start: the extension, as it is in this folder, in a VS Code that shows the examples.
// That is `code` when it is on the PATH. Otherwise, or with TSBTOPO_VSCODE=headless, it is VS Code's server, for your browser.
// --smoke: only try whether the browser would get its page, and end.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installHost } from './install.mjs';
import { startServer } from './server.mjs';
import { writeUserSettings } from './settings.mjs';
import { workbenchUrl } from './workbench.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const EXAMPLES = join(ROOT, 'examples');
const smoke = process.argv.includes('--smoke');

if (smoke || process.env.TSBTOPO_VSCODE === 'headless' || !openDesktop()) await serveWorkbench();

/** @returns {boolean} whether there is a desktop VS Code, and it opened */
function openDesktop() {
    const code = spawnSync('code', [`--extensionDevelopmentPath=${ROOT}`, EXAMPLES, '--new-window'], {
        stdio: ['ignore', 'ignore', 'inherit'],
        shell: process.platform === 'win32', // there it is code.cmd
    });
    return code.status === 0;
}

async function serveWorkbench() {
    installHost();
    const temporary = mkdtempSync(join(tmpdir(), 'tsbtopo-'));
    const userDataDir = join(temporary, 'user');
    writeUserSettings(userDataDir);
    const token = randomUUID(); // whoever reaches the server can read and write this user's files
    const extensionsDir = join(temporary, 'extensions');
    const server = await startServer({ userDataDir, extensionsDir, token, forPeople: true });

    const url = workbenchUrl(server.port, { folder: EXAMPLES, files: firstExample(), developmentPaths: [ROOT] });
    url.searchParams.set('tkn', token);
    console.log(`\nTSB Topology is open at ${url}\n`);

    let ending = false;
    const end = async (code) => {
        if (ending) return;
        ending = true;
        await server.stop();
        rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
        process.exit(code);
    };
    if (smoke) {
        await end((await servesWorkbench(url)) ? 0 : 1);
    } else {
        console.log('Open this address in your browser. Ctrl-C ends it.');
        console.log('Pages, terminal and Git work there; accounts, the marketplace and links vscode://… do not.');
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => end(0));
        void server.exited.then(end);
    }
}

function firstExample() {
    const examples = globSync('**/*.tsbtopo', { cwd: EXAMPLES }).sort();
    const first = examples.find((path) => path === 'five-lines.tsbtopo') ?? examples[0];
    return first ? [join(EXAMPLES, first)] : [];
}

/** As a browser does it: the token becomes a cookie, and the page comes at the second request. */
async function servesWorkbench(url) {
    const entrance = await fetch(url, { redirect: 'manual' });
    const headers = { cookie: entrance.headers.get('set-cookie') ?? '' };
    const page = await fetch(new URL(entrance.headers.get('location') ?? '', url), { headers });
    return page.ok && (await page.text()).includes('vscode-workbench-web-configuration');
}
