import { describe, expect, test } from 'vitest';
import { estate } from '../fixture.js';
import { textOf } from './tell.js';

/** Files of people who know other languages better: line by line, with what is said of each. */
const files: Record<string, readonly (readonly [line: string, ...messages: string[]])[]> = {
    YAML: [
        ['topology: prod', 'A word and its value stand beside each other, without `:`: `topology`.'],
        ['clusters:', '`clusters` begins no declaration. Did you mean `defaults for workload clusters`?'],
        ['  - name: east', 'A list is not written with `-`: its names follow each other, separated by `,`.'],
        ['    region: us', 'A word and its value stand beside each other, without `:`: `region`.'],
        ['services:', '`services` begins no declaration. Did you mean `service`?'],
        ['  - name: shop', 'A list is not written with `-`: its names follow each other, separated by `,`.'],
        [
            '    clusters: [east, west]',
            '`clusters` begins no declaration. Did you mean `defaults for workload clusters`?',
        ],
    ],
    'words with colons': [
        ['# my estate', 'A comment begins with `//`.'],
        ['topology: shop', 'A word and its value stand beside each other, without `:`: `topology`.'],
        ['management cluster: mgmt', 'A word and its value stand beside each other, without `:`: `cluster`.'],
        ['workload cluster east:', 'A name stands alone, without `:`: `east`.'],
        ['workload cluster west: {', 'A name stands alone, without `:`: `west`.'],
        ['    gateway: ingress', 'A word and its value stand beside each other, without `:`: `gateway`.'],
        ['}'],
        [
            'service front: on [east, west] {',
            'A name stands alone, without `:`: `front`.',
            'A list stands without `[` and `]`: `east, west`.',
        ],
        ['    replicas: 3', '`replicas` stands behind a cluster of the service: `on east { replicas 3 }`.'],
        ['    requires: back', 'A word and its value stand beside each other, without `:`: `requires`.'],
        ['    exposed: "shop.example.com"', 'A word and its value stand beside each other, without `:`: `exposed`.'],
        ['}'],
        [
            'service: back { on: east }',
            'A word and its value stand beside each other, without `:`: `service`.',
            'A word and its value stand beside each other, without `:`: `on`.',
        ],
    ],
    'comments of another language': [
        ['topology shop # the shop', 'A comment begins with `//`.'],
        ['# clusters', 'A comment begins with `//`.'],
        ['management cluster mgmt'],
        ['workload cluster east # the first one', 'A comment begins with `//`.'],
        ['-- services', 'A comment begins with `//`.'],
        ['service front on east'],
        ['; the end', 'Nothing stands between two items, or at the end of a line: take `;` out.'],
    ],
    'a named thing with its kind behind it': [
        ['management cluster mgmt'],
        ['workload cluster east'],
        [
            'objective management operations survive iam failure',
            'A thing that is named stands by itself, as in `survives iam`; only of a choice its kind is said: `survives any zone failure`.',
        ],
        ['service front on east'],
    ],
    'capital letters': [
        ['Topology prod', 'Words of the language have small letters: `topology`.'],
        ['Management Cluster mgmt', 'Words of the language have small letters: `management cluster`.'],
        ['Workload Cluster east {', 'Words of the language have small letters: `workload cluster`.'],
        ['    Edge Control Plane {', 'Words of the language have small letters: `edge control plane`.'],
        ['        Token TTL 1h', 'Words of the language have small letters: `token ttl`.'],
        ['    }'],
        ['    Gateway ingress', 'Words of the language have small letters: `gateway`.'],
        ['}'],
        ['Service shop {', 'Words of the language have small letters: `service`.'],
        ['    On east', 'Words of the language have small letters: `on`.'],
        ['    Exposed "shop.example.com" via ingress', 'Words of the language have small letters: `exposed`.'],
        ['}'],
        ['Network {', 'Words of the language have small letters: `network`.'],
        ['    mgmt -> east'],
        ['}'],
    ],
    'no braces': [
        ['topology shop'],
        ['management cluster mgmt'],
        ['workload cluster east'],
        [
            '    gateway ingress',
            '`gateway` begins no declaration. It belongs into the block of a management cluster, a workload cluster or a data plane.',
        ],
        [
            '    data plane',
            '`data` begins no declaration. It belongs into the block of a management cluster or a workload cluster.',
        ],
        ['service front'],
        ['    on east'],
        [
            '    exposed "shop.example.com"',
            '`exposed` begins no declaration. It belongs into the block of a service or an external service.',
        ],
        [
            '    requires back',
            '`requires` begins no declaration. It stands in a block `{ … }`, such as that of a service, a region or a management cluster.',
        ],
        ['service back on east'],
    ],
    'braces that are not closed': [
        ['topology shop'],
        ['management cluster mgmt'],
        ['workload cluster east {'],
        ['    gatway ingress', '`gatway` cannot stand in the block of a workload cluster. Did you mean `gateway`?'],
        [
            'service front on east {',
            '`service` cannot stand in the block of a workload cluster: is `}` missing before it?',
        ],
        ['    reqires back', '`reqires` cannot stand in the block of a service. Did you mean `requires`?'],
        ['service back on east', '`service` cannot stand in the block of a service: is `}` missing before it?'],
    ],
    'words that are misspelt': [
        ['topolgy shop', '`topolgy` begins no declaration. Did you mean `topology`?'],
        ['managment cluster mgmt', '`managment` begins no declaration. Did you mean `management`?'],
        ['workload cluser west', 'Expected `cluster` after `workload`.'],
        ['servce shop on west', '`servce` begins no declaration. Did you mean `service`?'],
        ['service cart on west {'],
        ['    expsed "shop.example.com"', '`expsed` cannot stand in the block of a service. Did you mean `exposed`?'],
        ['    requries shop', '`requries` cannot stand in the block of a service. Did you mean `requires`?'],
        ['    failover eastwest', 'Expected `east-west` after `failover`.'],
        ['    outlier detecton', 'Expected `detection` after `outlier`.'],
        ['}'],
        ['defaults for worklod clusters', 'Expected `workload` after `for`.'],
    ],
    'commas and semicolons': [
        ['topology shop;', 'Nothing stands between two items, or at the end of a line: take `;` out.'],
        ['management cluster mgmt;', 'Nothing stands between two items, or at the end of a line: take `;` out.'],
        ['workload cluster east;', 'Nothing stands between two items, or at the end of a line: take `;` out.'],
        [
            'workload cluster west { gateway ingress; gateway tier1 }',
            'Nothing stands between two items, or at the end of a line: take `;` out.',
        ],
        ['service a on east west', '`west` cannot stand after `east`. The names of a list are separated by `,`.'],
        ['service e on east {'],
        ['    calls b;', 'Nothing stands between two items, or at the end of a line: take `;` out.'],
        ['    owner "team-a",', '`,` cannot stand after `"team-a"`.'],
        ['    requires c d', '`d` cannot stand after `c`. The names of a list are separated by `,`.'],
        ['};', 'Nothing stands between two items, or at the end of a line: take `;` out.'],
        ['service b on east,', 'The name of a cluster is missing after `,`.'],
        ['service c on west'],
        ['service d on west'],
    ],
    brackets: [
        ['topology shop'],
        ['management cluster mgmt'],
        ['workload cluster east'],
        ['workload cluster west'],
        ['service a on [east, west] {', 'A list stands without `[` and `]`: `east, west`.'],
        ['    requires [b]', 'A list stands without `[` and `]`: `b`.'],
        ['    calls [c, d', 'A list stands without `[` and `]`: `c`.', 'There is no service `d`.'],
        ['}'],
        ['service b on [ east ]', 'A list stands without `[` and `]`: `east`.'],
        ['service c on (west)', 'There is no cluster `(west)`. Did you mean `west`?'],
        [''],
    ],
    'equal signs': [
        ['topology = shop', 'A word and its value stand beside each other, without `=`: `topology`.'],
        ['management cluster = mgmt', 'A word and its value stand beside each other, without `=`: `cluster`.'],
        ['workload cluster east = { gateway = ingress }', 'A word and its value stand beside each other, without `=`.'],
        ['service a {'],
        ['    on = east', 'A word and its value stand beside each other, without `=`: `on`.'],
        ['    namespace = shop', 'A word and its value stand beside each other, without `=`: `namespace`.'],
        ['    owner= "team-a"', 'A word and its value stand beside each other, without `=`: `owner`.'],
        ['    calls=b', 'A word and its value stand beside each other, without `=`: `calls`.'],
        ['}'],
        ['service b on east { labels tier = gold }'],
    ],
    'words in the wrong place': [
        ['topology shop'],
        ['management cluster mgmt'],
        ['workload cluster east'],
        ['service shop {'],
        ['    on east replicas 3', '`replicas` stands behind a cluster of the service: `on east { replicas 3 }`.'],
        ['    host "shop.example.com"', 'A host is given by `exposed`, such as `exposed "shop.example.com"`.'],
        [
            '    depends on cart',
            'Whom a service needs is said by `requires`, if it cannot serve without, or by `calls`, if it then answers in part.',
        ],
        ['}'],
        [
            'istiod { replicas 3 }',
            '`istiod` comes with each cluster, and is not declared; how many replicas it has cannot be said.',
        ],
        [
            'link east -> mgmt',
            'Which clusters reach each other is said in the block of the network: `network { east -> west }`.',
        ],
        [
            'gateway ingress',
            '`gateway` begins no declaration. It belongs into the block of a management cluster, a workload cluster or a data plane.',
        ],
        [
            'owner "team-a"',
            '`owner` begins no declaration. It stands in a block `{ … }`, such as that of a service, a region or a management cluster.',
        ],
        ['service cart on east'],
    ],
};

