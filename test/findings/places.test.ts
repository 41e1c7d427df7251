import { describe, expect, test } from 'vitest';
import { codesOf, said } from './traffic-check.js';

const mgmt = 'management cluster mgmt { management plane { elasticsearch internal direct } }';

describe('zones-outside-cluster', () => {
    const region = 'region us { zones a, b, c }';

    test('everything on one cluster that claims other zones, once', async () => {
        const text = `${mgmt}  ${region}
            workload cluster east in <|us/a|> { gateway ingress, east-west gw { <|replicas 3 across zones a, b|> } }
            service shop { on east { <|replicas 2 across zones b, c|> }  no failover }`;
        expect(await said(text, 'zones-outside-cluster')).toEqual([
            {
                severity: 'warning',
                message: `'east' stands in zone 'us/a', and 'gw' and 'shop' there cannot spread across zones 'a', 'b' and 'c': what runs on a cluster is lost with the cluster's zone. Say that 'east' stands in 'us', or take \`across zones\` out.`,
                at: 0,
                related: [
                    [1, 'claimed here'],
                    [2, 'claimed here'],
                ],
            },
        ]);
    });

    test('a store inside the management cluster, and not one outside', async () => {
        const store = (placement: string) => `${region}  workload cluster east
            management cluster mgmt in <|us/a|> {
                management plane { elasticsearch ${placement} direct { replicas 3 across zones a, b, c } }
            }`;
        expect(await said(store('internal'), 'zones-outside-cluster')).toMatchObject([{ at: 0 }]);
        expect(await said(store('external in us'), 'zones-outside-cluster')).toEqual([]);
    });

    test('not where the cluster stands in the whole region, in the zone that is claimed, or for virtual machines', async () => {
        const cluster = (place: string, zones: string) => `${mgmt}  ${region}
            workload cluster east in ${place} { gateway ingress { replicas 3 across zones ${zones} } }`;
        expect(await said(cluster('us', 'a, b'), 'zones-outside-cluster')).toEqual([]);
        expect(await said(cluster('us/a', 'a'), 'zones-outside-cluster')).toEqual([]);
        const machines = `${mgmt}  ${region}  workload cluster east in us/a { gateway vm }
            service old { on east { virtual machines  replicas 2 across zones a, b } }`;
        expect(await said(machines, 'zones-outside-cluster')).toEqual([]);
    });
});

describe('management-in-two-places', () => {
    const management = (cluster: string, postgres: string) => `
        region us { zones a, b }  region eu  workload cluster east
        management cluster mgmt in ${cluster} { management plane { postgres ${postgres} elasticsearch internal direct } }`;

    test('two regions, and two zones', async () => {
        expect(await said(management('<|us/a|>', 'external in <|eu|>'), 'management-in-two-places')).toEqual([
            {
                severity: 'info',
                message: `Management needs region 'us' and region 'eu' at once: 'mgmt' stands in the one, Postgres in the other, so either failure ends it. Keep both in one place, and a backup of Postgres in another.`,
                at: 1,
                related: [[0, `'mgmt' stands here`]],
            },
        ]);
        const [zones] = await said(management('us/a', 'external in us/b'), 'management-in-two-places');
        expect(zones?.message).toContain(`needs zone 'us/a' and zone 'us/b' at once`);
    });

    test.each([
        ['us/a', 'external in us'],
        ['us/a', 'external in us/a'],
        ['us', 'external in us/b'],
        ['us/a', 'external in us/b { replicas 3 across zones a, b }'],
        ['us', 'external'],
        ['us', 'internal'],
    ])('not of %s with postgres %s', async (cluster, postgres) => {
        expect(await said(management(cluster, postgres), 'management-in-two-places')).toEqual([]);
    });
});

