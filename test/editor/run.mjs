// Runs test/editor/suites/ in a real VS Code, on a copy of test/editor/workspace/. Build first (npm run build).
//
//   node test/editor/run.mjs                     with the extension in this folder
//   node test/editor/run.mjs --vsix <file>       with the packaged extension, installed
//   node test/editor/run.mjs --report <file>     leaves {passed, failed} there as JSON
//   TSBTOPO_TEST_GREP=hover node test/editor/run.mjs   only tests whose name matches
//
// VS Code is the one for desktops, which @vscode/test-electron downloads; on Linux without a display it is the browser's
// (test/vscode-host/). TSBTOPO_VSCODE=desktop or =headless chooses.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { runTests, runVSCodeCommand } from '@vscode/test-electron';
import { ensureChromium } from '../vscode-host/chromium.mjs';
import { installHost } from '../vscode-host/install.mjs';
import { writeUserSettings } from '../vscode-host/settings.mjs';
import { pagesComeBack } from './reload.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const HEADLESS_CODE = join(ROOT, 'test/vscode-host/code.mjs');

const { values: options } = parseArgs({ options: { vsix: { type: 'string' }, report: { type: 'string' } } });
const headless = isHeadless();
const temporary = mkdtempSync(join(tmpdir(), 'tsbtopo-'));
try {
    process.exitCode = await runSuites();
} finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
}

async function runSuites() {
    if (headless) {
        installHost();
        ensureChromium();
    }
    const workspace = writeWorkspace();
    const userDataDir = join(temporary, 'user');
    writeUserSettings(userDataDir);
    const profile = [`--user-data-dir=${userDataDir}`, `--extensions-dir=${join(temporary, 'extensions')}`];
    if (options.vsix) await install(options.vsix, profile);

    try {
        await runTests({
            vscodeExecutablePath: headless ? HEADLESS_CODE : undefined,
            extensionDevelopmentPath: options.vsix ? emptyExtension() : ROOT,
            extensionTestsPath: join(ROOT, 'out/editor/mocha.cjs'),
            extensionTestsEnv: {
                TSBTOPO_ROOT: ROOT,
                TSBTOPO_TEST_REPORT: options.report && resolve(options.report),
            },
            launchArgs: [workspace, ...profile],
        });
        if (headless && !options.vsix && !process.env.TSBTOPO_TEST_GREP) await pagesComeBack();
        return 0;
    } catch (error) {
        console.error(error.message);
        return 1;
    }
}

/**
 * A copy of the folder, since tests may change files, in a workspace of several folders: VS Code adds a folder to it
 * without a new window, which would end the tests.
 */
function writeWorkspace() {
    cpSync(join(ROOT, 'test/editor/workspace'), join(temporary, 'workspace'), { recursive: true });
    const file = join(temporary, 'test.code-workspace');
    writeFileSync(file, JSON.stringify({ folders: [{ path: 'workspace' }] }));
    return file;
}

function isHeadless() {
    const choice = process.env.TSBTOPO_VSCODE;
    if (choice) return choice === 'headless';
    return process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
}

async function install(vsix, profile) {
    const args = ['--install-extension', resolve(vsix), ...profile];
    if (headless) await promisify(execFile)(HEADLESS_CODE, args);
    else await runVSCodeCommand(args);
}

/** VS Code runs tests only together with an extension under development. */
function emptyExtension() {
    const folder = join(temporary, 'empty-extension');
    mkdirSync(folder);
    const manifest = { name: 'empty', publisher: 'tsbtopo-test', version: '0.0.1', engines: { vscode: '^1.103.0' } };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    return folder;
}
