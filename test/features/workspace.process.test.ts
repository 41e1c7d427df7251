import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { DiagnosticSeverity, type Diagnostic, type Hover } from 'vscode-languageserver-protocol';
import { type TopologySummary, viewRequests } from '../../server/protocol/views.js';
import { bundledServer, type Server } from './server.js';

const start = bundledServer();

const clusters = 'topology demo\nmanagement cluster mgmt\nworkload cluster east\nworkload cluster west\n';
const services = 'topology demo\nservice shop on east, west\n';
const wrong = services.replace('west', 'wesst');
const created = 1;
const changed = 2;
const deleted = 3;

const codes = (diagnostics: readonly { code?: unknown }[]) => diagnostics.map(({ code }) => code);
const has = (code: string) => (found: readonly { code?: unknown }[]) => codes(found).includes(code);
const hasNot = (code: string) => (found: readonly { code?: unknown }[]) => !codes(found).includes(code);

const close = ({ connection, uri }: Server, name: string) =>
    connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(name) } });
const tell = ({ connection, uri }: Server, ...events: readonly (readonly [name: string, type: number])[]) =>
    connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: events.map(([name, type]) => ({ uri: uri(name), type })),
    });
const topologies = async ({ connection }: Server) =>
    (await connection.sendRequest<TopologySummary[]>(viewRequests.topologies, {})).map(({ topology }) => topology);

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Another folder, with files. */
function folderWith(files: Record<string, string>): { uri: string; name: string } {
    const folder = mkdtempSync(join(tmpdir(), 'tsbtopo-second-'));
    folders.push(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return { uri: pathToFileURL(folder).toString(), name: 'second' };
}

test('what was typed and not saved is down with the editor: the file is as on disk for everybody else', async () => {
    const server = await start({ 'clusters.tsbtopo': clusters, 'services.tsbtopo': services });
    await server.open('clusters.tsbtopo', clusters.replace('west', 'north'));
    await server.diagnostics('services.tsbtopo', has('unknown-cluster'));
    await close(server, 'clusters.tsbtopo');
    await server.diagnostics('services.tsbtopo', hasNot('unknown-cluster'));
    expect(await server.stop()).toBe(0);
});

test('a file that is deleted while it is open goes when it is closed', async () => {
    const server = await start({ 'clusters.tsbtopo': clusters, 'services.tsbtopo': services });
    await server.open('clusters.tsbtopo', clusters);
    rmSync(join(server.folder, 'clusters.tsbtopo'));
    await tell(server, ['clusters.tsbtopo', deleted]);
    await server.open('services.tsbtopo', `${services}service cart on wesst`);
    expect(
        codes(await server.diagnostics('services.tsbtopo', has('unknown-cluster'))).filter(
            (code) => code === 'unknown-cluster',
        ),
    ).toHaveLength(1);
    await close(server, 'clusters.tsbtopo');
    await server.diagnostics(
        'services.tsbtopo',
        (found) => codes(found).filter((code) => code === 'unknown-cluster').length === 3,
    );
    expect(await server.stop()).toBe(0);
});

test.each(['notes.txt', 'Makefile', 'untitled:Untitled-1', 'a%20b.tsbtopo', '.tsbtopo', 'x.tsbtopo/'])(
    'a document %s is opened, edited and closed like any other',
    async (name) => {
        const server = await start({ 'clusters.tsbtopo': clusters, 'services.tsbtopo': wrong });
        await server.open(name, 'workload cluster east');
        await server.change(name, 2, 'workload cluster east\nservice a on nowhere');
        await server.diagnostics(name, has('unknown-cluster'));
        await close(server, name);
        await server.diagnostics(name, (found) => found.length === 0);
        await server.open('services.tsbtopo', services);
        await server.diagnostics('services.tsbtopo', hasNot('unknown-cluster'));
        expect(await server.stop()).toBe(0);
    },
);

test('events about what is no part of the workspace bring nothing in', async () => {
    const server = await start({
        'clusters.tsbtopo': clusters,
        'services.tsbtopo': services,
        '.gitignore': 'drafts',
        '.history/clusters_1.tsbtopo': clusters,
        'node_modules/x/clusters.tsbtopo': clusters,
        'out/clusters.tsbtopo': clusters,
        'drafts/clusters.tsbtopo': clusters,
        'new.tsbtopo': 'topology demo\nservice cart on nowhere',
    });
    await tell(
        server,
        ['.history/clusters_1.tsbtopo', created],
        ['node_modules/x/clusters.tsbtopo', changed],
        ['out/clusters.tsbtopo', created],
        ['drafts', created],
        ['drafts/clusters.tsbtopo', changed],
        ['new.tsbtopo', created],
    );
    await server.diagnostics('new.tsbtopo', has('unknown-cluster'));
    expect(codes(await server.diagnostics('clusters.tsbtopo'))).not.toContain('duplicate-declaration');
    expect(await topologies(server)).toEqual(['demo']);
    expect(await server.stop()).toBe(0);
});

test('an open file that is left out is an estate of its own, says so, and follows `.gitignore`', async () => {
    const server = await start({
        'clusters.tsbtopo': clusters,
        'services.tsbtopo': services,
        'drafts/a.tsbtopo': clusters,
    });
    expect(codes(await server.diagnostics('drafts/a.tsbtopo', (found) => found.length > 0))).toContain(
        'duplicate-declaration',
    );
    await server.open('drafts/a.tsbtopo', clusters);
    writeFileSync(join(server.folder, '.gitignore'), 'drafts\n');
    await tell(server, ['.gitignore', created]);
    const said = await server.diagnostics('drafts/a.tsbtopo', has('left-out'));
    expect(codes(said)).not.toContain('duplicate-declaration');
    expect(await topologies(server)).toEqual(['demo', 'demo']);
    await server.diagnostics('clusters.tsbtopo', hasNot('duplicate-declaration'));

    await close(server, 'drafts/a.tsbtopo');
    await server.diagnostics('drafts/a.tsbtopo', (found) => found.length === 0);
    expect(await topologies(server)).toEqual(['demo']);
    rmSync(join(server.folder, '.gitignore'));
    await tell(server, ['.gitignore', deleted]);
    await server.diagnostics('drafts/a.tsbtopo', has('duplicate-declaration'));
    expect(await server.stop()).toBe(0);
});

test('severities of `tsbtopo.json` hold as it is saved, and mistakes in it are shown in it', async () => {
    const settings = (severity: string) =>
        `{ "rules": { "postgres-protection-unsaid": "${severity}", "odd-hots": "off" } }`;
    const server = await start({ 'clusters.tsbtopo': clusters, 'tsbtopo.json': settings('error') });
    const severityOf = (found: readonly Diagnostic[]) =>
        found.find(({ code }) => code === 'postgres-protection-unsaid')?.severity;
    await server.diagnostics('clusters.tsbtopo', (found) => severityOf(found) === DiagnosticSeverity.Error);
    await server.diagnostics('tsbtopo.json', has('settings-unknown'));

    writeFileSync(join(server.folder, 'tsbtopo.json'), settings('warning').replace('hots', 'host'));
    await tell(server, ['tsbtopo.json', changed]);
    await server.diagnostics('clusters.tsbtopo', (found) => severityOf(found) === DiagnosticSeverity.Warning);
    await server.diagnostics('tsbtopo.json', (found) => found.length === 0);

    rmSync(join(server.folder, 'tsbtopo.json'));
    await tell(server, ['tsbtopo.json', deleted]);
    await server.diagnostics('clusters.tsbtopo', (found) => severityOf(found) === DiagnosticSeverity.Hint);
    expect(await server.stop()).toBe(0);
});

test('a folder that comes brings its files, and takes them along when it goes', async () => {
    const server = await start({ 'clusters.tsbtopo': clusters, 'services.tsbtopo': services });
    mkdirSync(join(server.folder, 'new.d/deep'), { recursive: true });
    writeFileSync(join(server.folder, 'new.d/deep/more.tsbtopo'), clusters);
    await tell(server, ['new.d', created]);
    await server.diagnostics('new.d/deep/more.tsbtopo', has('duplicate-declaration'));
    rmSync(join(server.folder, 'new.d'), { recursive: true });
    await tell(server, ['new.d', deleted]);
    await server.diagnostics('new.d/deep/more.tsbtopo', (found) => found.length === 0);
    expect(await topologies(server)).toEqual(['demo']);
    expect(await server.stop()).toBe(0);
});

test('a folder takes its `.gitignore` and `tsbtopo.json` along when it goes, and brings them when it comes', async () => {
    const off = '{ "rules": { "postgres-protection-unsaid": "off" } }';
    const server = await start({
        'drafts/a.tsbtopo': clusters,
        'drafts/.gitignore': '*\n',
        'drafts/tsbtopo.json': off,
    });
    const drafts = join(server.folder, 'drafts');
    await server.open('drafts/a.tsbtopo', clusters);
    expect(codes(await server.diagnostics('drafts/a.tsbtopo', has('left-out')))).not.toContain(
        'postgres-protection-unsaid',
    );
    rmSync(drafts, { recursive: true });
    await tell(server, ['drafts', deleted]);
    await server.diagnostics('drafts/a.tsbtopo', (found) => hasNot('left-out')(found) && found.length > 0);
    await server.diagnostics('drafts/a.tsbtopo', has('postgres-protection-unsaid'));

    mkdirSync(drafts);
    writeFileSync(join(drafts, '.gitignore'), '*\n');
    writeFileSync(join(drafts, 'tsbtopo.json'), off);
    await tell(server, ['drafts', created]);
    await server.diagnostics('drafts/a.tsbtopo', has('left-out'));
    await server.diagnostics('drafts/a.tsbtopo', hasNot('postgres-protection-unsaid'));
    expect(await server.stop()).toBe(0);
});

test('workspace folders are added and removed', async () => {
    const server = await start({ 'clusters.tsbtopo': clusters, 'services.tsbtopo': services });
    expect(server.capabilities.workspace?.workspaceFolders).toEqual({ supported: true, changeNotifications: true });
    const second = folderWith({ 'b.tsbtopo': 'topology second\nworkload cluster a\nservice s on b' });
    const change = (event: object) =>
        server.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    await change({ added: [second], removed: [] });
    await server.diagnostics(`${second.uri}/b.tsbtopo`, has('unknown-cluster'));
    expect(await topologies(server)).toEqual(expect.arrayContaining(['demo', 'second']));
    await change({ added: [], removed: [second] });
    await server.diagnostics(`${second.uri}/b.tsbtopo`, (found) => found.length === 0);
    expect(await topologies(server)).toEqual(['demo']);
    expect(await server.stop()).toBe(0);
});

test('20,000 events do not keep anybody waiting', async () => {
    const server = await start({ 'clusters.tsbtopo': clusters });
    await server.open('services.tsbtopo', wrong);
    await server.diagnostics('services.tsbtopo');
    const events = Array.from(
        { length: 20_000 },
        (_, index) => [`node_modules/p${index % 500}/f${index}.tsbtopo`, created] as const,
    );
    await tell(server, ...events);
    await tell(
        server,
        ...events.map(
            ([name]) => [name.replace('node_modules', 'data').replace('.tsbtopo', '.json'), created] as const,
        ),
    );
    const before = performance.now();
    const hover = await server.connection.sendRequest<Hover>('textDocument/hover', {
        textDocument: { uri: server.uri('services.tsbtopo') },
        position: { line: 1, character: 10 },
    });
    expect(hover).toBeTruthy();
    // generous: what is asked is whether it is a matter of seconds or of minutes
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(await server.stop()).toBe(0);
});
