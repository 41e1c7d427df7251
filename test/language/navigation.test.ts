import { describe, expect, test } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { DocumentHighlightKind, SymbolKind } from 'vscode-languageserver-types';
import { estate, type Fixture, type Marked } from '../fixture.js';
import type { Position } from 'vscode-languageserver-types';

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

test('the outline: what is declared, and the parts of it', async () => {
    const { services, document } = await estate(`topology acme for tsb 1.10
region us { zones a, b }
management cluster mgmt in us/a {
    management plane { postgres banyandb iam-signing-key identity-provider gitops }
    central control plane
    gateway tier1
}
defaults for workload clusters { edge control plane }
workload cluster east { data plane { gateway ingress, east-west gw } owner "x" }
network { east -> mgmt }
service shop/checkout on east { exposed "shop.example.com" calls stripe }
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
    postgres
    banyandb
    iam-signing-key
    identity-provider
  central control plane
  tier1 (tier1 gateway of mgmt)
defaults for workload clusters
  edge control plane
east (workload cluster)
  data plane
    gw (ingress, east-west gateway of east)
network
checkout (service in namespace shop on east)
  shop.example.com
stripe (external service)
workload cluster (workload cluster)`);
    expect(symbols.map(({ kind }) => kind).slice(0, 3)).toEqual([
        SymbolKind.Package,
        SymbolKind.Namespace,
        SymbolKind.Class,
    ]);
});

test('symbols of the workspace', async () => {
    const { services } = await estate(
        'region us\nworkload cluster east { gateway ingress gw }\nservice shop\nexternal service saas',
    );
    const symbols = await services.shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query: '' });
    expect(symbols.map(({ name }) => name)).toEqual(['us', 'east', 'gw', 'shop', 'saas']);
});

test('blocks and comments fold', async () => {
    const { services, document } = await estate('service a {\n    owner "x"\n}\n/* a\n b\n c */\nservice b');
    const folds = await services.lsp.FoldingRangeProvider!.getFoldingRanges(document, {
        textDocument: { uri: document.uri.toString() },
    });
    expect(folds.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
        [0, 1],
        [3, 4],
    ]);
});
