import { describe, expect, test } from 'vitest';
import { estate } from '../fixture.js';
import { outlineOf, problems } from './tell.js';

describe('words of the language that are names, too', () => {
    test.each(['metrics', 'token', 'backup', 'edge', 'central', 'tier1', 'gateway', 'postgres', 'gitops', 'tsb'])(
        'a service named %s',
        async (name) => {
            const text = `workload cluster a\nservice ${name} on a\nservice b { calls ${name}\n requires ${name} }`;
            expect(await problems(text)).toEqual([]);
            const { topology } = await estate(text);
            expect(topology.services[0]).toMatchObject({ name, homes: [{ cluster: 'a' }] });
            expect(topology.services[1]).toMatchObject({ calls: [{ name }], requires: [{ name }] });
        },
    );

    test.each(['metrics', 'backup', 'edge', 'central', 'data'])('a region and a zone named %s', async (name) => {
        const text = `region ${name} { zones ${name} }\nworkload cluster a in ${name}/${name}`;
        expect(await problems(text)).toEqual([]);
    });

    test.each(['metrics', 'token', 'listener', 'front-envoy'])('a gateway named %s', async (name) => {
        const text = `workload cluster a { gateway tier1 ${name} }\nservice s on a { exposed "x" via ${name} }`;
        expect(await problems(text)).toEqual([]);
    });

    test.each(['region', 'service', 'cluster', 'on', 'calls', 'external', 'scenario', 'owner', 'no'])(
        'everything else in quotes: %s',
        async (name) => {
            const text = `workload cluster a\nservice "${name}" on a\nservice b { calls "${name}" }`;
            expect(await problems(text)).toEqual([]);
            expect((await estate(text)).topology.services[1]?.calls[0]?.name).toBe(name);
        },
    );

    test.each(['edge-1', 'east-west-2', 'region-eu', 'in-house', 'on2', 'tier1-us', 'gateways', 'front-envoy-2'])(
        'a name that begins like a word: %s',
        async (name) => {
            const text = `workload cluster ${name} { gateway ingress ${name} }\nservice ${name} on ${name}`;
            expect(await problems(text)).toEqual([]);
            expect(await outlineOf(text)).toBe(`${name}+${name} ${name}@${name}`);
        },
    );
});

describe('words that are no names', () => {
    test('a gateway without name, before the next line', async () => {
        const text =
            'workload cluster a {\n    gateway ingress\n    edge control plane\n    gateway vm\n    data plane\n}';
        expect(await problems(text)).toEqual([]);
        expect(await outlineOf(text)).toBe('a+ingress+vm');
    });

    test.each([
        ['workload cluster in us-east', 'A workload cluster needs a name.'],
        ['management cluster {\n}', 'A management cluster needs a name.'],
        ['service on a', 'A service needs a name.'],
        ['topology for tsb 1.10', 'A topology needs a name.'],
        ['external service in eu', 'An external service needs a name.'],
    ])('a missing name: %s', async (text, message) => {
        expect((await problems(`region us-east\nregion eu\nworkload cluster a\n${text}`)).join('\n')).toContain(
            message,
        );
    });
});

describe('numbers, durations and versions', () => {
    test.each([
        ['90s', 90],
        ['30m', 1800],
        ['1h30m', 5400],
        ['7d', 604_800],
        ['1y', 31_536_000],
    ])('the duration %s', async (text, seconds) => {
        const { topology, diagnostics } = await estate(
            `workload cluster a { edge control plane { token ttl ${text} } }`,
        );
        expect(diagnostics).toEqual([]);
        expect(topology.clusters[0]).toMatchObject({ edge: { tokenTtl: { value: seconds } } });
    });

    test.each([
        ['10min', '`10min` is no duration. Write it as 10m.'],
        ['1.5h', '`1.5h` is no duration. Write it as 1h30m.'],
        ['2weeks', '`2weeks` is no duration. Write it as 14d.'],
        ['500ms', '`500ms` is no duration. Write it as 30s, 1h30m or 7d.'],
        ['24', '`24` of what? Write 24s, 24m, 24h or 24d.'],
        ['soon!', '`soon!` is no duration. Write it as 30s, 1h30m or 7d.'],
        ['-5m', '`-5m` is no duration. Write it as 30s, 1h30m or 7d.'],
        ['0s', 'This must be longer than nothing.'],
    ])('no duration: %s', async (text, message) => {
        const written = `workload cluster a { edge control plane { token ttl ${text} } }`;
        expect(await problems(written)).toEqual([`odd-duration «${text}» ${message}`]);
        expect((await estate(written)).topology.clusters[0]?.edge?.tokenTtl.origin.kind).toBe('assumed');
    });

    test.each([
        ['1.10', '1.10'],
        ['1.1', '1.1'],
        ['1.10.3', '1.10'],
    ])('a version is a text: %s', async (written, value) => {
        expect((await estate(`topology a for tsb ${written}`)).topology.tsbVersion.value).toBe(value);
    });

    test('a name that begins with a digit', async () => {
        const text = 'workload cluster 2-prod\nservice a on 2-prod';
        expect(await problems(text)).toEqual([
            'odd-name «2-prod» `2-prod` is no plain name: those begin with a letter, and consist of letters, digits, `_` and inner `-`. Write it in quotes: "2-prod".',
        ]);
        expect(await outlineOf(text)).toBe('2-prod a@2-prod');
        expect(await problems('workload cluster "2-prod"\nservice a on "2-prod"')).toEqual([]);
    });

    test.each(['1h', '1.10', '42', 'a@b', '(x)', 'east-'])('another odd name: %s', async (name) => {
        expect(await problems(`service ${name}`)).toEqual([expect.stringContaining(`odd-name «${name}»`)]);
        expect(await outlineOf(`service ${name}`)).toBe(name);
    });
});

describe('spaces, comments and quotes', () => {
    test('arrows need no spaces', async () => {
        const text =
            'workload cluster dmz-us\nworkload cluster east\nnetwork { dmz-us->east dmz-us<->east; east->dmz-us; }';
        expect(await problems(text)).toEqual([]);
        const { topology } = await estate(text);
        const [one, other] = [['dmz-us'], ['east']];
        expect(topology.network.lines).toMatchObject([
            { from: one, to: other, bothWays: false },
            { from: one, to: other, bothWays: true },
            { from: other, to: one, bothWays: false },
        ]);
    });

    test('comments stand anywhere', async () => {
        const text = '/* a\n * b */ service /* c */ a // d { \n on /**/ b\nworkload cluster b // é';
        expect(await problems(text)).toEqual([]);
        expect(await outlineOf(text)).toBe('b a@b');
    });

    test.each([
        ['service "a\nservice b', 'unreadable «"a» The closing `"` is missing.'],
        ["service 'a b'\nservice b", 'unreadable «\'a b\'» Texts stand in double quotes: "a b".'],
        ['service b /* and so on', 'unreadable «/*» This comment is not closed: `*/` is missing.'],
    ])('what is not closed: %s', async (text, message) => {
        expect(await problems(text)).toEqual([message]);
        expect(await outlineOf(text)).toContain('b');
    });

    test('quotes and backslashes in a text', async () => {
        const { topology } = await estate(String.raw`service a { owner "the \"A\" \\ team" }`);
        expect(topology.services[0]?.owner).toBe(String.raw`the "A" \ team`);
    });

    test('letters of any alphabet', async () => {
        expect(await problems('region zürich { zones ä, östra }\nworkload cluster 東京 in zürich/ä')).toEqual([]);
    });
});
