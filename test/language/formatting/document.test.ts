import { describe, expect, test } from 'vitest';
import { format } from './format.js';

/** Each case: what it shows, the text as written, and as it should be. */
function cases(rows: readonly (readonly [what: string, written: string, formatted: string])[]): void {
    test.each(rows)('%s', async (_, written, formatted) => {
        expect(await format(written)).toBe(formatted);
        expect(await format(formatted)).toBe(formatted);
    });
}

describe('items and blocks', () => {
    cases([
        ['an empty file stays empty', '', ''],
        ['so does one of white space', ' \n\n\t', ''],
        ['one declaration a line', 'topology a region b', 'topology a\nregion b\n'],
        [
            'a block over several lines has one item a line',
            'workload cluster a { gateway ingress gateway egress\n}',
            'workload cluster a {\n    gateway ingress\n    gateway egress\n}\n',
        ],
        [
            'what was short stays short',
            'workload cluster a{gateway tier1 front{replicas 2}   owner "x"}',
            'workload cluster a { gateway tier1 front { replicas 2 }  owner "x" }\n',
        ],
        [
            'what is too long for a line is spread, from the outside in',
            `workload cluster a { gateway ingress front { replicas 3 across zones a, b, c }  owner "a team with a very long name indeed" }`,
            `workload cluster a {\n    gateway ingress front { replicas 3 across zones a, b, c }\n    owner "a team with a very long name indeed"\n}\n`,
        ],
        [
            'the brace stands on the line of what it opens',
            'workload cluster a\n{\nowner "x"}',
            'workload cluster a {\n    owner "x"\n}\n',
        ],
        [
            'but on one of its own where that takes several lines',
            'service a on b,\nc {\nowner "x"\n}\nservice d\non e { owner "x" }\nservice f\non g {\n}',
            'service a on b,\n    c\n{\n    owner "x"\n}\nservice d\n    on e { owner "x" }\nservice f\n    on g {}\n',
        ],
        ['an empty block', 'workload cluster a {\n\n}', 'workload cluster a {}\n'],
        ['links with and without semicolons', 'network { a -> b;c->d e<->f }', 'network { a -> b; c -> d  e <-> f }\n'],
        ['links line by line', 'network {\na -> b ; c -> d\n;}', 'network {\n    a -> b;\n    c -> d;\n}\n'],
    ]);
});

describe('within an item', () => {
    cases([
        [
            'names of two parts hold together',
            'service shop / a on b { exposed x . example . com via west . ingress }\nworkload cluster c in us / a',
            'service shop/a on b { exposed x.example.com via west.ingress }\nworkload cluster c in us/a\n',
        ],
        [
            'but not where that would make one word of two',
            'service a { exposed 2 . example }',
            'service a { exposed 2 . example }\n',
        ],
        ['labels', 'service a { labels x=1,y   2 }', 'service a { labels x = 1, y 2 }\n'],
        ['lines that need no break have none', 'management\n\ncluster\n  a', 'management cluster a\n'],
        [
            'lists go on in a new line after a comma',
            'region a {\nzones a, b,\n\nc\n , d\n}',
            'region a {\n    zones a, b,\n        c, d\n}\n',
        ],
        [
            'long items go on before some words',
            'service a {\nexposed "x"\nvia b\nthrough c\nto d weight\n1 { gslb }\n}',
            'service a {\n    exposed "x"\n        via b\n        through c\n        to d weight 1 { gslb }\n}\n',
        ],
        [
            'a list in such a line one level deeper',
            'service a {\nexposed "x"\nvia b,\nc // d\n,e\nto f,\ng {\ngslb\n}\n}',
            'service a {\n    exposed "x"\n        via b,\n            c // d\n            , e\n        to f,\n            g\n    {\n        gslb\n    }\n}\n',
        ],
        ['and before arrows', 'network {\na, b\n-> c\n}', 'network {\n    a, b\n        -> c\n}\n'],
    ]);
});

