import { describe, expect, test } from 'vitest';
import type { FileSystemProvider } from 'langium';
import { sourceLinks } from '../../server/features/source-links.js';
import type { TsbtopoServices } from '../../server/language/services.js';
import { editor } from './editor.js';

describe('go to type definition leads to what a thing stands in', () => {
    const rest = `
region us { zones a }
workload cluster dmz in us/a { gateway tier1 front }
workload cluster east in us
workload cluster west
external service stripe in us`;

    test.each([
        ['service s { on east exposed "x" via fro<|>nt }', ['dmz']],
        ['service s<|> on east, west', ['east', 'west']],
        ['service t { calls stri<|>pe }', ['us']],
        ['service s on ea<|>st', ['us']],
        ['service s on we<|>st', []],
        ['workload cluster d<|> in us/a', ['a']],
        ['workload cluster d in us/<|>a', ['us']],
        ['service s on nowhe<|>re', []],
        ['ser<|>vice s', []],
        ['service s { namespace sh<|>op }', []],
    ])('%s', async (text, names) => {
        const { services, document, position, uri } = await editor(text + rest);
        const links = await services.tsbtopo.lsp.TypeProvider!.getTypeDefinition(document(), {
            textDocument: { uri: uri() },
            position,
        });
        expect(links?.map(({ targetSelectionRange }) => document().textDocument.getText(targetSelectionRange))).toEqual(
            names,
        );
    });
});

describe('links in owners and labels', () => {
    test.each<[string, string[]]>([
        ['service s { owner "shop <shop@example.com>" }', ['shop@example.com → mailto:shop@example.com']],
        [
            'region r { owner "see https://example.com/teams?x=1." }',
            ['https://example.com/teams?x=1 → https://example.com/teams?x=1'],
        ],
        [
            'service s { labels runbook "https://example.com/a", tier gold }',
            ['https://example.com/a → https://example.com/a'],
        ],
        ['service s { owner "shop team" exposed "shop.example.com" }', []],
        ['// https://example.com', []],
    ])('%s', async (text, expected) => {
        const { services, document, uri } = await editor(text);
        const links = await services.tsbtopo.lsp.DocumentLinkProvider!.getDocumentLinks(document(), {
            textDocument: { uri: uri() },
        });
        expect(links.map(({ range, target }) => `${document().textDocument.getText(range)} → ${target}`)).toEqual(
            expected,
        );
    });
});

test('links to sources stay within the workspace folder, and out of files that are in none', async () => {
    const name = 'w/in/x.import.tsbtopo';
    const { services, document, uri } = await editor({ [name]: '// ../a.yaml:1, ../../b.yaml, c.yaml:2\nservice s' });
    const root = uri(name).slice(0, -name.length);
    const everywhere = { exists: () => Promise.resolve(true) } as unknown as FileSystemProvider;
    const linksIn = async (folder: string) => {
        const WorkspaceManager = { workspaceFolders: [{ uri: root + folder, name: folder }] };
        const shared = { workspace: { WorkspaceManager, FileSystemProvider: everywhere } };
        const links = await sourceLinks(document(), { ...services.tsbtopo, shared } as unknown as TsbtopoServices);
        return links.map(({ target }) => target?.slice(root.length));
    };
    expect(await linksIn('w')).toEqual(['w/a.yaml#L1', 'w/in/c.yaml#L2']);
    expect(await linksIn('w/in')).toEqual(['w/in/c.yaml#L2']);
    expect(await linksIn('other')).toEqual([]);
});
