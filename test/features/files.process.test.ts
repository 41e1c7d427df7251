import { expect, test } from 'vitest';
import { ResponseError } from 'vscode-jsonrpc';
import type { Hover } from 'vscode-languageserver-protocol';
import { type DirectoryEntry, type FileArgument, fileRequests } from '../../server/protocol/files.js';
import { bundledServer, type ClientParts } from './server.js';

const start = bundledServer();

const clusters = 'topology demo\nmanagement cluster mgmt\nworkload cluster east\nworkload cluster west';
const services = 'topology demo\nservice shop on easst';

const codes = (diagnostics: readonly { code?: unknown }[]) => diagnostics.map(({ code }) => code);

/** A client with a folder that exists nowhere else: files by their path, null for one that cannot be read. */
function virtualFolder(files: Record<string, string | null>): ClientParts & { reads: string[] } {
    const folderUri = 'virtual://estate/platform';
    const reads: string[] = [];
    const pathOf = ({ uri }: FileArgument) => uri.slice(folderUri.length + 1);
    const missing = () => new ResponseError(1, 'no such file');
    return {
        folderUri,
        reads,
        answers: {
            [fileRequests.read]: (argument: FileArgument) => {
                reads.push(pathOf(argument));
                return files[pathOf(argument)] ?? missing();
            },
            [fileRequests.list]: (argument: FileArgument): DirectoryEntry[] => {
                const folder = argument.uri === folderUri ? '' : `${pathOf(argument)}/`;
                const below = Object.keys(files).filter((path) => path.startsWith(folder));
                const names = new Set(below.map((path) => path.slice(folder.length).split('/')[0]!));
                return [...names].map((name) => ({ name, isDirectory: !(folder + name in files) }));
            },
            [fileRequests.isDirectory]: (argument: FileArgument) => (pathOf(argument) in files ? false : missing()),
        },
    };
}

test('`tsbtopo.json` of another scheme is read through the client', async () => {
    const client = virtualFolder({
        'eu/clusters.tsbtopo': clusters,
        'tsbtopo.json': '{ "rules": { "postgres-protection-unsaid": "error" } }',
    });
    const { diagnostics, stop } = await start({}, { readsFiles: true }, client);
    const found = await diagnostics('eu/clusters.tsbtopo', (all) => all.length > 0);
    expect(found.find(({ code }) => code === 'postgres-protection-unsaid')?.severity).toBe(1);
    expect(await stop()).toBe(0);
});

test('files of another scheme are read through the client, from the start and when they change', async () => {
    const files: Record<string, string | null> = {
        'clusters.tsbtopo': clusters,
        'eu/services.tsbtopo': services,
        'eu/README.md': 'not asked for',
        'eu/broken.tsbtopo': null,
        'node_modules/other/estate.tsbtopo': 'not asked for either',
    };
    const client = virtualFolder(files);
    const { connection, uri, diagnostics, stop } = await start({}, { readsFiles: true }, client);
    expect(codes(await diagnostics('eu/services.tsbtopo', (found) => found.length > 0))).toContain('unknown-cluster');
    expect(client.reads.sort()).toEqual(['clusters.tsbtopo', 'eu/broken.tsbtopo', 'eu/services.tsbtopo']);

    const hover = await connection.sendRequest<Hover>('textDocument/hover', {
        textDocument: { uri: uri('clusters.tsbtopo') },
        position: { line: 2, character: 18 },
    });
    expect(hover.contents).toMatchObject({ value: expect.stringContaining('workload cluster `east`') as string });

    files['eu/services.tsbtopo'] = services.replace('easst', 'east');
    files['eu/more.tsbtopo'] = 'topology demo\nservice cart on north';
    await connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [
            { uri: uri('eu/services.tsbtopo'), type: 2 },
            { uri: uri('eu/more.tsbtopo'), type: 1 },
        ],
    });
    expect(codes(await diagnostics('eu/more.tsbtopo', (found) => found.length > 0))).toContain('unknown-cluster');
    await diagnostics('eu/services.tsbtopo', (found) => !codes(found).includes('unknown-cluster'));
    expect(await stop()).toBe(0);
});

test('a client that reads no files is not asked, and what it opens is checked', async () => {
    const client = virtualFolder({ 'clusters.tsbtopo': clusters });
    const { open, diagnostics, asked, stop } = await start({}, {}, client);
    await open('services.tsbtopo', services);
    expect(codes(await diagnostics('services.tsbtopo', (found) => found.length > 0))).toContain('unknown-cluster');
    expect(asked.filter((method) => method.startsWith('tsbtopo/'))).toEqual([]);
    expect(await stop()).toBe(0);
});

test('a new document that is closed unsaved is forgotten', async () => {
    const { connection, open, diagnostics, stop } = await start();
    const estate = `${clusters}\nservice shop on east, west`;
    await open('untitled:Untitled-1', estate);
    await diagnostics('untitled:Untitled-1', (found) => codes(found).includes('telemetry-path-assumed'));
    await open('untitled:Untitled-2', estate);
    await diagnostics('untitled:Untitled-2', (found) => codes(found).includes('duplicate-declaration'));
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri: 'untitled:Untitled-1' } });
    await diagnostics('untitled:Untitled-2', (found) => !codes(found).includes('duplicate-declaration'));
    expect(await diagnostics('untitled:Untitled-1', (found) => found.length === 0)).toEqual([]);
    expect(await stop()).toBe(0);
});
