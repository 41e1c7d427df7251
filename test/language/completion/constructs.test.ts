import { describe, expect, test } from 'vitest';
import { estate } from '../../fixture.js';
import { complete, isConstruct, withItem } from './complete.js';

async function constructs(text: string, snippets = true) {
    return (await complete(text, { snippets })).items.filter(isConstruct);
}

const around = `topology t
region us-east { zones a, b }
region eu-west
workload cluster dmz in us-east/a { gateway tier1 front }
workload cluster east { gateway ingress, east-west east-gw }
workload cluster "in"
service pay { exposed "pay.acme.org" }
`;

test.each([
    [
        '<|>',
        'topology in five lines, region with zones, management cluster with planes, workload cluster with gateways, workload cluster with tier1 gateway, defaults for workload clusters with edge control plane, external service with owner',
    ],
    [
        `${around}<|>`,
        'region with zones, management cluster with planes, workload cluster with gateways, workload cluster with tier1 gateway, defaults for workload clusters with edge control plane, network with links, service exposed with gslb, service with failover, external service with owner',
    ],
    [`${around}serv<|>`, 'service exposed with gslb, service with failover, external service with owner'],
    [
        `${around}workload cluster x in us-east {\n  <|>\n}`,
        'edge control plane with clocks, gateway … replicas across zones',
    ],
    [`${around}workload cluster x {\n  <|>\n}`, 'edge control plane with clocks'],
    [
        `${around}management cluster x {\n  <|>\n}`,
        'management plane with stores, central control plane with listener, edge control plane with clocks',
    ],
    [`${around}management cluster x { management plane {\n  <|>\n} }`, 'postgres with backup'],
    [
        `${around}service x {\n  <|>\n}`,
        'on … with replicas, exposed … via … to, exposed … via … with gslb, external authorization by … fails, rate limit by … fails',
    ],
    [
        `${around}service x {<|>}`,
        'on … with replicas, exposed … via … to, exposed … via … with gslb, external authorization by … fails, rate limit by … fails',
    ],
    [`${around}service x {\n  exp<|>\n}`, 'exposed … via … to, exposed … via … with gslb'],
    ['service x {\n  <|>\n}', ''],
    // no room, or not the place
    [`${around}workload cluster x {<|>}`, ''],
    [`${around}service x <|>`, ''],
    [`${around}serv<|> x on east`, ''],
    [`${around}service x { calls <|> }`, ''],
    [`${around}service x { on dmz on east on "in" <|> }`, ''],
])('where they fit: %s', async (text, expected) => {
    expect((await constructs(text)).map(({ label }) => label).join(', ')).toBe(expected);
});

describe('with places to be filled in', () => {
    const snippet = async (text: string, label: string) =>
        (await constructs(text)).find((item) => item.label === label)?.textEdit?.newText;

    test('and names that the estate has', async () => {
        expect(await snippet(`${around}<|>`, 'service exposed with gslb')).toBe(
            [
                'service ${1:name} on ${2|dmz,east,"in"|}, ${3|east,"in",dmz|} {',
                '\texposed "$1.${4:acme.org}" via ${5|front,east-gw|} { gslb ttl ${6:30s} }',
                '}$0',
            ].join('\n'),
        );
        expect(await snippet(`${around}service x on east {\n<|>\n}`, 'exposed … via … to')).toBe(
            'exposed "${1:x.acme.org}" via ${2|front,east-gw|} to ${3:east}$0',
        );
        expect(
            await snippet(`${around}workload cluster x in us-east {\n<|>\n}`, 'gateway … replicas across zones'),
        ).toBe('gateway ${1|ingress,tier1,east-west,egress,vm|} ${2:name} { replicas 2 across zones a, b }$0');
    });

    test('behind the plain word', async () => {
        const { items } = await complete(`${around}workload<|>`, { snippets: true });
        expect(items.slice(0, 3).map(({ label }) => label)).toEqual([
            'workload cluster',
            'defaults for workload clusters',
            'workload cluster with gateways',
        ]);
    });
});

test('as plain text for other clients, and in the documentation for all', async () => {
    const text = ['workload cluster name in us-east {', '    gateway ingress, east-west name-gw', '}'].join('\n');
    for (const snippets of [true, false]) {
        const item = (await constructs(`${around}<|>`, snippets)).find(
            ({ label }) => label === 'workload cluster with gateways',
        )!;
        expect(item.documentation).toMatchObject({ value: expect.stringContaining(text) as string });
        expect(item.insertTextFormat).toBe(snippets ? 2 : 1);
        expect(item.textEdit?.newText === text).toBe(!snippets);
    }
});

describe('what they write is sound', () => {
    test.each([
        '<|>',
        'topology t\nworkload cluster a { gateway ingress }\nworkload cluster b\n<|>',
        `${around}<|>`,
        `${around}workload cluster x in us-east {\n<|>\n}`,
        `${around}management cluster x in us-east {\n<|>\n}`,
        `${around}management cluster x in us-east { management plane {\n<|>\n} }`,
        `${around}service x on east {\n<|>\n}`,
        `${around}service x {\n<|>\n}`,
    ])('%s', async (marked) => {
        const { items, text } = await complete(marked);
        const found = items.filter(isConstruct);
        expect(found.length).toBeGreaterThan(0);
        for (const item of found) {
            const { diagnostics } = await estate(withItem(text, item));
            const errors = diagnostics.filter(({ severity }) => severity === 1).map(({ message }) => message);
            expect([item.label, ...errors]).toEqual([item.label]);
        }
    });
});
