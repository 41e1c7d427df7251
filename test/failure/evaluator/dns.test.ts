import { describe, expect, it } from 'vitest';
import { managementPartUp } from './components.js';
import { localOperations, managementOperations, metrics } from './control.js';
import { failedOncePromoted, promotedWhile } from './promotion.js';
import { fate, hostFate, marks, read } from './read.js';
import { hasEdge, worldOf } from './world.js';

const dns = 'c.dns';

describe('an application without the DNS of its cluster', () => {
    const beside = `
        external service saas
        workload cluster c { gateway ingress gateway east-west }
        workload cluster d { gateway ingress gateway east-west }`;

    const uses = (how: string, more = '') => `${beside}
        service near on c
        service far on d { failover east-west }
        service web on c { exposed "h" ${how} }
        ${more}`;

    it.each(['near', 'far', 'saas'])('does not reach %s, which it calls', async (called) => {
        const { hosts, services, clusters } = await fate(uses(`calls ${called}`), dns);
        expect(hosts['h']).toMatchObject({ severity: 'limited', lostShare: 0, servedFrom: ['c'] });
        expect(services['web']).toMatchObject({
            severity: 'limited',
            homes: [{ cluster: 'c', alive: true, serves: true }],
            brokenCalls: [{ cluster: 'c', callee: called }],
        });
        expect(clusters['c']?.operations.runningWorkloads).toBe('limited');
        expect((await fate(uses(`calls ${called}`), 'd.dns')).hosts['h']?.severity).toBe('unaffected');
    });

    it.each(['near', 'far', 'saas', 'near or saas'])('does not serve, if it requires %s', async (required) => {
        const { hosts, services, clusters } = await fate(uses(`requires ${required}`), dns);
        expect(hosts['h']).toMatchObject({ severity: 'total', lostShare: 1, servedFrom: [] });
        expect(services['web']?.homes).toEqual([{ cluster: 'c', alive: true, serves: false }]);
        expect(clusters['c']?.alive).toBe(true);
        expect(clusters['d']?.operations.runningWorkloads).toBe('unaffected');
        expect((await fate(uses(`requires ${required}`), 'd.dns')).hosts['h']?.severity).toBe('unaffected');
    });

    it('does not, in a circle either', async () => {
        const text = `${beside}
            service web on c { exposed "h" requires db }
            service db on c { requires web }`;
        expect((await hostFate(text, dns)).severity).toBe('total');
        expect((await hostFate(text)).severity).toBe('unaffected');
    });

    it('serves, if it uses nobody', async () => {
        const { hosts, services } = await fate(uses(''), dns);
        expect(hosts['h']).toMatchObject({ severity: 'unaffected', gapSeconds: null });
        expect(services['web']).toMatchObject({ severity: 'unaffected', brokenCalls: [] });
    });

    it('is no user of whom it does not find', async () => {
        const { services } = await fate(uses('calls far'), dns);
        expect(services['far']).toMatchObject({
            severity: 'unaffected',
            homes: [{ cluster: 'd', alive: true, serves: true }],
            consumers: [],
        });
    });

    it('goes on where it calls from other clusters, too', async () => {
        const text = `${beside}
            service far on d { failover east-west }
            service web on c, d { calls far }`;
        const { services } = await fate(text, dns);
        expect(services['far']?.severity).toBe('unaffected');
        expect(services['far']?.consumers.map(({ cluster, severity }) => [cluster, severity])).toEqual([
            ['d', 'unaffected'],
        ]);
    });

    it.each(['calls stripe through c.egress, d.egress', 'calls ledger through d.ingress'])('%s', async (call) => {
        const text = `
            external service stripe
            workload cluster c { gateway ingress gateway egress }
            workload cluster d { gateway ingress gateway egress }
            service ledger on d
            service web on c { exposed "h" ${call} }`;
        expect((await hostFate(text)).severity).toBe('unaffected');
        expect((await hostFate(text, dns)).severity).toBe('limited');
        // by then somebody has asked
        expect((await hostFate(text, 'd.dns')).severity).toBe('unaffected');
    });

    it('goes no further by a host inside', async () => {
        const text = `
            workload cluster c { gateway tier1 }
            workload cluster d { gateway ingress }
            service ledger on d { exposed inside "ledger" via c.tier1 }
            service web on c { calls ledger }`;
        const { hosts, services } = await fate(text, dns);
        expect(services['web']?.brokenCalls).toEqual([{ cluster: 'c', callee: 'ledger' }]);
        // as seen from its entries
        expect(hosts['ledger']?.severity).toBe('unaffected');
    });

    it('is left by the gateway before it, which notices, for a home elsewhere', async () => {
        const entered = `${beside}
            service db on c, d
            service web on c, d { failover east-west exposed "h" via c.ingress requires db }`;
        expect(await hostFate(entered, dns)).toMatchObject({
            severity: 'unaffected',
            servedFrom: ['d'],
            gapSeconds: { from: 0, to: 60 },
        });
        const kept = entered.replace('requires db', 'requires db  no outlier detection');
        expect((await hostFate(kept, dns)).severity).toBe('total');
    });

    it('heals nothing that was lost before', async () => {
        const text = `
            region r { zones a, b }
            workload cluster x { gateway ingress }
            workload cluster c { gateway ingress }
            workload cluster d { gateway east-west }
            workload cluster e { gateway east-west }
            service db on d, e { failover east-west  no outlier detection }
            service web on c, x { exposed "h" via x.ingress, c.ingress { gslb ttl 30s } requires db }`;
        const half = await hostFate(text, 'd.east-west');
        expect(half).toMatchObject({ severity: 'limited', lostShare: 0.5 });
        expect((await hostFate(text, 'd.east-west', dns)).lostShare).toBeGreaterThanOrEqual(0.5);
    });
});

