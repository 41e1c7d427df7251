import { describe, expect, test } from 'vitest';
import { outlineOf, problems } from './tell.js';

/** A broken text between sound ones; all that is said about it, and what is still in the topology besides them. */
const cases: readonly (readonly [broken: string, message: string, kept?: string])[] = [
    // what is missing
    ['service', 'missing-name «service» A service needs a name.'],
    ['workload cluster\n', 'missing-name «cluster» A workload cluster needs a name.'],
    ['region', 'missing-name «region» A region needs a name.'],
    ['service x on', 'missing-name «on» The name of a cluster is missing after `on`.', 'x'],
    ['service x on first,', 'missing-name «,» The name of a cluster is missing after `,`.', 'x@first'],
    ['service x { calls }', 'missing-name «}» The name of a service is missing after `calls`.', 'x'],
    [
        'service x {\n calls\n on first\n}',
        'missing-name «calls» The name of a service is missing after `calls`.',
        'x@first',
    ],
    ['region r { zones }', 'missing-name «}» The name of a zone is missing after `zones`.'],
    ['workload cluster x in', 'missing-name «in» The name of a region is missing after `in`.', 'x'],
    ['service x/', 'missing-name «/» The name of a service is missing after `/`.', 'x'],
    [
        'service x { namespace\n on first }',
        'missing-name «namespace» The name of a namespace is missing after `namespace`.',
        'x@first',
    ],
    [
        'workload cluster x { gateway }',
        'missing-value «}» A gateway needs a role: tier1, ingress, east-west, egress or vm.',
        'x',
    ],
    [
        'workload cluster x { gateway gw }',
        'missing-value «gw» A gateway needs a role: tier1, ingress, east-west, egress or vm.',
        'x+gw',
    ],
    [
        'workload cluster x { gateway ingress, }',
        'missing-value «}» A gateway needs a role: tier1, ingress, east-west, egress or vm.',
        'x+ingress',
    ],
    ['service x { owner }', 'missing-value «}» `owner` needs a text in quotes.', 'x'],
    [
        'service x { exposed }',
        'missing-value «}» `exposed` needs a host name in quotes, such as "shop.example.com".',
        'x',
    ],
    ['service x { labels }', 'missing-value «}» After `labels` stand a key and a value, such as `tier gold`.', 'x'],
    ['service x { labels tier }', 'missing-value «}» The label `tier` needs a value.', 'x'],
    [
        'workload cluster x { edge control plane { token ttl } }',
        'missing-value «}» `ttl` needs a duration, such as 30s, 1h30m or 7d.',
        'x',
    ],
    ['workload cluster x { gateway vm { replicas } }', 'missing-value «}» `replicas` needs a whole number.', 'x+vm'],
    ['scenario "x" { scale a to many }', 'missing-value «many» `to` needs a whole number.', ''],
    ['service x { exposed "x" to first weight }', 'missing-value «}» `weight` needs a whole number.', 'x'],
    ['management\nservice y', 'missing-word «management» Expected `cluster` after `management`.', 'y'],
    ['workload x', 'missing-word «x» Expected `cluster` after `workload`.', 'x'],
    ['external x', 'missing-word «x» Expected `service` after `external`.'],
    ['defaults { edge control plane }', 'missing-word «{» Expected `for` after `defaults`.'],
    ['workload cluster x { edge plane }', 'missing-word «plane» Expected `control` after `edge`.', 'x'],
    ['workload cluster x { edge control plane { token 1h } }', 'missing-word «1h» Expected `ttl` after `token`.', 'x'],
    ['service x { failover }', 'missing-word «}» Expected `east-west` after `failover`.', 'x'],
    ['service x { no }', 'missing-word «no» Expected `no failover` or `no outlier detection`.', 'x'],
    [
        'service x { rate limit fails opn }',
        'missing-word «opn» Expected `open` or `closed` after `fails`. Did you mean `open`?',
        'x',
    ],
    [
        'management cluster x { central control plane { listener owen } }',
        'missing-word «owen» Expected `own` or `front-envoy` after `listener`. Did you mean `own`?',
        'x',
    ],
    ['network { first second }', 'missing-word «second» Expected `->` or `<->` after `first`.'],
    ['network { first => first }', 'missing-word «=» Expected `->` or `<->` after `first`.'],

    // words that are none, or stand in the wrong place
    ['sevice x on first', 'unknown-word «sevice» `sevice` begins no declaration. Did you mean `service`?'],
    [
        'cluster x',
        'unknown-word «cluster» `cluster` begins no declaration. Did you mean `management cluster`, `hosted management cluster`, `standby management cluster` or `workload cluster`?',
    ],
    [
        'gateway ingress',
        'unknown-word «gateway» `gateway` begins no declaration. It belongs into the block of a management cluster, a workload cluster or a data plane.',
    ],
    [
        'owner "x"',
        'unknown-word «owner» `owner` begins no declaration. It stands in a block `{ … }`, such as that of a service, a region or a management cluster.',
    ],
    [
        'foo',
        'unknown-word «foo» `foo` begins no declaration. Possible are `topology`, `region`, `management cluster`, `hosted management cluster`, `standby management cluster`, `workload cluster`, `defaults for workload clusters`, `network`, `service`, `external service`, `shared fate`, `about`, `scenario`, `objective`, `accept`.',
    ],
    [
        'workload cluster x {\n gatway vm\n gateway egress\n}',
        'unknown-word «gatway» `gatway` cannot stand in the block of a workload cluster. Did you mean `gateway`?',
        'x+egress',
    ],
    [
        'workload cluster x {\n token ttl 1h\n gateway egress\n}',
        'unknown-word «token» `token` cannot stand in the block of a workload cluster. It belongs into the block of an edge control plane.',
        'x+egress',
    ],
    [
        'workload cluster x { in first }',
        'unknown-word «in» `in` cannot stand in the block of a workload cluster. It stands before `{`.',
        'x',
    ],
    [
        'workload cluster x { foo }',
        'unknown-word «foo» `foo` cannot stand in the block of a workload cluster. Possible are `edge control plane`, `data plane`, `gateway`, `no workloads`, `requires`, `owner`, `labels`, `accept`.',
        'x',
    ],
    [
        'workload cluster x { data plane { foo } }',
        'unknown-word «foo» `foo` cannot stand in the block of a data plane. Possible is only `gateway`.',
        'x',
    ],
    [
        'management cluster x { management plane { elasticsearch intern } }',
        'unknown-word «intern» `intern` cannot stand in the block of the management plane. Did you mean `internal`?',
        'x',
    ],
    [
        'service x {\n region eu\n on first\n}',
        'unknown-word «region» A service stands where its clusters stand: say `on`, and the clusters.',
        'x@first',
    ],
    [
        'service x on first first',
        'unknown-word «first» `first` cannot stand after `first`. The names of a list are separated by `,`.',
        'x@first',
    ],
    [
        'region r { zones a b }',
        'unknown-word «b» `b` cannot stand after `a`. The names of a list are separated by `,`.',
    ],
    [
        'service region',
        'missing-name «region» `region` is a word of the language. To use it as a name, write it in quotes: "region".',
    ],
    ['service x on cluster first', 'missing-name «cluster» Here stands the name alone, without `cluster`.', 'x'],
    ['service x (y)', 'unknown-word «(y)» `(y)` cannot stand after `x`.', 'x'],
    [
        'network {\n -> first\n}',
        'unknown-word «->» `->` cannot stand here. A line of the network reads `east, west -> central`.',
    ],

    ['service x.y', 'unknown-word «.» A name with a dot needs quotes.', 'x'],
    // braces
    ['service x on first }', 'unknown-word «}» This `}` closes nothing: no block is open.', 'x@first'],
    [
        'service x {\n on first\n',
        'missing-brace «service» `service` cannot stand in the block of a service: is `}` missing before it?',
        'x@first',
    ],
    [
        'workload cluster x {\n edge control plane {\n gitops\n}\n',
        'missing-brace «service» `service` cannot stand in the block of a workload cluster: is `}` missing before it?',
        'x',
    ],
];

