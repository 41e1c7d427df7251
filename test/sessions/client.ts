import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import {
    CancellationTokenSource,
    ErrorCodes,
    createMessageConnection,
    StreamMessageReader,
    StreamMessageWriter,
    type MessageConnection,
} from 'vscode-jsonrpc/node';
import { LSPErrorCodes, MessageType, type Diagnostic, type SemanticTokensDelta } from 'vscode-languageserver-protocol';
import { analysing, type Analysing } from '../../server/protocol/analysing.js';
import { simulationChanged, type SimulationState } from '../../server/protocol/simulation-state.js';

/** A document as an editor shows it. */
export interface Shown {
    readonly text: string;
    readonly version: number;
}

/** A folder of the workspace. */
export interface Folder {
    readonly uri: string;
    readonly name: string;
}

/** After so long without a word, milliseconds, the server has worked in everything; events of files wait for 50. */
const quietTime = 90;

/** So long may an answer take, milliseconds. */
const patience = 60_000;

/** What a server may answer to a request that was cancelled, or to one about what an edit or a step has taken away. */
const expected: ReadonlySet<unknown> = new Set([
    LSPErrorCodes.RequestCancelled,
    LSPErrorCodes.ContentModified,
    LSPErrorCodes.ServerCancelled,
    ErrorCodes.InvalidParams,
]);

/** An editor without a window: it talks to a server in a process of its own, and remembers what it was told. */
export class SessionClient {
    /** What must not happen, in the order in which it did: internal errors, requests that fail, the end of the process. */
    readonly faults: string[] = [];
    readonly diagnostics = new Map<string, readonly Diagnostic[]>();
    /** As the server has told it last, of its own accord. */
    state: SimulationState = { simulations: [] };
    private readonly tokens = new Map<string, { resultId: string | undefined; data: readonly number[] }>();
    private readonly connection: MessageConnection;
    private readonly pending = new Set<Promise<unknown>>();
    private lastWord = performance.now();
    /** The versions of documents in the last analysis that has ended; undefined while one runs. */
    private analysed: ReadonlyMap<string, number> | undefined;
    private isEnding = false;

    private constructor(readonly process: ChildProcessWithoutNullStreams) {
        this.connection = createMessageConnection(
            new StreamMessageReader(process.stdout),
            new StreamMessageWriter(process.stdin),
        );
        process.once('exit', (code) => {
            if (!this.isEnding) this.faults.push(`the server ended with ${code}`);
        });
        this.listen();
    }

    /** Starts a server. @param program that of the server, with options of Node before it */
    static async start(program: readonly string[], folders: readonly Folder[]): Promise<SessionClient> {
        const client = new SessionClient(spawn(process.execPath, [...program, '--stdio']));
        await client.connection.sendRequest('initialize', {
            processId: process.pid,
            rootUri: null,
            capabilities: {
                workspace: { configuration: true, workspaceFolders: true, codeLens: { refreshSupport: true } },
            },
            workspaceFolders: folders,
            initializationOptions: { clientCommands: true },
        });
        client.notify('initialized', {});
        return client;
    }

    notify(method: string, params: object): void {
        void this.connection.sendNotification(method, params);
    }

    /** Asks; what fails is a fault, and answered with undefined. */
    async ask<T>(method: string, params: object, cancelled = false): Promise<T | undefined> {
        const source = new CancellationTokenSource();
        const answer = this.connection.sendRequest<T>(method, params, source.token);
        const asked = Promise.race([answer, timeOut()]).catch((error: unknown) => {
            const { code, message } = error as { code?: unknown; message?: string };
            if (!expected.has(code) && !this.isEnding) {
                this.faults.push(`${method} ${JSON.stringify(params)} fails: ${message}`);
            }
            return undefined;
        });
        this.pending.add(asked);
        void asked.finally(() => this.pending.delete(asked));
        if (cancelled) source.cancel();
        return asked;
    }

    /** The tokens of a file, as an editor gets them: the difference from those it has, where it has some. */
    async semanticTokens(uri: string): Promise<readonly number[] | undefined> {
        const textDocument = { uri };
        const known = this.tokens.get(uri);
        const told = await this.ask<{ resultId?: string; data?: number[]; edits?: SemanticTokensDelta['edits'] }>(
            known?.resultId === undefined
                ? 'textDocument/semanticTokens/full'
                : 'textDocument/semanticTokens/full/delta',
            { textDocument, previousResultId: known?.resultId },
        );
        if (!told) return undefined;
        const data = told.edits ? applied(known!.data, told.edits) : (told.data ?? []);
        this.tokens.set(uri, { resultId: told.resultId, data });
        return data;
    }

    /** What was known of a document goes with its editor. */
    forgetTokens(uri: string): void {
        this.tokens.delete(uri);
    }

    /** Waits until everything said so far has been answered and worked in. @param shown what editors show */
    async settled(shown: ReadonlyMap<string, Shown>): Promise<void> {
        while (this.pending.size > 0) await Promise.all(this.pending);
        const end = performance.now() + patience;
        do {
            await delay(quietTime / 2);
            if (this.process.exitCode !== null) return;
            if (performance.now() > end) return void this.faults.push('the server never ends reading');
        } while (!this.hasRead(shown) || performance.now() - this.lastWord < quietTime);
    }

    /** Ends the server as an editor would. */
    async stop(): Promise<void> {
        this.isEnding = true;
        if (this.process.exitCode !== null) return;
        const ended = once(this.process, 'exit');
        await this.connection.sendRequest('shutdown');
        this.notify('exit', {});
        await ended;
        this.connection.dispose();
    }

    private listen(): void {
        const heard = <T>(method: string, take: (params: T) => void) =>
            this.connection.onNotification(method, (params: T) => {
                this.lastWord = performance.now();
                take(params);
            });
        heard('textDocument/publishDiagnostics', ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
            if (diagnostics.length > 0) this.diagnostics.set(uri, diagnostics);
            else this.diagnostics.delete(uri);
        });
        heard(simulationChanged, (state: SimulationState) => (this.state = state));
        heard(analysing, (now: Analysing) => {
            this.analysed =
                now.kind === 'begin' ? undefined : new Map(now.versions.map(({ uri, version }) => [uri, version]));
        });
        heard('window/logMessage', ({ type, message }: { type: MessageType; message: string }) => {
            if (type === MessageType.Error) this.blame(message);
        });
        this.connection.onNotification(() => void (this.lastWord = performance.now()));
        this.connection.onRequest((method) => (method === 'workspace/configuration' ? [{}] : null));
        this.process.stderr.on('data', (text: Buffer) => this.blame(text.toString()));
        this.connection.listen();
    }

    private blame(text: string): void {
        // that files and folders go while they are read is no mistake of anybody
        if (!text.includes(' cannot be read: ')) this.faults.push(text);
    }

    private hasRead(shown: ReadonlyMap<string, Shown>): boolean {
        const { analysed } = this;
        if (analysed === undefined || analysed.size !== shown.size) return false;
        return [...shown].every(([uri, { version }]) => analysed.get(uri) === version);
    }
}

/** What takes too long has been lost. */
async function timeOut(): Promise<never> {
    await delay(patience, undefined, { ref: false });
    throw new Error(`no answer within ${patience / 1000} s`);
}

function applied(data: readonly number[], edits: SemanticTokensDelta['edits']): readonly number[] {
    const result = [...data];
    // each is about the array as it was
    for (const { start, deleteCount, data: inserted = [] } of [...edits].sort((a, b) => b.start - a.start)) {
        result.splice(start, deleteCount, ...inserted);
    }
    return result;
}
