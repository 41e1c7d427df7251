import { execFile } from 'node:child_process';
import path from 'node:path';
import { visible } from '../encoding/visible.js';
import { UsageError } from './usage-error.js';

/** A file of a commit. */
export interface TreeEntry {
    /** From the root of the repository, with slashes. */
    readonly path: string;
    readonly isFile: boolean;
    /** Of its content. */
    readonly hash: string;
}

/**
 * The folder of the repository around a folder, and the way from there to it.
 *
 * @param revision which is to be looked up in it
 * @throws UsageError outside of one
 */
export async function repositoryAround(
    folder: string,
    revision: string,
): Promise<{ readonly root: string; readonly prefix: string }> {
    const out = await git(folder, ['rev-parse', '--show-toplevel', '--show-prefix']).catch((error: unknown) => {
        throw new UsageError(
            `${visible(revision)} is neither a file nor a folder, and no revision: ${reasonOf(error)}.`,
        );
    });
    const [root = '', prefix = ''] = out.toString().split('\n');
    return { root: path.normalize(root), prefix: prefix.replace(/\/$/, '') };
}

/** The commit that a person means: a branch, a tag, `HEAD~2`. Undefined where there is none. */
export async function commitNamed(folder: string, revision: string): Promise<string | undefined> {
    // it would be an option
    if (revision.startsWith('-') || revision === '') return undefined;
    try {
        return (await git(folder, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`])).toString().trim();
    } catch {
        return undefined;
    }
}

/** All files of a commit, links and modules among them. */
export async function filesOfCommit(folder: string, commit: string): Promise<TreeEntry[]> {
    const out = await git(folder, ['ls-tree', '-r', '-z', '--full-tree', commit]);
    return out
        .toString()
        .split('\0')
        .filter((line) => line !== '')
        .map((line) => {
            const [info = '', name = ''] = [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)];
            const [mode = '', , hash = ''] = info.split(' ');
            return { path: name, isFile: mode.startsWith('100'), hash };
        });
}

/** What stands in files, in the order of their hashes. */
export async function contentsOf(folder: string, hashes: readonly string[]): Promise<Uint8Array[]> {
    if (hashes.length === 0) return [];
    const out = await git(folder, ['cat-file', '--batch'], `${hashes.join('\n')}\n`);
    let at = 0;
    return hashes.map((hash) => {
        const end = out.indexOf('\n', at);
        const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(out.subarray(at, end).toString())?.[1]);
        if (Number.isNaN(size)) throw new Error(`git has no content ${hash}`);
        at = end + 1 + size + 1;
        return out.subarray(end + 1, end + 1 + size);
    });
}

/** So much is read of one commit, in bytes. */
const mostBytes = 1 << 30;

/**
 * Runs git without a shell. It only reads what is in the repository: nothing is fetched, nothing locked, nobody asked, and
 * none of these commands runs a filter, a hook or a pager.
 */
function git(folder: string, args: readonly string[], input = ''): Promise<Buffer> {
    const quiet = { GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
    return new Promise((resolve, reject) => {
        const child = execFile(
            'git',
            ['-C', path.resolve(folder), '--no-pager', ...args],
            {
                // on Windows a program of this name in the current folder would be found first
                cwd: path.dirname(process.execPath),
                env: { ...process.env, ...quiet },
                encoding: 'buffer',
                maxBuffer: mostBytes,
                windowsHide: true,
            },
            (error, out) => (error instanceof Error ? reject(error) : resolve(out)),
        );
        child.stdin?.on('error', () => undefined);
        child.stdin?.end(input);
    });
}

function reasonOf(error: unknown): string {
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    if (code === 'ENOENT') return 'there is no git on this machine';
    return /not a git repository/.test(message)
        ? 'the current folder is in no git repository'
        : `git says: ${visible(message.split('\n').at(-2) ?? message)}`;
}
