import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
    createMessageConnection,
    StreamMessageReader,
    StreamMessageWriter,
    type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { CodeLens, Hover, Position } from 'vscode-languageserver-protocol';
import { nodeOptions } from '../../src/client/node-options.js';
import { timing, type Timing } from './statistics.js';

export interface SessionResult {
    /** From the start of the process, milliseconds. */
    readonly firstDiagnostics: number;
    readonly firstLenses: number;
    /** A letter typed until diagnostics are published. */
    readonly keystroke: Timing;
    /** A letter typed, and a hover asked for at once. */
    readonly hoverAfterKey: Timing;
    /** A letter typed, and the lenses of a screen asked for and resolved at once. */
    readonly lensesAfterKey: Timing;
    /** The titles of a screen while nothing changes; each time those of the next one. */
    readonly titles: Timing;
    /** A hover while nothing changes; each place once, or as often as needed. */
    readonly hover: Timing;
    /** Of the server process at the end, MiB; undefined where the system does not tell. */
    readonly memory: number | undefined;
}

/** How many lenses an editor shows, and so resolves, at a time. */
const lensesOnScreen = 30;

/** After so long without diagnostics, milliseconds, the server has nothing left to do. */
const quietTime = 1_000;

const warmUp = 8;
const rounds = 20;

/** An editor that has opened a file, and the real server, over stdio. */
interface Session {
    readonly connection: MessageConnection;
    readonly textDocument: { readonly uri: string };
    readonly process: ChildProcess;
    /** When the process was started. */
    readonly start: number;
    /** How long it takes from a key until the diagnostics of the file are published. */
    readonly untilPublished: (key: () => Promise<unknown>) => Promise<Timing>;
    /** What was typed so far has been worked in. */
    readonly quiet: () => Promise<void>;
    readonly edit: (from: Position, to: Position, inserted: string) => Promise<void>;
}

/**
 * Plays an editor to the real server, over stdio, from the first diagnostics of a file on.
 *
 * @param typedIn the file that is opened
 * @param text of it, in the editor
 */
async function inEditor<T>(
    program: string,
    files: ReadonlyMap<string, string>,
    typedIn: string,
    text: string,
    play: (session: Session) => Promise<T>,
): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), 'tsbtopo-bench-'));
    for (const [name, each] of files) writeFileSync(join(folder, name), each);
    const uri = pathToFileURL(join(folder, typedIn)).toString();
    const start = performance.now();
    const child = spawn(process.execPath, [...nodeOptions, program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createMessageConnection(
        new StreamMessageReader(child.stdout),
        new StreamMessageWriter(child.stdin),
    );
    let onDiagnostics: (() => void) | undefined;
    let lastDiagnostics = 0;
    const nextDiagnostics = () => new Promise<void>((done) => (onDiagnostics = done));
    connection.onNotification('textDocument/publishDiagnostics', (published: { uri: string }) => {
        lastDiagnostics = performance.now();
        if (published.uri === uri) onDiagnostics?.();
    });
    connection.onRequest((method) => (method === 'workspace/configuration' ? [{}] : null));
    connection.onNotification(() => undefined);
    connection.listen();
    await connection.sendRequest('initialize', {
        processId: process.pid,
        rootUri: null,
        capabilities: { workspace: { configuration: true } },
        workspaceFolders: [{ uri: pathToFileURL(folder).toString(), name: 'bench' }],
        initializationOptions: { clientCommands: true },
    });
    const first = nextDiagnostics();
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'tsbtopo', version: 1, text },
    });
    await first;
    let version = 2;
    const result = await play({
        connection,
        textDocument: { uri },
        process: child,
        start,
        async quiet() {
            while (performance.now() - lastDiagnostics < quietTime) await delay(quietTime / 4);
        },
        edit: (from, to, inserted) =>
            connection.sendNotification('textDocument/didChange', {
                textDocument: { uri, version: version++ },
                contentChanges: [{ range: { start: from, end: to }, text: inserted }],
            }),
        untilPublished: (key) =>
            measured(async () => {
                const published = nextDiagnostics();
                await key();
                await published;
            }),
    });
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    connection.dispose();
    rmSync(folder, { recursive: true, force: true });
    return result;
}

/**
 * How long a letter, a hover and lenses take.
 *
 * @param typedIn the file in which is typed
 * @param places where to hover in it
 */
