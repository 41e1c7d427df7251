import { describe, expect, it } from 'vitest';
import { fate, hostFate } from './read.js';

/** What people have seen, and the smallest estates on which two evaluators once differed. */
describe('between services, where nothing probes', () => {
    const front = `
        workload cluster front { gateway ingress }
        workload cluster back-a { gateway east-west back-a-gw }
        workload cluster back-b { gateway east-west back-b-gw }
        service web on front { exposed "h" requires backend }
        service backend on back-a, back-b { failover east-west no outlier detection }`;

    it('a gateway that dies is not noticed', async () => {
        const result = await fate(front, 'back-a.back-a-gw');
        expect(result.services['backend']?.severity).toBe('limited');
        expect(result.hosts['h']).toMatchObject({ severity: 'limited', lostShare: 0.5 });
    });

    it('half of what is required is half of the requests', async () => {
        expect(await hostFate(front, 'back-a')).toMatchObject({ severity: 'limited', lostShare: 0.5 });
        expect((await fate(front, 'back-a')).services['web']?.severity).toBe('limited');
    });

    it('instances that go are withdrawn', async () => {
        const result = await fate(front, 'backend@back-a');
        expect(result.services['backend']?.severity).toBe('unaffected');
        expect(result.hosts['h']?.severity).toBe('unaffected');
    });

    it('a cluster that dies withdraws nothing', async () => {
        const half = `
            workload cluster one { gateway east-west one-gw }
            workload cluster two { gateway east-west two-gw }
            workload cluster three
            service base on one, two { failover east-west no outlier detection }
            service pilot on three { calls base }`;
        const { services } = await fate(half, 'one');
        expect([services['base']?.severity, services['pilot']?.severity]).toEqual(['limited', 'limited']);
        expect((await fate(half, 'base@one')).services['base']?.severity).toBe('unaffected');
    });

    it('keeps the choice made in health', async () => {
        const chosen = `
            region r0
            workload cluster c1 in r0
            workload cluster c3 in r0 { gateway east-west }
            workload cluster c4 { gateway east-west }
            service s1 on c4, c3 { failover east-west no outlier detection }
            service s3 on c1 { calls s1 }`;
        expect((await fate(chosen, 'c3')).services['s1']?.severity).toBe('total');
        expect((await fate(chosen, 'link:c1->c4')).services['s1']?.severity).toBe('unaffected');
    });

    it('an ingress gateway and a neighbour agree', async () => {
        const { services } = await fate(
            `workload cluster a { gateway ingress, east-west a-gw }
             workload cluster b { gateway ingress, east-west b-gw }
             service api on a, b { exposed "h" via a-gw failover east-west no outlier detection }
             service neighbour on a { calls api }`,
            'api@a',
        );
        expect(services['api']?.consumers.map(({ severity }) => severity)).toEqual(['unaffected', 'unaffected']);
    });
});

describe('a helper', () => {
    it('that fails open for want of its store lets requests pass, unlimited', async () => {
        const result = await fate(
            `workload cluster east { gateway ingress }
             service api on east { exposed "h" rate limit by limiter fails open }
             service limiter on east { requires redis }
             external service redis`,
            'external:redis',
        );
        expect(result.hosts['h']?.severity).toBe('unaffected');
        expect(result.operations.runningWorkloads).toBe('limited');
    });

    it.each(['fails closed', 'fails open'])('that %s and is half gone', async (fails) => {
        const result = await fate(
            `workload cluster a { gateway ingress }
             workload cluster b { gateway east-west b-gw }
             workload cluster c { gateway east-west c-gw }
             service web on a { exposed "h" external authorization by authz ${fails} }
             service authz on b, c { failover east-west no outlier detection }`,
            'c',
        );
        const closed = fails === 'fails closed';
        expect(result.hosts['h']).toMatchObject({
            severity: closed ? 'limited' : 'unaffected',
            lostShare: closed ? 0.5 : 0,
        });
        expect(result.services['authz']?.consumers).toMatchObject([
            { kind: 'caller', name: 'web', severity: 'limited' },
        ]);
        expect(result.clusters['a']?.operations.runningWorkloads).toBe('limited');
    });

    it('refuses the share that cannot be asked', async () => {
        const text = `
            workload cluster a { gateway east-west }
            workload cluster b { gateway east-west }
            workload cluster c { gateway ingress }
            service authz on a, b { failover east-west no outlier detection }
            service shop on c { exposed "h" external authorization by authz }`;
        expect(await hostFate(text, 'link:b/c')).toMatchObject({ severity: 'limited', lostShare: 0.5 });
        expect(await hostFate(text, 'link:c->b')).toMatchObject({ severity: 'limited', lostShare: 0.5 });
        expect(await hostFate(text, 'link:b->c')).toMatchObject({ severity: 'unaffected', lostShare: 0 });
    });
});

