import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { marked, type Tokens } from 'marked';
import { describe, expect, test } from 'vitest';
import { pathAddress } from '../../server/encoding/address.js';
import { dotText, mermaidText } from '../../server/encoding/diagrams.js';
import { workflowMessage, workflowProperty } from '../../server/encoding/github.js';
import { json } from '../../server/encoding/json.js';
import { csvLine } from '../../server/encoding/csv.js';
import { iconless, linkless } from '../../server/encoding/labels.js';
import { code, commandLink, fenced, plain, text } from '../../server/encoding/markdown.js';
import { shellWord } from '../../server/encoding/shell.js';
import { visible, visiblePath } from '../../server/encoding/visible.js';
import { xml } from '../../server/encoding/xml.js';
import { hostile } from './hostile.js';

/** Anything, and mostly what means something somewhere. */
const name = fc.oneof(
    fc.constantFrom(...hostile, ...hostile.map((each) => each.replaceAll('\\n', '\n'))),
    fc.string({ unit: fc.constantFrom(...'`|\\*_[]()<>!#&;:/.@$ \n\tab1\u202e\u0007'), maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
);

function holds(check: (text: string) => void): void {
    fc.assert(fc.property(name, check), { numRuns: 2_000, seed: 7 });
}

/** What a reader of Markdown sees of a paragraph, and which elements it has. */
function read(markdown: string): { seen: string; kinds: Set<string> } {
    const kinds = new Set<string>();
    let seen = '';
    for (const token of marked.Lexer.lexInline(markdown)) {
        kinds.add(token.type);
        seen += 'text' in token ? String(token['text']) : token.raw;
    }
    return { seen: seen.replace(/&#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number))), kinds };
}

describe('text as one line', () => {
    test('nothing is left that cannot be seen, and what can be seen stays', () => {
        holds((each) => {
            expect(visible(each)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
            expect(visible(visible(each))).toBe(visible(each));
        });
        expect(visible('Zürich 東京 😀 a-b_c')).toBe('Zürich 東京 😀 a-b_c');
        expect(visible('a\u001b[31m\r\n\u202e')).toBe('a\\u{1b}[31m\\u{d}\\u{a}\\u{202e}');
    });

    test('a path is never the place of another file', () => {
        expect(visiblePath('b.tsbtopo:3:4 error x.tsbtopo')).toBe('b.tsbtopo\\u{3a}3:4 error x.tsbtopo');
        expect(visiblePath('C:/a/b.tsbtopo')).toBe('C:/a/b.tsbtopo');
    });
});

describe('Markdown', () => {
    test('a name is code and text, nothing else, in a paragraph as in a cell', () => {
        holds((each) => {
            const { seen, kinds } = read(`x ${code(each)} y`);
            expect([...kinds].filter((kind) => kind !== 'text' && kind !== 'codespan')).toEqual([]);
            // a reader of Markdown leaves out a space at each end of code
            expect(seen.replaceAll(' ', '')).toBe(`x${visible(each)}y`.replaceAll(' ', ''));
            const [table] = marked.lexer(`| a | b |\n|---|---|\n| ${code(each)} | ${text(each)} |`);
            expect((table as Tokens.Table).rows.map((row) => row.length)).toEqual([2]);
        });
    });

    test('plain text is text and nothing else', () => {
        holds((each) => {
            const { kinds } = read(`x ${text(each)} y`);
            expect([...kinds].filter((kind) => kind !== 'text')).toEqual([]);
            const [block, ...others] = marked.lexer(text(`${each}x`));
            expect([block?.type, others]).toEqual(['paragraph', []]);
        });
    });

    test('what goes into a sentence comes out of it', () => {
        holds((each) => {
            expect(plain(`**Why** ${code(each)} *(inferred)*`)).toBe(`Why ${visible(each)} (inferred)`);
            expect(plain(text(each))).toBe(visible(each));
        });
    });

    test('lines in a block stay in it', () => {
        fc.assert(
            fc.property(fc.array(name, { maxLength: 4 }), (found) => {
                const lines = ['✓', ...found, '.'];
                const [block, ...others] = marked.lexer(fenced(lines));
                expect([block?.type, others]).toEqual(['code', []]);
                expect((block as Tokens.Code).text).toBe(lines.map(visible).join('\n'));
            }),
            { seed: 7 },
        );
    });

    test('a link takes any argument along', () => {
        holds((each) => {
            const [link] = marked.Lexer.lexInline(commandLink('Go', 'our.command', { each })) as [Tokens.Link];
            expect(link.raw).toBe(commandLink('Go', 'our.command', { each }));
            const argument = decodeURIComponent(link.href.slice('command:our.command?'.length));
            expect(JSON.parse(argument)).toEqual([{ each }]);
        });
    });
});

test('JSON comes back as it was, without anything that a terminal obeys', () => {
    holds((each) => {
        const written = json({ each });
        expect(JSON.parse(written)).toEqual({ each });
        expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    });
});

test('a word of a shell is one word, and nothing is run', () => {
    const words = [...hostile, 'east', "it's", '$HOME', '~', '*', ''];
    const script = `for word in ${words.map(shellWord).join(' ')}; do printf '%s\\n' "$word"; done`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(`${words.map(visible).join('\n')}\n`);
    expect(shellWord('us-east.gw')).toBe('us-east.gw');
});

describe('CSV', () => {
    /** RFC 4180, as a reader has it. */
    const cellsIn = (line: string) =>
        [...line.replace(/\r\n$/, '').matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
            ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare,
        );

    test('a text is one cell, and comes back', () => {
        holds((each) => {
            const line = csvLine(['a', each, 'b']);
            expect(line).toMatch(/^[^\r\n]*\r\n$/);
            const [first, cell, last, ...others] = cellsIn(line);
            expect([first, last, others]).toEqual(['a', 'b', []]);
            expect(cell!.replace(/^'(?=\s*[=+\-@＝＋－＠])/u, '')).toBe(visible(each));
        });
    });

    test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '＝1', '=cmd|"/c calc"!A1', '\r=1'])(
        '%j is no formula in a spreadsheet',
        (text) => {
            const [cell] = cellsIn(csvLine([text]));
            expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/u);
        },
    );

    test('what is no formula stays as it is', () => {
        expect(csvLine(['east', 'a b', 'x=1', '', 'a,b', '"'])).toBe('east,a b,x=1,,"a,b",""""\r\n');
    });
});

test('labels and notifications of VS Code', () => {
    expect(iconless('$(bell) costs $(5) $(x~spin)')).toBe('\\$(bell) costs \\$(5) \\$(x~spin)');
    expect(linkless('[a](command:b) [c] (d)')).toBe('[a] (command:b) [c] (d)');
});

describe('XML', () => {
    test('a text is text, between tags and in an attribute', () => {
        holds((each) => {
            expect(xml(each)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
            const back = xml(each)
                .replaceAll('&lt;', '<')
                .replaceAll('&gt;', '>')
                .replaceAll('&quot;', '"')
                .replaceAll('&#39;', "'")
                .replaceAll('&amp;', '&');
            expect(back).toBe(visible(each).replace(/[\ufffe\uffff]/g, '\ufffd'));
        });
    });
});

describe('diagrams', () => {
    test('a label of Mermaid neither ends nor begins anything', () => {
        holds((each) => {
            expect(mermaidText(each)).toMatch(/^([\p{L}\p{N} .,:/@()-]|#\d+;)*$/u);
            const back = mermaidText(each).replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
            expect(back).toBe(visible(each));
        });
    });

    test('a text of Graphviz ends where its quotation mark is', () => {
        holds((each) => {
            const [, inner = ''] = /^"((?:[^"\\]|\\.)*)"$/su.exec(dotText(each)) ?? [];
            expect(inner.replace(/\\(.)/gsu, '$1')).toBe(visible(each));
        });
    });
});

describe('text in what others read of a run', () => {
    test('a command of a workflow stays one, and has the properties that it has', () => {
        holds((each) => {
            expect(workflowMessage(each)).not.toMatch(/[\r\n]|%(?!25)/);
            expect(workflowProperty(each)).not.toMatch(/[\r\n:,]|%(?!25|3A|2C)/);
        });
        expect(workflowMessage('::a, 100%')).toBe('::a, 100%25');
    });

    test('a path is a relative address, and comes back', () => {
        holds((each) => {
            const address = pathAddress(each);
            expect(address).toMatch(/^[\w.!~*'()%/-]*$/);
            expect(decodeURIComponent(address)).toBe(each.replaceAll('\\', '/'));
        });
    });
});
