#!/usr/bin/env node
// Stands in for VS Code's desktop executable: @vscode/test-electron starts it with VS Code's own options.
// Exit code: what the tests returned (0 passed, 1 failed); 2 VS Code did not run; 124 time-out; 130 stopped.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installHost } from './install.mjs';
import { installExtension } from './server.mjs';
import { openWorkbench } from './workbench.mjs';

const TIME_OUT_SECONDS = Number(process.env.TSBTOPO_VSCODE_TIMEOUT ?? 480);

/** What VS Code writes in every run: its connections, and that it reaches no marketplace and no account. */
const NOISE = new RegExp(
    [
        /Resolv(ing|ed) connection token|Creating a socket|\[reconnection-grace-time\]/,
        /\[chat-stt\]|\[ChatModelSelection\]|\[AgentHost|\[AccountPolicyGate\]|\[DefaultAccount\]|Timed out waiting for authentication provider/,
        /Updating additional builtin|\[Service Worker\]|getaddrinfo|Loading development extension|Creation of workbench contribution/,
    ]
        .map((part) => `^(${part.source})`)
        .join('|'),
);

const { values: options, positionals } = parseArgs({
    strict: false, // desktop has many options that mean nothing here
    allowPositionals: true,
    options: {
        extensionDevelopmentPath: { type: 'string', multiple: true, default: [] },
        extensionTestsPath: { type: 'string' },
        'user-data-dir': { type: 'string' },
        'extensions-dir': { type: 'string' },
        'install-extension': { type: 'string' },
    },
});
const folders = { userDataDir: options['user-data-dir'], extensionsDir: options['extensions-dir'] };

installHost();
if (options['install-extension']) {
    process.exitCode = await installExtension(options['install-extension'], folders);
} else {
    await runTests();
}

async function runTests() {
    const paths = positionals.map((path) => resolve(path));
    const isFolder = (path) => statSync(path).isDirectory();
    const isWorkspace = (path) => path.endsWith('.code-workspace');
    const workbench = openWorkbench({
        ...folders,
        content: {
            folder: paths.find(isFolder),
            workspace: paths.find(isWorkspace),
            files: paths.filter((path) => !isFolder(path) && !isWorkspace(path)),
            developmentPaths: options.extensionDevelopmentPath,
            testsPath: options.extensionTestsPath,
        },
        onLog: printUnlessNoise,
        onTestsEnd: (code) => end(code),
        onDeath: (reason) => end(2, reason),
    });
    const timer = setTimeout(() => end(124, `no result after ${TIME_OUT_SECONDS} seconds`), TIME_OUT_SECONDS * 1000);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => end(130));

    let ending = false;
    async function end(code, reason) {
        if (ending) return;
        ending = true;
        clearTimeout(timer);
        if (reason) console.error(`VS Code: ${reason}`);
        await workbench.close();
        process.exit(code);
    }
    await workbench.page.catch((error) => end(2, error.stack));
}

/** Prints the console of the extension host, where mocha reports; it arrives mixed with VS Code's own log. */
function printUnlessNoise(type, args) {
    if (NOISE.test(String(args[0])) && !process.env.TSBTOPO_VSCODE_VERBOSE) return;
    if (type === 'error' || type === 'warn') console.error(...args);
    else console.log(...args);
}
