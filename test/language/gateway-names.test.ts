import { describe, expect, test } from 'vitest';
import { estate } from '../fixture.js';
import { said } from '../findings/traffic-check.js';
import { fixed, titles } from '../fixes/fixes.js';
import { labels } from './completion/complete.js';
import { problems } from './tell.js';

/** The same names in two clusters, as each team would choose them. */
const twice = `management cluster mgmt
workload cluster dmz { gateway tier1 front }
workload cluster east { gateway ingress shop-gw  gateway ingress pay-gw  gateway egress out }
workload cluster west { gateway ingress shop-gw }
`;
const exposed = (way: string) => `${twice}service shop on east, west { exposed "h.example.com" ${way} }`;
const ofNames = async (way: string) =>
    (await problems(exposed(way))).filter((each) =>
        /^(unknown|ambiguous|duplicate|repeated|wrong|odd|missing)/.test(each),
    );

test('the name of a gateway is unique in its cluster', async () => {
    const found = await problems(`workload cluster a { gateway ingress gw  gateway vm gw }
workload cluster b { gateway ingress gw }`);
    expect(found.filter((each) => each.startsWith('duplicate'))).toEqual([
        'duplicate-declaration «gw» The gateway `gw` is already declared.',
    ]);
});

describe('a reference to one of them', () => {
    test.each([
        ['to east.shop-gw, west.shop-gw', []],
        ['to pay-gw', []],
        ['via front to east.pay-gw weight 90, west weight 10', []],
        ['to shop-gw', ['ambiguous-name «shop-gw» `shop-gw` can mean `east.shop-gw` or `west.shop-gw`: say which.']],
        ['via shop-gw', ['ambiguous-name «shop-gw» `shop-gw` can mean `east.shop-gw` or `west.shop-gw`: say which.']],
        ['to east.shop-qw', ['unknown-gateway «shop-qw» `east` has no gateway `shop-qw`. Did you mean `shop-gw`?']],
        [
            'to east.shop-gw:443',
            ['unknown-gateway «shop-gw:443» `east.shop-gw:443` names a gateway, without a port: `east.shop-gw`.'],
        ],
        ['to esat.shop-gw', ['unknown-cluster «esat» There is no cluster `esat`. Did you mean `east`?']],
        ['to pay-qw', ['unknown-cluster «pay-qw» There is no cluster or gateway `pay-qw`. Did you mean `pay-gw`?']],
        ['to pay-gw.x', ['unknown-cluster «pay-gw» `pay-gw` is a gateway, not a cluster.']],
        [
            'to east.out',
            ['wrong-gateway «out» `out` does not serve requests into its cluster: it is no ingress gateway.'],
        ],
        ['to east.shop-gw, east.shop-gw', ['repeated-name «shop-gw» `east.shop-gw` is already listed.']],
        ['to east, east.shop-gw', ['repeated-name «shop-gw» `east.shop-gw` is already listed.']],
        ['to east.shop-gw, east', ['repeated-name «east» `east` is already listed.']],
    ])('%s', async (way, expected) => {
        expect(await ofNames(way)).toEqual(expected);
    });

    test('an unfinished one costs its own line only', async () => {
        const text = `${twice}service shop on east {
    exposed "h.example.com" via front to east.
    calls stripe
}
external service stripe`;
        const { topology } = await estate(text);
        expect(topology.services).toMatchObject([
            { exposures: [{ host: 'h.example.com' }], calls: [{ name: 'stripe' }] },
        ]);
        expect((await problems(text)).filter((each) => each.startsWith('missing'))).toHaveLength(1);
    });
});

describe('targets as data', () => {
    test.each([
        [
            'to east.shop-gw, east.pay-gw, west',
            [{ cluster: 'east', gateways: ['shop-gw', 'pay-gw'] }, { cluster: 'west' }],
        ],
        ['to pay-gw', [{ cluster: 'east', gateways: ['pay-gw'] }]],
        ['to east, east.pay-gw', [{ cluster: 'east', gateways: ['pay-gw'] }]],
        [
            'to east.shop-gw weight 60, east.pay-gw weight 40',
            [
                { cluster: 'east', gateways: ['shop-gw'], weight: 60 },
                { cluster: 'east', gateways: ['pay-gw'], weight: 40 },
            ],
        ],
    ])('%s', async (way, expected) => {
        const { topology } = await estate(exposed(way));
        const { to } = topology.services[0]!.exposures[0]!;
        expect(to).toHaveLength(expected.length);
        expect(to).toMatchObject(expected);
    });
});

describe('a cluster with several ingress gateways', () => {
    test('asks which of them has the host', async () => {
        const asks = async (way: string) =>
            (await said(exposed(way), 'target-gateway-unsaid')).map(({ at, message }) => `${at}: ${message}`);
        expect(await asks('via front to east, west')).toEqual([
            "east: Nothing says which ingress gateway of 'east' ('shop-gw' and 'pay-gw') has 'h.example.com', so that each counts as a spare of the others. Say `to east.shop-gw` or `to east.pay-gw`, or name all that have it.",
        ]);
        expect(await asks('')).toHaveLength(1);
        expect(await asks('via front to east.shop-gw, west')).toEqual([]);
        expect(await asks('via east.pay-gw to east')).toEqual([]);
    });

    test('is told by a fix', async () => {
        const before = exposed('via front to east, west');
        expect(await titles(before, 'target-gateway-unsaid')).toEqual([
            'Say `east.shop-gw`',
            'Say `east.pay-gw`',
            'Say that `east.shop-gw` and `east.pay-gw` have it',
        ]);
        expect(await fixed(before, 'target-gateway-unsaid', 'Say `east.pay-gw`')).toBe(
            exposed('via front to east.pay-gw, west'),
        );
        expect(
            await fixed(exposed('via front'), 'target-gateway-unsaid', 'List all ingress gateways behind `to`'),
        ).toBe(exposed('via front to east.shop-gw, east.pay-gw, west'));
    });
});

describe('fixes', () => {
    test.each([
        ['ambiguous-name', 'Change `shop-gw` to `west.shop-gw`', 'to shop-gw', 'to west.shop-gw'],
        ['wrong-gateway', 'Change `east.out` to `east.shop-gw`', 'to east.out', 'to east.shop-gw'],
        ['unknown-gateway', 'Change `shop-gw:443` to `shop-gw`', 'to east.shop-gw:443', 'to east.shop-gw'],
    ])('%s: %s', async (code, title, before, after) => {
        expect(await fixed(exposed(before), code, title)).toBe(exposed(after));
    });
});

describe('completion', () => {
    test.each([
        ['service x on west { exposed "h" via <|> }', /front/, /\bshop-gw, shop-gw/],
        ['service x on east { exposed "h" to <|> }', /pay-gw.*east\.shop-gw|east\.shop-gw.*pay-gw/, /west\.shop-gw/],
        ['service x on east { exposed "h" to east.<|> }', /^pay-gw, shop-gw, out$/, /east/],
    ])('%s', async (text, expected, never) => {
        const found = await labels(twice + text);
        expect(found).toMatch(expected);
        expect(found).not.toMatch(never);
    });
});

test('findings call a gateway by its cluster, too, where its name alone would not do', async () => {
    const [found] = await said(exposed('via east.shop-gw, west.shop-gw'), 'entry-gateways-without-gslb');
    expect(found!.message).toContain("enter by 'east.shop-gw' and 'west.shop-gw'");
});
