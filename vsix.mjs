// Packs dist/ and what .vscodeignore names into dist/tsbtopo.vsix.
//
// Where the project is published stands in one place, `repository` in package.json: with it, links and pictures of the
// README lead there; without it they stay relative to the package.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = import.meta.dirname;

/** @param {{repository?: unknown}} manifest */
export function optionsFor({ repository }) {
    const unpublished = ['--allow-missing-repository', '--no-rewrite-relative-links'];
    return ['package', '--no-dependencies', ...(repository ? [] : unpublished), '--out', 'dist/tsbtopo.vsix'];
}

if (process.argv[1] === import.meta.filename) {
    const manifest = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8'));
    const { status } = spawnSync('vsce', optionsFor(manifest), {
        cwd: ROOT,
        stdio: 'inherit',
        shell: process.platform === 'win32',
    });
    process.exitCode = status ?? 1;
}
