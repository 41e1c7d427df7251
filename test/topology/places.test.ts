import { describe, expect, test } from 'vitest';
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

describe('virtual machines stand beside their cluster, in its place', () => {
    const extra = 'service legacy { on pinned { virtual machines } }';
    test.each([
        ['pinned', true],
        ['zone:us/a', false],
        ['region:us', false],
        ['service:legacy', false],
    ])('when %s fails: stay %s', async (failure, stay) => {
        expect(await survives('legacy@pinned', failure, extra)).toBe(stay);
    });
});
