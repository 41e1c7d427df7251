import { describe, expect, it } from 'vitest';
import { fate, marks } from './read.js';

const reference = `
    management cluster mgmt
    workload cluster east
    workload cluster west
    service shop on east, west`;

const plane = 'mgmt.management-plane';

describe('the published scenarios', () => {
    it.each([
        ['east', '⚠️ ⚠️ ⚠️ ✅'],
        ['east.edge-control-plane', '✅ ⚠️ ⚠️ ✅'],
        ['link:east/mgmt', '✅ ⚠️ ⚠️ ✅'],
        ['mgmt.central-control-plane', '✅ ⚠️ ✅ ✅'],
        [plane, '✅ ✅ ⚠️ ❌'],
        ['mgmt', '✅ ⚠️ ❌ ❌'],
    ])('%s', async (failed, expected) => {
        expect(marks(await fate(reference, failed))).toBe(expected);
    });
});

describe('other architectures', () => {
    const built = (
        settings: string,
        clusters = 'workload cluster east workload cluster west service shop on east, west',
    ) => `management cluster mgmt { ${settings} } ${clusters}`;
    const proxied = 'management plane { elasticsearch internal via front-envoy }';

    it.each([
        [built(proxied), plane, '✅ ✅ ❌ ❌'],
        [built('central control plane { listener front-envoy }'), plane, '✅ ⚠️ ⚠️ ❌'],
        [built(`${proxied} central control plane { listener front-envoy }`), plane, '✅ ⚠️ ❌ ❌'],
        [built('management plane { elasticsearch external }'), 'mgmt', '✅ ⚠️ ⚠️ ❌'],
        [built('', 'workload cluster east service shop on east'), 'east', '❌ ❌ ❌ ✅'],
        [built('', 'workload cluster east service shop on east'), 'east.edge-control-plane', '✅ ⚠️ ❌ ✅'],
        [built('', 'workload cluster east service shop on east'), 'link:east/mgmt', '✅ ⚠️ ❌ ✅'],
    ])('%s, without %s', async (text, failed, expected) => {
        expect(marks(await fate(text, failed))).toBe(expected);
    });
});

describe('compound failures and parts', () => {
    // the estate of the domain document, section 5.5
    const estate = `
        region a
        region b
        management cluster mgmt in a
        workload cluster t1 in a { gateway tier1 }
        workload cluster t2 in b { gateway tier1 }
        workload cluster c1 in a { gateway ingress, east-west ew1 }
        workload cluster c2 in a { gateway east-west ew2 }
        workload cluster c3 in b { gateway ingress, east-west ew3 }
        service web on c1, c3 { exposed "h" via t1.tier1, t2.tier1 { gslb } calls api }
        service api on c1, c2, c3 { calls db failover east-west }
        service db on c2 { failover east-west }`;

    it.each([
        [['c1.edge-control-plane', 'mgmt'], '✅ ⚠️ ❌ ❌'],
        [['store:postgres'], '✅ ✅ ✅ ❌'],
        [['store:elasticsearch'], '✅ ✅ ❌ ⚠️'],
        [[`${plane}.iam`], '✅ ✅ ⚠️ ❌'],
        [['store:iam-signing-key'], '✅ ✅ ✅ ✅'],
        [[`${plane}.mpc`], '✅ ✅ ✅ ✅'],
        [[`${plane}.oap`], '✅ ✅ ✅ ⚠️'],
        [[`${plane}.web`], '✅ ✅ ✅ ⚠️'],
        [['c1.istiod'], '✅ ⚠️ ✅ ✅'],
        [['c2.ew2'], '⚠️ ✅ ✅ ✅'],
        [['c1.ew1', 't1.tier1'], '✅ ✅ ✅ ✅'],
        [['t1'], '✅ ⚠️ ⚠️ ✅'],
        [['t1.tier1', 't2.tier1'], '⚠️ ✅ ✅ ✅'],
        [['t1', 't2'], '⚠️ ⚠️ ⚠️ ✅'],
        [['c1', 'c3'], '⚠️ ⚠️ ⚠️ ✅'],
        [['c1', 'c2', 'c3'], '❌ ⚠️ ⚠️ ✅'],
        [['t1', 't2', 'c1', 'c2', 'c3'], '❌ ❌ ❌ ✅'],
    ])('%s', async (failed, expected) => {
        expect(marks(await fate(estate, ...failed))).toBe(expected);
    });

    it('without mpc nothing is delivered, though no mark tells', async () => {
        const { clusters } = await fate(estate, `${plane}.mpc`);
        expect(clusters['c1']?.freshness).toBe('queued');
    });
});
