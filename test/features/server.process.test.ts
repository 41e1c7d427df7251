import { describe, expect, test } from 'vitest';
import {
    CancellationTokenSource,
    ErrorCodes,
    LSPErrorCodes,
    type CodeAction,
    type CodeLens,
    type CompletionItem,
    type CompletionList,
    type Hover,
    type SelectionRange,
} from 'vscode-languageserver-protocol';
import { analysing, type Analysing } from '../../server/protocol/analysing.js';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { type TopologySummary, viewRequests } from '../../server/protocol/views.js';
import { bundledServer } from './server.js';

const text = `topology demo
management cluster mgmt
workload cluster east
workload cluster west
service shop on east, west`;

const start = bundledServer();

const codes = (diagnostics: readonly { code?: unknown }[]) => diagnostics.map(({ code }) => code);

test('a session, from initialize to exit', async () => {
    const { connection, capabilities, uri, open, change, diagnostics, nextState, asked, errors, stop } = await start(
        {},
        { clientCommands: true, docs: 'https://example.com' },
    );
    expect(capabilities).toMatchObject({
        hoverProvider: true,
        documentFormattingProvider: true,
        documentRangeFormattingProvider: true,
        documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] },
        codeLensProvider: { resolveProvider: true },
        executeCommandProvider: { commands: expect.arrayContaining(Object.values(simulationCommands)) as string[] },
        semanticTokensProvider: { full: { delta: true }, range: true },
        inlayHintProvider: {},
        selectionRangeProvider: true,
        callHierarchyProvider: {},
        typeDefinitionProvider: true,
        documentLinkProvider: {},
        renameProvider: { prepareProvider: true },
    });

    await open('a.tsbtopo', `${text}\nservice cart on wesst`);
    const found = await diagnostics('a.tsbtopo');
    expect(codes(found)).toContain('unknown-cluster');
    expect(found.find(({ code }) => code === 'unknown-cluster')?.codeDescription?.href).toBe(
        'https://example.com/diagnostics.md#unknown-cluster',
    );
    await change('a.tsbtopo', 2, text);
    expect(codes(await diagnostics('a.tsbtopo', (now) => !codes(now).includes('unknown-cluster')))).toContain(
        'telemetry-path-assumed',
    );

    const textDocument = { uri: uri('a.tsbtopo') };
    const hover = await connection.sendRequest<Hover>('textDocument/hover', {
        textDocument,
        position: { line: 2, character: 18 },
    });
    expect(hover.contents).toMatchObject({
        kind: 'markdown',
        value: expect.stringMatching(/^\*\*workload cluster `east`\*\*/) as string,
    });

    const positions = [{ line: 2, character: 18 }];
    const [selection] = await connection.sendRequest<SelectionRange[]>('textDocument/selectionRange', {
        textDocument,
        positions,
    });
    expect(selection).toMatchObject({ range: { start: { line: 2, character: 17 }, end: { line: 2, character: 21 } } });
    await expect(
        connection.sendRequest('textDocument/prepareRename', { textDocument, position: { line: 2, character: 1 } }),
    ).rejects.toThrow('`workload` is a word of the language, and stays as it is.');

    const lenses = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
    expect(lenses.map(({ range }) => range.start.line)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
    expect(lenses.every(({ command }) => command === undefined)).toBe(true);
    const resolved = await connection.sendRequest<CodeLens>('codeLens/resolve', lenses[3]);
    expect(resolved.command).toEqual({
        title: '▷ Simulate failure',
        command: simulationCommands.fail,
        arguments: [{ uri: textDocument.uri, element: 'east' }],
    });

    const { command, arguments: args } = resolved.command!;
    await connection.sendRequest('workspace/executeCommand', { command, arguments: args });
    expect((await nextState()).simulations).toMatchObject([
        { topology: 'demo', uri: textDocument.uri, failures: ['east'] },
    ]);
    await change('a.tsbtopo', 3, `// one line more\n${text}`);
    expect((await nextState()).simulations).toMatchObject([{ files: [{ version: 3 }] }]);
    const recovered = await connection.sendRequest<CodeLens>('codeLens/resolve', {
        ...lenses[3],
        range: { start: { line: 3, character: 17 }, end: { line: 3, character: 21 } },
    });
    expect(recovered.command?.title).toBe('↺ Recover');
    await connection.sendRequest('workspace/executeCommand', { command: simulationCommands.clear, arguments: [] });
    expect((await nextState()).simulations).toEqual([]);
    expect(asked).toContain('workspace/codeLens/refresh');

    expect(await stop()).toBe(0);
    expect(errors()).toBe('');
});

