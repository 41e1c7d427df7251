import { describe, expect, it } from 'vitest';
import { fate, hostFate, read } from './read.js';
import { evaluate } from './index.js';

/** Whether the cluster `c` lives. */
async function lives(text: string, ...failed: string[]): Promise<boolean | undefined> {
    return (await fate(text, ...failed)).clusters['c']?.alive;
}

describe('a place', () => {
    const zoned = (where: string) => `region r { zones a, b, c } region s { zones only } workload cluster c ${where}`;

    it.each([
        ['in r', ['region:r'], false],
        ['in r', ['zone:r/a'], true],
        ['in r', ['zone:r/a', 'zone:r/b'], false],
        ['in r/a', ['zone:r/a'], false],
        ['in r/a', ['zone:r/b', 'zone:r/c'], true],
        ['in r/a', ['region:r'], false],
        ['in s', ['zone:s/only'], false],
        ['', ['region:r', 'region:s'], true],
    ])('a cluster %s without %s', async (where, failed, expected) => {
        expect(await lives(zoned(where), ...failed)).toBe(expected);
    });

    const spread = (where: string, zones: string) => `
        region r { zones a, b, c }
        workload cluster c in ${where} { gateway ingress { replicas 2 across zones ${zones} } }
        service s on c { exposed "h" }`;

    it.each([
        ['a, b', ['zone:r/a'], 'unaffected'],
        ['a, b', ['zone:r/b'], 'unaffected'],
        ['a', ['zone:r/a'], 'total'],
        ['a', ['zone:r/b'], 'unaffected'],
        ['a, b', ['zone:r/a', 'zone:r/b'], 'total'],
    ])('a gateway across zones %s without %s', async (zones, failed, expected) => {
        expect((await hostFate(spread('r', zones), ...failed)).severity).toBe(expected);
    });

    it('a gateway cannot be where its cluster is not', async () => {
        const { topology } = await import('../../fixture.js').then(({ estate }) =>
            estate(`management cluster mgmt ${spread('r/a', 'b, c')}`),
        );
        expect(evaluate(topology, ['zone:r/b', 'zone:r/c']).hosts['h']?.severity).toBe('unaffected');
        expect(evaluate(topology, ['zone:r/a']).hosts['h']?.severity).toBe('total');
    });

    it('instances are spread as gateways are', async () => {
        const text = `
            region r { zones a, b }
            workload cluster c in r
            service s { on c { replicas 2 across zones a } }`;
        expect((await fate(text, 'zone:r/a')).services['s']?.homes).toEqual([
            { cluster: 'c', alive: false, serves: false },
        ]);
        expect((await fate(text, 'zone:r/b')).services['s']?.homes).toEqual([
            { cluster: 'c', alive: true, serves: true },
        ]);
    });
});

describe('a plane', () => {
    const text = `
        workload cluster c { gateway ingress }
        service s on c { exposed "h" }`;

    it('of data takes istiod and the gateways, and no workload', async () => {
        const { hosts, services, clusters } = await fate(text, 'c.data-plane');
        expect(hosts['h']?.severity).toBe('total');
        expect(services['s']?.homes[0]?.alive).toBe(true);
        expect(clusters['c']?.operations.localClusterOperations).toBe('limited');
    });

    it('of a dead cluster is dead in each row', async () => {
        expect((await fate(text, 'c')).clusters['c']).toEqual({
            alive: false,
            operations: { runningWorkloads: 'total', localClusterOperations: 'total', metricsCollection: 'total' },
            freshness: null,
        });
    });
});

