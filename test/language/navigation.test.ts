import { describe, expect, test } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { DocumentHighlightKind, SymbolKind } from 'vscode-languageserver-types';
import { estate, type Fixture, type Marked } from '../fixture.js';
import type { Position, Range } from 'vscode-languageserver-types';

const at = ({ uri, line, character }: Marked<Position>) => ({ textDocument: { uri }, position: { line, character } });

function documentAt({ documents }: Fixture, uri: string) {
    return [...documents.values()].find((document) => document.uri.toString() === uri)!;
}

/** The marker `<|>` stands in a reference, `<|…|>` around what it leads to. */
describe('go to definition', () => {
    test.each([
        'workload cluster <|east|>\nservice a on e<|>ast',
        'region <|us|>\nworkload cluster a in u<|>s',
        'region us { zones <|a|>, b }\nworkload cluster c in us/<|>a',
        'region us { zones <|a|>, b }\nworkload cluster c in us { gateway vm { replicas 2 across zones <|>a } }',
        'workload cluster c { gateway tier1 <|front|> }\nservice a { exposed "x" via <|>front }',
        'workload cluster c { gateway tier1 <|front|> }\nservice a { exposed "x" via c.fro<|>nt }',
        'workload cluster <|c|> { gateway tier1 front }\nservice a { exposed "x" via <|>c.front }',
        'workload cluster c { gateway <|ingress|>, east-west }\nservice a { exposed "x" via c.<|>ingress }',
        'service <|a|>\nservice b { calls <|>a }',
        'service shop/<|a|>\nservice bank/a\nservice b { calls shop/<|>a }',
        'external service <|a|>\nservice b { requires <|>a }',
        'service <|"on"|>\nservice b { calls "<|>on" }',
        'workload cluster <|c|>\nworkload cluster d\nnetwork { d -> <|>c }',
        'workload cluster <|c|>\nservice a { exposed "x" to <|>c weight 1 }',
        'service <|a|>\nservice b { rate limit by <|>a }',
    ])('%s', async (text) => {
        const fixture = await estate(text);
        const [position] = fixture.positions;
        const links = await fixture.services.lsp.DefinitionProvider!.getDefinition(fixture.document, at(position!));
        const { start, end } = fixture.ranges[0]!;
        expect(links?.map((link) => link.targetSelectionRange)).toEqual([{ start, end }]);
    });

    test('in another file', async () => {
        const fixture = await estate({
            'a.tsbtopo': 'topology t\nworkload cluster <|east|>',
            'b.tsbtopo': 'topology t\nservice a on <|>east',
        });
        const position = fixture.positions[0]!;
        const document = documentAt(fixture, position.uri);
        const links = await fixture.services.lsp.DefinitionProvider!.getDefinition(document, at(position));
        expect(links?.map((link) => link.targetUri)).toEqual(['file:///a.tsbtopo']);
    });
});

describe('find references', () => {
    test.each([
        'workload cluster <|e<|>ast|>\nservice a on <|east|> { exposed "x" via <|east|>.ingress to <|east|> }',
        'workload cluster a { gateway tier1 <|fr<|>ont|> }\nservice a { exposed "x" via <|front|>, a.<|front|> }',
        'workload cluster a { gateway <|ing<|>ress|> }\nservice a { exposed "x" via a.<|ingress|> }',
        'service <|a<|>|>\nservice b { calls <|a|>, default/<|a|> requires <|a|> external authorization by <|a|> }',
        'service <|sh<|>op|>/a\nservice b { namespace <|shop|> calls <|shop|>/a }\nservice shop',
    ])('%s', async (text) => {
        // markers inside a marked text are read by hand
        const fixture = await estate(text.replace(/<\|(\w*)<\|>(\w*)\|>/, '<|$1$2|>'));
        const first = fixture.ranges[0]!;
        const references = await fixture.services.lsp.ReferencesProvider!.findReferences(fixture.document, {
            textDocument: { uri: first.uri },
            position: first.start,
            context: { includeDeclaration: true },
        });
        expect(references.map(({ range }) => range).sort(byPlace)).toEqual(
            fixture.ranges.map(({ start, end }) => ({ start, end })),
        );
    });

    test('in all files of the topology, and in no other', async () => {
        const fixture = await estate({
            'a.tsbtopo': 'topology t\nworkload cluster <|east|>',
            'b.tsbtopo': 'topology t\nservice a on <|east|>',
            'c.tsbtopo': 'topology u\nworkload cluster east\nservice a on east',
        });
        const first = fixture.ranges[0]!;
        const references = await fixture.services.lsp.ReferencesProvider!.findReferences(
            documentAt(fixture, first.uri),
            { ...at({ ...first.start, uri: first.uri }), context: { includeDeclaration: true } },
        );
        expect(references.map(({ uri }) => uri)).toEqual(['file:///a.tsbtopo', 'file:///b.tsbtopo']);
    });
});

describe('highlights', () => {
    const { Read, Write } = DocumentHighlightKind;

    test.each([
        ['workload cluster <|east|>\nservice a on <|e<|>ast|>', [Write, Read]],
        ['service a { calls <|b<|>|> }\nservice <|b|>', [Write, Read]],
        ['service <|<|>shop|>/a\nservice <|shop|>/b', [Read, Read]],
        ['ser<|>vice a', []],
    ])('%s', async (text, kinds) => {
        const fixture = await estate(text.replace(/<\|(\w*)<\|>(\w*)\|>/, '<|$1$2|>'));
        const position = fixture.positions[0] ?? { ...fixture.ranges[0]!.start, uri: fixture.ranges[0]!.uri };
        const found = await fixture.services.lsp.DocumentHighlightProvider!.getDocumentHighlight(
            fixture.document,
            at(position),
        );
        expect(found?.map(({ kind }) => kind)).toEqual(kinds);
        expect(found?.map(({ range }) => range).sort(byPlace)).toEqual(
            fixture.ranges.map(({ start, end }) => ({ start, end })),
        );
    });

    test('of this file only', async () => {
        const fixture = await estate({
            'a.tsbtopo': 'topology t\nworkload cluster east',
            'b.tsbtopo': 'topology t\nservice a on <|>east',
        });
        const position = fixture.positions[0]!;
        const found = await fixture.services.lsp.DocumentHighlightProvider!.getDocumentHighlight(
            documentAt(fixture, position.uri),
            at(position),
        );
        expect(found?.map(({ kind }) => kind)).toEqual([Read]);
    });
});