describe('a file of a beginner has one message for each broken line, and none for the others', () => {
    test.each(Object.entries(files))('%s', async (_, lines) => {
        expect(await withMessages(lines.map(([line]) => line))).toEqual(lines);
    });
});

/** Lines of a file with the errors of each. */
async function withMessages(lines: readonly string[]): Promise<string[][]> {
    const { diagnostics } = await estate(lines.join('\n'));
    const said = lines.map((line) => [line]);
    for (const { range, message, severity } of diagnostics) {
        if (severity === 1) said[range.start.line]!.push(textOf(message));
    }
    return said;
}

describe('a mistake is no reason for others', () => {
    test.each([
        ['managment cluster mgmt', 'workload cluster east\nservice shop on east, mgmt'],
        ['workload cluser west', 'service shop on west'],
        ['servce cart on east', 'workload cluster east\nservice shop on east { calls cart }'],
        ['Service cart: on [east];', 'workload cluster east\nservice shop on east { calls cart }'],
    ])('%s', async (broken, sound) => {
        const { diagnostics } = await estate(`${broken}\n${sound}`);
        const errors = diagnostics.filter(({ severity }) => severity === 1);
        expect(errors.map(({ range }) => range.start.line).filter((line) => line > 0)).toEqual([]);
    });
});

