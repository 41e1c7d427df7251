import { describe, expect, test } from 'vitest';
import { codesOf, said } from './traffic-check.js';

/** Two clusters that let requests in. */
const eastAndWest = `
    management cluster mgmt { management plane { elasticsearch internal direct } }
    workload cluster east { gateway ingress }
    workload cluster west { gateway ingress }`;

describe('single-homed-exposed-service', () => {
    test('a service with one home is down with it', async () => {
        const text = `${eastAndWest}
            service shop on <|east|> {
                exposed <|"shop.example.com"|>
                exposed <|"shop.example.org"|>
            }`;
        expect(await said(text, 'single-homed-exposed-service')).toEqual([
            {
                severity: 'warning',
                message: `Clients outside reach 'shop', and it runs in one cluster only: when 'east' fails, 'shop.example.com' and 'shop.example.org' are down. Run it in a second cluster, with a way there.`,
                at: 0,
                related: [
                    [1, `'shop.example.com' leads to it`],
                    [2, `'shop.example.org' leads to it`],
                ],
            },
        ]);
    });

    test('of several homes clients may come to one only, because one is named', async () => {
        const text = `${eastAndWest}
            service shop on east, <|west|> { exposed "shop.example.com" to <|east|> }`;
        expect(await said(text, 'single-homed-exposed-service')).toEqual([
            {
                severity: 'warning',
                message: `Requests for 'shop.example.com' are sent to 'east' only, although 'shop' runs on 'west', too: when 'east' fails, 'shop.example.com' is down. Add 'west' behind \`to\`.`,
                at: 1,
                related: [[0, `'shop' runs here, too`]],
            },
        ]);
    });

    test('or because one has an ingress gateway; east-west failover does not help when its cluster fails', async () => {
        const text = `
            workload cluster east { gateway ingress, east-west }
            workload cluster <|west|> { gateway east-west }
            service shop on east, west { exposed <|"shop.example.com"|>  failover east-west }`;
        expect(await said(text, 'single-homed-exposed-service')).toEqual([
            {
                severity: 'warning',
                message: `Requests for 'shop.example.com' are sent to 'east' only, although 'shop' runs on 'west', too: when 'east' fails, 'shop.example.com' is down. Declare an ingress gateway on 'west'.`,
                at: 1,
                related: [[0, `'west' has no ingress gateway`]],
            },
        ]);
    });

    test('clients that enter one of the clusters by name, whatever runs elsewhere', async () => {
        const text = `${eastAndWest}
            service shop on east, <|west|> { exposed "shop.example.com" via <|east.ingress|> }`;
        expect(await said(text, 'single-homed-exposed-service')).toEqual([
            {
                severity: 'warning',
                message: `Requests for 'shop.example.com' are sent to 'east' only, although 'shop' runs on 'west', too: when 'east' fails, 'shop.example.com' is down. Let clients enter on 'west', too, or by a tier1 gateway.`,
                at: 1,
                related: [[0, `'shop' runs here, too`]],
            },
        ]);
        expect(await codesOf(text)).toEqual(['single-homed-exposed-service']);
    });

    test('a home that is broken in health is no second one', async () => {
        const text = `${eastAndWest}
            service shop on <|east|>, <|west|> { exposed <|"shop.example.com"|> { gslb }  requires stock }
            service stock on east { no failover }`;
        expect(await said(text, 'single-homed-exposed-service')).toEqual([
            {
                severity: 'warning',
                message: `Clients outside reach 'shop', and on 'west' it cannot serve, which leaves one cluster: when 'east' fails, 'shop.example.com' is down. Let it reach there what it needs.`,
                at: 0,
                related: [
                    [1, `on 'west' it does not reach what it needs`],
                    [2, `'shop.example.com' leads to it`],
                ],
            },
        ]);
    });

    test('not of two homes, of a service that nobody outside reaches, and of a host that is not served anyway', async () => {
        const two = `${eastAndWest}  service shop on east, west { exposed "shop.example.com" { gslb } }`;
        expect(await codesOf(two)).toEqual([]);
        expect(await codesOf(`${eastAndWest}  service shop on east`)).toEqual([]);
        const unserved = `workload cluster east  service shop on east { exposed "shop.example.com" }`;
        expect(await said(unserved, 'single-homed-exposed-service')).toEqual([]);
    });
});