describe('virtual machines beside a cluster without DNS', () => {
    const text = `
        external service saas
        workload cluster c { gateway ingress }
        service pods on c { exposed "p" requires saas }
        service machines { on c { virtual machines } exposed "m" requires saas calls pods }`;

    it('go on', async () => {
        const { hosts, services } = await fate(text, dns);
        expect(hosts['p']?.severity).toBe('total');
        expect(services['machines']?.homes).toEqual([{ cluster: 'c', alive: true, serves: true }]);
        expect(services['machines']?.brokenCalls).toEqual([{ cluster: 'c', callee: 'pods' }]);
        expect(hosts['m']?.lostShare).toBe(0);
    });

    it('reach pods that serve', async () => {
        const { hosts, services } = await fate(text.replace('"p" requires saas', '"p"'), dns);
        expect(services['machines']).toMatchObject({ severity: 'unaffected', brokenCalls: [] });
        expect(hosts['m']?.severity).toBe('unaffected');
    });
});

describe('proxies without the DNS of their cluster', () => {
    it('lead requests on, from outside and to other clusters', async () => {
        const text = `
            workload cluster t { gateway tier1 }
            workload cluster c { gateway ingress gateway east-west }
            workload cluster d { gateway east-west }
            service web on c { exposed "h" via t.tier1 to c }
            service back on c { failover east-west }
            service front on d { calls back }`;
        const { hosts, services } = await fate(text, 't.dns', dns);
        expect(hosts['h']).toMatchObject({ severity: 'unaffected', gapSeconds: null });
        expect(services['back']?.severity).toBe('unaffected');
    });

    it('lead requests out of the mesh', async () => {
        const text = `
            workload cluster c { gateway tier1 gateway egress }
            external service saas { exposed "h" via c.tier1 }`;
        expect((await hostFate(text, dns)).severity).toBe('unaffected');
        expect((await hostFate(text, 'c.egress')).severity).toBe('total');
    });

    it.each([
        ['a sidecar', '', 'external authorization by guard fails closed'],
        ['a gateway', 'external authorization by guard fails closed', ''],
    ])('ask a helper: %s', async (_, ofGateway, ofService) => {
        const text = `
            workload cluster c { gateway ingress { ${ofGateway} } }
            service guard on c
            service web on c { exposed "h" ${ofService} }`;
        const { hosts, services } = await fate(text, dns);
        expect(hosts['h']?.severity).toBe('unaffected');
        expect(services['guard']?.severity).toBe('unaffected');
        expect((await fate(text, 'service:guard')).hosts['h']?.severity).toBe('total');
    });

    it('ask one that fails open', async () => {
        const text = `
            workload cluster c { gateway ingress }
            service guard on c
            service web on c { exposed "h" rate limit by guard fails open }`;
        expect((await fate(text, dns)).clusters['c']?.operations.runningWorkloads).toBe('unaffected');
        expect((await fate(text, 'service:guard')).clusters['c']?.operations.runningWorkloads).toBe('limited');
    });

    it('ask a helper also where the application, which calls it, does not find it', async () => {
        const text = `
            workload cluster c { gateway ingress }
            service guard on c
            service web on c { exposed "h" calls guard external authorization by guard fails closed }`;
        const { hosts, services } = await fate(text, dns);
        expect(hosts['h']).toMatchObject({ severity: 'limited', lostShare: 0 });
        // served in the one of two ways that it asks for
        expect(services['guard']?.consumers.map(({ severity }) => severity)).toEqual(['unaffected']);
    });

    it.each([[dns], ['mgmt.dns']])('of the control side keep the stream that stands: %s', async (failed) => {
        const text = 'workload cluster c { edge control plane { gitops async } }';
        const { clusters } = await fate(text, failed);
        expect(clusters['c']?.freshness).toBe(failed === dns ? 'live' : 'frozen');
        // of the secondary facets, only the admission of pods is lost
        expect(clusters['c']?.operations.localClusterOperations).toBe(failed === dns ? 'limited' : 'unaffected');
    });
});

