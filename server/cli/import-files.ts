import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { visible } from '../encoding/visible.js';
import { mostCharacters, type Source } from '../import/reading/read.js';
import { isFolder, readText, shownPath } from './files.js';
import { complain, reasonOf } from './output.js';
import { UsageError } from './usage-error.js';

/** Names of files that may hold what import reads. */
const fileName = /\.(ya?ml|json)(\.(tmpl|tpl))?$/i;

/**
 * The sources that paths stand for: files as they are given, folders with all of their YAML and JSON. Links are not
 * followed, names that begin with a dot left out.
 *
 * @throws UsageError where there is nothing
 */
export async function sourcesOf(paths: readonly string[], clusters: readonly ClusterOfFile[]): Promise<Source[]> {
    const files = paths.flatMap((given) => (given === '-' ? ['-'] : isFolder(given) ? filesIn(given) : [given]));
    const unique = [...new Map(files.map((file) => [file === '-' ? file : path.resolve(file), file])).values()];
    if (unique.length === 0) throw new UsageError(`No YAML or JSON in ${paths.map(visible).join(', ')}.`);
    const used = new Set<ClusterOfFile>();
    const sources: Source[] = [];
    for (const file of unique) {
        const text = file === '-' ? await standardInput() : textOf(file);
        if (text === undefined) continue;
        const name = file === '-' ? 'standard input' : shownPath(path.resolve(file)).replaceAll('\\', '/');
        const said = clusters.find((each) => isIn(file, each.file));
        if (said) used.add(said);
        sources.push({ name, text, ...(said && { cluster: said.cluster }) });
    }
    const unused = clusters.find((each) => !used.has(each));
    if (unused)
        throw new UsageError(`--cluster ${visible(unused.cluster)}: ${visible(unused.file)} is none of the sources.`);
    return sources;
}

/** `--cluster NAME=FILE`; the file may be a folder. */
export interface ClusterOfFile {
    readonly cluster: string;
    readonly file: string;
}

function isIn(file: string, given: string): boolean {
    if (file === '-' || given === '-') return file === given;
    const relative = path.relative(path.resolve(given), path.resolve(file));
    return relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative));
}

function textOf(file: string): string | undefined {
    try {
        return readText(file);
    } catch (error) {
        complain(`${shownPath(path.resolve(file))} cannot be read: ${reasonOf(error)}.`);
        return undefined;
    }
}

function filesIn(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true })
        .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((entry) => {
            const full = path.join(folder, entry.name);
            if (entry.isDirectory()) return filesIn(full);
            if (!entry.isFile() || !fileName.test(entry.name)) return [];
            if (lstatSync(full).size <= mostCharacters) return [full];
            complain(`${shownPath(full)} is left out: it is larger than ${mostCharacters / 1024 / 1024} MiB.`);
            return [];
        });
}

async function standardInput(): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks).toString('utf8');
}
