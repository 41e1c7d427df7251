import { describe, expect, test } from 'vitest';
import { problems } from './tell.js';

const estateText = `region us-east { zones a, b }
region eu
workload cluster east in us-east { gateway ingress, east-west east-gw gateway egress }
workload cluster west { gateway ingress gateway tier1 }
workload cluster north { gateway ingress }
service shop/checkout
service shop/payments
service bank/payments
external service stripe
`;

describe('what a reference cannot mean', () => {
    test.each([
        // unknown, with what was probably meant
        ['service s on esat', 'unknown-cluster «esat» There is no cluster `esat`. Did you mean `east`?'],
        ['service s on EAST', 'unknown-cluster «EAST» There is no cluster `EAST`. Did you mean `east`?'],
        ['service s on est', 'unknown-cluster «est» There is no cluster `est`. Did you mean `east` or `west`?'],
        ['service s on z', 'unknown-cluster «z» There is no cluster `z`.'],
        ['service s on elsewhere', 'unknown-cluster «elsewhere» There is no cluster `elsewhere`.'],
        ['network { east -> wset }', 'unknown-cluster «wset» There is no cluster `wset`. Did you mean `west`?'],
        [
            'workload cluster c in us-west',
            'unknown-region «us-west» There is no region `us-west`. Did you mean `us-east`?',
        ],
        [
            'service s { calls stripes }',
            'unknown-service «stripes» There is no service `stripes`. Did you mean `stripe`?',
        ],
        [
            'service s { exposed "x" via east-gv }',
            'unknown-gateway «east-gv» There is no gateway `east-gv`. Did you mean `east-gw`?',
        ],
        [
            'service s { exposed "x" to eats }',
            'unknown-cluster «eats» There is no cluster or gateway `eats`. Did you mean `east`?',
        ],

        // something else has that name
        ['service s on checkout', 'unknown-cluster «checkout» `checkout` is a service, not a cluster.'],
        ['service s on stripe', 'unknown-cluster «stripe» `stripe` is an external service, not a cluster.'],
        ['service s { calls west }', 'unknown-service «west» `west` is a cluster, not a service.'],
        ['workload cluster c in west', 'unknown-region «west» `west` is a cluster, not a region.'],
        ['service s { exposed "x" via eu }', 'unknown-gateway «eu» `eu` is a region, not a gateway.'],
        ['service s on east-gw', 'unknown-cluster «east-gw» `east-gw` is a gateway, not a cluster.'],

        // zones
        ['workload cluster c in us-east/c', 'unknown-zone «c» `c` is no zone of `us-east`.'],
        ['workload cluster c in us-east/aa', 'unknown-zone «aa» `aa` is no zone of `us-east`. Did you mean `a`?'],
        [
            'workload cluster c in eu/a',
            'unknown-zone «a» The region `eu` has no zones: list them in its block, `zones a`.',
        ],
        [
            'workload cluster c in su-east/a',
            'unknown-region «su-east» There is no region `su-east`. Did you mean `us-east`?',
        ],
        [
            'workload cluster c { gateway vm { replicas 2 across zones a } }',
            'unknown-zone «a» There is no zone `a`: no region is known here.',
        ],

        // gateways of a cluster
        [
            'service s { exposed "x" via west.igress }',
            'unknown-gateway «igress» `west` has no gateway `igress`. Did you mean `ingress`?',
        ],
        [
            'service s { exposed "x" via north.tier1 }',
            'unknown-gateway «tier1» `north` has no gateway `tier1`. Did you mean `ingress`?',
        ],
        [
            'service s { exposed "x" via wset.ingress }',
            'unknown-cluster «wset» There is no cluster `wset`. Did you mean `west`?',
        ],
        [
            'service s { exposed "x" via ingress }',
            'ambiguous-name «ingress» `ingress` can mean `west.ingress` or `north.ingress`: say which.',
        ],

        // services and namespaces
        [
            'service s { calls payments }',
            'ambiguous-name «payments» `payments` can mean `shop/payments` or `bank/payments`: say which.',
        ],
        [
            'service s { calls bank/checkout }',
            'unknown-service «checkout» There is no service `checkout` in the namespace `bank`. Did you mean `shop/checkout`?',
        ],
        [
            'service s { calls bank/payment }',
            'unknown-service «payment» There is no service `payment` in the namespace `bank`. Did you mean `payments`?',
        ],
    ])('%s', async (text, message) => {
        expect(await problems(estateText + text)).toEqual([message]);
    });
});

test.each([
    'service s on east, west { exposed "x" via east-gw, west.ingress, north.ingress, tier1 }',
    'service s { calls checkout, shop/payments, bank/payments, stripe }',
    'workload cluster c in us-east/b { gateway vm { replicas 2 across zones a, b } }',
])('what is clear: %s', async (text) => {
    expect(await problems(estateText + text)).toEqual([]);
});

test('a service and an external service of one name', async () => {
    expect(await problems('service a\nexternal service a\nservice b { calls a }')).toEqual([
        'duplicate-declaration «a» A service is called `a`, too. Give one of them another name.',
    ]);
});

test('many unknown names are told, without a search for each', async () => {
    const known = Array.from({ length: 100 }, (_, index) => `workload cluster c${index}`);
    const unknown = Array.from({ length: 100 }, (_, index) => `service s${index} on d${index}`);
    const told = await problems([...known, ...unknown].join('\n'));
    expect(told).toHaveLength(100);
    expect(told.filter((problem) => problem.includes('Did you mean'))).toHaveLength(50);
});
