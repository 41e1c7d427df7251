import { describe, expect, test } from 'vitest';
import { formatOnType, formatRange } from './format.js';

describe('a range', () => {
    test.each([
        [
            'stands for its lines',
            'region   a\nre<|gion   b {\nzones   c|>   \n}\nregion   d',
            'region   a\nregion b {\n    zones c\n}\nregion   d',
        ],
        [
            'that ends before the first word of a line does not touch it',
            '<|region   a\n|>  region   b',
            'region a\n  region   b',
        ],
        [
            'leaves blank lines around it',
            'region   a\n\n\n<|  region   b  |>\n\n\n  region   c',
            'region   a\n\n\nregion b\n\n\n  region   c',
        ],
        [
            'does not join what begins outside of it',
            'workload cluster   a\n<|{ owner   "x" }|>',
            'workload cluster   a\n{ owner "x" }\n',
        ],
        ['may be the end', 'region   a\n<|region   b\n\n\n|>', 'region   a\nregion b\n'],
        [
            'may be whole in a broken file',
            'region   a { zonse }\n<|region   b {\nzones   c }|>\nservice   on',
            'region   a { zonse }\nregion b {\n    zones c\n}\nservice   on',
        ],
        ['may have a mistake', '<|region   a { zonse }|>', 'region   a { zonse }'],
        [
            'may be one column of many',
            'region a   { zones b }\n<|region cde {zones f}|>',
            'region a   { zones b }\nregion cde { zones f }\n',
        ],
        [
            'takes comments as a whole',
            'region a {\n/* x\n<|   y */\nzones   b|> }',
            'region a {\n/* x\n   y */\n    zones b\n}\n',
        ],
    ])('%s', async (_, marked, formatted) => {
        expect(await formatRange(marked)).toBe(formatted);
    });
});

describe('a closing brace', () => {
    test.each([
        [
            'formats what it ends',
            'region   a\nregion   b\n{\nowner   "x"\n}<|>\nregion   c',
            'region   a\nregion b {\n    owner "x"\n}\nregion   c',
        ],
        [
            'also inside of something else',
            'workload   cluster a {\ngateway   tier1 {\nreplicas   2\n}<|>\n}',
            'workload   cluster a {\n    gateway tier1 {\n        replicas 2\n    }\n}',
        ],
        ['also on one line', '  region   a {zones b}<|>', 'region a { zones b }'],
        ['does nothing that closes nothing', 'region   a }<|>', 'region   a }'],
        ['does nothing in a comment', 'region   a { // }<|>\n}', 'region   a { // }\n}'],
        ['does nothing where there is a mistake', 'region   a { zonse }<|>', 'region   a { zonse }'],
    ])('%s', async (_, marked, formatted) => {
        expect(await formatOnType(marked)).toBe(formatted);
    });
});

describe('a new line', () => {
    test.each([
        ['formats the line above', 'region   a\n  region   b\n<|>region   c', 'region   a\nregion b\nregion   c'],
        ['leaves the block open into which one types', 'region   a {\n    <|>\n}', 'region a {\n    \n}'],
        [
            'moves nothing to another line',
            'workload   cluster a { gateway   tier1\n<|>}',
            'workload cluster a { gateway tier1\n}',
        ],
        ['not even what is too much for one', 'region   a region   b\n<|>', 'region a region b\n'],
        ['ends a line with its last word', 'region a   \n<|>', 'region a\n'],
        ['leaves blank lines', 'region a\n\n\n\n<|>region b', 'region a\n\n\n\nregion b'],
        ['at the beginning of a file', '\n<|>region   a', '\nregion   a'],
    ])('%s', async (_, marked, formatted) => {
        expect(await formatOnType(marked)).toBe(formatted);
    });
});
