import { describe, expect, test } from 'vitest';
import { fixed, titles } from './fixes.js';

/** Each row: the code, the title, the text before (`<|>` marks the line meant), and the text after. */
type Row = readonly [code: string, title: string, before: string, after: string];

async function check([code, title, before, after]: Row): Promise<void> {
    expect(await fixed(before, code, title)).toBe(after);
}

const mgmt = 'management cluster mgmt\n';

describe('the form of a file', () => {
    test.each<Row>([
        [
            'unknown-word',
            'Change `control plane` to `edge control plane`',
            'workload cluster a {\n    control plane { gitops off }\n}\n',
            'workload cluster a {\n    edge control plane { gitops off }\n}\n',
        ],
        [
            'unknown-word',
            'Put `,` before `b`',
            'service s on a b\nworkload cluster a\n',
            'service s on a, b\nworkload cluster a\n',
        ],
        [
            'unknown-word',
            'Take this `}` out',
            'workload cluster a\n}\nworkload cluster b\n',
            'workload cluster a\nworkload cluster b\n',
        ],
        [
            'unknown-word',
            'Move `token ttl 24h` to the edge control plane',
            'workload cluster a {\n    token ttl 24h // a day\n    gateway vm\n}\n',
            'workload cluster a {\n    // a day\n    gateway vm\n    edge control plane { token ttl 24h }\n}\n',
        ],
        [
            'unknown-word',
            'Move `token ttl 24h` to the edge control plane',
            'workload cluster a {\n    edge control plane {\n        gitops off\n    }\n    token ttl 24h\n}\n',
            'workload cluster a {\n    edge control plane {\n        gitops off\n        token ttl 24h\n    }\n}\n',
        ],
        [
            'unknown-word',
            'Move `postgres external` to the management plane',
            'management cluster m {\n    postgres external {\n        no backup\n    }\n}\n',
            'management cluster m {\n    management plane {\n        postgres external {\n            no backup\n        }\n    }\n}\n',
        ],
        [
            'unknown-word',
            'Move `failover east-west` behind this block',
            'service s on a {\n    exposed "h.io" {\n        gslb // dns\n        <|>failover east-west\n    }\n}\n',
            'service s on a {\n    exposed "h.io" {\n        gslb // dns\n    }\n    failover east-west\n}\n',
        ],
        [
            'unknown-word',
            'Move `in r` before the block',
            'region r\nworkload cluster a {\n    in r\n    gateway vm\n}\n',
            'region r\nworkload cluster a in r {\n    gateway vm\n}\n',
        ],
        [
            'missing-word',
            'Add `control plane`',
            'workload cluster a { edge { gitops off } }\n',
            'workload cluster a { edge control plane { gitops off } }\n',
        ],
        ['missing-word', 'Add `->`', 'network { a b }\n', 'network { a -> b }\n'],
        ['missing-word', 'Change `clustr` to `cluster`', 'workload clustr a\n', 'workload cluster a\n'],
        [
            'missing-name',
            'Take `cluster` out',
            'workload cluster a\nservice s on cluster a\n',
            'workload cluster a\nservice s on a\n',
        ],
        [
            'missing-value',
            'Add `vm`',
            'workload cluster a {\n    gateway\n}\n',
            'workload cluster a {\n    gateway vm\n}\n',
        ],
        [
            'missing-brace',
            'Close the block',
            'workload cluster a {\n    gateway vm',
            'workload cluster a {\n    gateway vm\n}',
        ],
        [
            'missing-brace',
            'Close the block',
            'workload cluster a {\n    gateway vm // last\n\n// b\nworkload cluster b\n',
            'workload cluster a {\n    gateway vm // last\n}\n\n// b\nworkload cluster b\n',
        ],
        ['unreadable', 'Close the quotes: `"team"`', 'region r { owner "team }\n', 'region r { owner "team" }\n'],
        [
            'unreadable',
            'Write it in double quotes: `"a b"`',
            "region r { owner 'a b' }\n",
            'region r { owner "a b" }\n',
        ],
        [
            'later-version',
            'Make this line a comment',
            'scenario "x" {\n    fail r\n    move r\n}\nregion r\n',
            'scenario "x" {\n    fail r\n    // move r\n}\nregion r\n',
        ],
    ])('%s: %s', (...row) => check(row));
});

