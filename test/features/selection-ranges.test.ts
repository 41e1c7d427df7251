import { describe, expect, test } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver';
import { selectionRangeAt } from '../../server/features/selection-ranges.js';
import { editor } from './editor.js';

/** What is selected step by step from `<|>` outwards, the file itself left out. */
async function steps(text: string): Promise<string[]> {
    const { document, position } = await editor(text);
    const selected: string[] = [];
    for (let at: SelectionRange | undefined = selectionRangeAt(document(), position); at; at = at.parent) {
        selected.push(document().textDocument.getText(at.range));
    }
    expect(selected.pop()).toBe(document().textDocument.getText());
    return selected;
}

describe('from the word outwards', () => {
    test.each<[string, string[]]>([
        ['workload cluster ea<|>st in us/a\nregion us', ['east', 'workload cluster east in us/a']],
        ['workload cluster east in us/<|>a\nregion us', ['a', 'us/a', 'workload cluster east in us/a']],
        [
            'service a {\n  calls b, c/<|>d\n  owner "x"\n}\nregion us',
            [
                'd',
                'c/d',
                'calls b, c/d',
                'calls b, c/d\n  owner "x"',
                '\n  calls b, c/d\n  owner "x"\n',
                '{\n  calls b, c/d\n  owner "x"\n}',
                'service a {\n  calls b, c/d\n  owner "x"\n}',
            ],
        ],
        [
            'service a { owner "te<|>am" }\nregion us',
            ['team', '"team"', 'owner "team"', ' owner "team" ', '{ owner "team" }', 'service a { owner "team" }'],
        ],
        ['service a {<|> }\nregion us', [' ', '{ }', 'service a { }']],
        [
            'service a {\n  // a no<|>te\n}\nregion us',
            ['// a note', '\n  // a note\n', '{\n  // a note\n}', 'service a {\n  // a note\n}'],
        ],
        ['<|>\nregion us', []],
    ])('%s', async (text, expected) => {
        expect(await steps(text)).toEqual(expected);
    });

    test.each(['<|>', 'service a { calls <|>', '{{{ <|>', '"<|>', 'service <|>'])(
        'in broken files: %s',
        async (text) => {
            expect(await steps(text)).toBeDefined();
        },
    );
});
