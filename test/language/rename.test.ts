import { describe, expect, test } from 'vitest';
import type { RenameParams } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { estate } from '../fixture.js';

type Files = string | Record<string, string>;

async function at(input: Files) {
    const { services, documents, positions } = await estate(input);
    const [position] = positions;
    const document = [...documents.values()].find(({ uri }) => uri.toString() === position!.uri)!;
    const params = { textDocument: { uri: position!.uri }, position: position! };
    return { provider: services.lsp.RenameProvider!, document, documents, params };
}

/** The files after everything at the marker is renamed. */
async function renamed(input: Files, newName: string): Promise<Record<string, string>> {
    const { provider, document, documents, params } = await at(input);
    const edit = await provider.rename(document, { ...params, newName } satisfies RenameParams);
    return Object.fromEntries(
        [...documents].map(([name, { textDocument, uri }]) => [
            name,
            TextDocument.applyEdits(textDocument, edit?.changes?.[uri.toString()] ?? []),
        ]),
    );
}

/** Why the name is refused. */
async function refused(input: Files, newName: string): Promise<string> {
    return renamed(input, newName).then(
        (files) => `not refused: ${JSON.stringify(files)}`,
        (error: Error) => error.message,
    );
}

test('what begins an item is no name of what is required there, but in quotes', async () => {
    const text = `topology t
external service regis<|>try
management cluster mgmt
workload cluster east { requires registry to start }
service shop on east { requires registry }`;
    const { 'main.tsbtopo': gateway } = await renamed(text, 'gateway');
    expect(gateway).toContain('workload cluster east { requires "gateway" to start }');
    const { 'main.tsbtopo': plain } = await renamed(text, 'images');
    expect(plain).toContain('workload cluster east { requires images to start }');
});

describe('everything that means the same', () => {
    test.each([
        [
            'workload cluster ea<|>st { gateway tier1 }\nservice a on east { exposed "x" via east.tier1 to east }',
            'north',
            'workload cluster north { gateway tier1 }\nservice a on north { exposed "x" via north.tier1 to north }',
        ],
        ['service a\nservice b { calls default/<|>a }', '2-b', 'service "2-b"\nservice b { calls default/"2-b" }'],
        ['service "on"\nservice b { calls "<|>on" }', 'off', 'service off\nservice b { calls off }'],
        ['service "on"\nservice b { calls <|>"on" }', '"in"', 'service "in"\nservice b { calls "in" }'],
        ['service a<|>', 'say "hi"', 'service "say \\"hi\\""'],
        [
            'region us { zones <|>a }\nworkload cluster c in us/a',
            'gateway',
            'region us { zones "gateway" }\nworkload cluster c in us/"gateway"',
        ],
        [
            'workload cluster c { gateway <|>ingress, vm }\nservice a { exposed "x" via c.ingress }',
            'front',
            'workload cluster c { gateway ingress, vm front }\nservice a { exposed "x" via c.front }',
        ],
        ['external service s\nservice a { calls <|>s }', 'saas', 'external service saas\nservice a { calls saas }'],
        [
            'service <|>shop/a\nservice b { namespace shop calls shop/a on c { namespace shop } }\nworkload cluster c',
            'store',
            'service store/a\nservice b { namespace store calls store/a on c { namespace store } }\nworkload cluster c',
        ],
        [
            'service a { namespace sh<|>op }\nservice b { calls shop/a }',
            'in',
            'service a { namespace "in" }\nservice b { calls "in"/a }',
        ],
        ['workload cluster a<|>', 'a', 'workload cluster a'],
    ])('%s', async (text, newName, expected) => {
        expect(await renamed(text, newName)).toEqual({ 'main.tsbtopo': expected });
    });

    test('in all files of the estate, and in no other', async () => {
        const files = {
            'a.tsbtopo': 'topology t\nworkload cluster ea<|>st',
            'b.tsbtopo': 'topology t\nservice a on east',
            'c.tsbtopo': 'topology u\nworkload cluster east',
        };
        expect(await renamed(files, 'west')).toEqual({
            'a.tsbtopo': 'topology t\nworkload cluster west',
            'b.tsbtopo': 'topology t\nservice a on west',
            'c.tsbtopo': 'topology u\nworkload cluster east',
        });
    });

    test('a topology keeps its files together', async () => {
        const files = { 'a.tsbtopo': 'topology <|>t', 'b.tsbtopo': 'topology t', 'c.tsbtopo': 'topology u' };
        expect(await renamed(files, 'v')).toEqual({
            'a.tsbtopo': 'topology v',
            'b.tsbtopo': 'topology v',
            'c.tsbtopo': 'topology u',
        });
    });
});