describe('a telemetry store', () => {
    const metrics = async (store: string, ...failed: string[]) =>
        (
            await fate(
                `region two { zones a, b }
                 region three { zones a, b, c }
                 management cluster mgmt in three { management plane { ${store} } }
                 workload cluster c`,
                ...failed,
            )
        ).operations.metricsCollection;

    it.each([
        // unevenly spread: the zone with most of the members is the one that is lost
        ['elasticsearch external in two direct { replicas 3 }', ['zone:two/a'], 'total'],
        ['elasticsearch external in two direct { replicas 3 across zones a, b }', ['zone:two/b'], 'total'],
        ['elasticsearch external in two direct', ['zone:two/a'], 'unaffected'],
        ['elasticsearch external in two direct { replicas 1 }', ['zone:two/a'], 'unaffected'],
        ['elasticsearch external in two direct { replicas 2 }', ['zone:two/a'], 'total'],
        ['elasticsearch external in two/b direct { replicas 3 }', ['zone:two/a'], 'unaffected'],
        ['elasticsearch external in two/b direct { replicas 3 }', ['zone:two/b'], 'total'],
        ['elasticsearch external in three direct { replicas 3 }', ['zone:three/a'], 'unaffected'],
        ['elasticsearch external in three direct { replicas 4 }', ['zone:three/a'], 'total'],
        ['elasticsearch external in three direct { replicas 5 }', ['zone:three/a'], 'unaffected'],
        ['elasticsearch external in three direct { replicas 5 }', ['zone:three/a', 'zone:three/c'], 'total'],
        ['elasticsearch external in three direct { replicas 3 across zones a, b }', ['zone:three/c'], 'unaffected'],
        ['elasticsearch internal direct { replicas 3 }', ['zone:three/a'], 'unaffected'],
        ['elasticsearch internal direct { replicas 2 }', ['zone:three/a'], 'total'],
        ['elasticsearch internal direct { replicas 3 }', ['mgmt'], 'total'],
        ['banyandb external in two direct { replicas 3 }', ['zone:two/a'], 'unaffected'],
        ['banyandb external in two direct { replicas 2 across zones a, b }', ['zone:two/a'], 'unaffected'],
        ['banyandb external in two direct { replicas 2 across zones a, b }', ['zone:two/a', 'zone:two/b'], 'total'],
    ])('%s without %s', async (store, failed, expected) => {
        expect(await metrics(store, ...failed)).toBe(expected);
    });
});

describe('Postgres', () => {
    const management = async (store: string, ...failed: string[]) =>
        (
            await fate(
                `region r { zones a, b, c }
                 management cluster mgmt { management plane { ${store} } }
                 workload cluster c`,
                ...failed,
            )
        ).operations.managementOperations;

    it.each([
        ['postgres external', ['region:r'], 'unaffected'],
        ['postgres external in r', ['region:r'], 'total'],
        ['postgres external in r { replicas 3 across zones a, b }', ['zone:r/a'], 'unaffected'],
        ['postgres external in r { replicas 3 across zones a, b }', ['zone:r/a', 'zone:r/b'], 'total'],
        ['postgres external in r { replicas 3 across zones a, b }', ['zone:r/a', 'zone:r/c'], 'unaffected'],
    ])('%s without %s', async (store, failed, expected) => {
        expect(await management(store, ...failed)).toBe(expected);
    });
});

describe('virtual machines', () => {
    const machines = (via: string) => `
        workload cluster c { gateway ingress  gateway vm own }
        workload cluster d { gateway vm other }
        service s { on c { virtual machines via ${via} } exposed "h" }`;

    it('live beside their cluster, and count as lost with it', async () => {
        const { services, hosts, clusters } = await fate(machines('own'), 'c');
        expect(services['s']?.homes[0]).toEqual({ cluster: 'c', alive: false, serves: false });
        expect(hosts['h']?.severity).toBe('total');
        expect(clusters['c']?.operations.runningWorkloads).toBe('total');
    });

    it('live on where their gateway stands elsewhere, and nobody reaches them through the dead one', async () => {
        const { services, hosts, clusters } = await fate(machines('other'), 'c');
        expect(services['s']?.homes[0]).toEqual({ cluster: 'c', alive: true, serves: true });
        expect(hosts['h']?.severity).toBe('total');
        expect(clusters['c']?.operations.runningWorkloads).toBe('unaffected');
        expect(clusters['c']?.operations.localClusterOperations).toBe('total');
    });

    it('run on without their own gateway', async () => {
        expect((await fate(machines('own'), 'c.own')).hosts['h']?.severity).toBe('unaffected');
    });
});

