import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import {
    createMessageConnection,
    StreamMessageReader,
    StreamMessageWriter,
    type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { Diagnostic, InitializeResult } from 'vscode-languageserver-protocol';
import { simulationChanged, type SimulationState } from '../../server/protocol/simulation-state.js';

/** A language server in a process of its own, and a client that speaks plain JSON-RPC. */
export interface Server {
    readonly connection: MessageConnection;
    readonly process: ChildProcessWithoutNullStreams;
    readonly capabilities: InitializeResult['capabilities'];
    /** The folder that is its workspace, and files in it. */
    readonly folder: string;
    /** The address of a file in it; one that is an address already stays as it is. */
    readonly uri: (name: string) => string;
    readonly open: (name: string, text: string) => Promise<void>;
    readonly change: (name: string, version: number, text: string) => Promise<void>;
    /** The diagnostics of a file, once some were published that the condition accepts. */
    readonly diagnostics: (
        name: string,
        condition?: (found: readonly Diagnostic[]) => boolean,
    ) => Promise<readonly Diagnostic[]>;
    /** The next state of the simulations that the server tells of its own accord. */
    readonly nextState: () => Promise<SimulationState>;
    /** Requests of the server so far, such as `workspace/codeLens/refresh`. */
    readonly asked: readonly string[];
    /** What it wrote on standard error. */
    readonly errors: () => string;
    /** Ends it as an editor would. @returns its exit code */
    readonly stop: () => Promise<number | null>;
}

/** What a client is beyond the default: one with a folder on disk that answers no request with anything of use. */
export interface ClientParts {
    /** The address of the workspace folder; by default that of the folder with the files. */
    readonly folderUri?: string;
    /** Names its folder in the old way, as `rootUri` alone. */
    readonly onlyRoot?: boolean;
    /** Answers to requests of the server, by their method. */
    readonly answers?: Readonly<Record<string, (params: never) => unknown>>;
}

/** Bundles the server once for a test file. @returns a function that starts it, with files in its workspace folder */
export function bundledServer(): (
    files?: Record<string, string>,
    options?: object,
    client?: ClientParts,
) => Promise<Server> {
    let bundle = '';
    const running: Server[] = [];
    beforeAll(async () => {
        bundle = mkdtempSync(join(tmpdir(), 'tsbtopo-server-'));
        await esbuild.build({
            entryPoints: [resolve(import.meta.dirname, '../../server/main.ts')],
            outfile: join(bundle, 'server.cjs'),
            bundle: true,
            platform: 'node',
            format: 'cjs',
            mainFields: ['module', 'main'],
            logLevel: 'error',
        });
    });
    afterAll(() => {
        for (const { process, connection, folder } of running) {
            connection.dispose();
            process.kill();
            rmSync(folder, { recursive: true, force: true });
        }
        rmSync(bundle, { recursive: true, force: true });
    });
    return async (files = {}, options = {}, client = {}) => {
        const server = await start(join(bundle, 'server.cjs'), files, options, client);
        running.push(server);
        return server;
    };
}

async function start(
    program: string,
    files: Record<string, string>,
    options: object,
    { folderUri, onlyRoot = false, answers = {} }: ClientParts,
): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), 'tsbtopo-workspace-'));
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
    }
    const child = spawn(process.execPath, [program, '--stdio']);
    const exited = once(child, 'exit') as Promise<[number | null]>;
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const connection = createMessageConnection(
        new StreamMessageReader(child.stdout),
        new StreamMessageWriter(child.stdin),
    );

    const published = new Map<string, readonly Diagnostic[]>();
    const listeners = new Set<() => void>();
    const asked: string[] = [];
    const states: SimulationState[] = [];
    const wake = () => listeners.forEach((listener) => listener());
    connection.onNotification(
        'textDocument/publishDiagnostics',
        ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
            published.set(uri, diagnostics);
            wake();
        },
    );
    connection.onNotification(simulationChanged, (state: SimulationState) => {
        states.push(state);
        wake();
    });
    connection.onRequest((method, params: unknown) => {
        asked.push(method);
        if (method in answers) return answers[method]!(params as never);
        return method === 'workspace/configuration' ? [{}] : null;
    });
    connection.onNotification(() => undefined);
    connection.listen();

    const until = <T>(value: () => T | undefined): Promise<T> =>
        new Promise((done) => {
            const look = () => {
                const found = value();
                if (found === undefined) return;
                listeners.delete(look);
                done(found);
            };
            listeners.add(look);
            look();
        });
    const workspace = folderUri ?? pathToFileURL(folder).toString();
    const uri = (name: string) => (name.includes(':') ? name : `${workspace}/${name}`);
    const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', {
        processId: process.pid,
        rootUri: onlyRoot ? workspace : null,
        capabilities: {
            workspace: { configuration: true, workspaceFolders: true, codeLens: { refreshSupport: true } },
        },
        workspaceFolders: onlyRoot ? undefined : [{ uri: workspace, name: 'test' }],
        initializationOptions: options,
    });
    await connection.sendNotification('initialized', {});
    return {
        connection,
        process: child,
        capabilities,
        folder,
        uri,
        open: (name, text) =>
            connection.sendNotification('textDocument/didOpen', {
                textDocument: { uri: uri(name), languageId: 'tsbtopo', version: 1, text },
            }),
        change: (name, version, text) =>
            connection.sendNotification('textDocument/didChange', {
                textDocument: { uri: uri(name), version },
                contentChanges: [{ text }],
            }),
        diagnostics: (name, condition = () => true) =>
            until(() => {
                const found = published.get(uri(name));
                return found && condition(found) ? found : undefined;
            }),
        nextState: () => until(() => states.shift()),
        asked,
        errors: () => errors,
        stop: async () => {
            await connection.sendRequest('shutdown');
            await connection.sendNotification('exit');
            const [code] = await exited;
            return code;
        },
    };
}
