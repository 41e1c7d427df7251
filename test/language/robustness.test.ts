import { Cancellation, DocumentState, OperationCancelled, TextDocument, URI } from 'langium';
import { describe, expect, test } from 'vitest';
import { estate } from '../fixture.js';
import { placesOutside } from './places-outside.js';
import { problemsOf } from './tell.js';

test.each(['/x', '/', '}', ' ', '', '\n/x', '"', '/*', ', east', '// a\r\n/x', 'in', 'topology', '\u2028/x'])(
    'every message stands in its file, also where the parser makes up a token: %j',
    async (text) => {
        expect(placesOutside(await estate(text))).toEqual([]);
    },
);

test.each(['/x', '/ x', '\n\n/ x', '// a\n/ Add'])('a mistake at the first word is shown there: %j', async (text) => {
    const { diagnostics, document } = await estate(text);
    const places = diagnostics.map(({ range }) => document.textDocument.getText(range));
    expect(places).toEqual(['/']);
});

test('an edit that is overtaken by the next one', async () => {
    const before = await estate({
        'a.tsbtopo': 'topology t\nworkload cluster east',
        'b.tsbtopo': 'topology t\nservice s on east',
    });
    const { DocumentBuilder, TextDocuments } = before.services.shared.workspace;
    const uri = 'file:///a.tsbtopo';
    TextDocuments.set(TextDocument.create(uri, 'tsbtopo', 1, 'topology t\nworkload cluster west'));
    const overtaken = new Cancellation.CancellationTokenSource();
    const build = DocumentBuilder.update([URI.parse(uri)], [], overtaken.token);
    overtaken.cancel();
    await expect(build).rejects.toBeDefined();
    const after = await before.change({ 'c.tsbtopo': 'topology t\nservice r on west' });
    expect(problemsOf(after)).toEqual(['unknown-cluster «east» There is no cluster `east`. Did you mean `west`?']);
    expect(after.topology.clusters.map(({ name }) => name)).toEqual(['west']);
});

describe('whoever waits for a state goes on when it is reached', () => {
    const uri = URI.parse('file:///main.tsbtopo');
    const edited = async () => {
        const { services } = await estate('topology t\nworkload cluster east');
        const { DocumentBuilder, LangiumDocuments, TextDocuments } = services.shared.workspace;
        const edit = (name: string) =>
            TextDocuments.set(
                TextDocument.create(uri.toString(), 'tsbtopo', 1, `topology t\nworkload cluster ${name}`),
            );
        return { DocumentBuilder, edit, state: () => LangiumDocuments.getDocument(uri)?.state };
    };

    test('also if they come while others are told of it', async () => {
        const { DocumentBuilder, edit } = await edited();
        const waits: Promise<unknown>[] = [];
        DocumentBuilder.onBuildPhase(DocumentState.Validated, () => {
            waits.push(DocumentBuilder.waitUntil(DocumentState.Validated));
        });
        edit('west');
        await DocumentBuilder.update([uri], []);
        await Promise.all(waits);
        expect(waits).toHaveLength(1);
    });

    test('also if all files are further already, as the build before was overtaken', async () => {
        const { DocumentBuilder, edit } = await edited();
        const overtaken = new Cancellation.CancellationTokenSource();
        const listener = DocumentBuilder.onBuildPhase(DocumentState.IndexedReferences, () => overtaken.cancel());
        edit('west');
        await expect(DocumentBuilder.update([uri], [], overtaken.token)).rejects.toBeDefined();
        listener.dispose();
        const build = DocumentBuilder.update([], []);
        await Promise.all([DocumentBuilder.waitUntil(DocumentState.Linked), build]);
    });

    test('and not before, nor if they do not want to wait any longer', async () => {
        const { DocumentBuilder, edit, state } = await edited();
        const impatient = new Cancellation.CancellationTokenSource();
        edit('west');
        const build = DocumentBuilder.update([uri], []);
        const given = DocumentBuilder.waitUntil(DocumentState.Validated, impatient.token);
        impatient.cancel();
        await expect(given).rejects.toBe(OperationCancelled);
        await DocumentBuilder.waitUntil(DocumentState.Linked);
        expect(state()).toBeGreaterThanOrEqual(DocumentState.Linked);
        await build;
    });
});
