import { Cancellation, DocumentState, OperationCancelled, TextDocument, URI } from 'langium';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Position } from 'vscode-languageserver-types';
import { estate, type Fixture } from '../fixture.js';
import { share } from '../share.js';
import { problemsOf } from './tell.js';

const words =
    `topology region zones management cluster workload in plane postgres external internal backup every no elasticsearch
via front-envoy iam-signing-key gitops sync central control listener own edge token ttl data gateway ingress tier1 vm
replicas across defaults for clusters network -> <-> service on namespace exposed to weight gslb calls requires failover
east-west outlier detection authorization by fails open rate limit owner labels scenario virtual machines through
{ } { } , / . ; = "x" "x 'y' 1h 24 1.10 2-prod a b east us /* */ // @ < >`.split(/\s+/);

test('whatever is written: no check fails, every message has a code, and the topology can be built', async () => {
    const text = fc
        .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(' ', ' ', '\n')), { maxLength: 60 })
        .map((parts) => parts.flat().join(''));
    const sound = 'workload cluster east\nservice a on east\n';
    let { change } = await estate('');
    await fc.assert(
        fc.asyncProperty(text, async (junk) => {
            const fixture = await change({ 'main.tsbtopo': sound + junk });
            change = fixture.change;
            expect(fixture.diagnostics.map(({ code }) => code)).not.toContain('internal-error');
            expect(fixture.diagnostics.every(({ code }) => typeof code === 'string' && code !== 'syntax')).toBe(true);
            expect(placesOutside(fixture)).toEqual([]);
            expect(fixture.topology.services[0]).toMatchObject({ name: 'a', homes: [{ cluster: 'east' }] });
        }),
        { numRuns: share(400), seed: 1 },
    );
});

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

/** The places of messages, and of what they refer to, that no text of the file has. */
function placesOutside({ diagnostics, document: { textDocument } }: Fixture): Position[] {
    const places = diagnostics.flatMap(({ range, relatedInformation = [] }) => [
        ...[range, ...relatedInformation.map(({ location }) => location.range)].flatMap(({ start, end }) => [
            start,
            end,
        ]),
    ]);
    const isInside = (place: Position) => {
        const { line, character } = textDocument.positionAt(textDocument.offsetAt(place));
        return line === place.line && character === place.character;
    };
    return places.filter((place) => !isInside(place));
}

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