describe('blank lines', () => {
    cases([
        ['one at most', 'region a\n\n\n\nregion b', 'region a\n\nregion b\n'],
        [
            'none at the edges of blocks and of the file',
            '\n\nregion a {\n\nowner "x"\n\n\nlabels a b\n\n}\n\n\n',
            'region a {\n    owner "x"\n\n    labels a b\n}\n',
        ],
        ['with nothing on them', 'region a\n  \t\n  region b  ', 'region a\n\nregion b\n'],
    ]);
});

describe('comments', () => {
    cases([
        ['above a declaration', '\n  // one\n\n\n// two\nregion a', '// one\n\n// two\nregion a\n'],
        ['at the end of a line', 'region a   // one\nregion b// two', 'region a // one\nregion b // two\n'],
        [
            'behind and in front of a brace',
            'region a { // one\n\n // two\nowner "x" // three\n // four\n} // five',
            'region a { // one\n    // two\n    owner "x" // three\n    // four\n} // five\n',
        ],
        ['alone in a block', 'region a {\n// none yet\n}', 'region a {\n    // none yet\n}\n'],
        [
            'in a list',
            'region a { zones a, // one\n// two\nb\n// three\n, c }',
            'region a {\n    zones a, // one\n        // two\n        b\n        // three\n        , c\n}\n',
        ],
        ['before a brace', 'region a // one\n{ owner "x" }', 'region a // one\n{ owner "x" }\n'],
        [
            'of one line within a line',
            'region /* one */a/* two */{ /* three */ zones b/* four */, c } /* five */',
            'region /* one */ a /* two */ { /* three */ zones b /* four */, c } /* five */\n',
        ],
        [
            'in front of an item on its line',
            '/* one */ region a {\n/* two */owner "x"\n}\nworkload cluster b { /* three */ owner "x"\n}',
            '/* one */ region a {\n    /* two */ owner "x"\n}\nworkload cluster b {\n    /* three */ owner "x"\n}\n',
        ],
        [
            'over several lines keep their form',
            '  /* one\n       two\n\n     three   \n  */\nregion a {\n/* one\n   two */\nowner "x" }',
            '/* one\n     two\n\n   three\n*/\nregion a {\n    /* one\n       two */\n    owner "x"\n}\n',
        ],
        [
            'with stars stand below each other',
            'region a {\n/**\n* one\n   * two\n*/\nowner "x" }',
            'region a {\n    /**\n     * one\n     * two\n     */\n    owner "x"\n}\n',
        ],
        ['only', '  // one\n\n\n  /* two */', '// one\n\n/* two */\n'],
    ]);
});

describe('columns', () => {
    cases([
        [
            'that the author made are kept',
            'workload cluster dmz-us in us/a { gateway tier1 }\nworkload cluster dmz-eu in eu   { gateway tier1 }',
            'workload cluster dmz-us in us/a { gateway tier1 }\nworkload cluster dmz-eu in eu   { gateway tier1 }\n',
        ],
        [
            'and mended',
            'network {\na, b  -> c\nd   <-> e\nlong-name -> f\n}',
            'network {\n    a, b      -> c\n    d         <-> e\n    long-name -> f\n}\n',
        ],
        [
            'from left to right',
            'workload cluster a    in us { owner "x" } // one\nworkload cluster bcde in europe    { owner "y" }  // two',
            'workload cluster a    in us     { owner "x" } // one\nworkload cluster bcde in europe { owner "y" } // two\n',
        ],
        [
            'are not made by one space too many',
            'service a  on x\nservice bcd on x\nservice efghi on x\nservice j on x',
            'service a on x\nservice bcd on x\nservice efghi on x\nservice j on x\n',
        ],
        [
            'leave out what is much longer',
            'service a   on x\nservice bcd on x\nservice efghijklmnopq on x\nservice r on x',
            'service a   on x\nservice bcd on x\nservice efghijklmnopq on x\nservice r   on x\n',
        ],
        ['are not made of what stood on one line', 'service a {} service b   {}', 'service a {}\nservice b {}\n'],
        [
            'end at a blank line, a comment, and what takes more lines',
            'service a   on x\nservice bcd on x\n\nservice efghi on x\n// one\nservice jklmnop on x\nservice q {\n}\nregion r {\nowner "x" }\nservice s on x',
            'service a   on x\nservice bcd on x\n\nservice efghi on x\n// one\nservice jklmnop on x\nservice q {}\nregion r {\n    owner "x"\n}\nservice s on x\n',
        ],
        [
            'are for things of one kind',
            'region a   { zones a }\nregion bcd { zones a }\nworkload cluster e { gateway vm }',
            'region a   { zones a }\nregion bcd { zones a }\nworkload cluster e { gateway vm }\n',
        ],
        [
            'of comments are for all',
            'region a           // one\nworkload cluster b // two\nregion c',
            'region a           // one\nworkload cluster b // two\nregion c\n',
        ],
    ]);
});

