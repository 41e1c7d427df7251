import { describe, expect, test } from 'vitest';
import { marksOf, simulated } from './check.js';

/** The estate of section 5.5: three clusters in two regions, services that lean on each other, two tier1 clusters. */
const estateText = (plane = '', central = '') => `
topology compound
region a
region b
management cluster mgmt in a {
    management plane { postgres external  ${plane} }
    central control plane { ${central} }
}
workload cluster c1 in a { gateway ingress, east-west gw1 }
workload cluster c2 in a { gateway ingress, east-west gw2 }
workload cluster c3 in b { gateway ingress, east-west gw3 }
workload cluster dmz1 in a { gateway tier1 front1 }
workload cluster dmz2 in b { gateway tier1 front2 }
service web on c1, c3 { exposed "shop.example.com" via front1, front2 { gslb }  calls api }
service api on c1, c2, c3 { calls db  failover east-west }
service db on c2`;

const plain = estateText();
const proxied = estateText('elasticsearch via front-envoy', 'listener front-envoy');
const sharedListener = estateText('', 'listener front-envoy');

describe('the rows of section 5.5 that need neither clock nor traffic path', () => {
    test.each([
        ['edge control plane and management cluster', ['c1.edge', 'mgmt'], '✅ ⚠️ ❌ ❌'],
        ['Postgres', ['postgres'], '✅ ✅ ✅ ❌'],
        ['Elasticsearch', ['elasticsearch'], '✅ ✅ ❌ ⚠️'],
        ['iam', ['iam'], '✅ ✅ ⚠️ ❌'],
        ['mpc', ['mpc'], '✅ ✅ ✅ ✅'],
        ['OAP of the management plane', ['mgmt.mp.oap'], '✅ ✅ ✅ ⚠️'],
        ['web UI', ['mp.web'], '✅ ✅ ✅ ⚠️'],
        ['istiod, at the moment', ['c1.istiod'], '✅ ⚠️ ✅ ✅'],
        ['east-west gateway of the first cluster', ['gw1'], '✅ ✅ ✅ ✅'],
        ['one of two tier1 clusters', ['dmz1'], '✅ ⚠️ ⚠️ ✅'],
        ['both homes of web', ['c1', 'c3'], '⚠️ ⚠️ ⚠️ ✅'],
        ['all workload clusters', ['c1', 'c2', 'c3', 'dmz1', 'dmz2'], '❌ ❌ ❌ ✅'],
    ])('%s', async (_, failures, expected) => {
        expect(await marksOf(plain, failures)).toBe(expected);
    });

    test.each([
        ['iam', proxied, '✅ ✅ ❌ ❌'],
        ['front-envoy', sharedListener, '✅ ⚠️ ⚠️ ❌'],
        ['front-envoy', proxied, '✅ ⚠️ ❌ ❌'],
        ['mp', proxied, '✅ ⚠️ ❌ ❌'],
    ])('%s where more passes the front door', async (failure, text, expected) => {
        expect(await marksOf(text, [failure])).toBe(expected);
    });

    test('four green marks, and yet no change is delivered anywhere: mpc', async () => {
        const { clusters } = await simulated(plain, ['mpc']);
        const judged = clusters.filter((cluster) => cluster.freshness !== undefined);
        expect(judged.map(({ freshness }) => freshness)).toEqual(['queued', 'queued', 'queued', 'queued', 'queued']);
    });

    test('both homes of web: the estate is limited, web is gone', async () => {
        const { services } = await simulated(plain, ['c1', 'c3']);
        expect(services.map(({ name, severity }) => `${name} ${severity}`)).toEqual([
            'web total',
            'api limited',
            'db unaffected',
        ]);
    });

    test('partition: what is written does not reach the other region', async () => {
        const { clusters } = await simulated(plain, ['link:c3/mgmt', 'link:dmz2/mgmt']);
        const freshness = Object.fromEntries(clusters.map((cluster) => [cluster.name, cluster.freshness]));
        expect(freshness).toEqual({ c1: 'live', c2: 'live', c3: 'queued', dmz1: 'live', dmz2: 'queued' });
    });
});
