import { describe, expect, it } from 'vitest';
import { fate, hostFate, marks } from './read.js';

describe('what is required at every moment', () => {
    const text = (requirement: string, of: 'cluster' | 'gateway' | 'edge' = 'cluster') => `
        region r
        external service one in r
        external service other
        workload cluster c {
            ${of === 'cluster' ? requirement : ''}
            edge control plane { ${of === 'edge' ? requirement : ''} }
            gateway ingress { ${of === 'gateway' ? requirement : ''} }
        }
        workload cluster d { gateway ingress }
        service web on c { exposed "h" }`;

    it('takes a cluster along, and all that is in it', async () => {
        const { clusters, hosts, services } = await fate(text('requires one'), 'external:one');
        expect(clusters['c']).toMatchObject({ alive: false, freshness: null });
        expect(clusters['c']?.operations.localClusterOperations).toBe('total');
        expect(clusters['d']?.alive).toBe(true);
        expect(hosts['h']?.severity).toBe('total');
        expect(services['web']?.homes).toEqual([{ cluster: 'c', alive: false, serves: false }]);
    });

    it('is lost with its place', async () => {
        expect((await fate(text('requires one'), 'region:r')).clusters['c']?.alive).toBe(false);
        expect((await fate(text('requires other'), 'region:r')).clusters['c']?.alive).toBe(true);
    });

    it('is lost with the last of several, where one will do', async () => {
        const either = text('requires one or other');
        expect((await fate(either, 'external:one')).clusters['c']?.alive).toBe(true);
        expect((await fate(either, 'external:one', 'external:other')).clusters['c']?.alive).toBe(false);
    });

    it('is lost with any of several, where all are named', async () => {
        expect((await fate(text('requires one, other'), 'external:other')).clusters['c']?.alive).toBe(false);
    });

    it('by a part takes that part alone', async () => {
        const gateway = await fate(text('requires one', 'gateway'), 'external:one');
        expect(gateway.clusters['c']?.alive).toBe(true);
        expect(gateway.hosts['h']?.severity).toBe('total');
        expect(gateway.services['web']?.homes[0]?.alive).toBe(true);
        const edge = await fate(text('requires one', 'edge'), 'external:one');
        expect(edge.clusters['c']).toMatchObject({ alive: true, freshness: 'queued' });
        expect(edge.hosts['h']?.severity).toBe('unaffected');
    });

    it.each([
        ['postgres external { requires okta }', '✅ ✅ ✅ ❌'],
        ['elasticsearch external { requires okta }', '✅ ✅ ❌ ⚠️'],
        ['identity-provider external { requires okta }', '✅ ✅ ✅ ⚠️'],
        ['requires okta', '✅ ✅ ⚠️ ❌'],
    ])('in the management plane: %s', async (item, expected) => {
        const text = `external service okta
            management cluster mgmt { management plane { ${item} } } workload cluster c`;
        expect(marks(await fate(text, 'external:okta'))).toBe(expected);
    });

    it('by central stops what is delivered', async () => {
        const text = `external service okta
            management cluster mgmt { central control plane { requires okta } } workload cluster c`;
        expect((await fate(text, 'external:okta')).clusters['c']?.freshness).toBe('queued');
    });
});

describe('what is required to start', () => {
    const text = `
        external service registry
        workload cluster c { requires registry to start gateway ingress }
        workload cluster d
        service web on c { exposed "h" }`;

    it('by a cluster lets no new pod in, and stops nothing that runs', async () => {
        const { clusters, hosts } = await fate(text, 'external:registry');
        expect(clusters['c']?.operations).toMatchObject({
            runningWorkloads: 'unaffected',
            localClusterOperations: 'limited',
        });
        expect(clusters['d']?.operations.localClusterOperations).toBe('unaffected');
        expect(hosts['h']?.severity).toBe('unaffected');
    });

    it('by anything else changes nothing while that runs', async () => {
        const text = `
            external service registry
            workload cluster c {
                edge control plane { requires registry to start }
                gateway ingress { requires registry to start }
            }
            service web on c { exposed "h" requires registry to start }`;
        expect(await fate(text, 'external:registry')).toEqual(await fate(text));
    });

    it('is one of several, where one will do', async () => {
        const either = `external service mirror ${text.replace('registry to start', 'registry or mirror to start')}`;
        const severity = async (...failed: string[]) =>
            (await fate(either, ...failed)).clusters['c']?.operations.localClusterOperations;
        expect(await severity('external:registry')).toBe('unaffected');
        expect(await severity('external:registry', 'external:mirror')).toBe('limited');
    });
});

it('what is required again and again is not missed at once', async () => {
    const text = `
        external service okta
        workload cluster c { requires okta every 1h }
        service web on c { requires okta every 20m ttl 1h }`;
    expect(await fate(text, 'external:okta')).toEqual(await fate(text));
});

describe('GSLB by somebody', () => {
    const text = `
        external service dns
        workload cluster a { gateway ingress }
        workload cluster b { gateway ingress }
        service web on a, b { exposed "h" { gslb by dns ttl 30s } }`;

    it('moves clients while it is there', async () => {
        expect(await hostFate(text, 'a')).toMatchObject({
            severity: 'unaffected',
            lostShare: 0,
            gapSeconds: { from: 30, to: 30 },
        });
        expect((await hostFate(text, 'external:dns')).severity).toBe('unaffected');
    });

    it('leaves them where they are without it, as if there were none', async () => {
        const stays = { severity: 'limited', lostShare: 0.5, servedFrom: ['b'], gapSeconds: null };
        expect(await hostFate(text, 'a', 'external:dns')).toMatchObject(stays);
        expect(await hostFate(text.replace('{ gslb by dns ttl 30s }', ''), 'a', 'external:dns')).toMatchObject(stays);
    });
});

describe('GitOps from somewhere', () => {
    const text = (gitops: string, plane = '') => `
        external service git
        management cluster mgmt { management plane { ${plane} } }
        workload cluster c { edge control plane { ${gitops} } }`;

    it.each(['gitops sync from git', 'gitops async from git'])('of a cluster: %s', async (gitops) => {
        expect(marks(await fate(text(gitops), 'external:git'))).toBe('✅ ⚠️ ✅ ✅');
    });

    it.each(['gitops sync', 'gitops async'])('is not missed where nobody says from where: %s', async (gitops) => {
        expect(marks(await fate(text(gitops), 'external:git'))).toBe('✅ ✅ ✅ ✅');
    });

    it('of the management plane', async () => {
        expect(marks(await fate(text('', 'gitops from git'), 'external:git'))).toBe('✅ ✅ ✅ ⚠️');
        expect(marks(await fate(text('', 'gitops'), 'external:git'))).toBe('✅ ✅ ✅ ✅');
    });
});

describe('a cluster', () => {
    it('with no workloads has none to lose', async () => {
        const text = 'workload cluster c workload cluster spare { no workloads }';
        const { clusters, operations } = await fate(text, 'spare');
        expect(clusters['spare']?.operations).toEqual({ localClusterOperations: 'total', metricsCollection: 'total' });
        expect(operations.runningWorkloads).toBe('unaffected');
        expect((await fate(text, 'c')).operations.runningWorkloads).toBe('total');
    });
});

it('the root CA is not missed at once', async () => {
    const text = 'management cluster mgmt { management plane { root-ca { ttl 1y } } } workload cluster c';
    expect(await fate(text, 'store:root-ca')).toEqual(await fate(text));
});