describe('a name that would mean something else is refused', () => {
    test.each([
        ['service <|>a', ' ', 'A name must not be empty.'],
        ['service <|>a', '""', 'A name must not be empty.'],
        ['service <|>a', 'b\nc', 'A name stands in one line.'],
        ['region <|>a\nregion b', 'b', 'A region is already called `b`.'],
        ['workload cluster <|>a\nmanagement cluster b', 'b', 'A cluster is already called `b`.'],
        ['region r { zones <|>a, b }', 'b', 'A zone of `r` is already called `b`.'],
        ['workload cluster c { gateway vm <|>a gateway vm b }', 'b', 'A gateway of `c` is already called `b`.'],
        [
            'workload cluster c { gateway vm <|>a }\nworkload cluster d { gateway vm b }\nservice s { exposed "x" via a }',
            'b',
            '`d` has a gateway `b`, too, so that `via b` could mean either. Write `d.b` and `c.a` first.',
        ],
        ['service n/<|>a\nservice n/b', 'b', 'A service in the namespace `n` is already called `b`.'],
        ['service <|>a\nexternal service b', 'b', 'An external service is already called `b`.'],
        ['external service <|>a\nservice b', 'b', 'A service is already called `b`.'],
        [
            'service n/<|>a\nservice m/b\nservice c { calls b }',
            'b',
            'Another namespace has a service `b`, so that `calls b` could mean either. Write the namespaces first: `n/a`.',
        ],
        ['service <|>n/a\nservice m/a', 'm', 'The namespace `m` has a service `a` already.'],
    ])('%s → %s', async (text, newName, message) => {
        expect(await refused(text, newName)).toBe(message);
    });

    test('the name of another topology of the folder', async () => {
        const files = { 'a.tsbtopo': 'topology <|>t', 'b.tsbtopo': 'topology u' };
        expect(await refused(files, 'u')).toBe('A topology `u` is in this folder already; the two would become one.');
    });

    test.each([
        [
            'workload cluster c { gateway vm <|>a }\nworkload cluster d { gateway vm b }\nservice s { exposed "x" via c.a }',
            'workload cluster c { gateway vm b }\nworkload cluster d { gateway vm b }\nservice s { exposed "x" via c.b }',
        ],
        [
            'service n/<|>a\nservice m/b\nservice c { calls n/a, m/b }',
            'service n/b\nservice m/b\nservice c { calls n/b, m/b }',
        ],
    ])('but not where each line says which one: %s', async (text, expected) => {
        expect(await renamed(text, 'b')).toEqual({ 'main.tsbtopo': expected });
    });
});

describe('before anything is typed', () => {
    test.each([
        ['workload cluster <|east|><|>', 'east'],
        ['service <|>"on"', 'on'],
        ['workload cluster c { gateway <|>ingress }', 'ingress'],
        ['service a { namespace <|>shop }', 'shop'],
        ['topology <|>t', 't'],
    ])('%s: its name', async (text, placeholder) => {
        const { provider, document, params } = await at(text);
        expect(await provider.prepareRename(document, params)).toMatchObject({ placeholder });
    });

    test('with quotes, its place', async () => {
        const { provider, document, params } = await at('service "o<|>n"');
        const range = { start: { line: 0, character: 8 }, end: { line: 0, character: 12 } };
        expect(await provider.prepareRename(document, params)).toEqual({ range, placeholder: 'on' });
    });

    test.each([
        ['ser<|>vice a', '`service` is a word of the language, and stays as it is.'],
        ['workload cluster c { gateway vm, ingr<|>ess }', '`ingress` is a word of the language, and stays as it is.'],
        ['service a on ea<|>st', '`east` means nothing yet, so that there is nothing to rename.'],
        ['service a { owner "te<|>am" }', '`"team"` stands only here: change it in place.'],
        ['service a { ex<|>posed "x" }', '`exposed` is a word of the language, and stays as it is.'],
        ['service a {<|> }', 'There is no name here.'],
        ['// ser<|>vice', 'There is no name here.'],
        ['<|>', 'There is no name here.'],
    ])('%s: %s', async (text, message) => {
        const { provider, document, params } = await at(text);
        expect(() => provider.prepareRename(document, params)).toThrow(message);
        await expect(
            Promise.resolve().then(() => provider.rename(document, { ...params, newName: 'x' })),
        ).rejects.toThrow(message);
    });
});

describe('gateways that are targets', () => {
    const clusters = 'workload cluster east { gateway ingress shop-gw  gateway ingress pay-gw }\nworkload cluster west';

    test('are renamed with their cluster before them, and alone', async () => {
        const text = (name: string, mark = '') => `workload cluster east { gateway ingress ${name}${mark} }
service s on east { exposed "h" to east.${name}  exposed "i" to ${name} }`;
        expect(await renamed(text('shop-gw', '<|>'), 'front')).toEqual({ 'main.tsbtopo': text('front') });
    });

    test('do not take the name of a cluster, nor a cluster theirs, while they go by it alone', async () => {
        const ofGateway = `${clusters.replace('shop-gw', 'sh<|>op-gw')}\nservice s on east { exposed "h" to shop-gw }`;
        expect(await refused(ofGateway, 'west')).toBe(
            'A cluster is called `west`, so that `to west` would mean the cluster. Write `to east.shop-gw` first.',
        );
        const ofCluster = `${clusters.replace('west', 'we<|>st')}\nservice s on east { exposed "h" to shop-gw }`;
        expect(await refused(ofCluster, 'shop-gw')).toBe(
            '`to shop-gw` means a gateway of `east`, and would then mean this cluster. Write `to east.shop-gw` first.',
        );
    });
});

describe('what import writes anew each time', () => {
    const imported = 'topology t\nworkload cluster east\nservice a on east\n';
    const files = {
        'hand.tsbtopo': 'topology t\nabout ea<|>st { gitops }\nservice b on east\n',
        'acme.import.tsbtopo': imported,
    };

    test('keeps its names, and the refusal says where to change them', async () => {
        expect(await refused(files, 'north')).toBe(
            '`acme.import.tsbtopo` is written anew by each import, with the name that it has in its sources. Rename it ' +
                'there, or give the file another name if it is not imported again: `acme.tsbtopo`.',
        );
        const { provider, document, params } = await at(files);
        expect(() => provider.prepareRename(document, params)).toThrow('written anew by each import');
    });

    test('does not keep a name from being changed that stands only in files by hand', async () => {
        const text = files['hand.tsbtopo'].replace('<|>', '').replace('service b', 'service <|>b');
        const after = await renamed({ ...files, 'hand.tsbtopo': text }, 'c');
        expect(after['hand.tsbtopo']).toContain('service c on east');
    });
});
