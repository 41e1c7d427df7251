import { describe, expect, test } from 'vitest';
import { accepted, complete, labels } from './complete.js';

const declarations =
    'region, hosted management cluster, standby management cluster, management cluster, workload cluster, defaults for workload clusters, network, service, external service, shared fate, about, scenario, objective, accept';
const ofService =
    'namespace, on, exposed, calls, requires, no failover, failover east-west, no outlier detection, outlier detection, external authorization, rate limit, owner, labels, accept';

describe('words that fit', () => {
    test.each([
        ['<|>', `topology, ${declarations}`],
        ['topology t\n<|>', `${declarations}, for tsb`],
        ['service a\n\n<|>', `${declarations}, on`],
        ['service a <|>', `on, ${declarations}`],
        ['workload <|>', 'cluster'],
        ['defaults <|>', 'for workload clusters'],
        ['man<|>', 'hosted management cluster, standby management cluster, management cluster'],
        [
            'clu<|>',
            'hosted management cluster, standby management cluster, management cluster, workload cluster, defaults for workload clusters',
        ],
        [
            'workload cluster x { <|> }',
            'edge control plane, data plane, gateway, no workloads, requires, owner, labels, accept',
        ],
        ['workload cluster x { edge <|> }', 'control plane'],
        ['workload cluster x { gateway <|> }', 'tier1, ingress, east-west, egress, vm'],
        ['workload cluster x { gateway ingress, <|> }', 'tier1, east-west, egress, vm'],
        [
            'workload cluster x { gateway ingress { <|> } }',
            'replicas, external authorization, rate limit, requires, owner, labels, accept',
        ],
        ['workload cluster x { gateway vm { <|> } }', 'replicas, requires, owner, labels, accept'],
        [
            'workload cluster x { edge control plane { token ttl 1h\n <|> } }',
            'leaf certificate ttl, certificate authority, metrics buffer, gitops, requires',
        ],
        [
            'workload cluster x { edge control plane { gitops <|> } }',
            'off, sync, async, from, token ttl, leaf certificate ttl, certificate authority, metrics buffer, requires',
        ],
        [
            'management cluster x { <|> }',
            'management plane, central control plane, edge control plane, data plane, gateway, requires, owner, labels, accept',
        ],
        [
            'management cluster x { management plane { elasticsearch <|> } }',
            'internal, external, direct, via front-envoy, in, postgres, iam-signing-key, root-ca, identity-provider, gitops, requires',
        ],
        [
            'management cluster x { management plane {\n gitops <|>\n} }',
            'off, from, postgres, elasticsearch, banyandb, iam-signing-key, root-ca, identity-provider, requires',
        ],
        ['management cluster x { central control plane { listener <|> } }', 'own, front-envoy'],
        ['standby management cluster x { <|> }', 'copy, requires, owner, labels, accept'],
        ['management cluster x { management plane { root-ca { backup every 1h <|> } } }', 'in, restored within, ttl'],
        ['standby management cluster x { copy <|> }', 'every, promoted within, requires, owner, labels, accept'],
        ['hosted management cluster x { <|> }', 'management plane, requires, owner, labels, accept'],
        ['hosted management cluster x { management plane { <|> } }', 'identity-provider, requires'],
        ['service x { <|> }', ofService],
        ['service x { no <|> }', 'failover, outlier detection'],
        ['service x { rate limit fails <|> }', 'open, closed'],
        ['service x { exposed "x" { <|> } }', 'gslb'],
    ])('%s', async (text, expected) => {
        expect(await labels(text)).toBe(expected);
    });

    test.each([
        ['service x {\n failover east-west\n owner "a"\n <|>\n}', /failover|owner/],
        ['service shop/x {\n <|>\n}', /namespace/],
        ['management cluster x { management plane { root-ca\n <|>\n} }', /root-ca/],
        ['management cluster x { management plane { postgres internal <|> } }', /(^| )in(,|$)/],
        ['management cluster x\n<|>', /(?<!standby )management cluster/],
        ['standby management cluster x\n<|>', /standby/],
        ['defaults for workload clusters\n<|>', /defaults/],
        ['region a\n<|>', /topology/],
    ])('not what is said, or would be wrong: %s', async (text, unwanted) => {
        const found = await labels(text);
        expect(found).not.toBe('');
        expect(found).not.toMatch(unwanted);
    });

    test('nor what another file of the topology has said', async () => {
        const files = { 'a.tsbtopo': 'topology t\n<|>', 'b.tsbtopo': 'topology t\nmanagement cluster x' };
        expect(await labels(files)).not.toMatch(/(?<!standby )management cluster/);
    });

    test.each([
        'service <|>',
        'region <|>',
        'workload cluster <|>',
        'service <|> on east',
        'service x { owner <|> }',
        'topology <|>',
        'network { <|> }',
    ])('nothing where something new is named, or nothing is known: %s', async (text) => {
        expect(await labels(text)).toBe('');
    });
});

