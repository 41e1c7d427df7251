import { describe, expect, test } from 'vitest';
import { complete, labels } from './complete.js';

async function described(text: string): Promise<string[]> {
    const { items } = await complete(text);
    return items
        .filter(({ sortText }) => sortText!.startsWith('1'))
        .map(({ label, labelDetails, preselect }) =>
            [preselect ? `*${label}` : label, labelDetails?.description ?? ''].join(': '),
        );
}

const edge = (text: string) => `workload cluster x { edge control plane { ${text} } }`;

describe('amounts', () => {
    test.each([
        [edge('token ttl <|>'), ['*1h: 1 hour · default', '8h: 8 hours', '24h: 1 day', '7d: 7 days', '8760h: 1 year']],
        [
            edge('leaf certificate ttl <|>'),
            ['1h: 1 hour', '12h: 12 hours', '*24h: 1 day · default', '7d: 7 days', '8760h: 1 year'],
        ],
        [edge('metrics buffer <|>'), ['5m: 5 minutes', '15m: 15 minutes', '1h: 1 hour', '6h: 6 hours', '24h: 1 day']],
        [
            'management cluster x { management plane { postgres { backup every <|> } } }',
            ['15m: 15 minutes', '1h: 1 hour', '6h: 6 hours', '24h: 1 day', '7d: 7 days'],
        ],
        [
            'management cluster x { management plane { postgres { backup every 1h restored within <|> } } }',
            ['30m: 30 minutes', '1h: 1 hour', '2h: 2 hours', '4h: 4 hours', '1d: 1 day'],
        ],
        [
            'service x { exposed "x" { gslb ttl <|> } }',
            ['10s: 10 seconds', '*30s: 30 seconds · default', '1m: 1 minute', '5m: 5 minutes'],
        ],
        [
            'region r { zones a, b, c, d }\nworkload cluster x in r { gateway vm { replicas <|> } }',
            ['2: 2 copies', '3: 3 copies', '*4: one for each zone of r', '5: 5 copies'],
        ],
        ['workload cluster x { gateway vm { replicas <|> } }', ['2: 2 copies', '3: 3 copies', '5: 5 copies']],
        [
            'workload cluster a workload cluster b service x { exposed "x" to a weight 70, b weight <|> }',
            [
                '100: all, if weights add up to 100',
                '90: 90 %',
                '50: 50 %',
                '*30: what is left of 100',
                '10: 10 %',
                '0: no requests',
            ],
        ],
        [edge('token ttl 2<|>'), ['*24h: 1 day']],
        [
            edge('token ttl <|>\n leaf certificate ttl 1h').replace('24h', ''),
            ['*1h: 1 hour · default', '8h: 8 hours', '24h: 1 day', '7d: 7 days', '8760h: 1 year'],
        ],
    ])('%s', async (text, expected) => {
        expect(await described(text)).toEqual(expected);
    });

    test('say what they would mean, and lead to their source', async () => {
        const { items } = await complete(edge('token ttl <|>'));
        expect(items[0]).toMatchObject({
            detail: 'without the management plane, agents can reconnect for up to 1 hour (default)',
            data: { about: 'word', word: 'TokenTtl', default: 'token-ttl' },
        });
    });
});

describe('other values', () => {
    const around = `topology t
service shop/a { owner "team-a" labels tier "gold", stage "live" exposed "a.acme.org" }
service shop/b { owner "team-b" labels tier "silver" }
service bank/c { owner "team-b" labels tier "gold" exposed "c.bank.example" }
`;

    test.each([
        ['service x { exposed <|> }', '"x.acme.org", "x.bank.example", inside'],
        ['service x { exposed "x.acme.org" exposed <|> }', '"x.bank.example", inside'],
        ['service x { owner <|> }', '"team-b", "team-a"'],
        ['service x { owner team-a<|> }', '"team-a"'],
        ['service x { labels <|> }', 'tier, stage'],
        ['service x { labels tier <|> }', '"gold", "silver"'],
        ['service x { labels tier = <|> }', '"gold", "silver"'],
        ['service x {\n namespace <|>\n}', 'shop, bank'],
    ])('that the estate knows: %s', async (text, expected) => {
        expect(await labels(around + text)).toBe(expected);
    });

    test('hosts of an estate without hosts', async () => {
        expect(await labels('service My_Shop { exposed <|> }')).toBe('"my-shop.example.com", inside');
    });

    test('versions, the newest first', async () => {
        expect(await described('topology t for tsb <|>')).toEqual([
            '1.12: ',
            '1.11: ',
            '*1.10: default',
            '1.9: ',
            '1.8: ',
            '1.7: ',
            '1.6: ',
        ]);
    });

    test('topologies to which a file could belong', async () => {
        const files = { 'a.tsbtopo': 'topology <|>', 'b.tsbtopo': 'topology acme', 'c.tsbtopo': 'topology demo' };
        expect(await labels(files)).toBe('acme, demo');
    });
});
