import { DocumentState, EmptyFileSystem } from 'langium';
import { expect, test } from 'vitest';
import { judgePromises } from '../../server/estate/promises.js';
import { diagnosticsOf } from '../../server/features/diagnostics.js';
import { createEditorServices } from '../../server/features/language-server.js';
import { partsOf } from '../../server/topology/neighbourhoods.js';
import { editor, type Editor } from './editor.js';

const services = createEditorServices(EmptyFileSystem);

/** What clients ask as soon as a file is read, while the build goes on. */
const asked: Readonly<Record<string, (session: Editor) => unknown>> = {
    nothing: () => undefined,
    lenses: (session) => session.lenses(),
    diagnostics: (session) => diagnosticsOf(session.document(), services.tsbtopo),
    'the outline': (session) =>
        services.tsbtopo.lsp.DocumentSymbolProvider!.getSymbols(session.document(), {
            textDocument: { uri: session.uri() },
        }),
};

/** Types, and asks when the file is read. */
async function typeAndAsk(session: Editor, text: string | Record<string, string>, what: string): Promise<void> {
    let answer: unknown;
    const listener = services.shared.workspace.DocumentBuilder.onDocumentPhase(DocumentState.Parsed, () => {
        answer = asked[what]!(session);
    });
    await session.type(text);
    listener.dispose();
    await answer;
}

test.each(Object.keys(asked))('what stands below an added line moves: %s asked meanwhile', async (what) => {
    const text = [
        'topology shop\nmanagement cluster mgmt\nworkload cluster east',
        ...['a', 'b'].map((name) => `service ${name} on east`),
        'objective every service survives any cluster failure',
        // so that only some of the file is read
        ...Array.from({ length: 80 }, () => '// and more'),
        'service c on east\n',
    ].join('\n');
    const session = await editor(text, services);
    const shown = async () => {
        for (const estate of services.tsbtopo.workspace.Estates.all()) judgePromises(estate, services.tsbtopo);
        const broken = diagnosticsOf(session.document(), services.tsbtopo).filter(
            ({ code }) => code === 'objective-broken',
        );
        const lenses = (await session.lenses()).filter((each) => each.includes('counterexample'));
        return { broken: broken.map(({ range }) => range.start.line), lenses };
    };
    expect(await shown()).toEqual({ broken: [5], lenses: ['5: ▷ Simulate the counterexample'] });
    await typeAndAsk(session, text.replace('service a', '\n\n\nservice a'), what);
    expect(await shown()).toEqual({ broken: [8], lenses: ['8: ▷ Simulate the counterexample'] });
});

test.each(Object.keys(asked))('a key in a comment leaves the estate as it is: %s asked meanwhile', async (what) => {
    const names = Array.from({ length: 10 }, (_, index) => `s${index}`);
    const text = [
        'topology shop\nworkload cluster east {\n    // note\n    gateway ingress gw\n}',
        ...names.map((name) => `service ${name} on east {\n    // about\n    owner "team"\n}`),
    ].join('\n');
    const session = await editor(text, services);
    const topologyNow = () => services.tsbtopo.workspace.Topologies.of(session.uri())!;
    const before = topologyNow();
    // one in the midst of all that is left alone, and one for which all is read
    await typeAndAsk(session, text.replace('// note', '// noted'), what);
    expect(topologyNow()).toBe(before);
    await typeAndAsk(session, text.replaceAll('// about', '/* about').replaceAll('owner', '*/ owner'), what);
    expect(partsOf(topologyNow()).world).toBe(partsOf(before).world);
    expect(partsOf(topologyNow()).neighbourhoods).toEqual(partsOf(before).neighbourhoods);
});

test.each(Object.keys(asked))(
    'what new files say of each other is known in the end: %s asked meanwhile',
    async (what) => {
        const session = await editor({ 'a.tsbtopo': 'topology shop\nworkload cluster east' }, services);
        const servicesNow = () => services.tsbtopo.workspace.Topologies.of(session.uri())!.services;
        expect(servicesNow()).toEqual([]);
        const texts = { 'b.tsbtopo': 'service b on east { calls c }', 'c.tsbtopo': 'service c on east, west' };
        await typeAndAsk(session, { ...texts, 'd.tsbtopo': 'workload cluster west' }, what);
        expect(servicesNow().map(({ homes, calls }) => [homes.length, calls.length])).toEqual([
            [1, 1],
            [2, 0],
        ]);
    },
);
