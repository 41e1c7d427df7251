import { globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Topology } from '../../server/topology/topology.js';
import { estate } from '../fixture.js';

const root = resolve(import.meta.dirname, '../..');
const isBaseline = (file: string) => /\.(diagnostics|formatted|symbols|tokens)\.tsbtopo$/.test(file);

/** The texts of an estate of the corpus, or of the examples: a folder, or a file. */
function textsOf(path: string): Record<string, string> {
    if (statSync(path).isFile()) return { 'main.tsbtopo': readFileSync(path, 'utf8') };
    const files = globSync('**/*.tsbtopo', { cwd: path }).map((file) => file.replaceAll('\\', '/'));
    return Object.fromEntries(
        files
            .filter((file) => !isBaseline(file))
            .sort()
            .map((file) => [file, readFileSync(join(path, file), 'utf8')]),
    );
}

/** Every estate that people wrote: those of the corpus and the examples, broken ones among them. */
export const paths: readonly string[] = ['test/corpus', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() || /^[^.]+\.tsbtopo$/.test(entry.name))
        .map(({ name }) => `${folder}/${name}`)
        .sort(),
);

/** The texts of the files at one of these paths, by their names. */
export function textsAt(path: string): Record<string, string> {
    return textsOf(join(root, path));
}

/** All topologies at one of these paths. */
export async function topologiesAt(path: string): Promise<readonly Topology[]> {
    const texts = textsAt(path);
    return Object.keys(texts).length === 0 ? [] : (await estate(texts)).topologies;
}

/** The one of an example. */
export async function example(name: string): Promise<Topology> {
    return (await topologiesAt(`examples/${name}`))[0]!;
}
