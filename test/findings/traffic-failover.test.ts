import { describe, expect, test } from 'vitest';
import { namesOf } from '../mesh.js';
import { codesOf, said } from './traffic-check.js';

/** Two clusters with east-west gateways. */
const eastAndWest = `
    management cluster mgmt { management plane { elasticsearch internal direct } }
    workload cluster east { gateway east-west east-gw }
    workload cluster west { gateway east-west west-gw }`;

test('what nobody promised is not missed', async () => {
    expect(await codesOf(`${eastAndWest}  service shop on east, west { no failover }`)).toEqual([]);
    const bare = `management cluster mgmt { management plane { elasticsearch internal direct } }
        workload cluster east
        workload cluster west`;
    expect(await codesOf(`${bare}  service shop on east, west`)).toEqual([]);
});

test('a failover with all that it needs is well', async () => {
    expect(
        await codesOf(`${eastAndWest}
            network { east <-> west }
            service shop on east, west { failover east-west  outlier detection }`),
    ).toEqual([]);
});

describe('gateway-without-failover', () => {
    test('failover is off unless said', async () => {
        const text = `workload cluster east
            workload cluster west { gateway east-west <|west-gw|> }
            service <|shop|> on east, west`;
        expect(await said(text, 'gateway-without-failover')).toEqual([
            {
                severity: 'info',
                message: `'shop' runs in 2 clusters with an east-west gateway, but failover is off unless said: when its instances in one cluster fail, callers there do not fail over to another. Say \`failover east-west\`, or \`no failover\`.`,
                at: 1,
                related: [[0, `'west' has the east-west gateway 'west-gw'`]],
            },
        ]);
    });

    test('not with one home', async () => {
        expect(await codesOf(`${eastAndWest}  service shop on east`)).toEqual([]);
    });
});

describe('failover-many-ways', () => {
    /** All call one service, and fail over to each other. */
    const among = (clusters: number, calls = 'calls pay') => `
        management cluster mgmt { management plane { elasticsearch internal direct } }
        ${namesOf(clusters, (name) => `workload cluster ${name} { gateway east-west }`, '\n')}
        service shop on ${namesOf(clusters)} { ${calls} }
        service <|pay|> on ${namesOf(clusters)} { failover east-west }`;

    test('from so many on that a simulation takes noticeably longer', async () => {
        expect(await said(among(500), 'failover-many-ways')).toEqual([]);
        expect(await said(among(501), 'failover-many-ways')).toEqual([
            {
                severity: 'hint',
                message:
                    "Requests to 'pay' fail over from 501 clusters to 501 clusters, on 250500 ways. Each of them can be cut by itself, so that a simulation takes noticeably longer. If not all of these clusters reach each other, say in `network` which do.",
                at: 0,
                related: [],
            },
        ]);
    });

    test('not where nobody calls', async () => {
        expect(await said(among(501, ''), 'failover-many-ways')).toEqual([]);
    });
});

describe('failover-without-outlier-detection', () => {
    test('the one is said to be off, the other on', async () => {
        const text = `${eastAndWest}
            service shop on east, west { <|failover east-west|>  <|no outlier detection|> }`;
        expect(await said(text, 'failover-without-outlier-detection')).toEqual([
            {
                severity: 'warning',
                message: `Without outlier detection callers of 'shop' do not notice that a cluster, gateway or link is down, and do not fail over: what they send there is lost. Say \`outlier detection\`.`,
                at: 1,
                related: [[0, 'failover is said here']],
            },
        ]);
    });

    test('not with one home, which leaves no choice', async () => {
        const text = `${eastAndWest}  service shop on east { failover east-west  no outlier detection }`;
        expect(await codesOf(text)).toEqual([]);
    });
});