describe('promises', () => {
    cases([
        [
            'a line of a scenario is an item, and what happens is a column that the author made',
            '  scenario   "x" {\n   at   0m   fail a // now\n       at 10m  recover  a\n  } // end\n  region   b',
            'scenario "x" {\n    at 0m   fail a // now\n    at 10m  recover a\n} // end\nregion b\n',
        ],
        [
            'an objective may go on in a new line',
            'objective   x\n      survives any failure\n    for   24h\nregion   c',
            'objective x survives any failure\n    for 24h\nregion c\n',
        ],
    ]);
});

describe('files with mistakes', () => {
    cases([
        [
            'only what is whole is formatted',
            'region   a\nregion   b { zonse   c }\nregion   d\n\n\nregion   e',
            'region a\nregion   b { zonse   c }\nregion d\n\nregion e\n',
        ],
        [
            'a missing brace is no reason to move what follows',
            'region   a {\nowner   "x"\nregion   b {\nowner   "y"\n}',
            'region   a {\nowner   "x"\nregion b {\n    owner "y"\n}\n',
        ],
        [
            'what a brace too many leaves outside is not touched',
            'region   a { } owner   "x" }\nregion   b',
            'region   a { } owner   "x" }\nregion b\n',
        ],
        [
            'nor is anything, if the parser would find its way differently then',
            'defaults for workload clusters { service control plane edge control plane { } } defaults for\n workload clusters service b',
            'defaults for workload clusters { service control plane edge control plane { } } defaults for\n workload clusters service b',
        ],
        ['an open comment', 'region   a /*  b', 'region   a /*  b'],
        ['an open quote', 'region   a { owner   "b }\n  }', 'region   a { owner   "b }\n  }'],
        ['junk in front', ')   (\nregion   a', ')   (\nregion a\n'],
    ]);
});

describe('style', () => {
    test('follows the editor', async () => {
        const text = 'region a {\n    zones a,\n        b /* x\n             y */\n}';
        expect(await format(text, { tabSize: 2, insertSpaces: true })).toBe(
            'region a {\n  zones a,\n    b /* x\n         y */\n}\n',
        );
        expect(await format(text, { tabSize: 4, insertSpaces: false })).toBe(
            'region a {\n\tzones a,\n\t\tb /* x\n\t\t\t y */\n}\n',
        );
    });

    test('the ends of lines stay of their kind', async () => {
        expect(await format('region a {\r\n/* x\r\n   y */\r\n\r\n\r\nzones b }')).toBe(
            'region a {\r\n    /* x\r\n       y */\r\n\r\n    zones b\r\n}\r\n',
        );
    });

    test('a byte order mark stays', async () => {
        expect(await format('\uFEFF  region a')).toBe('\uFEFFregion a\n');
    });
});
