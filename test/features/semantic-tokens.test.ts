import { TextDocument, type LangiumDocument } from 'langium';
import { describe, expect, test } from 'vitest';
import type { SemanticTokens } from 'vscode-languageserver';
import manifest from '../../package.json' with { type: 'json' };
import { TsbtopoSemanticTokens } from '../../server/features/semantic-tokens.js';
import { editor } from './editor.js';

const provider = async (input: string | Record<string, string>) => {
    const opened = await editor(input);
    return { ...opened, tokens: opened.services.tsbtopo.lsp.SemanticTokenProvider as TsbtopoSemanticTokens };
};

/** Each token as `text type.modifier`. */
function tell({ data }: SemanticTokens, { textDocument }: LangiumDocument): string[] {
    const { tokenTypes, tokenModifiers } = TsbtopoSemanticTokens.legend;
    let line = 0;
    let character = 0;
    return Array.from({ length: data.length / 5 }, (_, index) => {
        const [lines = 0, characters = 0, length = 0, type = 0, flags = 0] = data.slice(5 * index, 5 * index + 5);
        line += lines;
        character = lines > 0 ? characters : character + characters;
        const text = textDocument.getText({
            start: { line, character },
            end: { line, character: character + length },
        });
        return `${text} ${[tokenTypes[type], ...tokenModifiers.filter((_, bit) => flags & (1 << bit))].join('.')}`;
    });
}

/** The tokens of the first file. */
async function coloured(input: string | Record<string, string>): Promise<string[]> {
    const { tokens, document } = await provider(input);
    return tell(tokens.semanticHighlight(document()), document());
}

describe('names look like what they are', () => {
    test.each([
        ['topology acme for tsb 1.10', ['acme namespace.declaration']],
        ['region us { zones a, b }', ['us enum.declaration', 'a enumMember.declaration', 'b enumMember.declaration']],
        ['management cluster mgmt', ['mgmt class.declaration']],
        ['workload cluster east', ['east class.declaration']],
        ['workload cluster east { gateway ingress, vm gw }', ['east class.declaration', 'gw interface.declaration']],
        ['service shop/cart', ['shop namespace', 'cart function.declaration']],
        ['service cart { namespace shop }', ['cart function.declaration', 'shop namespace']],
        ['external service stripe', ['stripe function.declaration.external']],
        [
            'service cart { exposed "a.b" labels tier gold }',
            ['cart function.declaration', '"a.b" string.declaration', 'tier property.declaration'],
        ],
    ])('%s', async (text, expected) => {
        expect(await coloured(text)).toEqual(expected);
    });

    const rest = {
        'rest.tsbtopo': `region us { zones a }
            workload cluster dmz in us { gateway tier1 front  gateway ingress }
            service pay/api
            service "on"
            external service stripe`,
    };

    test.each([
        ['workload cluster c in us/a', ['us enum', 'a enumMember']],
        ['workload cluster c in us { gateway vm { replicas 2 across zones a } }', ['us enum', 'a enumMember']],
        ['network { dmz -> dmz }', ['dmz class', 'dmz class']],
        ['service c on dmz', ['dmz class']],
        ['service c { calls api, stripe, "on" }', ['api function', 'stripe function.external', '"on" function']],
        ['service c { requires pay/api }', ['pay namespace', 'api function']],
        ['service c { rate limit by api }', ['api function']],
        [
            'service c { exposed "x" via front, dmz.ingress through dmz.front to dmz }',
            ['front interface', 'dmz class', 'ingress interface', 'dmz class', 'front interface', 'dmz class'],
        ],
    ])('also where they are used: %s', async (text, expected) => {
        const tokens = await coloured({ 'main.tsbtopo': `topology t\n${text}`, ...rest });
        expect(tokens.filter((token) => !token.includes('declaration'))).toEqual(expected);
    });

    test('words of the language that are names', async () => {
        expect(await coloured('workload cluster edge\nservice metrics on edge { calls token }\nservice token')).toEqual(
            [
                'edge class.declaration',
                'metrics function.declaration',
                'edge class',
                'token function',
                'token function.declaration',
            ],
        );
    });

    test('a name that means nothing does not', async () => {
        expect(await coloured('service c on nowhere { calls nobody exposed "x" via gone.gw }')).toEqual([
            'c function.declaration',
            '"x" string.declaration',
        ]);
    });

    test.each(['workload cluster\nservice {', 'service c { exposed calls', 'region us { zones , a', '"', '{{{'])(
        'a broken file is coloured as far as it goes: %s',
        async (text) => {
            expect(await coloured(text)).toBeDefined();
        },
    );
});

describe('parts and changes', () => {
    test('of a range of lines', async () => {
        const { tokens, document, uri } = await provider('region us\nregion eu\nregion asia');
        const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } };
        const found = tokens.semanticHighlightRange(document(), { textDocument: { uri: uri() }, range });
        expect(tell(found, document())).toEqual(['eu enum.declaration']);
    });

    test('after an edit, what changed; also while ranges are asked for', async () => {
        const { tokens, document, uri, services } = await provider('region us\nregion eu');
        const textDocument = { uri: uri() };
        const before = tokens.semanticHighlight(document());
        const { TextDocuments, DocumentBuilder } = services.shared.workspace;
        TextDocuments.set(TextDocument.create(uri(), 'tsbtopo', 2, 'region us\nregion europe'));
        await DocumentBuilder.update([document().uri], []);
        const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
        tokens.semanticHighlightRange(document(), { textDocument, range });
        const delta = tokens.semanticHighlightDelta(document(), { textDocument, previousResultId: before.resultId! });
        expect(delta).toMatchObject({ edits: [{ data: expect.anything() as unknown }] });
        const after = [...before.data];
        for (const { start, deleteCount, data = [] } of 'edits' in delta ? delta.edits : []) {
            after.splice(start, deleteCount, ...data);
        }
        expect(after).toEqual(tokens.semanticHighlight(document()).data);
    });

    test('of a result that nobody remembers, everything', async () => {
        const { tokens, document, uri } = await provider('region us');
        const delta = tokens.semanticHighlightDelta(document(), {
            textDocument: { uri: uri() },
            previousResultId: 'long ago',
        });
        expect(delta).toMatchObject({ data: [0, 7, 2, expect.any(Number), 1] });
    });
});

test('the manifest gives each kind a scope, and describes what is not standard', () => {
    const { tokenTypes } = TsbtopoSemanticTokens.legend;
    const [{ scopes } = { scopes: {} }] = manifest.contributes.semanticTokenScopes;
    expect(
        Object.keys(scopes)
            .filter((selector) => !selector.includes('.'))
            .sort(),
    ).toEqual([...tokenTypes].sort());
    expect(manifest.contributes.semanticTokenModifiers.map(({ id }) => id)).toEqual(['external']);
});
