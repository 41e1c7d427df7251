import { describe, expect, test } from 'vitest';
import { fixed, fixesOf, titles } from './fixes.js';

const imported = (text: string) => `topology acme\n\n${text}`;
const two = `management cluster mgmt
workload cluster east { gateway ingress, east-west gw }
workload cluster west { gateway ingress, east-west gw }
network { mgmt <-> east, west }
`;

/** What stands in a file that import writes anew, the code, the title of a fix, and what comes to stand beside it. */
const rows: readonly (readonly [what: string, text: string, code: string, title: string, beside: string])[] = [
    [
        'a setting of a store, in the block about it',
        two,
        'postgres-protection-unsaid',
        'Say `postgres { backup every 1h }`',
        'about postgres {\n    backup every 1h\n}\n',
    ],
    [
        'a setting of a store whose block is there',
        'management cluster mgmt { management plane { postgres external } }\nworkload cluster east\n',
        'postgres-protection-unsaid',
        'Say `postgres { no backup }`',
        'about postgres {\n    no backup\n}\n',
    ],
    [
        'the way of metrics',
        'management cluster mgmt { management plane { elasticsearch internal } }\nworkload cluster east\n',
        'telemetry-path-assumed',
        'Say `elasticsearch internal direct`',
        'about management plane {\n    elasticsearch internal direct\n}\n',
    ],
    [
        'how a service fares',
        `${two}service shop/web on east, west\n`,
        'gateway-without-failover',
        'Say `no failover`',
        'about service shop/web {\n    no failover\n}\n',
    ],
    [
        'a way of the network',
        `${two.replace('west }\n', 'west\n    east -> west }\n')}service shop/web on east, west { failover east-west }\n`,
        'one-way-reachability',
        'Let `west` reach `east`',
        'network {\n    west -> east\n}\n',
    ],
    [
        'balancing by DNS, about the host',
        `${two}service web on east, west { exposed "a.example.com" }\n`,
        'entry-gateways-without-gslb',
        'Say `gslb ttl 30s`',
        'about "a.example.com" {\n    gslb ttl 30s\n}\n',
    ],
    [
        'a declaration',
        'management cluster mgmt\n',
        'no-workload-cluster',
        'Declare workload cluster `east`',
        'workload cluster east\n',
    ],
];

describe('what a fix adds to an imported file is said beside it', () => {
    test.each(rows)('%s', async (_, text, code, title, beside) => {
        const file = { 'acme.import.tsbtopo': imported(text) };
        const fix = (await fixesOf(file, code)).find((each) => each.title === title);
        expect(fix?.changes ?? (await titles(file, code))).toEqual([
            { uri: 'file:///acme.tsbtopo', start: 0, end: 0, text: `topology acme\n\n${beside}` },
        ]);
        const both = { ...file, 'hand.tsbtopo': 'topology acme\n' };
        expect(await fixed(both, code, title)).toEqual({
            ...both,
            'hand.tsbtopo': `topology acme\n\n${beside}`,
        });
    });
});

test('what is by hand is mended where it stands, whatever import writes beside it', async () => {
    const files = {
        'a.import.tsbtopo': imported(two),
        'b.tsbtopo': 'topology acme\nservice web on east, west\n',
    };
    expect(await fixed(files, 'gateway-without-failover', 'Say `no failover`')).toMatchObject({
        'b.tsbtopo': 'topology acme\nservice web on east, west {\n    no failover\n}\n',
    });
});
