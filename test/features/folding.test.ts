import { expect, test } from 'vitest';
import type { FoldingRange } from 'vscode-languageserver';
import { editor } from './editor.js';

async function folds(text: string): Promise<string[]> {
    const { services, document, uri } = await editor(text);
    const found = await services.tsbtopo.lsp.FoldingRangeProvider!.getFoldingRanges(document(), {
        textDocument: { uri: uri() },
    });
    const tell = ({ startLine, endLine, kind }: FoldingRange) => `${startLine}-${endLine}${kind ? ` ${kind}` : ''}`;
    return found.map(tell);
}

test.each<[string, string, string[]]>([
    ['a block, with its brace left', 'service a {\n  owner "x"\n}', ['0-1']],
    ['blocks in blocks', 'workload cluster c {\n  edge control plane {\n    gitops\n  }\n}', ['0-3', '1-2']],
    ['no block of one line', 'service a { owner "x" }', []],
    ['a block that is not closed yet', 'service a {\n  owner "x"', ['0-1']],
    ['an item of several lines', 'service a {\n  exposed "x"\n    via b\n    to c\n}', ['0-3', '1-3']],
    [
        'an item of several lines with a block',
        'service a {\n  exposed "x"\n    to c {\n    gslb\n  }\n}',
        ['0-4', '2-3'],
    ],
    ['the network', 'network {\n  a -> b\n  b -> a\n}', ['0-2']],
    ['a block comment', '/* a\n b\n c */\nservice b', ['0-2 comment']],
    ['comments in a row', '// a\n// b\nservice a // c\n// d\n\n// e\n// f', ['0-1 comment', '5-6 comment']],
    ['a run of regions', 'region a\nregion b\nregion c\n\nregion d\nregion e', ['0-2']],
    [
        'a run of clusters, of which none has a block',
        'workload cluster a\nworkload cluster b\nworkload cluster c {\n}',
        [],
    ],
    [
        'marked regions',
        '// #region a\nservice a\n// #region b\nservice b\n// #endregion\n// #endregion',
        ['2-4 region', '0-5 region'],
    ],
    ['a mark too many', '// #endregion\nservice a\n// #region', []],
    ['nothing', '', []],
])('%s', async (_, text, expected) => {
    expect(await folds(text)).toEqual(expected);
});