describe('a cluster without a service', () => {
    it('runs something that nobody named', async () => {
        const { operations, clusters } = await fate('workload cluster c workload cluster d', 'workload@c');
        expect(operations.runningWorkloads).toBe('limited');
        expect(clusters['c']?.operations.runningWorkloads).toBe('total');
        expect(clusters['d']?.operations.runningWorkloads).toBe('unaffected');
    });

    it.each(['workload cluster c { gateway tier1 }', 'management cluster c { gateway ingress }'])(
        'unless it is there for something else: %s',
        async (text) => {
            const topology = await read(text);
            expect(evaluate(topology, []).clusters['c']?.operations).not.toHaveProperty('runningWorkloads');
        },
    );

    it('and without an edge has no row at all', async () => {
        expect((await fate('workload cluster c')).clusters['mgmt']).toEqual({
            alive: true,
            operations: {},
            freshness: null,
        });
    });
});

describe('copies that are needed', () => {
    const places = 'region two { zones a, b } region three { zones a, b, c }';
    const gateway = (where: string, replicas: string) => `
        ${places}
        workload cluster c in ${where} { gateway ingress { replicas ${replicas} } }
        service s on c { exposed "h" }`;

    it.each([
        ['three', '2 of 3', ['zone:three/a'], 'unaffected'],
        ['three', '2 of 3', ['zone:three/a', 'zone:three/b'], 'total'],
        ['three', '3 of 3', ['zone:three/a'], 'total'],
        ['three', '2 of 2', ['zone:three/c'], 'total'],
        // one zone holds two of four, and it may be that one
        ['three', '3 of 4', ['zone:three/a'], 'total'],
        ['three', '2 of 4', ['zone:three/a'], 'unaffected'],
        ['two', '2 of 3', ['zone:two/b'], 'total'],
        ['two', '2 of 4', ['zone:two/b'], 'unaffected'],
        ['two', '3 of 4 across zones a', ['zone:two/b'], 'unaffected'],
        ['two', '2 of 4 across zones a, b', ['zone:two/b'], 'unaffected'],
        ['two', '2 of 4 across zones a, b', ['region:two'], 'total'],
        ['two/a', '2 of 2', ['zone:two/b'], 'unaffected'],
        ['two/a', '2 of 4', ['zone:two/a'], 'total'],
        // as if it were not said
        ['three', '1 of 3 across zones a, b', ['zone:three/a'], 'unaffected'],
        ['three', '1 of 3 across zones a, b', ['zone:three/a', 'zone:three/b'], 'total'],
    ])('a gateway in %s with replicas %s, without %s', async (where, replicas, failed, expected) => {
        expect((await fate(gateway(where, replicas), ...failed)).hosts['h']?.severity).toBe(expected);
    });

    it.each([
        ['elasticsearch', '1 of 3', ['zone:three/a', 'zone:three/b'], 'unaffected'],
        ['elasticsearch', '1 of 3', ['zone:three/a', 'zone:three/b', 'zone:three/c'], 'total'],
        ['elasticsearch', '3 of 3', ['zone:three/a'], 'total'],
        ['elasticsearch', '1 of 1', ['zone:three/a'], 'unaffected'],
        ['banyandb', '2 of 3', ['zone:three/a'], 'unaffected'],
        ['banyandb', '2 of 3', ['zone:three/a', 'zone:three/c'], 'total'],
    ])('%s with replicas %s, without %s', async (store, replicas, failed, expected) => {
        const text = `${places} workload cluster c
            management cluster mgmt {
                management plane { ${store} external in three direct { replicas ${replicas} } }
            }`;
        expect((await fate(text, ...failed)).clusters['c']?.operations.metricsCollection).toBe(expected);
    });

    it('are asked of homes, and of Postgres', async () => {
        const text = `${places} workload cluster c in two
            management cluster mgmt { management plane { postgres external in two { replicas 2 of 3 } } }
            service s { on c { replicas 2 of 3 } }`;
        const { services, operations } = await fate(text, 'zone:two/a');
        expect(services['s']?.severity).toBe('total');
        expect(operations.managementOperations).toBe('total');
    });
});