describe('workloads without a name', () => {
    it('are lost with the DNS', async () => {
        const { operations, clusters } = await fate('workload cluster c workload cluster d', dns);
        expect(operations.runningWorkloads).toBe('limited');
        expect(clusters['c']).toMatchObject({ alive: true, operations: { runningWorkloads: 'total' } });
        expect(clusters['d']?.operations.runningWorkloads).toBe('unaffected');
        expect((await fate('workload cluster c', dns)).operations.runningWorkloads).toBe('total');
    });

    it('are not there where the file says so', async () => {
        const { clusters } = await fate('workload cluster c { no workloads } workload cluster d', dns);
        expect(clusters['c']?.operations.runningWorkloads).toBeUndefined();
    });
});

it('new pods are not admitted, and kubectl goes on', async () => {
    const local = async (...failed: string[]) =>
        (await fate('workload cluster c', ...failed)).clusters['c']?.operations.localClusterOperations;
    expect(await local(dns)).toBe('limited');
    expect(await local('c.kubernetes-api')).toBe('total');
    expect(await local('mgmt.dns')).toBe('unaffected');
});

describe('metrics of a cluster without DNS', () => {
    const text = (store: string, edge = '') => `
        management cluster mgmt { management plane { ${store} } }
        workload cluster c { edge control plane { ${edge} } }
        workload cluster d`;

    const stores = [
        'elasticsearch internal direct',
        'elasticsearch external direct',
        'elasticsearch external via front-envoy',
        'banyandb internal',
    ];

    it.each(stores)('are lost: %s', async (store) => {
        const { operations, clusters } = await fate(text(store), dns);
        expect(clusters['c']?.operations.metricsCollection).toBe('total');
        expect(clusters['d']?.operations.metricsCollection).toBe('unaffected');
        expect(operations.metricsCollection).toBe('limited');
    });

    it.each(stores)('fill the buffer: %s', async (store) => {
        const { clusters } = await fate(text(store, 'metrics buffer 10m'), dns);
        expect(clusters['c']?.operations.metricsCollection).toBe('limited');
    });

    it('are not all: the telemetry of TSB is lost, buffer or not', async () => {
        const topology = await read(text('elasticsearch external direct', 'metrics buffer 10m'));
        const cluster = topology.clusters.filter(hasEdge).find(({ name }) => name === 'c')!;
        const states = (...failed: string[]) => metrics(worldOf(topology, failed), cluster).map(({ state }) => state);
        expect(states(dns)).toEqual(['limited', 'total']);
        expect(states('mgmt.dns')).toEqual(['unaffected', 'unaffected']);
    });

    it('of the management cluster itself, too', async () => {
        const carrying = 'management cluster mgmt { gateway ingress } workload cluster c';
        const { clusters } = await fate(carrying, 'mgmt.dns');
        expect(clusters['mgmt']?.operations).toEqual({
            localClusterOperations: 'limited',
            metricsCollection: 'total',
        });
        expect(clusters['c']?.operations.metricsCollection).toBe('unaffected');
    });
});