describe('a host', () => {
    it('whose service calls what is half gone is as limited for its readers', async () => {
        const result = await fate(
            `workload cluster a { gateway ingress }
             workload cluster b { gateway east-west b-gw }
             workload cluster c { gateway east-west c-gw }
             service web on a { exposed "h" calls api }
             service api on b, c { failover east-west no outlier detection }`,
            'c',
        );
        expect(result.hosts['h']).toMatchObject({ severity: 'limited', lostShare: 0 });
        expect(result.services['web']?.consumers).toMatchObject([{ name: 'h', severity: 'limited' }]);
    });

    it('is lost without the one database', async () => {
        const text = `
            region us
            region eu
            workload cluster a in us { gateway ingress a-gw }
            workload cluster b in eu { gateway ingress b-gw }
            service web on a, b { exposed "h" via a-gw, b-gw { gslb } requires db }
            external service db in us`;
        expect((await hostFate(text, 'region:us')).severity).toBe('total');
    });

    it('is pinned by weights', async () => {
        const text = `
            workload cluster dmz { gateway tier1 front }
            workload cluster us { gateway ingress }
            workload cluster eu { gateway ingress }
            service where on us, eu { exposed "h" via front to us weight 100, eu weight 0 }`;
        expect(await hostFate(text, 'us')).toMatchObject({ severity: 'total', lostShare: 1 });
        expect(await hostFate(text, 'eu')).toMatchObject({ severity: 'unaffected', usuallyFrom: ['us'] });
    });

    it('outlives its control plane, but not what it requires there', async () => {
        const result = await fate(
            `region core
             region edge-1
             region edge-2
             management cluster mgmt in core {
                 management plane { postgres external in core elasticsearch external in core direct }
             }
             workload cluster pop-1 in edge-1 { gateway ingress one }
             workload cluster pop-2 in edge-2 { gateway ingress two }
             service proxy on pop-1, pop-2 { exposed "www" via one, two { gslb } }
             service transcoder on pop-1, pop-2 { exposed "stream" via one, two { gslb } requires queue }
             external service queue in core`,
            'region:core',
        );
        expect(result.hosts['www']?.severity).toBe('unaffected');
        expect(result.hosts['stream']?.severity).toBe('total');
        expect(result.operations.managementOperations).toBe('total');
        expect(result.operations.metricsCollection).toBe('total');
        expect(result.clusters['pop-1']?.freshness).toBe('frozen');
    });

    it('moves to the zone that has the store', async () => {
        const text = `
            region us { zones a, b, c }
            workload cluster main-a in us/a { gateway ingress, east-west a-gw }
            workload cluster main-b in us/b { gateway ingress, east-west b-gw }
            workload cluster main-c in us/c { gateway ingress, east-west c-gw }
            service chat on main-a, main-b, main-c { exposed "h" via a-gw, b-gw, c-gw { gslb ttl 60s } requires store }
            service store on main-a { failover east-west }`;
        expect(await hostFate(text, 'link:main-a/main-b', 'link:main-a/main-c')).toMatchObject({
            severity: 'unaffected',
            servedFrom: ['main-a'],
            gapSeconds: { from: 60, to: 120 },
        });
    });

    it('goes by the transit that is left', async () => {
        const text = `
            workload cluster t { gateway tier1 }
            workload cluster ta { gateway tier1 ta-t }
            workload cluster tb { gateway tier1 tb-t }
            workload cluster a { gateway ingress }
            workload cluster b { gateway ingress }
            network { t -> ta, tb   ta -> a   tb -> b }
            service s on a, b { exposed "h" via t.tier1 through ta-t, tb-t }`;
        expect(await hostFate(text, 'link:t->tb')).toMatchObject({
            severity: 'unaffected',
            servedFrom: ['a'],
            usuallyFrom: ['a', 'b'],
            gapSeconds: { from: 0, to: 60 },
        });
    });

    it('is moved by GSLB, weights or not', async () => {
        const text = `
            workload cluster t1 { gateway tier1 }
            workload cluster t2 { gateway tier1 }
            workload cluster a { gateway ingress }
            service s on a { exposed "h" via t1.tier1, t2.tier1 to a weight 1 { gslb } }`;
        expect(await hostFate(text, 'link:t1->a')).toMatchObject({ severity: 'unaffected', lostShare: 0 });
    });

    it('moves nobody where weights hold', async () => {
        const text = `
            workload cluster t { gateway tier1 }
            workload cluster ta { gateway tier1 ta-t }
            workload cluster a { gateway ingress }
            workload cluster b { gateway ingress }
            service s on a, b { exposed "h" via t.tier1 through ta-t to a weight 90, b weight 10 }`;
        expect(await hostFate(text, 'b')).toMatchObject({ lostShare: 0.1, gapSeconds: null });
    });

    it('moves behind the ingress gateway whatever the weights', async () => {
        const text = `
            workload cluster c1 { gateway ingress }
            workload cluster c2 { gateway east-west }
            service s on c1, c2 { exposed "h" to c1 weight 1 failover east-west }`;
        expect(await hostFate(text, 's@c1')).toMatchObject({
            severity: 'unaffected',
            servedFrom: ['c2'],
            gapSeconds: { from: 0, to: 60 },
        });
    });

    it('loses the weight of an entry that is lost', async () => {
        const text = `
            workload cluster east { gateway ingress }
            workload cluster west { gateway ingress }
            service shop on east, west { exposed "h" to east weight 90, west weight 10 }`;
        expect((await hostFate(text, 'west')).lostShare).toBe(0.1);
        expect((await hostFate(text, 'east')).lostShare).toBe(0.9);
    });
});

