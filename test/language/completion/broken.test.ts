import { describe, expect, test } from 'vitest';
import { labels } from './complete.js';

describe('after a broken line', () => {
    test.each([
        [
            'workload cluster x {\n gatway\n <|>\n}',
            'edge control plane, data plane, gateway, no workloads, requires, owner, labels, accept',
        ],
        ['sevice x {\n}\nservice y {\n (\n own<|>\n}', 'owner'],
        ['workload cluster {\n gatway vm {\n }\n edge <|>\n}', 'control plane'],
        ['workload cluster east\nworkload cluster west\nnetwork {\n east => east\n east -> <|>\n}', 'west'],
        ['workload cluster east\nservice a on\nservice b on <|>', 'east'],
        ['workload cluster east\n}\nservice b on <|>', 'east'],
        ['service pay\nservice a {\n calls ,\n calls <|>\n}', 'pay'],
        ['service a {\n exposed\n exposed "b" {\n  <|>', 'gslb'],
        ['workload cluster a {\n edge control plane {\n  token\n  leaf certificate ttl <|>', '1h, 12h, 24h, 7d, 8760h'],
    ])('%s', async (text, expected) => {
        expect(await labels(text)).toBe(expected);
    });
});

describe('half-written, with more lines below', () => {
    const above = `topology t
region us-east { zones a, b }
workload cluster east in us-east { gateway ingress, east-west east-gw }
workload cluster west { gateway tier1 front }
service pay on east
`;
    const below = `
service shop on west {
    calls pay
}
`;

    test.each([
        ['service x on <|>', 'east, west'],
        ['service x on east, <|>', 'west'],
        ['service x on east {\n    calls <|>\n    owner "a"\n}', 'pay, shop'],
        ['service x on east {\n    calls pay, <|>\n    owner "a"\n}', 'shop'],
        ['service x on east {\n    calls <|>', 'pay, shop'],
        ['service x on east {\n    exposed "x" via <|>\n    calls pay\n}', 'east-gw, front, east, west'],
        ['service x on east {\n    exposed "x" via front to <|>\n    calls pay\n}', 'east, west'],
        ['service x on east {\n    exposed "x" via front to <|>', 'east, west'],
        ['service x on east {\n    exposed "x" via front { gslb <|>\n}', 'by, ttl'],
        ['service x on east {\n    external authorization by <|>\n    calls pay\n}', 'pay, shop'],
        ['service x on east {\n    external authorization by pay fails <|>\n    calls pay\n}', 'open, closed'],
        ['service x on east {\n    no <|>\n    calls pay\n}', 'failover, outlier detection'],
        ['service x on east {\n    rate <|>\n    calls pay\n}', 'limit'],
        ['service x on east {\n    fail<|>\n    calls pay\n}', 'no failover, failover east-west'],
        ['network {\n    east -> <|>\n    west -> east\n}', 'west'],
        ['network {\n    east <-> <|>\n}', 'west'],
        ['network {\n    east, <|>\n}', 'west'],
        ['network {\n    east -> <|>', 'west'],
        ['workload cluster z in <|>\nworkload cluster y', 'us-east'],
        ['workload cluster z in us-east/<|>\nworkload cluster y', 'a, b'],
        ['workload cluster z in <|> {\n    gateway vm\n}', 'us-east'],
        ['workload cluster z {\n    gateway <|>\n    owner "a"\n}', 'tier1, ingress, east-west, egress, vm'],
        ['workload cluster z {\n    gateway ingress, <|>\n    owner "a"\n}', 'tier1, east-west, egress, vm'],
        [
            'workload cluster z {\n    edge control plane {\n        token ttl <|>\n        gitops sync\n    }\n}',
            '1h, 8h, 24h, 7d, 8760h',
        ],
        ['workload cluster z in us-east {\n    gateway vm { replicas 2 across zones <|>\n}', 'a, b'],
        ['workload cluster z in us-east {\n    gateway vm { replicas 2 across <|> }\n}', 'zones'],
        [
            'management cluster m {\n    management plane {\n        postgres in <|>\n        root-ca\n    }\n}',
            'us-east',
        ],
        [
            'management cluster m {\n    management plane {\n        postgres { backup every <|>\n        root-ca\n    }\n}',
            '15m, 1h, 6h, 24h, 7d',
        ],
        ['service x {\n    on east {\n        virtual machines via <|>\n    }\n}', 'east-gw, front, east, west'],
        ['service x {\n    on east {\n        virtual <|>\n    }\n}', 'machines'],
        ['external service z in <|>', 'us-east'],
        ['region z { zones a }\nservice y { labels <|> }', ''],
    ])('%s', async (text, expected) => {
        expect(await labels(above + text + below)).toBe(expected);
    });
});
