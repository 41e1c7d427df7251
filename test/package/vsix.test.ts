import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { optionsFor } from '../../vsix.mjs';

const root = resolve(import.meta.dirname, '../..');
const packaged = await listFiles({ cwd: root, packageManager: PackageManager.None });

/** What a marketplace asks for, in both directions. */
const smallestIcon = 128;

test('the icon is a picture as a marketplace accepts it', () => {
    expect(packaged).toContain(manifest.icon);
    const image = readFileSync(resolve(root, manifest.icon));
    expect(image.toString('latin1', 1, 4)).toBe('PNG');
    // the first chunk of a PNG begins with its width and its height
    for (const at of [16, 20]) expect(image.readUInt32BE(at)).toBeGreaterThanOrEqual(smallestIcon);
});

test.each(['README.md', 'CHANGELOG.md'])('links and pictures of %s lead to what is in the package', (page) => {
    expect(packaged).toContain(page);
    const links = [...readFileSync(resolve(root, page), 'utf8').matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, to]) => to!);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links.filter((each) => !each.includes('://'))) {
        const isThere = packaged.some((file) => file === link || file.startsWith(`${link}/`));
        expect(isThere, link).toBe(true);
    }
});

test('examples of several files are in the package, too', () => {
    expect(packaged).toContain('examples/acme/services.tsbtopo');
});

test('links stay in the package until package.json says where the project is published', () => {
    const relative = '--no-rewrite-relative-links';
    expect(optionsFor({})).toContain(relative);
    expect(optionsFor({ repository: { type: 'git', url: 'https://example.com/tsbtopo.git' } })).not.toContain(relative);
});
