import { describe, expect, it } from 'vitest';
import { fate } from './read.js';

const plane = 'mgmt.management-plane';

async function cluster(text: string, ...failed: string[]) {
    const { clusters } = await fate(text, ...failed);
    return clusters['c']!;
}

const estate = (edge: string, management = '') =>
    `management cluster mgmt { ${management} } workload cluster c { edge control plane { ${edge} } }`;

describe('local cluster operations', () => {
    it.each([
        ['c.kubernetes-api', 'limited'],
        ['c.istiod', 'limited'],
        ['c.edge-control-plane.xcp-edge', 'limited'],
        ['mgmt.central-control-plane', 'limited'],
        ['link:c->mgmt', 'limited'],
        ['link:mgmt->c', 'unaffected'],
        ['c.edge-control-plane.gitops', 'unaffected'],
        [plane, 'unaffected'],
        ['mgmt.kubernetes-api', 'unaffected'],
    ])('without %s', async (failed, expected) => {
        // the only primary facet is the Kubernetes API
        const severity = failed === 'c.kubernetes-api' ? 'total' : expected;
        expect((await cluster(estate(''), failed)).operations.localClusterOperations).toBe(severity);
    });

    it.each([
        ['gitops sync', `${plane}.tsb`, 'limited'],
        ['gitops sync', `${plane}.iam`, 'limited'],
        ['gitops sync', 'store:postgres', 'limited'],
        ['gitops sync', `${plane}.mpc`, 'unaffected'],
        ['gitops sync', 'c.edge-control-plane.gitops', 'limited'],
        ['gitops async', `${plane}.tsb`, 'unaffected'],
        ['gitops async', 'c.edge-control-plane.gitops', 'unaffected'],
        ['gitops off', `${plane}.tsb`, 'unaffected'],
    ])('with %s and without %s', async (gitops, failed, expected) => {
        expect((await cluster(estate(gitops), failed)).operations.localClusterOperations).toBe(expected);
    });

    it.each([
        [`${plane}.front-envoy`, 'limited'],
        // the listener passes connections on, and asks nobody
        [`${plane}.iam`, 'unaffected'],
    ])('behind a shared listener, without %s', async (failed, expected) => {
        const text = estate('', 'central control plane { listener front-envoy }');
        expect((await cluster(text, failed)).operations.localClusterOperations).toBe(expected);
    });

    it('of the management cluster, where it carries something', async () => {
        const text = 'management cluster c { gateway ingress } workload cluster d';
        expect((await cluster(text, 'c.istiod')).operations).toEqual({
            localClusterOperations: 'limited',
            metricsCollection: 'unaffected',
        });
        expect((await cluster(text, 'link:d/c')).operations.localClusterOperations).toBe('unaffected');
    });
});

describe('metrics', () => {
    const proxied = estate('', 'management plane { elasticsearch external via front-envoy }');
    const direct = estate('', 'management plane { elasticsearch external direct }');
    const internal = estate('', 'management plane { elasticsearch internal direct }');

    it.each([
        [internal, 'store:elasticsearch', 'total'],
        [internal, 'link:c->mgmt', 'total'],
        [internal, 'c.edge-control-plane.oap', 'total'],
        [internal, 'c.edge-control-plane.otel-collector', 'limited'],
        [internal, `${plane}.otel-collector`, 'limited'],
        [internal, `${plane}.iam`, 'limited'],
        [internal, `${plane}.oap`, 'unaffected'],
        [direct, 'link:c->mgmt', 'limited'],
        [direct, 'mgmt', 'limited'],
        [proxied, `${plane}.iam`, 'total'],
        [proxied, `${plane}.front-envoy`, 'total'],
        [proxied, 'link:c->mgmt', 'total'],
        [proxied, `${plane}.tsb`, 'unaffected'],
    ])('%s without %s', async (text, failed, expected) => {
        expect((await cluster(text, failed)).operations.metricsCollection).toBe(expected);
    });

    it.each([
        ['store:elasticsearch', 'limited'],
        ['c.edge-control-plane.oap', 'total'],
        ['c', 'total'],
    ])('held back in a buffer, without %s', async (failed, expected) => {
        const text = estate('metrics buffer 10m');
        expect((await cluster(text, failed)).operations.metricsCollection).toBe(expected);
    });
});

describe('management operations', () => {
    const text = `
        management cluster mgmt { management plane { gitops  identity-provider external } }
        workload cluster c`;

    it.each([
        [`${plane}.front-envoy`, 'total'],
        [`${plane}.iam`, 'total'],
        [`${plane}.tsb`, 'total'],
        ['store:postgres', 'total'],
        ['mgmt', 'total'],
        [`${plane}.web`, 'limited'],
        [`${plane}.oap`, 'limited'],
        ['store:elasticsearch', 'limited'],
        [`${plane}.gitops`, 'limited'],
        ['identity-provider', 'limited'],
        [`${plane}.mpc`, 'unaffected'],
        [`${plane}.teamsync`, 'unaffected'],
        [`${plane}.operator`, 'unaffected'],
        ['mgmt.central-control-plane', 'unaffected'],
        ['mgmt.kubernetes-api', 'unaffected'],
        ['store:root-ca', 'unaffected'],
        ['link:c/mgmt', 'unaffected'],
    ])('without %s', async (failed, expected) => {
        expect((await fate(text, failed)).operations.managementOperations).toBe(expected);
    });
});

describe('configuration', () => {
    it.each([
        [`${plane}.mpc`, 'queued'],
        ['mgmt.kubernetes-api', 'queued'],
        ['mgmt.central-control-plane', 'queued'],
        ['link:c->mgmt', 'queued'],
        ['c.kubernetes-api', 'queued'],
        ['c.edge-control-plane', 'queued'],
        ['c.istiod', 'live'],
        [`${plane}.tsb`, 'frozen'],
        ['store:postgres', 'frozen'],
        ['mgmt', 'frozen'],
        [`${plane}.operator`, 'live'],
        ['c', null],
    ])('without %s', async (failed, expected) => {
        expect((await cluster(estate(''), failed)).freshness).toBe(expected);
    });

    it('that cannot be written is frozen, whether or not it would arrive', async () => {
        expect((await cluster(estate(''), `${plane}.tsb`, 'link:c/mgmt')).freshness).toBe('frozen');
    });
});