test('proposals are documented when somebody looks at one', async () => {
    const { connection, capabilities, uri, open, diagnostics, stop } = await start();
    expect(capabilities.completionProvider).toMatchObject({
        resolveProvider: true,
        triggerCharacters: ['.', '/', ' '],
    });
    await open('a.tsbtopo', `${text}\nservice cart on `);
    await diagnostics('a.tsbtopo');
    const { items } = await connection.sendRequest<CompletionList>('textDocument/completion', {
        textDocument: { uri: uri('a.tsbtopo') },
        position: { line: 5, character: 16 },
        context: { triggerKind: 2, triggerCharacter: ' ' },
    });
    expect(items.map(({ label }) => label)).toEqual(['east', 'west', 'mgmt']);
    expect(items.every(({ documentation }) => documentation === undefined)).toBe(true);
    const resolved = await connection.sendRequest<CompletionItem>('completionItem/resolve', items[0]);
    expect(resolved).toMatchObject({
        label: 'east',
        documentation: { kind: 'markdown', value: expect.stringContaining('if it fails') as string },
    });
    expect(await stop()).toBe(0);
});

test('files of the workspace that nobody opened are checked, and belong to the estate', async () => {
    const { diagnostics, open, connection, stop } = await start({
        'clusters.tsbtopo': text.replace(/\nservice.*/, ''),
        'services.tsbtopo': 'topology demo\nservice shop on easst',
    });
    expect(codes(await diagnostics('services.tsbtopo', (found) => found.length > 0))).toContain('unknown-cluster');
    expect(codes(await diagnostics('clusters.tsbtopo', (found) => found.length > 0))).toContain(
        'telemetry-path-assumed',
    );
    await open('services.tsbtopo', 'topology demo\nservice shop on east');
    expect(await diagnostics('services.tsbtopo', (found) => !codes(found).includes('unknown-cluster'))).toBeDefined();
    expect(await connection.sendRequest('workspace/executeCommand', { command: simulationCommands.state })).toEqual({
        simulations: [],
    });
    expect(await stop()).toBe(0);
});

test('fixes are offered for what was published, and mend it', async () => {
    const { capabilities, diagnostics, open, change, connection, uri, stop } = await start();
    expect(capabilities.codeActionProvider).toMatchObject({
        codeActionKinds: expect.arrayContaining(['quickfix', 'refactor.move', 'source.fixAll.tsbtopo']) as unknown,
    });
    await open('a.tsbtopo', text.replace('on east', 'on easst'));
    const published = await diagnostics('a.tsbtopo', (found) => codes(found).includes('unknown-cluster'));
    const unknown = published.find(({ code }) => code === 'unknown-cluster')!;
    const textDocument = { uri: uri('a.tsbtopo') };
    const actions = await connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument,
        range: unknown.range,
        context: { diagnostics: [unknown], only: ['quickfix'] },
    });
    expect(actions[0]).toMatchObject({ isPreferred: true, diagnostics: [{ code: 'unknown-cluster' }] });
    expect(actions[0]?.title).toMatch(/^Change `easst` to `east`/);
    const [edit] = actions[0]!.edit!.changes![textDocument.uri]!;
    expect(edit).toEqual({ range: unknown.range, newText: 'east' });
    await change('a.tsbtopo', 2, text);
    expect(await diagnostics('a.tsbtopo', (found) => !codes(found).includes('unknown-cluster'))).toBeDefined();
    expect(await stop()).toBe(0);
});

test('it tells when it reads and has read, and logs how long each step took', async () => {
    const { connection, uri, open, change, diagnostics, stop } = await start();
    const told: Analysing[] = [];
    const logged: string[] = [];
    connection.onNotification(analysing, (state: Analysing) => void told.push(state));
    connection.onNotification('window/logMessage', ({ type, message }: { type: number; message: string }) => {
        logged.push(`${type} ${message}`);
    });
    await open('a.tsbtopo', text);
    await diagnostics('a.tsbtopo');
    await change('a.tsbtopo', 2, `${text}\nservice cart on wesst`);
    await diagnostics('a.tsbtopo', (now) => codes(now).includes('unknown-cluster'));
    const [summary] = await connection.sendRequest<TopologySummary[]>(viewRequests.topologies, {
        uri: uri('a.tsbtopo'),
    });
    expect(summary).toMatchObject({ topology: 'demo', findings: { error: 1 } });
    expect(told.at(-1)).toMatchObject({
        kind: 'end',
        topologies: 1,
        versions: [{ uri: uri('a.tsbtopo'), version: 2 }],
    });
    expect(told.filter(({ kind }) => kind === 'begin').length).toBeGreaterThan(1);
    expect(logged).toContainEqual(
        expect.stringMatching(
            /^5 Analysed 1 changed file in [\d.]+ ms: read [\d.]+, link [\d.]+, check [\d.]+, topology [\d.]+, findings [\d.]+\.$/,
        ),
    );
    expect(logged).toContainEqual(expect.stringMatching(/^5 Failure graph of demo: \d+ nodes in [\d.]+ ms\.$/));
    expect(await stop()).toBe(0);
});

