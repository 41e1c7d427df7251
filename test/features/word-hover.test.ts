import { CstUtils, GrammarAST, isLeafCstNode, type LeafCstNode } from 'langium';
import { describe, expect, test } from 'vitest';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { examplesIn, readPage } from '../docs/examples.js';
import { editor, type Editor } from './editor.js';

async function hoverAt(input: string | Record<string, string>): Promise<string> {
    return (await editor(input)).hover();
}

describe('every word of the examples of docs/language.md tells something', () => {
    test.each(examplesIn(readPage('language.md')))('line $line: $section', async ({ text, setting }) => {
        const opened = await editor(text + setting);
        const silent: string[] = [];
        for (const leaf of wordsOf(opened, text.length)) {
            const hover = await opened.hover(leaf.range.start);
            const { line } = leaf.range.start;
            if (!isHelpful(hover, leaf)) silent.push(`line ${line}: ${leaf.text}: ${hover.split('\n')[0]}`);
        }
        expect(silent).toEqual([]);
    });
});

/** All tokens of the first `length` characters, punctuation and comments left out. */
function wordsOf({ document }: Editor, length: number): LeafCstNode[] {
    return CstUtils.streamCst(document().parseResult.value.$cstNode!)
        .filter(isLeafCstNode)
        .filter((leaf) => !leaf.hidden && leaf.end <= length && /[\w"<>-]/.test(leaf.text))
        .toArray();
}

/**
 * A word of the language is told in its construct, an amount in a sentence of its own; everything else has a name, of
 * which something is known.
 */
function isHelpful(hover: string, { text, grammarSource }: LeafCstNode): boolean {
    if (/^[\d.]+[smhdy\d]*$/.test(text)) return hover.includes(`**\`${text}\`**: `);
    const isTold = [...hover.matchAll(/`([^`]+)`/g)].some(([, code]) => code!.split(/[^\w<>-]+/).includes(text));
    return hover.startsWith('**') || (GrammarAST.isKeyword(grammarSource) && isTold);
}

describe('a word in its place', () => {
    test.each([
        ['workload cluster c { edge control plane { gitops as<|>ync } }', '**`async`**: An object that is applied'],
        ['workload cluster c { gateway vm, ingr<|>ess gw }', '**`ingress`**: Takes traffic from outside, for its own'],
        ['workload cluster c <|>in r\nregion r', '**`in`**: Where it stands'],
        ['service s { rate limit fails o<|>pen }', '**`open`**: Requests pass'],
        ['network { a <<|>-> b }', '**`<->`**: Connections are opened in both directions.'],
        ['service s { exposed "x" thr<|>ough g }', '**`through`**: A hop on the way'],
    ])('%s', async (text, part) => {
        expect(await hoverAt(text)).toContain(`\n\n${part}`);
    });
});

describe('an amount', () => {
    test.each([
        ['token ttl 24<|>h', '**`24h`**: Agents stay admitted for 1 d without the management plane'],
        ['metrics buffer 1h<|>30m', '**`1h30m`**: Metrics are held back for 1 h 30 min'],
        ['leaf certificate ttl 9<|>0s', '**`90s`**: A workload certificate lives for 90 s'],
    ])('%s', async (item, part) => {
        expect(await hoverAt(`workload cluster c { edge control plane { ${item} } }`)).toContain(part);
    });

    test('of a number', async () => {
        expect(await hoverAt('service s { on c { replicas <|>3 } }\nworkload cluster c')).toContain(
            '**`3`**: 3 copies.',
        );
    });

    test('that makes no sense means nothing', async () => {
        expect(await hoverAt('workload cluster c { edge control plane { token ttl 5<|>min } }')).not.toContain(
            '**`5min`',
        );
    });
});

describe('a name that cannot fail', () => {
    const files = {
        'a.tsbtopo': `topology acme
service shop/cart on c { owner "shop team" labels tier gold }
service bank/pay on c { namespace money owner "shop team" }`,
        'b.tsbtopo': `topology acme
workload cluster c { owner "shop team" labels tier gold gateway ingress gw { labels tier gold } }
service shop/search on c
external service stripe`,
    };
    const at = (mark: string) => ({ ...files, 'a.tsbtopo': files['a.tsbtopo'].replace(mark, `<|>${mark}`) });

    test.each([
        ['acme', '**topology `acme`**: 1 cluster, 3 services, 1 external service, in 2 files.'],
        ['shop/', '**namespace `shop`**: `cart` and `search`.'],
        ['"shop team"', '**owner** of `c`, `cart` and `pay`.'],
        ['tier', '**label `tier`** = `gold`, on `c`, `gw` and `cart`.'],
        ['gold', '**label `tier`** = `gold`, on `c`, `gw` and `cart`.'],
    ])('%s', async (mark, first) => {
        expect((await hoverAt(at(mark))).split('\n')[0]).toBe(first);
    });
});

describe('a host', () => {
    const text = `region us
workload cluster dmz in us { gateway tier1 front }
workload cluster a { gateway ingress in-a }
workload cluster b { gateway ingress in-b }
service shop { on a, b requires saas exposed "sh<|>op.example.com" via front }
external service saas`;

    test('the way of its clients, and what takes it down alone', async () => {
        expect((await hoverAt(text)).split('\n---\n')[0]).toBe(`**host \`shop.example.com\`** of \`shop\`

\`dmz\`, \`dmz.front\` and 2 more take it down, each alone.

\`\`\`text
✓ shop.example.com
└─ ✓ gateway dmz.front (tier1)
   ├─ ✓ network dmz → a
   │  └─ ✓ gateway a.in-a (ingress)
   │     └─ ✓ shop@a
   └─ ✓ network dmz → b
      └─ ✓ gateway b.in-b (ingress)
         └─ ✓ shop@b
\`\`\`
`);
    });

    test('without a single point that takes it', async () => {
        expect(await hoverAt(text.replace(' via front', '').replace(' requires saas', ''))).toContain(
            '\n\nNo cluster, region or gateway on its way takes it down alone.\n',
        );
    });

    test('without places, none is spoken of', async () => {
        const nowhere = text.replace('region us\n', '').replace(' in us', '').replace(' via front', '');
        expect(await hoverAt(nowhere.replace(' requires saas', ''))).toContain(
            '\n\nNo cluster or gateway on its way takes it down alone.\n',
        );
    });

    test('while a simulation runs', async () => {
        const { hover, command } = await editor(text);
        await command(simulationCommands.fail, { element: 'a' });
        expect(await hover()).toContain('\n\n**Simulation:** fails over to `b`, down for up to 60 s.\n');
        expect(await hover()).toContain('✗ gateway a.in-a (ingress)');
        expect(await hover()).toContain('take it down now, each alone.');
        await command(simulationCommands.fail, { element: 'dmz' });
        expect(await hover()).toContain('\n\n**Simulation:** down: no request gets through.\n');
    });

    test('that nobody serves is only a word', async () => {
        expect(await hoverAt('service shop { exposed "<|>x" }')).toMatch(/`exposed "HOST"/);
    });
});
