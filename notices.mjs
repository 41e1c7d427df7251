// What the licences of the packages in our bundles ask for: their names, and their texts.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The packages from which esbuild took code into a bundle.
 *
 * @param {import('esbuild').Metafile} metafile
 * @returns {string[]} their folders, as the metafile names them
 */
export function packagesIn({ outputs }) {
    const files = Object.values(outputs).flatMap(({ inputs }) =>
        Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    );
    // the innermost one: packages may have packages of their own
    const folders = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
    return [...new Set(folders)].sort();
}

/**
 * The notice of some packages, in the order of their names.
 *
 * @param {readonly string[]} folders relative to a root
 * @throws Error where a package comes without its licence
 */
export function noticesOf(folders, root = '.') {
    const notices = folders.map((folder) => noticeOf(resolve(root, folder)));
    const distinct = [...new Map(notices.map((notice) => [notice.title, notice])).values()];
    const parts = distinct
        .sort((a, b) => (a.title < b.title ? -1 : 1))
        .map(({ title, license, text }) => `${'-'.repeat(80)}\n${title} (${license})\n\n${text.trim()}\n`);
    return `TSB Topology contains code of the packages below, under the licences that follow each.\n\n${parts.join('\n')}`;
}

function noticeOf(folder) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
    if (typeof license !== 'string' || files.length === 0) throw new Error(`${name} comes without its licence`);
    const text = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
    return { title: `${name} ${version}`, license, text };
}