/** Two entry points in front of two homes. */
const entries = `${eastAndWest}
    workload cluster dmz-us { gateway tier1 front-us }
    workload cluster dmz-eu { gateway tier1 front-eu }`;

describe('weighted-targets-without-failover', () => {
    test('with what was said for high availability', async () => {
        const text = `${entries}
            service shop on east, west {
                exposed "shop.example.com" via front-us, front-eu to <|east weight 3, west weight 1|> { <|gslb ttl 30s|> }
                <|failover east-west|>
            }`;
        expect(await said(text, 'weighted-targets-without-failover')).toEqual([
            {
                severity: 'warning',
                message: `Weights are strict, without health check and failover: when a cluster fails, its share of the requests for 'shop.example.com' is lost (75 % with 'east' and 25 % with 'west'). Where the clusters are to stand in for each other, list them without weights.`,
                at: 0,
                related: [
                    [2, 'this does not change it'],
                    [1, 'this does not change it'],
                ],
            },
        ]);
    });

    test('small shares are not rounded to nothing', async () => {
        const text = `${entries}
            service shop on east, west { exposed "shop.example.com" via front-us to east weight 999, west weight 1 }`;
        const [finding] = await said(text, 'weighted-targets-without-failover');
        expect(finding?.message).toContain(`(more than 99 % with 'east' and less than 1 % with 'west')`);
        expect(finding?.related).toEqual([]);
    });

    test('a target of weight 0 is no spare, and nobody is told to list it', async () => {
        const text = `${entries}
            service shop on east, west {
                exposed "a.b" via front-us, front-eu to <|east weight 100, west weight 0|> { gslb }
            }`;
        const [finding, ...more] = await said(text, 'weighted-targets-without-failover');
        expect(more).toEqual([]);
        expect(finding?.at).toBe(0);
        expect(finding?.message).toContain(
            `is lost (100 % with 'east'). A weight of 0 means no requests, and no spare`,
        );
        expect(finding?.message).toContain(`'west' does not stand in`);
        expect(await codesOf(text)).toEqual(['weighted-targets-without-failover']);
        const unnamed = text.replace(' via front-us, front-eu', '');
        expect(await said(unnamed, 'weighted-targets-without-failover')).toHaveLength(1);
    });

    test('but a home that is not listed is', async () => {
        const text = `${eastAndWest}  workload cluster north { gateway ingress }
            service shop on east, west, north { exposed "a.b" to east weight 100, west weight 0 { gslb } }`;
        const [finding] = await said(text, 'single-homed-exposed-service');
        expect(finding?.message).toContain(`although 'shop' runs on 'north', too`);
        expect(finding?.message).toContain("Add 'north' behind `to`.");
    });

    test('where clients enter at the clusters themselves, only without gslb', async () => {
        const text = (via: string) => `${eastAndWest}
            service shop on east, west { exposed "a.b" ${via} to east weight 50, west weight 50 { gslb } }`;
        expect(await codesOf(text(''))).toEqual([]);
        expect(await codesOf(text('via east.ingress, west.ingress'))).toEqual([]);
        const kept = text('').replace('{ gslb }', '');
        expect(await codesOf(kept)).toEqual(['entry-gateways-without-gslb', 'weighted-targets-without-failover']);
    });

    test('not without weights', async () => {
        const none = `${eastAndWest}
            service shop on east, west { exposed "shop.example.com" to east, west { gslb } }`;
        expect(await codesOf(none)).toEqual([]);
    });
});

