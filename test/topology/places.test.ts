import { describe, expect, test } from 'vitest';
import { explainer } from '../../server/failure/explain.js';
import { isAlive } from '../../server/failure/outcome.js';
import { simulated } from '../failure/check.js';

const text = (extra: string) => `
region us { zones a, b, c }
region eu { zones x }
management cluster mgmt
workload cluster pinned in us/a
workload cluster other in us/b
workload cluster free in us
workload cluster lone in eu
workload cluster nowhere
${extra}`;

/** Whether an element of that estate, with a line added, is still there after these failures. */
async function survives(element: string, failures: string, extra = ''): Promise<boolean> {
    return isAlive(await simulated(text(extra), failures.split(' ')), element);
}

describe('what regions and zones take along', () => {
    test.each([
        ['pinned', 'zone:us/a', false],
        ['pinned', 'zone:us/b', true],
        ['pinned', 'region:us', false],
        ['pinned.istiod', 'zone:us/a', false],
        ['other', 'zone:us/a', true],
        ['free', 'zone:us/a', true],
        ['free', 'zone:us/a zone:us/b', false],
        ['free', 'zone:us/b zone:us/c', false],
        ['free', 'zone:us/a zone:eu/x', true],
        ['free', 'region:us', false],
        ['lone', 'zone:eu/x', false],
        ['nowhere', 'region:us region:eu', true],
        ['zone:us/a', 'region:us', false],
        ['region:us', 'zone:us/a zone:us/b zone:us/c', true],
    ])('%s, when %s fails: stays %s', async (element, failures, stays) => {
        expect(await survives(element, failures)).toBe(stays);
    });
});

describe('copies across zones are lost with the last of their zones', () => {
    const service = 'service shop { on free { replicas 3 across zones a, b, c } }';
    const gateway = 'workload cluster dmz in us { gateway tier1 front { replicas 2 across zones a, b } }';
    test.each([
        [service, 'shop@free', 'zone:us/a', true],
        // two zones take the cluster along, although the copy in the third would stay
        [service, 'shop@free', 'zone:us/a zone:us/b', false],
        [gateway, 'dmz.front', 'zone:us/a', true],
        [gateway, 'dmz.front', 'zone:us/c', true],
        [gateway, 'dmz.front', 'zone:us/a zone:us/b', false],
        [gateway, 'dmz.front', 'dmz.data-plane', false],
    ])('%s: %s, when %s fails: stays %s', async (extra, element, failures, stays) => {
        expect(await survives(element, failures, extra)).toBe(stays);
    });

    test.each([
        ['zone:us/a', true],
        ['zone:us/a zone:us/b', true],
        ['zone:us/a zone:us/b zone:us/c', false],
        ['region:us', false],
    ])('a store outside, when %s fails: stays %s', async (failures, stays) => {
        const plane = 'management plane { postgres external in us { replicas 3 across zones a, b, c } }';
        const outcome = await simulated(
            text('').replace('cluster mgmt', `cluster mgmt { ${plane} }`),
            failures.split(' '),
        );
        expect(isAlive(outcome, 'store:postgres')).toBe(stays);
    });
});

describe('what runs in a cluster stands where its cluster does, whatever zones it claims', () => {
    const gateway = 'workload cluster dmz in us/a { gateway tier1 front { replicas 2 across zones b, c } }';
    const service = 'service shop { on pinned { replicas 2 across zones b, c } }';
    const store = (kind: string) => `management plane { ${kind} internal { replicas 3 across zones b, c } }`;
    test.each([
        [gateway, 'dmz.front'],
        [service, 'shop@pinned'],
    ])('%s: %s', async (extra, element) => {
        expect(await survives(element, 'zone:us/b zone:us/c', extra)).toBe(true);
        expect(await survives(element, 'zone:us/a', extra)).toBe(false);
    });

    test.each(['postgres', 'elasticsearch', 'banyandb'])('an internal store, %s', async (kind) => {
        const estate = text('').replace('cluster mgmt', `cluster mgmt in us/a { ${store(kind)} }`);
        const isThere = async (failures: string) =>
            isAlive(await simulated(estate, failures.split(' ')), `store:${kind}`);
        expect(await isThere('zone:us/b zone:us/c')).toBe(true);
        expect(await isThere('zone:us/a')).toBe(false);
    });
});