test.each([
    'network { mgmt -> Central; Central -> mgmt; }\nmanagement cluster mgmt\nworkload cluster Central',
    'network {\n Central -> mgmt\n}\nmanagement cluster mgmt\nworkload cluster Central',
    'workload cluster Gateway\nservice a on\n Gateway',
    'region r { labels tier = gold, zone = "a", backup = no-one }',
    'service a { labels tier\n Gold }',
])('what is written as it should be stays what it is: %j', async (text) => {
    const { diagnostics } = await estate(text);
    expect(diagnostics.filter(({ severity }) => severity === 1)).toEqual([]);
});

test('what is read over is known by its name', async () => {
    const { topology } = await estate(
        'Workload Cluster: east;\nworkload cluster west:\nservice shop: on [ east, west ] {\n Labels: tier = gold }',
    );
    expect(topology.clusters.map(({ name }) => name)).toEqual(['east', 'west']);
    expect(topology.services[0]).toMatchObject({ name: 'shop', homes: [{ cluster: 'east' }, { cluster: 'west' }] });
});

test('a block that is cut off is told once, and so is each line in it', async () => {
    const text = 'workload cluster a {\n gatway\n fo\nservice b on a\nfoo\nservice c on a';
    const { diagnostics } = await estate(text);
    expect(
        diagnostics.filter(({ severity }) => severity === 1).map(({ code, range }) => [range.start.line, code]),
    ).toEqual([
        [1, 'unknown-word'],
        [2, 'unknown-word'],
        [3, 'missing-brace'],
        [4, 'unknown-word'],
    ]);
});