describe('homes-in-one-place', () => {
    const clusters = `${mgmt}
        region us { zones a, b }  region eu
        workload cluster us-1 in <|us/a|> { gateway ingress }
        workload cluster us-2 in <|us/b|> { gateway ingress }
        workload cluster us-3 in us/a { gateway ingress }
        workload cluster eu-1 in eu { gateway ingress }`;
    const shop = (homes: string, rest = '{ gslb }') =>
        `${clusters}  service shop on ${homes} { exposed "a.b" ${rest} }`;

    test('several homes in one region', async () => {
        expect(await said(shop('<|us-1|>, us-2'), 'homes-in-one-place')).toEqual([
            {
                severity: 'hint',
                message: `All clusters of 'shop' stand in region 'us' ('us-1' and 'us-2'): when that is lost, 'a.b' is down. Run it in another region, too, if that is to be outlived.`,
                at: 2,
                related: [
                    [0, `'us-1' stands here`],
                    [1, `'us-2' stands here`],
                ],
            },
        ]);
    });

    test('once for the estate, where several services keep to a region', async () => {
        const text = `${shop('<|us-1|>, us-2')}  service cart on <|us-2|>, us-1 { exposed "b.b" { gslb } }`;
        const found = await said(text, 'homes-in-one-place');
        expect(found).toEqual([
            {
                severity: 'hint',
                message: `All clusters of 'shop' and 'cart' stand in one region each: when it is lost, 'a.b' and 'b.b' are down. Run them in another region, too, if that is to be outlived.`,
                at: 2,
                related: [
                    [2, `'shop' in region 'us'`],
                    [3, `'cart' in region 'us'`],
                ],
            },
        ]);
    });

    test('several homes in one zone are a warning', async () => {
        expect(await said(shop('<|us-1|>, us-3'), 'homes-in-one-place')).toMatchObject([
            { severity: 'warning', at: 2 },
        ]);
        const oneRegion = shop('us-1, us-3')
            .replace('region eu', '')
            .replace('workload cluster eu-1 in eu { gateway ingress }', '');
        expect(await said(oneRegion, 'homes-in-one-place')).toHaveLength(1);
    });

    test('not of homes in two regions, of one home, of homes of which nobody knows where, nor of what nobody reaches', async () => {
        expect(await codesOf(shop('us-1, eu-1'))).toEqual([]);
        expect(await said(shop('us-1'), 'homes-in-one-place')).toEqual([]);
        const unknown = `${shop('us-1, x')}  workload cluster x { gateway ingress }`;
        expect(await said(unknown, 'homes-in-one-place')).toEqual([]);
        expect(await said(`${clusters}  service shop on us-1, us-2`, 'homes-in-one-place')).toEqual([]);
    });

    test('not where the estate knows no other place', async () => {
        const one = `${mgmt}  region us { zones a }
            workload cluster us-1 in us/a { gateway ingress }  workload cluster us-2 in us/a { gateway ingress }
            service shop on us-1, us-2 { exposed "a.b" { gslb } }`;
        expect(await codesOf(one)).toEqual([]);
    });
});

describe('entries-in-one-place', () => {
    const text = (second: string, homes = 'us-1, eu-1') => `${mgmt}
        region us { zones a, b }  region eu
        workload cluster dmz-1 in us { gateway tier1 front-1 }
        workload cluster dmz-2 in ${second} { gateway tier1 front-2 }
        workload cluster us-1 in us { gateway ingress }
        workload cluster eu-1 in eu { gateway ingress }
        workload cluster us-2 in us { gateway ingress }
        service shop on ${homes} { exposed "a.b" via <|front-1, front-2|> { gslb } }`;

    test('several entries in one region, in front of homes in two', async () => {
        expect(await said(text('us'), 'entries-in-one-place')).toMatchObject([
            {
                severity: 'hint',
                message: `All entries of 'a.b' stand in region 'us' ('front-1' and 'front-2'): when that is lost, 'a.b' is down, although its instances run on elsewhere. Add an entry gateway in another region.`,
                at: 0,
            },
        ]);
    });

    test('not in two regions, nor where the homes stand there, too, which is told of the homes', async () => {
        expect(await said(text('eu'), 'entries-in-one-place')).toEqual([]);
        const there = text('us', 'us-1, us-2');
        expect(await said(there, 'entries-in-one-place')).toEqual([]);
        expect(await said(there, 'homes-in-one-place')).toHaveLength(1);
    });
});