describe('entry-gateways-without-gslb', () => {
    test('named gateways', async () => {
        const text = `${eastAndWest}
            workload cluster dmz-us { gateway tier1 <|front-us|> }
            workload cluster dmz-eu { <|gateway|> tier1 }
            service shop on east, west { exposed "shop.example.com" via <|front-us, dmz-eu.tier1|> }`;
        expect(await said(text, 'entry-gateways-without-gslb')).toEqual([
            {
                severity: 'warning',
                message: `Clients of 'shop.example.com' enter by 'front-us' and 'dmz-eu.tier1', and nothing leads them from one to another: when one fails, its clients are lost. Say \`gslb\` if DNS leads them; if it does not, let it.`,
                at: 2,
                related: [
                    [0, `'front-us'`],
                    [1, `'dmz-eu.tier1'`],
                ],
            },
        ]);
    });

    test('the gateways of the homes, where none is named', async () => {
        const text = `${eastAndWest}
            service shop on east, west { exposed <|"shop.example.com"|> }`;
        const found = await said(text, 'entry-gateways-without-gslb');
        expect(found.map(({ at }) => at)).toEqual([0]);
        expect(found[0]?.message).toContain(`enter by 'east.ingress' and 'west.ingress'`);
    });

    test('not with gslb', async () => {
        expect(
            await codesOf(`${entries}
                service shop on east, west { exposed "shop.example.com" via front-us, front-eu { gslb ttl 30s } }`),
        ).toEqual([]);
    });
});

describe('single-entry-gateway', () => {
    test('one gateway in front of several homes', async () => {
        const text = `${eastAndWest}
            workload cluster dmz { gateway tier1 <|front|> }
            service shop on east, west { exposed "shop.example.com" via <|front|> }`;
        expect(await said(text, 'single-entry-gateway')).toEqual([
            {
                severity: 'info',
                message: `Clients of 'shop.example.com' enter by 'front' alone: when 'dmz' fails, 'shop.example.com' is down, whatever stands behind. Add an entry gateway on another cluster, with \`gslb\`.`,
                at: 1,
                related: [[0, 'the entry gateway']],
            },
        ]);
        expect(await codesOf(text)).toEqual(['single-entry-gateway']);
    });

    test('several gateways on one cluster, and a gslb with nothing to choose from', async () => {
        const text = `${eastAndWest}
            workload cluster dmz { gateway tier1 <|one|>  gateway tier1 <|two|> }
            service shop on east, west { exposed "shop.example.com" via <|one, two|> { gslb } }`;
        const found = await said(text, 'single-entry-gateway');
        expect(found).toMatchObject([
            {
                at: 2,
                related: [
                    [0, 'the entry gateway'],
                    [1, 'the entry gateway'],
                ],
            },
        ]);
        expect(found[0]?.message).toContain(`enter on 'dmz' alone: `);
        expect(found[0]?.message).toContain('`gslb` has nothing to choose from.');
    });

    test('not where the only home stands there, too: then it is the home that is missed', async () => {
        const text = `${eastAndWest}  service shop on east { exposed "shop.example.com" via east.ingress }`;
        expect(await codesOf(text)).toEqual(['single-homed-exposed-service']);
    });
});

describe('single-transit-gateway', () => {
    const hubs = `${entries}
        workload cluster hub-1 { gateway tier1 hub-1 }
        workload cluster hub-2 { gateway tier1 hub-2 }`;

    test('all requests pass one cluster', async () => {
        const text = `${entries}
            workload cluster hub { gateway tier1 <|hub|> }
            service shop on east, west {
                exposed "shop.example.com" via front-us, front-eu through <|hub|> { gslb }
            }`;
        expect(await said(text, 'single-transit-gateway')).toEqual([
            {
                severity: 'info',
                message: `All requests for 'shop.example.com' pass 'hub': when 'hub' fails, 'shop.example.com' is down, whatever stands before and behind. Add a gateway on another cluster behind this \`through\`.`,
                at: 1,
                related: [[0, 'the transit gateway']],
            },
        ]);
    });

    test('in the second of two hops', async () => {
        const text = `${hubs}
            workload cluster inner { gateway tier1 inner }
            service shop on east, west {
                exposed "shop.example.com" via front-us, front-eu through hub-1, hub-2 through <|inner|> { gslb }
            }`;
        expect(await said(text, 'single-transit-gateway')).toMatchObject([{ at: 0 }]);
    });

    test('not with a choice', async () => {
        expect(
            await codesOf(`${hubs}
                service shop on east, west {
                    exposed "shop.example.com" via front-us, front-eu through hub-1, hub-2 { gslb }
                }`),
        ).toEqual([]);
    });
});