describe('outlier-detection-unsaid', () => {
    test('once a service', async () => {
        const text = `${eastAndWest}
            service shop on east, west { <|failover east-west|> }`;
        expect(await said(text, 'outlier-detection-unsaid')).toEqual([
            {
                severity: 'hint',
                message: `Failover of 'shop' depends on outlier detection, which is assumed to be on. Say \`outlier detection\`, or \`no outlier detection\`.`,
                at: 0,
                related: [],
            },
        ]);
    });

    test('not where nothing depends on it', async () => {
        const text = `${eastAndWest}  service shop on east { failover east-west }  service cart on east, west`;
        expect(await said(text, 'outlier-detection-unsaid')).toEqual([]);
    });
});

describe('failover-without-gateway', () => {
    test('not where all callers go on by relays', async () => {
        const text = (others: string) => `management cluster mgmt
            workload cluster east { gateway ingress }  workload cluster west { gateway ingress }
            workload cluster edge { gateway tier1 relay }
            network { east, west -> edge  edge -> east, west }
            service web on east { requires ledger through edge.relay }
            service ledger on east, west { failover east-west  outlier detection }  ${others}`;
        const codes = ['failover-without-gateway', 'failover-unreachable'] as const;
        for (const code of codes) {
            expect(await said(text(''), code)).toEqual([]);
            expect(await said(text('service other on west { calls ledger }'), code)).not.toEqual([]);
            const helper = 'service other on west { external authorization by ledger }';
            expect(await said(text(helper), code)).not.toEqual([]);
            const gateway = 'workload cluster dmz { gateway ingress { external authorization by ledger } }';
            expect(await said(text(gateway), code)).not.toEqual([]);
        }
    });

    test('a home without an east-west gateway', async () => {
        const text = `workload cluster east { gateway east-west }
            workload cluster <|west|> { gateway ingress }
            service shop on east, <|west|> { <|failover east-west|> }`;
        expect(await said(text, 'failover-without-gateway')).toEqual([
            {
                severity: 'warning',
                message: `Callers elsewhere do not fail over to 'shop' on 'west', since 'west' has no east-west gateway. Declare \`gateway east-west\` there, or take out \`failover east-west\`.`,
                at: 1,
                related: [
                    [2, 'failover is said here'],
                    [0, `'west' has no east-west gateway`],
                ],
            },
        ]);
    });
});

describe('failover-namespaces-differ', () => {
    test('the home that differs from the service, with the line of the service', async () => {
        const text = `${eastAndWest}
            service shop {
                namespace <|shop|>
                on west { namespace <|shop-eu|> }
                on east
                <|failover east-west|>
            }`;
        expect(await said(text, 'failover-namespaces-differ')).toEqual([
            {
                severity: 'warning',
                message: `On 'west' the namespace of 'shop' is 'shop-eu', and on 'east' it is 'shop': failover needs the same one in both, so nobody goes on from one to the other. Use one namespace.`,
                at: 1,
                related: [
                    [2, 'failover is said here'],
                    [0, `on 'east' the namespace is 'shop'`],
                ],
            },
        ]);
    });

    test('homes of one line are told once', async () => {
        const text = `${eastAndWest}
            workload cluster north { gateway east-west north-gw }
            service shop {
                on <|north|>
                on east, west { namespace <|other|> }
                <|failover east-west|>
            }`;
        const found = await said(text, 'failover-namespaces-differ');
        expect(found).toMatchObject([
            {
                at: 1,
                related: [
                    [2, 'failover is said here'],
                    [0, `on 'north' the namespace is 'default'`],
                ],
            },
        ]);
        expect(found[0]?.message).toMatch(/^On 'east' and 'west' /);
    });

    test('not where all homes have the same, or nobody promised failover', async () => {
        const same = `${eastAndWest}
            service shop { on east, west { namespace other }  failover east-west }`;
        expect(await said(same, 'failover-namespaces-differ')).toEqual([]);
        const off = `${eastAndWest}  service shop { on east  on west { namespace other }  no failover }`;
        expect(await codesOf(off)).toEqual([]);
    });
});