describe('running workloads', () => {
    it('are lost with the only caller', async () => {
        const { operations, clusters } = await fate(
            'workload cluster c1 external service stripe service shop on c1 { calls stripe }',
            'c1',
        );
        expect(operations.runningWorkloads).toBe('total');
        expect(clusters['c1']?.operations.runningWorkloads).toBe('total');
    });

    it.each(['rate limit by x fails closed', 'requires x'])('are lost where nobody can serve: %s', async (need) => {
        const text = `workload cluster c1 external service x service shop on c1 { ${need} }`;
        expect((await fate(text, 'external:x')).operations.runningWorkloads).toBe('total');
    });
});

describe('a telemetry store', () => {
    const text = (replicas: string) => `
        region us { zones a, b, c }
        management cluster mgmt { management plane { elasticsearch external in us direct { ${replicas} } } }
        workload cluster east { gateway ingress east-gw }
        service app on east { exposed "h" via east-gw }`;
    const spread = text('replicas 3 across zones a, b, c');

    it('needs a majority of its members', async () => {
        expect((await fate(spread, 'zone:us/a', 'zone:us/b')).operations.metricsCollection).toBe('total');
        expect((await fate(spread, 'zone:us/a')).operations.metricsCollection).toBe('unaffected');
    });

    it('takes the dashboards along', async () => {
        const { operations } = await fate(spread, 'store:elasticsearch');
        expect([operations.metricsCollection, operations.managementOperations]).toEqual(['total', 'limited']);
    });
});