describe('one mistake costs one line and one message', () => {
    test.each(cases)('%s', async (broken, message, kept) => {
        const text = `workload cluster first\n${broken}\nservice last on first`;
        const [problem, ...others] = await problems(text);
        expect(others).toEqual([]);
        expect(problem).toBe(message);
        const rest = (await outlineOf(text)).split(' ').filter((each) => each !== 'first' && each !== 'last@first');
        expect(rest.join(' ')).toBe(kept ?? '');
        expect(await outlineOf(text)).toMatch(/^first.*last@first$/);
    });
});

describe('what beginners write', () => {
    test.each([
        ['workload cluster x in r zone a', 'zone', 'A zone stands behind its region, as in `in r/a`.'],
        [
            'workload cluster x in r, q',
            ',',
            'It stands in one region, here in `r`. For several places, declare one for each.',
        ],
        ['workload cluster x {\n region r\n}', 'region', 'Where it stands is said before `{`, as in `in us-east/a`.'],
        ['# a comment', '#', 'A comment begins with `//`.'],
        ['#comment', '#comment', 'A comment begins with `//`.'],
        ['workload cluster x;', 'x;', 'Nothing stands between two items, or at the end of a line: take `;` out.'],
        [
            'workload cluster x {\n gateway: ingress\n}',
            'gateway:',
            'A word and its value stand beside each other, without `:`: `gateway`.',
        ],
        [
            'service x on first { depends on y }',
            'depends',
            'Whom a service needs is said by `requires`, if it cannot serve without, or by `calls`, if it then answers in part.',
        ],
        [
            'service x on first { replicas 3 }',
            'replicas',
            '`replicas` stands behind a cluster of the service: `on east { replicas 3 }`.',
        ],
        [
            'external service a\nexternal service b\nservice x on first { calls a or b }',
            'or',
            '`or` stands between what `requires` names, and nowhere else: of `requires a or b` one will do.',
        ],
        [
            'external service a\nexternal service b\nservice x on first { external authorization by a or b }',
            'or',
            '`or` stands between what `requires` names, and nowhere else: of `requires a or b` one will do.',
        ],
        ['service x { clusters first }', 'clusters', 'The clusters in which a service runs stand behind `on`.'],
        ['service x { cluster: first }', 'cluster:', 'The clusters in which a service runs stand behind `on`.'],
        [
            'service x on first {\n host "x.y"\n}',
            'host',
            'A host is given by `exposed`, such as `exposed "shop.example.com"`.',
        ],
    ])('%s', async (written, word, message) => {
        const [problem] = await problems(`region r { zones a }\nregion q\nworkload cluster first\n${written}`);
        expect(problem).toBe(`unknown-word «${word}» ${message}`);
    });

    test('a list of clusters that goes wrong is no place', async () => {
        const [problem] = await problems('workload cluster x, y');
        expect(problem).not.toContain('one region');
    });
});

test('no message has the names of tokens, wherever a promise breaks off', async () => {
    const words =
        `scenario "x" { at 1h fail any 2 region with tier gold in us for 5m expect a, every host not lost } objective
        every service with tier gold in us partly survives any 2 zone failures in us for 24h { accept region us because "so"
        until 2027-03-31 } objective a recovers within 5m from region us about service a { owner "x" }`.split(/\s+/);
    for (const end of words.keys()) {
        const messages = await problems(`topology t\n${words.slice(0, end + 1).join(' ')}\nservice b on east`);
        expect(messages.filter((message) => /[`( ][A-Z]+(_[A-Z]+)*`/.test(message))).toEqual([]);
    }
});

test('a label without a value is not called `=`', async () => {
    const [first] = await problems('region a { labels a = , b c }');
    expect(first).toBe('missing-value «,» The value of the label is missing after `=`.');
});