describe('failover-same-zone', () => {
    test('two homes in one zone', async () => {
        const text = `region us { zones a, b }
            workload cluster east in <|us/a|> { gateway east-west east-gw }
            workload cluster west in <|us/a|> { gateway east-west west-gw }
            service shop on east, <|west|> { <|failover east-west|> }`;
        expect(await said(text, 'failover-same-zone')).toEqual([
            {
                severity: 'warning',
                message: `'west' and 'east' both stand in 'us/a', and failover needs clusters that differ in zone or region: callers of 'shop' do not fail over from one to the other. Run it in another zone, or correct the places.`,
                at: 2,
                related: [
                    [3, 'failover is said here'],
                    [1, `'west' stands here`],
                    [0, `'east' stands here`],
                ],
            },
        ]);
    });

    test('not in two zones, in a region without a zone, or nowhere', async () => {
        const placed = (east: string, west: string) => `region us { zones a, b }
            workload cluster east ${east} { gateway east-west east-gw }
            workload cluster west ${west} { gateway east-west west-gw }
            service shop on east, west { failover east-west }`;
        for (const [east, west] of [
            ['in us/a', 'in us/b'],
            ['in us', 'in us'],
            ['in us/a', 'in us'],
            ['', ''],
        ] as const) {
            expect(await said(placed(east, west), 'failover-same-zone')).toEqual([]);
        }
    });
});

describe('one-way-reachability between homes', () => {
    test('the way back is missing', async () => {
        const text = `${eastAndWest}
            network { <|east -> west|> }
            service shop on east, west { <|failover east-west|> }`;
        expect(await said(text, 'one-way-reachability')).toEqual([
            {
                severity: 'warning',
                message: `Callers of 'shop' do not go on from 'west' to 'east': the network opens the other direction only. Add \`west -> east\`.`,
                at: 1,
                related: [[0, 'this opens `east -> west` only']],
            },
        ]);
    });

    test('from a caller that has another home to go to', async () => {
        const text = `${eastAndWest}
            workload cluster north
            network {
                east <-> west
                north -> east
                <|west -> north|>
            }
            service web on north { calls shop }
            service shop on east, west { <|failover east-west|> }`;
        expect(await said(text, 'one-way-reachability')).toMatchObject([
            {
                message: `Callers of 'shop' do not go on from 'north' to 'west': the network opens the other direction only. Add \`north -> west\`.`,
                at: 1,
                related: [[0, 'this opens `west -> north` only']],
            },
        ]);
    });

    test('not into a cluster without an east-west gateway, which is told instead', async () => {
        const text = `workload cluster east  workload cluster west { gateway east-west }
            network { east -> west }
            service shop on east, west { failover east-west }`;
        expect(await said(text, 'one-way-reachability')).toEqual([]);
        expect(await said(text, 'failover-without-gateway')).toHaveLength(1);
    });

    test('not from clusters that do not call it', async () => {
        expect(
            await said(
                `${eastAndWest}
                workload cluster north
                network { east <-> west; east -> north }
                service shop on east, west { failover east-west }`,
                'one-way-reachability',
            ),
        ).toEqual([]);
    });
});

describe('failover-unreachable', () => {
    test('no line joins a home with another', async () => {
        const text = `${eastAndWest}
            workload cluster north { gateway east-west north-gw }
            <|network { east <-> west }|>
            service shop on east, west, <|north|> { <|failover east-west|> }`;
        expect(await said(text, 'failover-unreachable')).toEqual([
            {
                severity: 'warning',
                message: `No line of the network joins 'north' with another cluster of 'shop', so \`failover east-west\` does not happen from or to 'north'. Add \`north <-> east\`.`,
                at: 1,
                related: [
                    [2, 'failover is said here'],
                    [0, 'the network is declared here'],
                ],
            },
        ]);
    });

    test('not where callers elsewhere go on to it, and not with one home', async () => {
        const hub = `${eastAndWest}
            workload cluster hub
            network { hub -> east, west }
            service web on hub { calls shop }
            service shop on east, west { failover east-west }`;
        expect(await said(hub, 'failover-unreachable')).toEqual([]);
        const one = `${eastAndWest}  network { }  service shop on east { failover east-west }`;
        expect(await said(one, 'failover-unreachable')).toEqual([]);
    });
});