function byPlace(a: { start: Position }, b: { start: Position }): number {
    return a.start.line - b.start.line || a.start.character - b.start.character;
}

test.each([
    'service a { exposed "x" via b }',
    'workload cluster c {\n  data plane { gateway ingress, vm }\n',
    'region { zones , }\nworkload cluster in us { gateway }\nservice { exposed }',
    'management cluster m { management plane { elasticsearch in } network { a -> }',
])('in the outline a name stands within its declaration, and parts within the whole: %s', async (text) => {
    const { services, document } = await estate(text);
    const symbols = await services.lsp.DocumentSymbolProvider!.getSymbols(document, {
        textDocument: { uri: document.uri.toString() },
    });
    const offset = (position: Position) => document.textDocument.offsetAt(position);
    const isWithin = (inner: Range, outer: Range) =>
        offset(outer.start) <= offset(inner.start) && offset(inner.end) <= offset(outer.end);
    const check = ({ name, range, selectionRange, children = [] }: DocumentSymbol) => {
        expect(name).not.toBe('');
        expect(isWithin(selectionRange, range), name).toBe(true);
        for (const child of children) {
            expect(isWithin(child.range, range), child.name).toBe(true);
            check(child);
        }
    };
    expect(symbols.length).toBeGreaterThan(0);
    symbols.forEach(check);
});

test('the outline: what is declared, and the parts of it', async () => {
    const { services, document } = await estate(`topology acme for tsb 1.10
region us { zones a, b }
management cluster mgmt in us/a {
    management plane { postgres in us { backup } banyandb internal iam-signing-key identity-provider gitops }
    central control plane
    gateway tier1
}
defaults for workload clusters { edge control plane }
workload cluster east { data plane { gateway ingress, east-west gw } owner "x" }
network { east -> mgmt }
service shop/checkout on east { exposed "shop.example.com" via gw  to east { gslb } calls stripe }
external service stripe
workload cluster
scenario "x"`);
    const symbols = await services.lsp.DocumentSymbolProvider!.getSymbols(document, {
        textDocument: { uri: document.uri.toString() },
    });
    const tell = (symbol: DocumentSymbol, depth = 0): string[] => [
        `${'  '.repeat(depth)}${symbol.name}${symbol.detail ? ` (${symbol.detail})` : ''}`,
        ...(symbol.children ?? []).flatMap((child) => tell(child, depth + 1)),
    ];
    expect(symbols.flatMap((symbol) => tell(symbol)).join('\n')).toBe(`acme (topology for TSB 1.10)
us (region)
  a (zone of us)
  b (zone of us)
mgmt (management cluster in us/a)
  management plane
    postgres (in us)
    banyandb (internal)
    iam-signing-key
    identity-provider
  central control plane
  tier1 (tier1 gateway of mgmt)
defaults for workload clusters
  edge control plane
east (workload cluster)
  data plane
    gw (ingress, east-west gateway of east)
network (1 line)
checkout (service in namespace shop on east)
  shop.example.com (via gw to east)
stripe (external service)
workload cluster (workload cluster)
x`);
    expect(symbols.map(({ kind }) => kind).slice(0, 3)).toEqual([
        SymbolKind.Package,
        SymbolKind.Namespace,
        SymbolKind.Class,
    ]);
});

describe('symbols of the workspace', () => {
    const files = {
        'a.tsbtopo': `topology acme
            region us { zones a }
            workload cluster east { gateway ingress gw  data plane { gateway vm } }`,
        'b.tsbtopo': `topology acme
            service shop/cart { exposed "cart.example.com" }
            service front-us
            external service saas`,
        'c.tsbtopo': 'topology test\nworkload cluster east\nworkload cluster',
    };

    async function found(query: string): Promise<string[]> {
        const { services } = await estate(files);
        const symbols = await services.shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query });
        return symbols.map(({ name, containerName }) => `${name} in ${containerName}`);
    }

    test('everything with a name, and what it belongs to', async () => {
        expect(await found('')).toEqual([
            'us in acme',
            'a in us',
            'east in acme',
            'gw in east',
            'vm in east',
            'cart in shop',
            'cart.example.com in cart',
            'front-us in default',
            'saas in acme',
            'east in test',
        ]);
    });

    test.each([
        ['us', ['us in acme', 'front-us in default']],
        ['EAST', ['east in acme', 'east in test']],
        ['exa', ['cart.example.com in cart']],
        ['fus', ['front-us in default']],
        ['ast', []],
    ])('by some of its letters: %s', async (query, names) => {
        expect(await found(query)).toEqual(names);
    });

    test('lead to the name', async () => {
        const { services } = await estate(files);
        const [symbol] = await services.shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query: 'cart.ex' });
        expect(symbol).toMatchObject({
            kind: SymbolKind.String,
            location: { uri: 'file:///b.tsbtopo', range: { start: { line: 1, character: 40 } } },
        });
    });
});