describe('names', () => {
    test.each<Row>([
        [
            'unknown-cluster',
            'Declare workload cluster `west`',
            `${mgmt}// ours\nworkload cluster east { gateway vm }\n\nnetwork { east -> west }\n`,
            `${mgmt}// ours\nworkload cluster east { gateway vm }\nworkload cluster west\n\nnetwork { east -> west }\n`,
        ],
        [
            'unknown-region',
            'Declare region `us`',
            'topology t\n\n// where it runs\nmanagement cluster m in us\n',
            'topology t\n\nregion us\n\n// where it runs\nmanagement cluster m in us\n',
        ],
        [
            'unknown-zone',
            'Add zone `c` to `r`',
            'region r {\n    owner "x"\n}\nworkload cluster a in r/c\n',
            'region r {\n    owner "x"\n    zones c\n}\nworkload cluster a in r/c\n',
        ],
        [
            'unknown-gateway',
            'Declare vm gateway `vms` on `a`',
            'workload cluster a\nservice s {\n    on a { virtual machines via vms }\n}\n',
            'workload cluster a {\n    gateway vm vms\n}\nservice s {\n    on a { virtual machines via vms }\n}\n',
        ],
        [
            'unknown-service',
            'Change `shop/pay` to `bank/pay`',
            'workload cluster a\nservice bank/pay on a\nservice s on a { calls shop/pay }\n',
            'workload cluster a\nservice bank/pay on a\nservice s on a { calls bank/pay }\n',
        ],
        [
            'duplicate-declaration',
            'Name this one `a-ingress`',
            'workload cluster a {\n    gateway ingress\n    <|>gateway ingress, vm\n}\n',
            'workload cluster a {\n    gateway ingress\n    gateway ingress, vm a-ingress\n}\n',
        ],
        [
            'duplicate-declaration',
            'Move its settings to the first defaults',
            'defaults for workload clusters {\n    edge control plane { gitops off }\n}\ndefaults for workload clusters {\n    edge control plane { token ttl 2h }\n}\n',
            'defaults for workload clusters {\n    edge control plane { gitops off  token ttl 2h }\n}\n',
        ],
        [
            'odd-name',
            'Write it in quotes: `"2-prod"`',
            'workload cluster 2-prod // two\n',
            'workload cluster "2-prod" // two\n',
        ],
    ])('%s: %s', (...row) => check(row));

    test('a declaration goes to the file that has others of its kind', async () => {
        const files = {
            'services.tsbtopo': 'topology t\nservice s on wset\n',
            'clusters.tsbtopo':
                'topology t\nmanagement cluster m\nworkload cluster east {\n    gateway vm\n}\n\nnetwork { east -> east }\n',
        };
        expect(await fixed(files, 'unknown-cluster', 'Declare workload cluster `wset`')).toEqual({
            ...files,
            'clusters.tsbtopo':
                'topology t\nmanagement cluster m\nworkload cluster east {\n    gateway vm\n}\n\nworkload cluster wset\n\nnetwork { east -> east }\n',
        });
    });

    test('the closest names come first, and the best is preferred', async () => {
        const text = 'workload cluster east\nworkload cluster eass\nservice s on eats\nservice t on eas\n';
        expect(await titles(text, 'unknown-cluster')).toEqual([
            '* Change `eats` to `eass`',
            'Change `eats` to `east`',
            'Declare workload cluster `eats`',
            '* Change `eas` to `eass`',
            'Change `eas` to `east`',
            'Declare workload cluster `eas`',
        ]);
    });
});