export async function measureSession(
    program: string,
    files: ReadonlyMap<string, string>,
    typedIn: string,
    places: (text: string) => readonly Position[],
): Promise<SessionResult> {
    // The last line is a service in a cluster that is, in turn, there and not: each letter changes the diagnostics.
    const [cluster] = /(?<=^workload cluster )\S+/m.exec([...files.values()].join('\n'))!;
    const line = `service typed-here on ${cluster}`;
    const text = `${files.get(typedIn)!}${line}x\n`;
    const end = text.split('\n').length - 2;
    return inEditor(program, files, typedIn, text, async (session) => {
        const { connection, textDocument, start, untilPublished, quiet, edit } = session;
        const firstDiagnostics = performance.now() - start;
        const lensesOf = async () =>
            (await connection.sendRequest<CodeLens[] | null>('textDocument/codeLens', { textDocument })) ?? [];
        const resolveScreen = async (lenses: readonly CodeLens[], screen = 0) => {
            const first = (screen * lensesOnScreen) % Math.max(1, lenses.length);
            const onScreen = lenses.slice(first, first + lensesOnScreen);
            await Promise.all(onScreen.map((lens) => connection.sendRequest('codeLens/resolve', lens)));
        };
        await resolveScreen(await lensesOf());
        const firstLenses = performance.now() - start;
        let isWrong = true;
        const key = async () => {
            const at = { line: end, character: line.length };
            await (isWrong ? edit(at, { ...at, character: at.character + 1 }, '') : edit(at, at, 'x'));
            isWrong = !isWrong;
        };
        await quiet();
        const keystroke = await untilPublished(key);
        const hoverAt = hovering(session, places(text));
        const hoverAfterKey = await measured(async (round) => {
            await key();
            await hoverAt(round);
        });
        await quiet();
        const lensesAfterKey = await measured(async () => {
            await key();
            await resolveScreen(await lensesOf());
        });
        await quiet();
        const lenses = await lensesOf();
        const titles = await measured((round) => resolveScreen(lenses, round));
        const hover = await measured(hoverAt);
        const memory = residentMemory(session.process.pid);
        return { firstDiagnostics, firstLenses, keystroke, hoverAfterKey, lensesAfterKey, titles, hover, memory };
    });
}

/** @param action gets a number that goes up by one each time */
async function measured(action: (round: number) => Promise<unknown>): Promise<Timing> {
    const all: number[] = [];
    for (let round = -warmUp; round < rounds; round++) {
        await delay(20);
        const before = performance.now();
        await action(round + warmUp);
        if (round >= 0) all.push(performance.now() - before);
    }
    return timing(all);
}

function hovering({ connection, textDocument }: Session, positions: readonly Position[]) {
    return (round: number) =>
        connection.sendRequest<Hover | null>('textDocument/hover', {
            textDocument,
            position: positions[round % positions.length],
        });
}

/** What is put in the place of the first such text of a file, and taken back: it changes the diagnostics of the file. */
export type Edit = readonly [from: string, to: string];

/** Of an edit that is made and taken back in turns. */
export interface EditResult {
    readonly diagnostics: Timing;
    /** A hover that is asked for at once. */
    readonly hover: Timing;
}

/**
 * How long edits take that are no letter in a service.
 *
 * @param places where to hover
 */
export function measureEdits(
    program: string,
    files: ReadonlyMap<string, string>,
    typedIn: string,
    edits: readonly Edit[],
    places: (text: string) => readonly Position[],
): Promise<EditResult[]> {
    const text = files.get(typedIn)!;
    // something is wrong from the beginning, so that diagnostics are published
    return inEditor(program, files, typedIn, `${text}service typed-here on nowhere\n`, async (session) => {
        const { untilPublished, quiet, edit } = session;
        const results: EditResult[] = [];
        for (const [from, to] of edits) {
            const before = text.slice(0, text.indexOf(from)).split('\n');
            const start = { line: before.length - 1, character: before.at(-1)!.length };
            const behind = (inserted: string) => {
                const lines = inserted.split('\n');
                const last = lines.at(-1)!.length;
                return lines.length === 1
                    ? { ...start, character: start.character + last }
                    : { line: start.line + lines.length - 1, character: last };
            };
            const added = to.split('\n').length - from.split('\n').length;
            // the last ones, which none of the edits takes in
            const positions = places(text).slice(-10);
            const moved = positions.map((each) => ({ ...each, line: each.line + added }));
            const [hoverAt, hoverThen] = [hovering(session, positions), hovering(session, moved)];
            let isMade = false;
            const key = async () => {
                await (isMade ? edit(start, behind(to), from) : edit(start, behind(from), to));
                isMade = !isMade;
            };
            await quiet();
            const diagnostics = await untilPublished(key);
            await quiet();
            const hover = await measured(async (round) => {
                await key();
                await (isMade ? hoverThen : hoverAt)(round);
            });
            results.push({ diagnostics, hover });
        }
        return results;
    });
}

function residentMemory(pid: number | undefined): number | undefined {
    try {
        const [, kibibytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
        return kibibytes === undefined ? undefined : Number(kibibytes) / 1_024;
    } catch {
        return undefined;
    }
}
