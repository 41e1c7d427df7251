import { exec, execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import { forCommandLine } from '../../bundles.mjs';

export const root = resolve(import.meta.dirname, '../..');

export interface Run {
    readonly exit: number;
    readonly out: string;
    readonly err: string;
}

export interface CommandLine {
    /** Runs `tsbtopo` with arguments separated by blanks, in the folder with the files. */
    readonly run: (args: string, cwd?: string, input?: string) => Promise<Run>;
    /** Runs a command of the shell there, with `node` as the one that runs the tests. */
    readonly shell: (command: string) => Promise<Run>;
    /** The path of one of these files. */
    readonly path: (name: string) => string;
}

/** Bundles the command line once for a test file, and puts it beside these files in a folder of its own. */
export function commandLine(files: Record<string, string> = {}): CommandLine {
    let folder = '';
    let program = '';
    beforeAll(async () => {
        folder = mkdtempSync(join(tmpdir(), 'tsbtopo-cli-'));
        program = join(folder, '.bundle/cli.cjs');
        const outdir = dirname(program);
        await Promise.all(forCommandLine('1.2.3').map((bundle) => esbuild.build({ ...bundle, outdir })));
        for (const [name, text] of Object.entries(files)) {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), text);
        }
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
    return {
        path: (name) => join(folder, name),
        shell: (command) => {
            const withNode = { ...env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` };
            return new Promise((done) => {
                const child = exec(command, { cwd: folder, env: withNode }, (_, out, err) =>
                    done({ exit: child.exitCode ?? -1, out, err }),
                );
            });
        },
        run: (args, cwd = folder, input = '') => {
            const words = args.split(' ').filter((word) => word !== '');
            return new Promise((done) => {
                const child = execFile(process.execPath, [program, ...words], { cwd, env }, (_, out, err) =>
                    done({ exit: child.exitCode ?? -1, out, err }),
                );
                child.stdin?.end(input);
            });
        },
    };
}
