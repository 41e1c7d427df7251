import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
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

/**
 * Plays an editor to the real server, over stdio.
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
    const folder = mkdtempSync(join(tmpdir(), 'tsbtopo-bench-'));
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    const uri = pathToFileURL(join(folder, typedIn)).toString();
    // The last line is a service in a cluster that is, in turn, there and not: each letter changes the diagnostics.
    const [cluster] = /(?<=^workload cluster )\S+/m.exec([...files.values()].join('\n'))!;
    const line = `service typed-here on ${cluster}`;
    const text = `${files.get(typedIn)!}${line}x\n`;
    const end = text.split('\n').length - 2;
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
    /** What was typed so far has been worked in. */
    const quiet = async () => {
        while (performance.now() - lastDiagnostics < quietTime) await delay(quietTime / 4);
    };
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
    const textDocument = { uri };
    await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'tsbtopo', version: 1, text },
    });
    await first;
    const firstDiagnostics = performance.now() - start;
    const resolveLenses = async () => {
        const lenses = await connection.sendRequest<CodeLens[] | null>('textDocument/codeLens', { textDocument });
        const onScreen = (lenses ?? []).slice(0, lensesOnScreen);
        await Promise.all(onScreen.map((lens) => connection.sendRequest('codeLens/resolve', lens)));
    };
    await resolveLenses();
    const firstLenses = performance.now() - start;

    let version = 2;
    const edit = (from: Position, to: Position, inserted: string) =>
        connection.sendNotification('textDocument/didChange', {
            textDocument: { uri, version: version++ },
            contentChanges: [{ range: { start: from, end: to }, text: inserted }],
        });
    let isWrong = true;
    const key = async () => {
        const at = { line: end, character: line.length };
        await (isWrong ? edit(at, { ...at, character: at.character + 1 }, '') : edit(at, at, 'x'));
        isWrong = !isWrong;
    };
    const measured = async (action: (round: number) => Promise<unknown>): Promise<Timing> => {
        const all: number[] = [];
        for (let round = -warmUp; round < rounds; round++) {
            await delay(20);
            const before = performance.now();
            await action(round + warmUp);
            if (round >= 0) all.push(performance.now() - before);
        }
        return timing(all);
    };

    await quiet();
    const keystroke = await measured(async () => {
        const published = nextDiagnostics();
        await key();
        await published;
    });
    const positions = places(text);
    const hoverAt = (round: number) =>
        connection.sendRequest<Hover | null>('textDocument/hover', {
            textDocument,
            position: positions[round % positions.length],
        });
    const hoverAfterKey = await measured(async (round) => {
        await key();
        await hoverAt(round);
    });
    await quiet();
    const lensesAfterKey = await measured(async () => {
        await key();
        await resolveLenses();
    });
    await quiet();
    const hover = await measured(hoverAt);
    const memory = residentMemory(child.pid);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    connection.dispose();
    rmSync(folder, { recursive: true, force: true });
    return { firstDiagnostics, firstLenses, keystroke, hoverAfterKey, lensesAfterKey, hover, memory };
}

function residentMemory(pid: number | undefined): number | undefined {
    try {
        const [, kibibytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
        return kibibytes === undefined ? undefined : Number(kibibytes) / 1_024;
    } catch {
        return undefined;
    }
}
