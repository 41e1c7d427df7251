import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeLens } from 'vscode-languageserver-protocol';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { SessionClient } from './client.js';

/** Answered by measured-server.ts. Result: bytes. */
export const heapRequest = 'test/heap';

const measureEvery = 1_000;
const askEvery = 5;
const reopenEvery = 100;

/**
 * Types into an estate, with a simulation running, and measures what the server holds after every thousand edits. No two
 * edits make the same text, so whatever is kept by name or by text shows.
 *
 * @param root of the project
 * @param program measured-server.ts, bundled
 */
export async function measureMemory(
    root: string,
    program: string,
    edits: number,
    measured: (edits: number, bytes: number) => void,
): Promise<void> {
    const folder = resolve(root, 'examples/acme');
    const address = (name: string) => pathToFileURL(resolve(folder, name)).toString();
    const uri = address('services.tsbtopo');
    const text = readFileSync(resolve(folder, 'services.tsbtopo'), 'utf8');
    const textDocument = { uri, languageId: 'tsbtopo', version: 1, text };
    const line = text.split('\n').length - 1;
    const client = await SessionClient.start(['--expose-gc', program], [{ uri: address('.'), name: 'acme' }]);
    client.notify('textDocument/didOpen', { textDocument });
    await client.ask('workspace/executeCommand', {
        command: simulationCommands.run,
        arguments: [{ uri, scenario: { failures: ['mgmt'], restarts: [], at: 0 } }],
    });
    for (let edit = 1; edit <= edits; edit++) {
        const [start, end] = [0, 1_000].map((character) => ({ line, character }));
        // every fourth one is a mistake
        const typed = `service typed-${edit} on nowhere-${edit}${edit % 4 === 0 ? ' ,' : ''}`;
        const contentChanges = [{ range: { start, end }, text: typed }];
        client.notify('textDocument/didChange', { textDocument: { uri, version: edit + 1 }, contentChanges });
        if (edit % askEvery === 0) await look(client, uri, line);
        if (edit % reopenEvery === 0) {
            client.notify('textDocument/didClose', { textDocument });
            client.notify('textDocument/didOpen', { textDocument });
        }
        if (edit % measureEvery === 0) measured(edit, (await client.ask<number>(heapRequest, {})) ?? NaN);
    }
    await client.stop();
    if (client.faults.length > 0) throw new Error(client.faults[0]);
}

/** What an editor asks for after an edit. */
async function look(client: SessionClient, uri: string, line: number): Promise<void> {
    const textDocument = { uri };
    await client.ask('textDocument/hover', { textDocument, position: { line, character: 10 } });
    const lenses = (await client.ask<CodeLens[]>('textDocument/codeLens', { textDocument })) ?? [];
    for (const lens of lenses.slice(-5)) await client.ask('codeLens/resolve', lens);
    await client.ask('textDocument/semanticTokens/full', { textDocument });
}
