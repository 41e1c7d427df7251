import { describe, expect, test } from 'vitest';
import { estate } from '../fixture.js';

const around = `topology t
region us-east { zones a, b }
region eu-west
workload cluster dmz in us-east/a { gateway tier1 front gateway ingress }
workload cluster east { gateway ingress, east-west east-gw }
service shop/pay on east
service bank/pay
service "region"
external service stripe
`;

/** What is proposed at the marker. */
async function proposed(text: string) {
    const { services, document, positions } = await estate(text);
    const list = await services.lsp.CompletionProvider!.getCompletion(document, {
        textDocument: { uri: document.uri.toString() },
        position: positions[0]!,
    });
    return list?.items ?? [];
}

async function labels(text: string): Promise<string> {
    return (await proposed(text)).map(({ label }) => label).join(', ');
}

describe('words', () => {
    const declarations =
        'region, management cluster, workload cluster, defaults for workload clusters, network, service, external service';

    test.each([
        ['<|>', `topology, ${declarations}`],
        ['topology t\n<|>', `for tsb, ${declarations}`],
        ['service a\n\n<|>', `on, topology, ${declarations}`],
        ['wor<|>', 'workload cluster'],
        ['defaults <|>', 'for workload clusters'],
        ['workload cluster x { <|> }', 'edge control plane, data plane, gateway, owner, labels'],
        ['workload cluster x { edge <|> }', 'control plane'],
        ['workload cluster x { gateway <|> }', 'tier1, ingress, east-west, egress, vm'],
        ['workload cluster x { gateway vm { <|> } }', 'replicas, owner, labels'],
        [
            'workload cluster x { edge control plane { token ttl 1h\n <|> } }',
            'leaf certificate ttl, certificate authority, metrics buffer, gitops',
        ],
        [
            'workload cluster x { edge control plane { gitops <|> } }',
            'off, sync, async, token ttl, leaf certificate ttl, certificate authority, metrics buffer',
        ],
        [
            'management cluster x { <|> }',
            'management plane, central control plane, edge control plane, data plane, gateway, owner, labels',
        ],
        [
            'management cluster x { management plane { elasticsearch <|> } }',
            'internal, external, in, direct, via front-envoy, postgres, iam-signing-key, root-ca, identity-provider, gitops',
        ],
        [
            'management cluster x { management plane {\n gitops <|>\n} }',
            'off, postgres, elasticsearch, banyandb, iam-signing-key, root-ca, identity-provider',
        ],
        ['management cluster x { central control plane { listener <|> } }', 'own, front-envoy'],
        [
            'service x {\n owner "a"\n failover east-west\n <|>\n}',
            'namespace, on, exposed, calls, requires, no outlier detection, outlier detection, external authorization, rate limit, labels',
        ],
        ['service x { no <|> }', 'failover, outlier detection'],
        ['service x { rate limit fails <|> }', 'open, closed'],
        ['service x { exposed "x" { <|> } }', 'gslb'],
    ])('%s', async (text, expected) => {
        expect(await labels(text)).toBe(expected);
    });

    test.each([
        'service <|>',
        'region <|>',
        'workload cluster <|>',
        'service <|> on east',
        'service x { owner <|> }',
        'topology <|>',
        '// sentence <|>',
        '/* a <|> b */',
    ])('nothing where something new is named: %s', async (text) => {
        expect(await labels(text)).toBe('');
    });
});

describe('names', () => {
    test.each([
        ['service x on <|>', 'dmz, east'],
        ['service x on ea<|>', 'east'],
        ['service x on dmz, <|>\nservice y', 'dmz, east'],
        ['workload cluster x in <|>', 'us-east, eu-west'],
        ['workload cluster x in us-east/<|>', 'a, b'],
        ['workload cluster x in us-east { gateway vm { replicas 2 across zones <|> } }', 'a, b'],
        ['service x { calls <|> }', 'shop/pay, bank/pay, "region", stripe'],
        ['service x { calls shop/<|> }', 'pay'],
        ['service x { exposed "x" via <|> }', 'dmz, east, front, dmz.ingress, east-gw'],
        ['service x { exposed "x" via fr<|> }', 'front'],
        ['service x { exposed "x" via dmz.<|> }', 'front, ingress'],
        ['service x { exposed "x" to <|> }', 'dmz, east'],
        ['network { <|> }', 'dmz, east'],
        ['network { east -> <|> }', 'dmz, east'],
    ])('%s', async (text, expected) => {
        expect(await labels(around + text)).toBe(expected);
    });

    test('with a few words about each', async () => {
        const items = await proposed(`${around}service x { calls <|> exposed "x" via east-gw }`);
        expect(items.map(({ label, detail }) => `${label}: ${detail}`)).toEqual([
            'shop/pay: service in namespace shop on east',
            'bank/pay: service in namespace bank',
            '"region": service in namespace default',
            'stripe: external service',
        ]);
        const [cluster] = await proposed(`${around}service x on dm<|>`);
        expect(cluster?.detail).toBe('workload cluster in us-east/a');
        const [gateway] = await proposed(`${around}service x { exposed "x" via fro<|> }`);
        expect(gateway?.detail).toBe('tier1 gateway of dmz');
    });

    test('of the same topology only', async () => {
        const { services, documents, positions } = await estate({
            'a.tsbtopo': 'topology t\nworkload cluster mine\nservice x on <|>',
            'b.tsbtopo': 'topology u\nworkload cluster other',
        });
        const list = await services.lsp.CompletionProvider!.getCompletion(documents.get('a.tsbtopo')!, {
            textDocument: { uri: 'file:///a.tsbtopo' },
            position: positions[0]!,
        });
        expect(list?.items.map(({ label }) => label)).toEqual(['mine']);
    });
});

test.each([
    ['workload cluster x {\n gatway\n <|>\n}', 'edge control plane, data plane, gateway, owner, labels'],
    ['sevice x {\n}\nservice y {\n (\n own<|>\n}', 'owner'],
    ['workload cluster {\n gatway vm {\n }\n edge <|>\n}', 'control plane'],
    ['workload cluster east\nnetwork {\n east => east\n east -> <|>\n}', 'east'],
])('after a broken line: %s', async (text, expected) => {
    expect(await labels(text)).toBe(expected);
});