test('what a view no longer waits for is cancelled', async () => {
    const clusters = Array.from({ length: 400 }, (_, index) => `workload cluster c${index}`).join('\n');
    const { connection, uri, open, diagnostics, stop } = await start();
    await open('a.tsbtopo', `topology demo\nmanagement cluster mgmt\n${clusters}`);
    await diagnostics('a.tsbtopo');
    const cancelled = new CancellationTokenSource();
    const argument = { uri: uri('a.tsbtopo'), gravity: 'down' };
    const answer = connection.sendRequest(viewRequests.elements, argument, cancelled.token);
    cancelled.cancel();
    await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    const elements = await connection.sendRequest<unknown[]>(viewRequests.elements, argument);
    expect(elements.length).toBeGreaterThanOrEqual(400);
    expect(await stop()).toBe(0);
});

describe('junk', () => {
    test('is answered with errors, and the server goes on', async () => {
        const { connection, uri, open, change, diagnostics, process, stop } = await start();
        await open('a.tsbtopo', text);
        await diagnostics('a.tsbtopo');
        const textDocument = { uri: uri('a.tsbtopo') };
        const answer = (method: string, params?: unknown) =>
            connection.sendRequest(method, params).then(
                (result) => ({ result }),
                (error: { code: number }) => ({ code: error.code }),
            );

        expect(await answer('textDocument/nothing', {})).toEqual({ code: ErrorCodes.MethodNotFound });
        expect(await answer('workspace/executeCommand', { command: 'nothing' })).toBeDefined();
        for (const argument of [
            undefined,
            null,
            'text',
            7,
            [],
            {},
            { uri: 3 },
            { uri: 'x', element: 'east' },
            { ...textDocument, element: 'nothing' },
        ]) {
            const asked = { command: simulationCommands.fail, arguments: [argument] };
            expect(await answer('workspace/executeCommand', asked)).toEqual({ code: ErrorCodes.InvalidParams });
        }
        for (const position of [
            { line: 99, character: 0 },
            { line: 0, character: 9_999 },
            { line: -1, character: -1 },
        ]) {
            expect(await answer('textDocument/hover', { textDocument, position })).toBeDefined();
        }
        for (const request of Object.values(viewRequests)) {
            for (const argument of [undefined, {}, { uri: 7 }, { uri: 'x', gravity: 'x', within: 7, element: [] }, 7]) {
                expect(await answer(request, argument)).toBeDefined();
            }
        }
        for (const unknown of ['file:///nowhere.tsbtopo', 'untitled:Untitled-1', 'no address', '']) {
            expect(
                await answer('textDocument/hover', {
                    textDocument: { uri: unknown },
                    position: { line: 0, character: 0 },
                }),
            ).toBeDefined();
            expect(await answer('textDocument/codeLens', { textDocument: { uri: unknown } })).toBeDefined();
            const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
            const asked = { textDocument: { uri: unknown }, range, context: { diagnostics: [] } };
            expect(await answer('textDocument/codeAction', asked)).toBeDefined();
        }
        const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
        for (const data of [
            undefined,
            null,
            7,
            {},
            { uri: 7 },
            { uri: textDocument.uri, line: 99, character: 3, part: 'simulate' },
        ]) {
            expect(await answer('codeLens/resolve', { range, data })).toBeDefined();
        }
        await connection.sendNotification('textDocument/nothing', { a: 1 });
        await connection.sendNotification('$/nothing');
        await connection.sendNotification('textDocument/didClose', {
            textDocument: { uri: 'file:///never-opened.tsbtopo' },
        });
        await connection.sendNotification('workspace/didChangeWatchedFiles', {
            changes: [{ uri: 'file:///nowhere.tsbtopo', type: 1 }],
        });
        await connection.sendNotification('workspace/didChangeConfiguration', {
            settings: { tsbtopo: { codeLens: 7 } },
        });
        process.stdin.write('Content-Length: 8\r\n\r\nno json!');

        for (const [version, junk] of [
            '\0\u0001',
            '}'.repeat(2_000),
            '🙂 "',
            `${text}\n/*`,
            'x'.repeat(100_000),
            '',
        ].entries()) {
            await change('a.tsbtopo', version + 2, junk);
        }
        await change('a.tsbtopo', 99, `${text}\nservice cart on wesst`);
        expect(
            codes(await diagnostics('a.tsbtopo', (found) => codes(found).includes('unknown-cluster'))),
        ).toBeDefined();
        const lenses = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
        expect(lenses.length).toBeGreaterThan(0);
        expect(await stop()).toBe(0);
    });
});
