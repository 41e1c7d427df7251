// Installs this folder's packages when they are first needed: 500 MB that `npm ci` in the project does not fetch.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

const HERE = import.meta.dirname;

/** Makes sure that the packages named in package-lock.json are installed. Throws when npm fails. */
export function installHost() {
    const installed = join(HERE, 'node_modules/.package-lock.json');
    const wanted = join(HERE, 'package-lock.json');
    if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;

    console.log('Installing VS Code for the browser (test/vscode-host), once …');
    // --ignore-scripts: the scripts would compile native modules, which stubs/ replaces
    const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'], {
        cwd: HERE,
        stdio: 'inherit',
        shell: process.platform === 'win32',
    });
    if (npm.status !== 0) throw new Error(`npm ci failed in ${HERE}`);
}
