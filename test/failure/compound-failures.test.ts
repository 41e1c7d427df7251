import { describe, expect, test } from 'vitest';
import { pointAt } from '../../server/failure/timeline.js';
import { usedUp } from '../../server/impact/next.js';
import { recoverySteps } from '../../server/impact/recovery.js';
import { restorationDangers, whatIsLost } from '../../server/impact/restoration.js';
import { marks } from '../../server/impact/summary.js';
import { marksOf, scenario, simulated } from './check.js';

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

    test('edge control plane and management cluster: the same marks, but more to bring back', async () => {
        const steps = recoverySteps(await simulated(plain, ['mgmt', 'c1.edge'])).map(({ text }) => text);
        expect(steps[0]).toMatch(/^If `mgmt` comes back/);
        expect(steps[1]).toMatch(/^Once the edge control plane of `c1` is available again/);
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

describe('the rows of section 5.5 that need time', () => {
    const hour = 3_600;
    const day = 24 * hour;

    /** The marks at these times, as bad as it can be. */
    async function marksAt(text: string, failures: string[], times: number[], options = {}): Promise<string[]> {
        const { timeline } = await scenario(text, failures, options);
        return times.map((at) => marks(pointAt(timeline, at).outcome.operations));
    }

    test('iam: local operations suffer when the tokens have run out', async () => {
        expect(await marksAt(plain, ['iam'], [hour - 1, hour])).toEqual(['✅ ✅ ⚠️ ❌', '✅ ⚠️ ❌ ❌']);
    });

    test('istiod: workloads suffer within 24 hours', async () => {
        const { timeline } = await scenario(plain, ['c1.istiod']);
        const read = (at: number) =>
            (['earliest', 'latest'] as const).map((reading) =>
                marks(pointAt(timeline, at)[reading].outcome.operations),
            );
        expect(read(11 * hour)).toEqual(['✅ ⚠️ ✅ ✅', '✅ ⚠️ ✅ ✅']);
        expect(read(12 * hour)).toEqual(['⚠️ ⚠️ ✅ ✅', '✅ ⚠️ ✅ ✅']);
        expect(read(day)).toEqual(['⚠️ ⚠️ ✅ ✅', '⚠️ ⚠️ ✅ ✅']);
    });

    test('iam-signing-key: nothing until the management plane starts anew; all is well 15 minutes after it is recovered', async () => {
        const options = { restarts: ['mp'], at: hour, duration: 2 * hour };
        const times = [0, hour - 1, hour, 2 * hour, 2 * hour + 900];
        expect(await marksAt(plain, ['iam-signing-key'], times, options)).toEqual([
            '✅ ✅ ✅ ✅',
            '✅ ✅ ✅ ✅',
            '✅ ⚠️ ❌ ✅',
            '✅ ⚠️ ❌ ✅',
            '✅ ✅ ✅ ✅',
        ]);
        const { outcome } = await scenario(plain, ['iam-signing-key']);
        expect(restorationDangers(outcome).join()).toMatch(/On each of 5 clusters delete `otel-token`, `oap-token`/);
    });

    test('Postgres: what is restored is old, and goes to every cluster', async () => {
        const embedded = await simulated(estateText().replace('postgres external', 'postgres internal'), ['postgres']);
        expect(whatIsLost(embedded).join()).toMatch(/backed up daily unless that was changed, so up to 1 d of them/);
        expect(restorationDangers(embedded).join()).toMatch(
            /older configuration, and central pushes it to all 5 clusters/,
        );
    });

    test('east-west gateway of the first cluster: four green marks, and the next failure matters', async () => {
        const outcome = await simulated(plain, ['gw1']);
        const [gravest] = usedUp(outcome);
        expect(gravest!.elements.map(({ name }) => name)).toEqual(['c3.gw3']);
        expect(gravest!.harms.told).toContainEqual({ kind: 'host-down', what: 'shop.example.com' });
    });

    test('one of two tier1 gateways: the other one matters now', async () => {
        const outcome = await simulated(plain, ['front1']);
        expect(usedUp(outcome)[0]!.elements.map(({ name }) => name)).toEqual(['dmz2.front2']);
    });
});

describe('on real topologies the published table can be wrong', () => {
    test('the only way in stands in the management cluster', async () => {
        const text = `management cluster mgmt { gateway tier1 front }
            workload cluster east { gateway ingress }
            workload cluster west { gateway ingress }
            service web on east, west { exposed "shop.example.com" via front }`;
        const { operations, hosts } = await simulated(text, ['mgmt']);
        // web runs on, and nobody reaches it
        expect(marks(operations)).toBe('❌ ⚠️ ❌ ❌');
        expect(hosts.map(({ host, severity }) => `${host} ${severity}`)).toEqual(['shop.example.com total']);
    });

    test('weights: half of the requests are lost with a cluster, and nothing moves', async () => {
        const text = `management cluster mgmt
            workload cluster dmz { gateway tier1 front }
            workload cluster east { gateway ingress }
            workload cluster west { gateway ingress }
            service web on east, west { exposed "shop.example.com" via front to east weight 50, west weight 50 }`;
        const [host] = (await simulated(text, ['east'])).hosts;
        expect(host).toMatchObject({ severity: 'limited', lostShare: 0.5 });
        expect(host!.gapSeconds).toBeNull();
    });

    test('Elasticsearch through front-envoy, the listener its own', async () => {
        expect(await marksOf(estateText('elasticsearch via front-envoy'), ['mp'])).toBe('✅ ✅ ❌ ❌');
    });
});
