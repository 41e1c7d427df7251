import { describe, expect, test } from 'vitest';
import { codesOf, said } from '../findings/traffic-check.js';
import { labels } from '../language/completion/complete.js';
import { problems } from '../language/tell.js';
import { simulated } from './check.js';
import { fate as judged } from './evaluator/read.js';

const estate = (calls: string, network = '') => `management cluster mgmt
    workload cluster east { gateway egress out  gateway egress other }
    workload cluster west { gateway egress out }
    workload cluster north
    ${network}
    external service stripe
    service shop on east { ${calls} }`;

/** How the service fares, by the engine; the evaluator has to agree. */
async function fate(text: string, ...failed: string[]): Promise<string> {
    const { services, operations } = await simulated(text, failed);
    const other = await judged(text, ...failed);
    const severity = services.find(({ name }) => name === 'shop')!.severity;
    expect([other.services['shop']!.severity, other.operations.runningWorkloads]).toEqual([
        severity,
        operations.runningWorkloads,
    ]);
    return severity;
}

describe('calls that name the egress gateways by which they leave', () => {
    test('need one of those, and no other', async () => {
        const one = estate('requires stripe through east.out');
        expect(await fate(one, 'east.out')).toBe('total');
        expect(await fate(one, 'east.other')).toBe('unaffected');
        const two = estate('requires stripe through east.out, west.out');
        expect(await fate(two, 'east.out')).toBe('unaffected');
        expect(await fate(two, 'east.out', 'west.out')).toBe('total');
        expect(await fate(two, 'east.out', 'link:east/west')).toBe('total');
        expect(await fate(two, 'external:stripe')).toBe('total');
    });

    test('are those of one line only', async () => {
        const text = estate('calls stripe through east.out').replace(
            'service shop',
            'service pay on east { requires stripe }\n    service shop',
        );
        const { services } = await simulated(text, ['east.out']);
        expect(services.map(({ name, severity }) => `${name} ${severity}`)).toEqual(['pay unaffected', 'shop limited']);
    });

    test('name none: any of the own cluster will do, as before', async () => {
        expect(await fate(estate('requires stripe'), 'east.out')).toBe('unaffected');
        expect(await fate(estate('requires stripe'), 'east.out', 'east.other')).toBe('total');
    });

    test('lead nowhere where the network does not', async () => {
        const text = estate('requires stripe through west.out', 'network { west -> east }');
        expect((await said(text, 'call-unreachable')).map(({ message }) => message)).toEqual([
            "'shop' requires 'stripe', but from 'east' no request gets to an egress gateway behind `through`, even while nothing fails: no line of the network says `east -> west`. There it cannot serve, and is no spare. Open a way, or name a gateway of 'east'.",
        ]);
        const { services } = await simulated(text, []);
        expect(services[0]!.homes).toMatchObject([{ alive: true, serves: false }]);
    });
});

test('a gateway that a line names has an effect', async () => {
    const text = estate('calls stripe through east.out')
        .replace('on east', 'on north')
        .replace('gateway egress other', '');
    expect((await said(text, 'egress-gateway-without-effect')).map(({ at }) => at)).toEqual([]);
    expect(await codesOf(text)).not.toContain('call-unreachable');
});

describe('what cannot be said', () => {
    test.each([
        ['calls stripe through east', 'unknown-gateway «east» `east` is a cluster, not a gateway.'],
        [
            'calls cart through east.out',
            'wrong-gateway «out» `out` does not serve calls inside the mesh: it is no tier1 and no ingress gateway.',
        ],
        [
            'calls stripe, cart through east.out',
            'misplaced-item «cart» `cart` runs in the mesh, and `stripe` outside: no gateway leads to both. Give each a line of its own.',
        ],
        [
            'requires cart or stripe through east.out',
            'misplaced-item «cart» `cart` runs in the mesh, and `stripe` outside: no gateway leads to both. Leave `through` out: then each of them is reached as usual.',
        ],
        ['calls stripe through east.out, east.out', 'repeated-name «out» `out` is already listed.'],
        [
            'calls stripe through east.gw',
            'wrong-gateway «gw» `gw` does not serve calls that leave the mesh: it is no egress gateway.',
        ],
        ['calls stripe through', 'missing-name'],
    ])('%s', async (calls, expected) => {
        const text = estate(calls).replace('gateway egress other', 'gateway ingress gw') + '\nservice cart on east';
        expect((await problems(text)).join('\n')).toContain(expected);
    });

    test('an unfinished one leaves the next line alone', async () => {
        const found = await problems(`${estate('calls stripe through\n    owner "x"')}`);
        expect(found).toHaveLength(1);
    });
});

test('completion proposes egress gateways', async () => {
    const text = estate('calls stripe through <|>');
    expect(await labels(text)).toMatch(/^east\.out, other, west\.out/);
});
