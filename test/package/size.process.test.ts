import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { listFiles, PackageManager } from '@vscode/vsce';
import * as esbuild from 'esbuild';
import { expect, test } from 'vitest';
import { shippedBundles } from '../../bundles.mjs';
import { noticesOf, packagesIn } from '../../notices.mjs';

const root = resolve(import.meta.dirname, '../..');

/** Whoever installs the extension over a slow line waits for it: bytes, without pictures. */
const mostBytes = 2 * 1024 * 1024;

/** What an archive says of each file beside what is in it, at most. */
const bytesOfEntry = 300;

/** What is packed, as it is built for that: whatever an earlier build has left in `dist/` does not count. */
async function packed(): Promise<Map<string, Uint8Array>> {
    const names = await listFiles({ cwd: root, packageManager: PackageManager.None });
    const files = new Map<string, Uint8Array>();
    for (const name of names) {
        if (!name.startsWith('dist/') && !name.startsWith('media/')) files.set(name, readFileSync(resolve(root, name)));
    }
    const folders: string[] = [];
    for (const bundle of shippedBundles({ production: true, version: '0.0.0' })) {
        const built = await esbuild.build({ ...bundle, absWorkingDir: root, write: false, metafile: true });
        for (const { path, contents } of built.outputFiles) files.set(relative(root, path), contents);
        folders.push(...packagesIn(built.metafile));
    }
    files.set('dist/THIRD-PARTY-NOTICES.txt', Buffer.from(noticesOf(folders, root)));
    return files;
}

test('the extension without its pictures is at most 2 MB', async () => {
    const files = await packed();
    for (const name of ['dist/server.cjs', 'dist/matrix.js', 'package.json', 'README.md'])
        expect([...files.keys()]).toContain(name);
    const sizes = [...files].map(([name, contents]) => [name, deflateRawSync(contents).length + bytesOfEntry] as const);
    const all = sizes.reduce((sum, [, size]) => sum + size, 0);
    const largest = [...sizes].sort((a, b) => b[1] - a[1]).slice(0, 5);
    expect(all, `the largest: ${JSON.stringify(largest)}`).toBeLessThanOrEqual(mostBytes);
    // the bundles alone are half of that: a test that finds next to nothing has looked at nothing
    expect(all).toBeGreaterThan(mostBytes / 2);
});