describe('only-entry-on-management-cluster', () => {
    test('in place of the single entry gateway', async () => {
        const text = `
            management cluster <|mgmt|> {
                management plane { elasticsearch internal direct }
                gateway tier1 <|front|>
            }
            workload cluster east { gateway ingress }
            workload cluster west { gateway ingress }
            service shop on east, west { exposed "shop.example.com" via <|front|> }`;
        expect(await said(text, 'only-entry-on-management-cluster')).toEqual([
            {
                severity: 'warning',
                message: `Clients of 'shop.example.com' enter on the management cluster only: when 'mgmt' fails, 'shop.example.com' is down, although its instances run on. Add an entry gateway on another cluster, with \`gslb\`.`,
                at: 2,
                related: [
                    [1, 'the entry gateway'],
                    [0, `'mgmt' is the management cluster`],
                ],
            },
        ]);
        expect(await codesOf(text)).toEqual(['only-entry-on-management-cluster', 'tier1-on-management-cluster']);
    });

    test('not with another entry elsewhere: only the gateway itself is told', async () => {
        const text = `
            management cluster mgmt {
                management plane { elasticsearch internal direct }
                gateway tier1 front
            }
            workload cluster dmz { gateway tier1 other }
            workload cluster east { gateway ingress }
            workload cluster west { gateway ingress }
            service shop on east, west { exposed "shop.example.com" via front, other { gslb } }`;
        expect(await codesOf(text)).toEqual(['tier1-on-management-cluster']);
    });
});

describe('host-exposed-twice', () => {
    test('by two services, whatever the case, in two files', async () => {
        const found = await said(
            {
                'a.tsbtopo': `topology demo ${eastAndWest}
                    service shop on east, west { exposed <|"shop.example.com"|> { gslb } }`,
                'b.tsbtopo': `service cart on east, west { exposed <|"Shop.Example.com"|> { gslb } }`,
            },
            'host-exposed-twice',
        );
        expect(found).toEqual([
            {
                severity: 'error',
                message: `'Shop.Example.com' is already exposed by 'shop', so nothing says which of the two services answers. Expose it at the one that requests reach first, and let that one call the other.`,
                at: 1,
                related: [[0, `'shop' exposes it here`]],
            },
        ]);
    });

    test('not by one service twice, which the language tells, and not two hosts', async () => {
        const twice = `${eastAndWest}  service shop on east, west { exposed "a.b" { gslb }  exposed "a.b" { gslb } }`;
        expect(await said(twice, 'host-exposed-twice')).toEqual([]);
        const two = `${eastAndWest}
            service shop on east, west { exposed "a.b" { gslb } }
            service cart on east, west { exposed "b.b" { gslb } }`;
        expect(await codesOf(two)).toEqual([]);
    });
});

test('a gateway that an exposure names is not left over', async () => {
    const text = `${eastAndWest}
        workload cluster hub { gateway ingress hub }
        service shop on east, west { exposed "shop.example.com" via hub }`;
    expect(await said(text, 'gateway-without-service')).toEqual([]);
    expect(await said(text.replace('via hub', '{ gslb }'), 'gateway-without-service')).toHaveLength(1);
});

test('weights of gateways are told with the gateways', async () => {
    const text = `management cluster mgmt
        workload cluster dmz { gateway tier1 front }
        workload cluster east { gateway ingress a  gateway ingress b }
        service shop on east { exposed "shop.example.com" via front to east.a weight 70, east.b weight 30 }`;
    const [found] = await said(text, 'weighted-targets-without-failover');
    expect(found!.message).toContain("is lost (70 % with 'east.a' and 30 % with 'east.b')");
});
