import { describe, expect, test } from 'vitest';
import type { Network } from '../../server/topology/topology.js';
import { estate } from '../fixture.js';
import { refactored, refactorings, type Files } from './fixes.js';

/** What an estate says, without the places at which it says it, and without whether it is said or assumed. */
async function meaning(input: Files): Promise<unknown> {
    const { topologies } = await estate(input);
    const text = JSON.stringify(topologies, (key, value: unknown) =>
        /^(at|nameAt|hostAt|dataPlaneAt|origin|files)$/.test(key) ? undefined : value,
    );
    const parsed = JSON.parse(text) as { clusters: unknown[]; network: Network }[];
    // the order of clusters and ways is that of their lines
    const sorted = <T>(list: T[]) => list.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return parsed.map(({ clusters, network, ...rest }) => ({
        ...rest,
        clusters: sorted(clusters),
        network: sorted(waysIn(network)),
    }));
}

function waysIn({ lines }: Network): string[] {
    const ways = lines.flatMap(({ from, to, bothWays }) =>
        from.flatMap((one) => to.flatMap((other) => [[one, other], ...(bothWays ? [[other, one]] : [])])),
    );
    return [...new Set(ways.map(([from, to]) => `${from} -> ${to}`))];
}

async function check(before: Files, title: string, expected: string | Record<string, string>): Promise<void> {
    const texts = await refactored(before, title);
    expect(texts).toEqual(expected);
    expect(await meaning(texts)).toEqual(await meaning(before));
}

describe('to a file of its own', () => {
    test('a declaration goes with the comments above it', () =>
        check(
            'topology t\n\nmanagement cluster m\n\n// the first\n// of them\nworkload <|>cluster east { // big\n    gateway vm\n}\n\nworkload cluster west\n',
            'Move it to a file of its own, east.tsbtopo',
            {
                'main.tsbtopo': 'topology t\n\nmanagement cluster m\n\nworkload cluster west\n',
                'east.tsbtopo':
                    'topology t\n\n// the first\n// of them\nworkload cluster east { // big\n    gateway vm\n}\n',
            },
        ));

    test('line ends stay, and the name of the file is free and plain', () =>
        check(
            {
                'main.tsbtopo': 'topology t\r\nmanagement cluster "m/1"<|>\r\nworkload cluster a\r\n',
                'm-1.tsbtopo': '',
            },
            'Move it to a file of its own, m-1-2.tsbtopo',
            {
                'main.tsbtopo': 'topology t\r\nworkload cluster a\r\n',
                'm-1.tsbtopo': '',
                'm-1-2.tsbtopo': 'topology t\r\n\r\nmanagement cluster "m/1"\r\n',
            },
        ));

    test.each([
        ['without a header', 'workload cluster a<|>\nworkload cluster b'],
        ['what is alone in its file', 'topology t\nworkload cluster a<|>'],
        ['inside of it', 'topology t\nworkload cluster a {\n gateway vm<|>\n}\nworkload cluster b'],
        ['the header', 'topology t<|>\nworkload cluster b'],
    ])('not %s', async (_, text) => {
        expect((await refactorings(text)).filter(({ kind }) => kind === 'refactor.move')).toEqual([]);
    });
});

describe('defaults for workload clusters', () => {
    test('take what all clusters repeat', () =>
        check(
            'management cluster m\nworkload cluster a {\n    edge control plane { gitops<|>  async }\n}\nworkload cluster b {\n    edge control plane {\n        // soon\n        gitops async\n        token ttl 2h\n    }\n}\nworkload cluster c { edge control plane { gitops off } }\n',
            'Say `gitops async` once for all workload clusters',
            'management cluster m\n\ndefaults for workload clusters {\n    edge control plane { gitops async }\n}\n\nworkload cluster a\nworkload cluster b {\n    edge control plane {\n        // soon\n        token ttl 2h\n    }\n}\nworkload cluster c { edge control plane { gitops off } }\n',
        ));

    test('not where a cluster that says nothing would get it, too', async () => {
        const text =
            'workload cluster a { edge control plane { gitops<|> async } }\nworkload cluster b { edge control plane { gitops async } }\nworkload cluster c\n';
        expect((await refactorings(text)).map(({ title }) => title)).toEqual([]);
    });

    test('go back into the clusters', () =>
        check(
            {
                'a.tsbtopo':
                    'topology t\ndefaults<|> for workload clusters {\n    edge control plane {\n        gitops async\n        token ttl 2h\n    }\n}\nworkload cluster a\n',
                'b.tsbtopo': 'topology t\nworkload cluster b {\n    edge control plane { gitops off }\n}\n',
            },
            'Say these settings in each workload cluster',
            {
                'a.tsbtopo':
                    'topology t\nworkload cluster a {\n    edge control plane {\n        gitops async\n        token ttl 2h\n    }\n}\n',
                'b.tsbtopo':
                    'topology t\nworkload cluster b {\n    edge control plane { gitops off  token ttl 2h }\n}\n',
            },
        ));
});

