import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';

export const root = resolve(import.meta.dirname, '../..');

/** The version that the command line says it has, in tests. */
export const version = '1.2.3';

export interface Run {
    readonly exit: number;
    readonly out: string;
    readonly err: string;
}

/** The command line, called without a process of its own. */
export interface InProcess {
    /** Calls `tsbtopo` with arguments separated by blanks, in the folder with the files; one call waits for another. */
    readonly run: (args: string, cwd?: string) => Promise<Run>;
    /** The path of one of these files. */
    readonly path: (name: string) => string;
}

/**
 * Puts files into a folder of their own, and calls the command line there, as the process of `server/cli.ts` does. What is
 * about the process itself, as its standard input, is for `commandLine`; `bundle.process.test.ts` compares the two.
 */
export function inProcess(files: Record<string, string> = {}): InProcess {
    const path = folderWith(files);
    return { path, run: (args, cwd = path('')) => afterOthers(() => called(wordsIn(args), cwd)) };
}

/** A folder with these files for as long as the tests of a file run. @returns the path of one of them */
export function folderWith(files: Record<string, string>): (name: string) => string {
    let folder = '';
    beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), 'tsbtopo-cli-'));
        for (const [name, text] of Object.entries(files)) {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), text);
        }
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    return (name) => join(folder, name);
}

/** The arguments of a command line without quotes. */
export function wordsIn(args: string): string[] {
    return args.split(' ').filter((word) => word !== '');
}

let others: Promise<unknown> = Promise.resolve();

/** The current folder and the two streams are those of the whole process: tests that run at once take turns. */
function afterOthers<T>(call: () => Promise<T>): Promise<T> {
    const mine = others.then(call);
    others = mine.catch(() => undefined);
    return mine;
}

async function called(words: readonly string[], cwd: string): Promise<Run> {
    const { runProgram } = await import('../../server/cli/program.js');
    const { written, putBack } = captured();
    const before = process.cwd();
    try {
        process.chdir(cwd);
        await runProgram(version, words);
        // what is printed without waiting for it, such as help, is there after all that waits in this turn
        await new Promise((resolve) => setImmediate(resolve));
        return { ...written(), exit: Number(process.exitCode ?? 0) };
    } finally {
        process.chdir(before);
        putBack();
    }
}

/** Keeps what is written on the two streams, and lets a call begin without an exit code, until both are put back. */
function captured(): { readonly written: () => Omit<Run, 'exit'>; readonly putBack: () => void } {
    const { exitCode, stdout, stderr } = process;
    const [out, err] = [taken(stdout), taken(stderr)];
    process.exitCode = undefined;
    return {
        written: () => ({ out: out.text(), err: err.text() }),
        putBack: () => {
            process.exitCode = exitCode;
            out.putBack();
            err.putBack();
        },
    };
}

/** Takes what is written on a stream, as the bytes that a pipe would get. */
function taken(stream: NodeJS.WriteStream): { readonly text: () => string; readonly putBack: () => void } {
    const chunks: Buffer[] = [];
    const writing = vi.spyOn(stream, 'write').mockImplementation((chunk, ...more: unknown[]) => {
        chunks.push(Buffer.from(chunk as string));
        const whenDone = more.at(-1);
        if (typeof whenDone === 'function') process.nextTick(whenDone);
        return true;
    });
    return { text: () => Buffer.concat(chunks).toString(), putBack: () => writing.mockRestore() };
}
