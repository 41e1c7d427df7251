import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction } from 'vscode-languageserver';
import { describe, expect, test } from 'vitest';
import { editor } from './editor.js';

const estate = `topology t
management cluster m
workload cluster east { gateway ingress, east-west east-gw }
workload cluster west { gateway ingress, east-west west-gw }
network { east -> west }
service shop on east, west { <|>failover east-west }
service cart on eats
service pay on eats
`;

const titles = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);

/** The text of the open file after an action. */
function after(text: string, { edit }: CodeAction, uri: string): string {
    return TextDocument.applyEdits(TextDocument.create(uri, '', 0, text.replace('<|>', '')), edit!.changes![uri]!);
}

describe('quick fixes', () => {
    test('of the diagnostics at the cursor, with what they mend', async () => {
        const { actions, uri } = await editor(estate);
        const found = await actions(['quickfix']);
        expect(titles(found)).toEqual([
            'Say `outlier detection`',
            'Say `no outlier detection` (brings failover-without-outlier-detection)',
            'Let `west` reach `east`',
        ]);
        const [, , open] = found;
        expect(open).toMatchObject({ kind: 'quickfix', isPreferred: true });
        expect(open?.diagnostics?.map(({ code }) => code)).toEqual(['one-way-reachability']);
        expect(after(estate, open!, uri())).toBe(estate.replace('<|>', '').replace('east -> west', 'east <-> west'));
    });

    test('of a name that is wrong in several places', async () => {
        const { actions, uri } = await editor(estate.replace('<|>', '').replace('cart on eats', 'cart on <|>eats'));
        const found = await actions(['quickfix']);
        expect(titles(found)).toContain('Change `eats` to `east`');
        const all = found.find(({ title }) => title === 'Change `eats` to `east` (all 2 in this file)');
        expect(after(estate, all!, uri())).toBe(estate.replace('<|>', '').replaceAll('eats', 'east'));
    });

    test('nothing where nothing is wrong', async () => {
        const { actions, type } = await editor(estate);
        await type('topology t\n');
        expect(await actions(['quickfix'])).toEqual([]);
    });

    test('follow each edit', async () => {
        const { actions, type } = await editor(estate);
        await type(estate.replace('east -> west', 'east <-> west'));
        expect(titles(await actions(['quickfix']))).not.toContain('Let `west` reach `east`');
    });
});

describe('what is asked for', () => {
    const text = 'topology t\nworkload cluster 2-a<|>\nservice s on "2-a", "2-a"\nmanagement cluster m\n';

    test('is offered, and nothing else', async () => {
        const { actions, services } = await editor(text);
        services.client.canCreateFiles = true;
        expect(new Set((await actions()).map(({ kind }) => kind))).toEqual(
            new Set(['quickfix', 'refactor.rewrite', 'refactor.move']),
        );
        expect((await actions(['refactor'])).every(({ kind }) => kind?.startsWith('refactor.'))).toBe(true);
        expect((await actions(['refactor.move'])).map(({ kind }) => kind)).toEqual(['refactor.move']);
        expect(await actions(['source.organizeImports'])).toEqual([]);
    });

    test.each(['source.fixAll.tsbtopo', 'source.fixAll', 'source'])('%s mends the file', async (kind) => {
        const { actions, uri } = await editor(text);
        const [fix, ...more] = await actions([kind]);
        expect(more).toEqual([]);
        expect(fix?.kind).toBe('source.fixAll.tsbtopo');
        expect(after(text, fix!, uri())).toBe(
            'topology t\nworkload cluster "2-a"\nservice s on "2-a"\nmanagement cluster m\n',
        );
    });

    test('a file is made only by clients that can', async () => {
        const { actions, services, uri } = await editor(text);
        expect(await actions(['refactor.move'])).toEqual([]);
        services.client.canCreateFiles = true;
        const [move] = await actions(['refactor.move']);
        expect(move?.edit?.documentChanges).toMatchObject([
            { kind: 'create', uri: uri('2-a.tsbtopo'), options: { overwrite: false } },
            { edits: [{ newText: 'topology t\n\nworkload cluster 2-a\n' }] },
            { textDocument: { uri: uri() }, edits: [{ newText: '' }] },
        ]);
    });
});

test('a broken file has no fewer lives', async () => {
    const { actions, type } = await editor(estate);
    for (const junk of ['', '}', '{{{', 'workload cluster', '/*', '"', 'service s { on', '\r\n\r\n', '<<|>>']) {
        await type(`${junk}\n${estate}${junk}`);
        const start = { line: 0, character: 0 };
        const end = { line: 99, character: 0 };
        expect(await actions(undefined, { start, end })).toBeDefined();
        for (let line = 0; line < 9; line++) {
            const at = { line, character: 5 };
            expect(await actions(undefined, { start: at, end: at })).toBeDefined();
        }
    }
});
