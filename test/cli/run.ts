import { exec, execFile } from 'node:child_process';
import { dirname } from 'node:path';
import * as esbuild from 'esbuild';
import { beforeAll } from 'vitest';
import { forCommandLine } from '../../bundles.mjs';
import { folderWith, version, wordsIn, type Run } from './in-process.js';

export { root, type Run } from './in-process.js';

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
    const path = folderWith(files);
    const program = () => path('.bundle/cli.cjs');
    beforeAll(async () => {
        const outdir = dirname(program());
        await Promise.all(forCommandLine(version).map((bundle) => esbuild.build({ ...bundle, outdir })));
    });
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
    return {
        path,
        shell: (command) => {
            const withNode = { ...env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` };
            return new Promise((done) => {
                const child = exec(command, { cwd: path(''), env: withNode }, (_, out, err) =>
                    done({ exit: child.exitCode ?? -1, out, err }),
                );
            });
        },
        run: (args, cwd = path(''), input = '') =>
            new Promise((done) => {
                const child = execFile(process.execPath, [program(), ...wordsIn(args)], { cwd, env }, (_, out, err) =>
                    done({ exit: child.exitCode ?? -1, out, err }),
                );
                child.stdin?.end(input);
            }),
    };
}