test.each([
    '// sentence <|>',
    'service x { // on <|>\n}',
    '/* a <|> b */',
    '/* a\n<|>',
    'service x { owner "te<|>am" }',
    'service x { owner "o<|>',
    'service x { exposed "sh<|>op.example.com" }',
    'service x { exposed "shop.example.com"<|> }',
    "service x { owner 'o<|> }",
    'service x { labels tier "<|>" }',
])('nothing in comments and texts: %s', async (text) => {
    const around = 'service shop { owner "other" exposed "other.example.com" labels tier "gold" }\n';
    expect((await complete(around + text)).items).toEqual([]);
});

describe('accepted', () => {
    test.each([
        ['wor<|>', 'workload cluster', 'workload cluster'],
        ['wor<|> cluster x', 'workload cluster', 'workload cluster x'],
        [
            'workload cluster x { ed<|>  control plane { } }',
            'edge control plane',
            'workload cluster x { edge  control plane { } }',
        ],
        ['service x { calls "<|>" }\nservice "region"', '"region"', 'service x { calls "region" }\nservice "region"'],
    ])('%s', async (text, label, expected) => {
        expect(await accepted(text, label)).toBe(expected);
    });
});

describe('right after a space', () => {
    test.each([
        ['service x on <|>\nworkload cluster east', 'east'],
        ['service x on east, <|>\nworkload cluster east\nworkload cluster west', 'west'],
        ['workload cluster east\nnetwork { west -> <|> }', 'east'],
        ['workload <|>', 'cluster'],
        ['service x { external authorization <|> }', 'by, fails'],
        ['workload cluster x { edge control plane { gitops <|> } }', 'off, sync, async, from'],
        // else the return key would accept what nobody asked for
        ['service x <|>', ''],
        ['service x on east <|>\nworkload cluster east', ''],
        ['workload cluster east { <|> }', ''],
        ['service x { failover east-west <|> }', ''],
        ['  <|>', ''],
    ])('only what has to follow: %s', async (text, expected) => {
        expect(await labels(text, { trigger: ' ' })).toBe(expected);
        expect((await complete(text, { trigger: ' ' })).items.every(({ kind }) => kind !== 15)).toBe(true);
    });
});

test('words say how they are written, values which of them is the default', async () => {
    const { items } = await complete('service x { <|> }');
    expect(items.find(({ label }) => label === 'exposed')).toMatchObject({
        detail: 'exposed "HOST" via GATEWAY to CLUSTER',
        data: { about: 'word', word: 'Exposure' },
    });
    const marked = async (text: string) =>
        (await complete(text)).items
            .filter(({ labelDetails }) => labelDetails?.description === 'default')
            .map(({ label }) => label);
    expect(await marked('service x { rate limit fails <|> }')).toEqual(['open']);
    expect(await marked('service x { external authorization fails <|> }')).toEqual(['closed']);
    expect(await marked('management cluster x { management plane { elasticsearch <|> } }')).toEqual([
        'internal',
        'direct',
    ]);
    expect(await marked('management cluster x { management plane { banyandb internal <|> } }')).toEqual([
        'via front-envoy',
    ]);
    expect(await marked('workload cluster x { edge control plane { certificate authority <|> } }')).toEqual(['own']);
    expect(await marked('workload cluster x { edge control plane { gitops <|> } }')).toEqual(['off']);
});