describe('GitOps of a cluster without DNS', () => {
    // the admission of pods is lost, too: so GitOps is looked at by itself
    const lastFacet = async (gitops: string, ...failed: string[]) => {
        const topology = await read(`workload cluster c { edge control plane { ${gitops} } }`);
        const cluster = topology.clusters.filter(hasEdge).find(({ name }) => name === 'c')!;
        return localOperations(worldOf(topology, failed), cluster).at(-1)?.state;
    };

    it('is lost, where it is sync, and waits, where it is async', async () => {
        expect(await lastFacet('gitops sync', dns)).toBe('total');
        expect(await lastFacet('gitops async', dns)).toBe('unaffected');
        expect(await lastFacet('gitops sync', 'mgmt.dns')).toBe('total');
        expect(await lastFacet('gitops async', 'mgmt.dns')).toBe('unaffected');
    });
});

describe('the management cluster without DNS', () => {
    const text = `
        management cluster mgmt { management plane { gitops  identity-provider external } }
        workload cluster c`;

    it('has no API server, and so nobody writes', async () => {
        const result = await fate(text, 'mgmt.dns');
        expect(marks(result)).toBe('✅ ✅ ✅ ❌');
        expect(result.clusters['c']?.freshness).toBe('frozen');
    });

    it('has a front door, mpc and central', async () => {
        const proxied = text.replace('{ gitops', '{ elasticsearch external via front-envoy gitops');
        const { clusters } = await fate(proxied, 'mgmt.dns');
        expect(clusters['c']?.operations).toEqual({
            runningWorkloads: 'unaffected',
            localClusterOperations: 'unaffected',
            metricsCollection: 'unaffected',
        });
    });

    it('lets each of its parts go that finds something by name', async () => {
        const world = worldOf(await read(text), ['mgmt.dns']);
        const parts = ['front-envoy', 'iam', 'tsb', 'web', 'mpc', 'oap', 'otel-collector', 'gitops'] as const;
        expect(parts.filter((part) => !managementPartUp(world, part))).toEqual(['tsb', 'oap', 'gitops']);
        // changes, the web UI, dashboards, GitOps, logins
        const lost = managementOperations(world).map(({ state }) => state === 'total');
        expect(lost).toEqual([true, false, true, true, true]);
    });

    it('is the cluster that is said, and no other', async () => {
        expect(marks(await fate(text, dns))).toBe('❌ ⚠️ ❌ ✅');
    });
});

describe('a management cluster of the vendor, on which something stands,', () => {
    const text = `
        hosted management cluster mgmt
        workload cluster c
        service web on mgmt`;

    it.each(['mgmt.dns', 'mgmt.kubernetes-api'])('loses what stands there with %s, and no plane', async (failed) => {
        const { operations, clusters } = await fate(text, failed);
        expect(operations.managementOperations).toBe('unaffected');
        expect(clusters['c']?.freshness).toBe('live');
        expect(clusters['mgmt']?.operations.localClusterOperations).not.toBe('unaffected');
    });
});

describe('a standby that is promoted', () => {
    const text = (inside = '') => `
        management cluster mgmt { ${inside} }
        standby management cluster dr { copy }
        workload cluster c
        workload cluster d`;

    it('makes up for the DNS of the other one', async () => {
        const promoted = promotedWhile(await read(text()), ['mgmt.dns']);
        expect(promoted && marks(promoted.later)).toBe('✅ ✅ ✅ ✅');
    });

    it('does not depend on that of the other one, where something stands on that', async () => {
        const found = failedOncePromoted(await read(text('gateway ingress')), ['mgmt.dns']);
        expect(found && marks(found)).toBe('✅ ⚠️ ⚠️ ✅');
    });

    it('fails with its own', async () => {
        const found = failedOncePromoted(await read(text()), ['dr']);
        expect(found && marks(found)).toBe('✅ ⚠️ ❌ ❌');
    });
});