describe('values and items', () => {
    test.each<Row>([
        [
            'odd-duration',
            'Change `1.5h` to `1h30m`',
            'workload cluster a { edge control plane { token ttl 1.5h } }\n',
            'workload cluster a { edge control plane { token ttl 1h30m } }\n',
        ],
        [
            'odd-duration',
            'Take this setting out',
            'workload cluster a {\n    edge control plane {\n        // never\n        token ttl 0s\n        gitops off\n    }\n}\n',
            'workload cluster a {\n    edge control plane {\n        // never\n        gitops off\n    }\n}\n',
        ],
        [
            'repeated-name',
            'Take the second `a` out',
            'workload cluster a\nworkload cluster b\nservice s on a, b, a\n',
            'workload cluster a\nworkload cluster b\nservice s on a, b\n',
        ],
        [
            'repeated-name',
            'Take the second `vm` out',
            'workload cluster a { gateway vm, vm x }\n',
            'workload cluster a { gateway vm x }\n',
        ],
        [
            'link-to-itself',
            'Take `a` out',
            'workload cluster a\nworkload cluster b\nnetwork {\n    a -> b\n    a -> a // loop\n}\n',
            'workload cluster a\nworkload cluster b\nnetwork {\n    a -> b\n    // loop\n}\n',
        ],
        [
            'repeated-item',
            'Take `tier silver` out',
            'region r { labels tier gold, tier silver }\n',
            'region r { labels tier gold }\n',
        ],
        [
            'misplaced-item',
            'Move it to `m`',
            'management cluster m\nworkload cluster a {\n    gateway vm\n    central control plane {\n        listener own\n    }\n}\n',
            'management cluster m {\n    central control plane {\n        listener own\n    }\n}\nworkload cluster a {\n    gateway vm\n}\n',
        ],
        [
            'wrong-gateway',
            'Change `eastwest` to `a.ingress`',
            'workload cluster a { gateway east-west eastwest  gateway ingress }\nservice s on a { exposed "h.io" via eastwest }\n',
            'workload cluster a { gateway east-west eastwest  gateway ingress }\nservice s on a { exposed "h.io" via a.ingress }\n',
        ],
    ])('%s: %s', (...row) => check(row));
});

