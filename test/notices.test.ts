import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { forNode } from '../bundles.mjs';

const root = resolve(import.meta.dirname, '..');

/** What notices.mjs has, which the build uses. */
interface Notices {
    readonly packagesIn: (metafile: esbuild.Metafile) => string[];
    readonly noticesOf: (folders: readonly string[], root: string) => string;
}

/** Licences that ask for no more than to be told. */
const licences = ['MIT', 'ISC', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause'];

let code = '';
let notice = '';

beforeAll(async () => {
    const { metafile, outputFiles } = await esbuild.build({
        ...forNode,
        entryPoints: ['src/extension.ts', 'server/main.ts', 'server/cli.ts'].map((file) => resolve(root, file)),
        absWorkingDir: root,
        outdir: 'dist',
        write: false,
        metafile: true,
        external: ['vscode'],
    });
    const { packagesIn, noticesOf } = (await import(resolve(root, 'notices.mjs'))) as Notices;
    code = outputFiles.map(({ text }) => text).join('\n');
    notice = noticesOf(packagesIn(metafile), root);
});

test('every package of which a bundle has code is named, with its licence, and no other', () => {
    // esbuild writes above each module where it comes from
    const bundled = [...code.matchAll(/^ *\/\/ (?:.*\/)?node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\/\S+$/gm)].map(
        ([, name]) => name!,
    );
    const named = [...notice.matchAll(/^-{80}\n(\S+) \S+ \(([^)]+)\)$/gm)];
    expect(named.map(([, name]) => name)).toEqual([...new Set(bundled)].sort());
    expect(named.map(([, , licence]) => licence).filter((licence) => !licences.includes(licence!))).toEqual([]);
});

test('the texts of the licences are there', () => {
    const text = readFileSync(resolve(root, 'node_modules/langium/LICENSE'), 'utf8').trim();
    expect(notice).toContain(text);
    for (const part of notice.split(/^-{80}$/m).slice(1)) expect(part.length).toBeGreaterThan(500);
});

test('the package ships it', () => {
    expect(readFileSync(resolve(root, '.vscodeignore'), 'utf8')).toContain('\n!dist/THIRD-PARTY-NOTICES.txt\n');
});