const spell = 'Spell out what is assumed here';

describe('what is assumed', () => {
    test.each([
        [
            'of a workload cluster',
            'workload<|> cluster a {\n    edge control plane { token ttl 2h }\n}\n',
            'workload cluster a {\n    edge control plane { token ttl 2h  leaf certificate ttl 24h  certificate authority own  gitops off }\n}\n',
        ],
        [
            'of a service',
            'workload cluster a\nservice <|>s on a\n',
            'workload cluster a\nservice s on a {\n    namespace default\n    no failover\n}\n',
        ],
        [
            'of a store',
            'management cluster m {\n    management plane { elastic<|>search }\n}\n',
            'management cluster m {\n    management plane { elasticsearch internal direct }\n}\n',
        ],
        [
            'of the database',
            'management cluster m { management plane { postgres<|> { no backup } } }\n',
            'management cluster m { management plane { postgres external { no backup } } }\n',
        ],
        [
            'of the central control plane',
            'management cluster m {\n    central control plane<|>\n}\n',
            'management cluster m {\n    central control plane { listener own }\n}\n',
        ],
        [
            'of DNS',
            'workload cluster a { gateway ingress }\nservice s on a { exposed "h.io" { gslb<|> } }\n',
            'workload cluster a { gateway ingress }\nservice s on a { exposed "h.io" { gslb ttl 30s } }\n',
        ],
        [
            'of a helper',
            'workload cluster a\nservice s on a {\n    rate limit<|>\n}\n',
            'workload cluster a\nservice s on a {\n    rate limit fails open\n}\n',
        ],
        [
            'of GitOps',
            'workload cluster a {\n    edge control plane { gitops<|> }\n}\n',
            'workload cluster a {\n    edge control plane { gitops sync }\n}\n',
        ],
    ])('%s', async (_, before, expected) => check(before, spell, expected));

    test('what is said by the defaults is not assumed', async () => {
        const text =
            'defaults for workload clusters {\n    edge control plane {\n        token ttl 2h\n        leaf certificate ttl 2h\n        certificate authority own\n        gitops\n    }\n}\nworkload cluster a<|>\n';
        expect((await refactorings(text)).map(({ title }) => title)).toEqual([]);
    });
});

describe('services and the network', () => {
    test.each([
        [
            'Say `namespace shop` on a line of its own',
            'service shop/<|>cart { // ours\n    owner "x"\n}\n',
            'service cart { // ours\n    owner "x"\n    namespace shop\n}\n',
        ],
        [
            'Say the namespace before the name: `shop/cart`',
            'service cart<|> {\n    namespace shop\n    owner "x"\n}\n',
            'service shop/cart {\n    owner "x"\n}\n',
        ],
    ])('%s', async (title, before, expected) => check(before, title, expected));

    test.each([
        ['Merge with `b -> a`', '<|>a -> b\n    a -> c\n    b -> a // back', 'a <-> b\n    a -> c\n    // back'],
        ['Merge with `a -> c`', '<|>a -> b\n    a -> c', 'a -> b, c'],
        ['Merge with `c -> b`', '<|>a -> b\n    c -> b', 'a, c -> b'],
    ])('%s', async (title, before, expected) => {
        const around = (lines: string) =>
            `workload cluster a\nworkload cluster b\nworkload cluster c\nnetwork {\n    ${lines}\n}\n`;
        await check(around(before), title, around(expected));
    });
});

describe('in a file that import writes anew each time', () => {
    const hand = 'topology t\n';

    test('what is assumed is spelled out beside it', async () => {
        const text = 'topology t\nmanagement cluster m\nworkload cluster <|>east { gateway vm }\n';
        const before = text.replace('<|>', '');
        const texts = (await refactored(
            { 'a.import.tsbtopo': text, 'hand.tsbtopo': hand },
            'Spell out what is assumed here',
        )) as Record<string, string>;
        expect(texts['a.import.tsbtopo']).toBe(before);
        expect(texts['hand.tsbtopo']).toMatch(/^topology t\n\nabout \S+ \{/);
        expect(await meaning(texts)).toEqual(await meaning({ 'a.import.tsbtopo': before, 'hand.tsbtopo': hand }));
    });

    test.each([
        ['Move it', 'workload cluster <|>west\n'],
        ['Merge with', 'workload cluster west\nnetwork { <|>m -> west\n west -> m }\n'],
        ['Say `namespace shop`', 'service shop/<|>cart\n'],
        ['Spell out', 'service cart { exposed "x" { <|>gslb } }\n'],
    ])('"%s …" would change what stands there, and is not offered', async (title, text) => {
        const said = `topology t\nmanagement cluster m\n${text}`;
        const offered = async (name: string) =>
            (await refactorings({ [name]: said, 'hand.tsbtopo': hand })).some((each) => each.title.startsWith(title));
        expect(await offered('a.import.tsbtopo')).toBe(false);
        expect(await offered('a.tsbtopo')).toBe(true);
    });
});