describe('the estate', () => {
    const two = `${mgmt}workload cluster a { gateway ingress, east-west a-gw }\nworkload cluster b { gateway ingress, east-west b-gw }\n`;

    test.each<Row>([
        [
            'telemetry-path-assumed',
            'Say `elasticsearch external in r via front-envoy`',
            'region r\nmanagement cluster m {\n\tmanagement plane {\n\t\telasticsearch external in r { no backup } // ours\n\t}\n}\n',
            'region r\nmanagement cluster m {\n\tmanagement plane {\n\t\telasticsearch external in r via front-envoy { no backup } // ours\n\t}\n}\n',
        ],
        [
            'telemetry-path-assumed',
            'Say `elasticsearch internal direct`',
            'management cluster m { management plane } // one\nworkload cluster a\n',
            'management cluster m { management plane { elasticsearch internal direct } } // one\nworkload cluster a\n',
        ],
        [
            'signing-key-protection-unsaid',
            'Say `iam-signing-key { backup }`',
            'management cluster m {\n  management plane {\n    postgres external // db\n  }\n}\n',
            'management cluster m {\n  management plane {\n    postgres external // db\n    iam-signing-key { backup }\n  }\n}\n',
        ],
        [
            'service-without-home',
            'Let `s` run on `a`',
            `${two}service s {\n    calls t\n}\nservice t on a\n`,
            `${two}service s on a {\n    calls t\n}\nservice t on a\n`,
        ],
        [
            'failover-unreachable',
            'Let `b` and `a` reach each other',
            `${two}workload cluster c\nnetwork { a -> c }\nservice s on a { failover east-west  <|>on b }\n`,
            `${two}workload cluster c\nnetwork { a -> c; b <-> a }\nservice s on a { failover east-west  on b }\n`,
        ],
        [
            'call-unreachable',
            'Expose `t` through east-west gateways, and let `a` reach `b`',
            `${two}network {\n}\nservice s on a { calls t }\nservice t on b { no failover }\n`,
            `${two}network {\n    a -> b\n}\nservice s on a { calls t }\nservice t on b { failover east-west }\n`,
        ],
        [
            'gitops-sync-in-incident',
            'Say `gitops async`',
            `${mgmt}workload cluster a {\n    edge control plane {\n        gitops\n    }\n}\n`,
            `${mgmt}workload cluster a {\n    edge control plane {\n        gitops async\n    }\n}\n`,
        ],
        [
            'tier1-on-management-cluster',
            'Move it to a workload cluster of its own, `dmz`',
            'management cluster m {\n    gateway tier1 front {\n        replicas 2\n    }\n}\n',
            'management cluster m\n\nworkload cluster dmz {\n    gateway tier1 front {\n        replicas 2\n    }\n}\n',
        ],
        [
            'gitops-in-several-clusters',
            'Leave GitOps on in `b` only',
            `${mgmt}defaults for workload clusters { edge control plane { gitops async } }\nworkload cluster a { edge control plane { gitops sync } }\nworkload cluster b\n`,
            `${mgmt}defaults for workload clusters { edge control plane { gitops off } }\nworkload cluster a { edge control plane { gitops off } }\nworkload cluster b {\n    edge control plane { gitops async }\n}\n`,
        ],
        [
            'gitops-in-several-clusters',
            'Leave GitOps on in `a` only',
            `${mgmt}workload cluster a { edge control plane { gitops sync } }\nworkload cluster b { edge control plane { gitops } }\n`,
            `${mgmt}workload cluster a { edge control plane { gitops sync } }\nworkload cluster b { edge control plane { gitops off } }\n`,
        ],
        [
            'zones-outside-cluster',
            'Take `across zones` out',
            `${mgmt}region r { zones a, b }\nworkload cluster a in r/a { gateway vm { replicas 2 across zones a, b } }\nservice s { on a { replicas 3 across zones b } }\n`,
            `${mgmt}region r { zones a, b }\nworkload cluster a in r/a { gateway vm { replicas 2 } }\nservice s { on a { replicas 3 } }\n`,
        ],
        [
            'odd-number',
            'Say `replicas 2 of 3`',
            `${mgmt}workload cluster a { gateway ingress { replicas 3 of 2 } }\n`,
            `${mgmt}workload cluster a { gateway ingress { replicas 2 of 3 } }\n`,
        ],
        [
            'odd-number',
            'Say `replicas 1 of 2`',
            `${mgmt}region r { zones x, y }\nworkload cluster a in r { gateway ingress { replicas 1 of 1 across zones x, y } }\n`,
            `${mgmt}region r { zones x, y }\nworkload cluster a in r { gateway ingress { replicas 1 of 2 across zones x, y } }\n`,
        ],
        [
            'egress-gateway-without-effect',
            'Declare an egress gateway on `a` instead',
            `${mgmt}workload cluster a\nworkload cluster b { gateway ingress, egress gw }\nservice s on a { calls x }\nservice t on b\nexternal service x\n`,
            `${mgmt}workload cluster a {\n    gateway egress\n}\nworkload cluster b { gateway ingress gw }\nservice s on a { calls x }\nservice t on b\nexternal service x\n`,
        ],
        [
            'required-in-one-place',
            'Let `db` stand in `eu`, too',
            `${mgmt}region us { zones a, b }\nregion eu\nworkload cluster a in us\nworkload cluster b in eu\nservice s on a, b { no failover  requires db }\nexternal service db in us/a, us/b\n`,
            `${mgmt}region us { zones a, b }\nregion eu\nworkload cluster a in us\nworkload cluster b in eu\nservice s on a, b { no failover  requires db }\nexternal service db in us/a, us/b, eu\n`,
        ],
        [
            'required-in-one-place',
            'Let `cache` run on `b`, too',
            `${two}service s on a, b { no failover  requires db or cache }\nservice db on a { failover east-west }\nservice cache on a { failover east-west }\n`,
            `${two}service s on a, b { no failover  requires db or cache }\nservice db on a { failover east-west }\nservice cache on a, b { failover east-west }\n`,
        ],
        [
            'required-in-one-place',
            'Let `sms` stand in `eu`, too',
            `${mgmt}region us\nregion eu\nworkload cluster a in us\nworkload cluster b in eu\nservice s on a, b { no failover  requires sms or mail }\nexternal service sms in us\nexternal service mail in us\n`,
            `${mgmt}region us\nregion eu\nworkload cluster a in us\nworkload cluster b in eu\nservice s on a, b { no failover  requires sms or mail }\nexternal service sms in us, eu\nexternal service mail in us\n`,
        ],
        [
            'repeated-name',
            'Take the second `us/a` out',
            `${mgmt}region us { zones a }\nworkload cluster a\nexternal service db in us/a, us/a\n`,
            `${mgmt}region us { zones a }\nworkload cluster a\nexternal service db in us/a\n`,
        ],
        [
            'helper-single-point',
            'Say `fails open`: requests go on without it',
            `${two}service s on a, b { no failover  rate limit by l fails closed }\nservice t on a, b { no failover  external authorization by l }\nservice l on a { failover east-west }\n`,
            `${two}service s on a, b { no failover  rate limit by l fails open }\nservice t on a, b { no failover  external authorization by l fails open }\nservice l on a { failover east-west }\n`,
        ],
        [
            'ingress-to-other-cluster',
            'Let clients enter by `b-gw`, too',
            `${two}service s on a, b { exposed "h.io" via a-gw to a, b { gslb } }\n`,
            `${two}service s on a, b { exposed "h.io" via a-gw, b-gw to a, b { gslb } }\n`,
        ],
        [
            'homes-in-one-place',
            'Let `s` run on `c`, too',
            `${mgmt}region r\nregion q\nworkload cluster a in r { gateway ingress }\nworkload cluster b in r { gateway ingress }\nworkload cluster c in q { gateway ingress }\nworkload cluster d { gateway tier1 d-gw }\nservice s on a, b { exposed "h.io" via d-gw to a, b }\n`,
            `${mgmt}region r\nregion q\nworkload cluster a in r { gateway ingress }\nworkload cluster b in r { gateway ingress }\nworkload cluster c in q { gateway ingress }\nworkload cluster d { gateway tier1 d-gw }\nservice s on a, b, c { exposed "h.io" via d-gw to a, b, c }\n`,
        ],
    ])('%s: %s', (...row) => check(row));

    test('what another choice brings is said in its title', async () => {
        expect(await titles('management cluster m\nworkload cluster a\n', 'postgres-protection-unsaid')).toEqual([
            'Say `postgres { backup every 1h }`',
            'Say `postgres { replicas 3 }`',
            'Say `postgres { no backup }` (brings postgres-unprotected)',
        ]);
    });
});