describe('a store that elects is lost with its majority', () => {
    /** Whether the store is there after so many zones of a region of four have failed, first to last. */
    async function staysWithout(failed: number, store: string, cluster = 'mgmt'): Promise<boolean> {
        const zones = ['a', 'b', 'c', 'd'].slice(0, failed).map((zone) => `zone:us/${zone}`);
        const outcome = await simulated(
            `region us { zones a, b, c, d }
             management cluster ${cluster} { management plane { ${store} } }
             workload cluster east`,
            zones,
        );
        const { kind } = outcome.graph.elements.all.find(({ kind }) => /elastic|banyan/.test(kind))!;
        return isAlive(outcome, `store:${kind}`);
    }

    test.each([
        ['elasticsearch external in us { replicas 3 across zones a, b, c }', 1],
        ['elasticsearch external in us { replicas 5 across zones a, b, c }', 1],
        // two of the four stand in one zone, and nobody knows in which
        ['elasticsearch external in us { replicas 4 across zones a, b, c }', 0],
        ['elasticsearch external in us { replicas 3 across zones a, b }', 0],
        ['elasticsearch external in us { replicas 2 across zones a, b }', 0],
        // without zones in all of the region
        ['elasticsearch external in us { replicas 3 }', 1],
        ['elasticsearch external in us { replicas 7 }', 1],
        ['elasticsearch external in us { replicas 8 }', 1],
        ['elasticsearch external in us { replicas 4 }', 1],
        ['elasticsearch external in us { replicas 2 }', 0],
        // one member elects nobody
        ['elasticsearch external in us { replicas 1 }', 1],
        ['elasticsearch external in us', 1],
        // so many as the file says
        ['elasticsearch external in us { replicas 1 of 3 across zones a, b, c }', 2],
        ['elasticsearch external in us { replicas 3 of 5 across zones a, b, c, d }', 1],
        ['banyandb external in us { replicas 2 of 3 across zones a, b, c }', 1],
        ['banyandb external in us { replicas 3 of 3 across zones a, b, c }', 0],
        ['banyandb external in us { replicas 1 of 3 across zones a, b, c }', 2],
        ['banyandb external in us { replicas 2 of 8 }', 3],
        ['banyandb external in us { replicas 7 of 8 }', 0],
        // these do not elect
        ['banyandb external in us { replicas 3 across zones a, b, c }', 2],
        ['banyandb external in us { replicas 3 }', 1],
    ])('%s survives the loss of %i zones, not of one more', async (store, survived) => {
        expect(await staysWithout(survived, store)).toBe(true);
        expect(await staysWithout(survived + 1, store)).toBe(false);
    });

    test('inside a cluster that stands in the region', async () => {
        expect(await staysWithout(1, 'elasticsearch internal { replicas 3 }', 'mgmt in us')).toBe(true);
        expect(await staysWithout(1, 'elasticsearch internal { replicas 2 }', 'mgmt in us')).toBe(false);
    });

    test('three members in a region of two zones do not survive one', async () => {
        const estate = `region eu { zones x, y }
            management cluster mgmt in eu { management plane { elasticsearch internal { replicas 3 } } }
            workload cluster east`;
        const { effects, clusters, operations } = await simulated(estate, ['zone:eu/x']);
        expect(clusters.every(({ alive }) => alive)).toBe(true);
        expect(operations).toMatchObject({ metricsCollection: 'total', managementOperations: 'limited' });
        expect(effects.map(({ facet }) => facet.flow)).toContain('dashboards');
    });

    test('the chain says so', async () => {
        const outcome = await simulated(
            `region eu { zones x, y, z }
             management cluster mgmt { management plane { elasticsearch external in eu { replicas 3 } } }
             workload cluster east`,
            ['zone:eu/x', 'zone:eu/y'],
        );
        const { node } = outcome.effects.find(({ facet }) => facet.flow === 'application-metrics')!;
        const chain = JSON.stringify(explainer(outcome)(node));
        expect(chain).toContain('without a majority of its members');
    });
});

describe('gateways and homes of which several copies are needed', () => {
    const text = (replicas: string, place = 'us') => `region us { zones a, b, c }
        management cluster mgmt
        workload cluster east in ${place} { gateway ingress { ${replicas} } }
        service shop { on east { ${replicas} } exposed "shop.example.com" }`;
    const areThere = async (estate: string, ...failures: string[]) => {
        const outcome = await simulated(estate, failures);
        return [isAlive(outcome, 'east.ingress'), isAlive(outcome, 'shop@east')];
    };

    test('are lost with the zones that leave too few', async () => {
        const two = (zones: string) => text(`replicas 2 of 3 across zones ${zones}`);
        expect(await areThere(two('a, b, c'), 'zone:us/a')).toEqual([true, true]);
        // two of the three stand in one of the zones, and nobody knows in which
        expect(await areThere(two('a, b'), 'zone:us/a')).toEqual([false, false]);
        expect(await areThere(text('replicas 3 across zones a, b'), 'zone:us/a')).toEqual([true, true]);
        expect(await areThere(text('replicas 3 of 3'), 'zone:us/b')).toEqual([false, false]);
        expect(await areThere(text('replicas 3'), 'zone:us/b')).toEqual([true, true]);
        expect(await areThere(text('replicas 2 of 3', 'us/a'), 'zone:us/b')).toEqual([true, true]);
    });

    test('the chain says so', async () => {
        const outcome = await simulated(text('replicas 3 of 3'), ['zone:us/b']);
        const { node } = outcome.effects.find(({ facet }) => facet.flow === 'host-reachable')!;
        expect(JSON.stringify(explainer(outcome)(node))).toContain('fewer copies are left there than it needs');
    });
});

describe('virtual machines stand beside their cluster, in its place', () => {
    const extra = 'service legacy { on pinned { virtual machines } }';
    test.each([
        // they are reached through its gateways, and count as lost with it
        ['pinned', false],
        ['zone:us/a', false],
        ['region:us', false],
        ['service:legacy', false],
    ])('when %s fails: stay %s', async (failure, stay) => {
        expect(await survives('legacy@pinned', failure, extra)).toBe(stay);
    });

    test('they live on without it where their vm gateway stands elsewhere', async () => {
        const elsewhere = `workload cluster door { gateway vm vm-gw }
            service legacy { on pinned { virtual machines via door.vm-gw } }`;
        expect(await survives('legacy@pinned', 'pinned', elsewhere)).toBe(true);
        expect(await survives('legacy@pinned', 'zone:us/a', elsewhere)).toBe(false);
    });
});