describe('what dies with the management plane', () => {
    test('its backup is kept elsewhere, or made', async () => {
        const text = (postgres: string) =>
            `region us\nregion eu\nmanagement cluster m in us {\n    management plane {\n        postgres internal { ${postgres} }\n    }\n}\nworkload cluster a\n`;
        expect(await fixed(text('backup every 1h in us'), 'not-restorable', 'Keep it in `eu`')).toBe(
            text('backup every 1h in eu'),
        );
        expect(
            await fixed(text('replicas 3  no backup'), 'not-restorable', 'Say `postgres { backup every 1h in eu }`'),
        ).toBe(text('replicas 3  backup every 1h in eu'));
    });
});

describe('the habits of a file', () => {
    test('line ends stay', async () => {
        const before = 'management cluster m\r\nworkload cluster a\r\n\r\nservice s on a, b\r\n';
        expect(await fixed(before, 'postgres-protection-unsaid', 'Say `postgres { no backup }`')).toBe(
            'management cluster m {\r\n    management plane {\r\n        postgres { no backup }\r\n    }\r\n}\r\nworkload cluster a\r\n\r\nservice s on a, b\r\n',
        );
        expect(await fixed(before, 'unknown-cluster', 'Declare workload cluster `b`')).toBe(
            'management cluster m\r\nworkload cluster a\r\nworkload cluster b\r\n\r\nservice s on a, b\r\n',
        );
    });

    test('indentation is followed', async () => {
        const before = 'region r {\n\tzones a\n}\nmanagement cluster m\n';
        expect(await fixed(before, 'signing-key-protection-unsaid', 'Say `iam-signing-key { backup }`')).toBe(
            'region r {\n\tzones a\n}\nmanagement cluster m {\n\tmanagement plane {\n\t\tiam-signing-key { backup }\n\t}\n}\n',
        );
    });

    test('a comment behind a declaration stays on its line', async () => {
        const before = 'management cluster m // the only one\n';
        expect(await fixed(before, 'signing-key-protection-unsaid', 'Say `iam-signing-key { backup }`')).toBe(
            'management cluster m { // the only one\n    management plane {\n        iam-signing-key { backup }\n    }\n}\n',
        );
    });
});

test('signs of an expression in what stands there are only text', async () => {
    expect((await titles('{\n ["east", "west ["east", "west"]\n}', 'unknown-word')).length).toBeGreaterThan(0);
});
