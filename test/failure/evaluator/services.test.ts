import { describe, expect, it } from 'vitest';
import { fate } from './read.js';

describe('a service', () => {
    const used = `
        workload cluster a { gateway ingress, east-west a-gw }
        workload cluster b { gateway ingress, east-west b-gw }
        service web on a, b { exposed "h" via a-gw calls api }
        service api on a, b { failover east-west }`;

    it('is judged by those who use it, wherever they are served from', async () => {
        const { services } = await fate(used, 'api@a');
        expect(services['api']).toEqual({
            severity: 'unaffected',
            homes: [
                { cluster: 'a', alive: false, serves: false },
                { cluster: 'b', alive: true, serves: true },
            ],
            consumers: [
                {
                    kind: 'caller',
                    name: 'web',
                    cluster: 'a',
                    severity: 'unaffected',
                    servedFrom: ['b'],
                    usuallyFrom: ['a'],
                },
                {
                    kind: 'caller',
                    name: 'web',
                    cluster: 'b',
                    severity: 'unaffected',
                    servedFrom: ['b'],
                    usuallyFrom: ['b'],
                },
            ],
            brokenCalls: [],
        });
    });

    it('is limited where some are not served, and lost where none is', async () => {
        expect((await fate(used, 'api@a', 'b.b-gw')).services['api']?.severity).toBe('limited');
        expect((await fate(used, 'service:api')).services['api']?.severity).toBe('total');
    });

    it('has no dead callers', async () => {
        const { services } = await fate(used, 'api@a', 'b.b-gw', 'web@a');
        expect(services['api']?.consumers.map(({ cluster }) => cluster)).toEqual(['b']);
        expect(services['api']?.severity).toBe('unaffected');
    });

    it('is limited by what it cannot call', async () => {
        const { services } = await fate(used, 'api@a', 'b.b-gw');
        expect(services['web']).toMatchObject({ severity: 'limited', brokenCalls: [{ cluster: 'a', callee: 'api' }] });
    });

    it('that nobody uses is judged by its homes', async () => {
        const alone = 'workload cluster a workload cluster b service s on a, b';
        expect((await fate(alone)).services['s']?.severity).toBe('unaffected');
        expect((await fate(alone, 's@a')).services['s']?.severity).toBe('limited');
        expect((await fate(alone, 'a', 'b')).services['s']?.severity).toBe('total');
    });

    it('counts a caller that cannot serve, and each home once', async () => {
        const { services } = await fate(
            `workload cluster a
             external service x
             service web on a { calls api requires x external authorization by api }
             service api on a`,
            'external:x',
        );
        expect(services['api']?.consumers).toMatchObject([{ name: 'web', cluster: 'a', severity: 'unaffected' }]);
        expect(services['web']?.homes).toEqual([{ cluster: 'a', alive: true, serves: false }]);
    });

    it('answers in part for a host only where it serves it', async () => {
        const text = `
            workload cluster a { gateway ingress }
            workload cluster b { gateway egress }
            external service x
            service web on a, b { exposed "h" via a.ingress calls x }`;
        const { hosts, services } = await fate(text, 'b.egress');
        expect(services['web']).toMatchObject({ severity: 'limited', brokenCalls: [{ cluster: 'b', callee: 'x' }] });
        expect(hosts['h']?.severity).toBe('unaffected');
    });

    it('has the same host as `hosts`', async () => {
        const text = 'workload cluster a { gateway ingress } service s on a { exposed "h" }';
        const { services, hosts } = await fate(text, 'a.ingress');
        expect(services['s']).toMatchObject({ severity: 'total', consumers: [{ kind: 'host', severity: 'total' }] });
        expect(hosts['h']?.severity).toBe('total');
    });
});

describe('what has no way in health', () => {
    it('is no loss, and no host', async () => {
        const text = `
            workload cluster a
            workload cluster b
            service web on a { calls api exposed "h" }
            service api on b`;
        const { services, hosts, operations } = await fate(text, 'b');
        expect(hosts).toEqual({});
        expect(services['web']).toMatchObject({ severity: 'unaffected', brokenCalls: [] });
        expect(services['api']).toMatchObject({ severity: 'total', consumers: [] });
        expect(operations.runningWorkloads).toBe('limited');
    });

    it('is nobody’s spare', async () => {
        // b requires what it does not reach
        const text = `
            workload cluster a { gateway ingress }
            workload cluster b { gateway ingress, east-west }
            workload cluster c
            network { a -> b, c }
            service api on a, b { exposed "h" failover east-west requires db }
            service db on a, c`;
        const { services, hosts } = await fate(text);
        expect(services['api']?.homes).toEqual([
            { cluster: 'a', alive: true, serves: true },
            { cluster: 'b', alive: true, serves: false },
        ]);
        expect(hosts['h']?.usuallyFrom).toEqual(['a']);
        expect((await fate(text, 'api@a')).hosts['h']?.severity).toBe('total');
    });

    it('is no home by which a service is judged', async () => {
        const text = `
            workload cluster a
            workload cluster b
            service api on a, b { requires db }
            service db on a`;
        expect((await fate(text)).services['api']?.severity).toBe('unaffected');
        expect((await fate(text, 'b')).services['api']?.severity).toBe('unaffected');
        expect((await fate(text, 'a')).services['api']?.severity).toBe('total');
    });

    it('leaves a cluster whose only home it is without a row', async () => {
        const text = `
            workload cluster a
            workload cluster b
            service web on a { requires api }
            service api on b`;
        const { clusters, operations } = await fate(text);
        expect(clusters['a']?.operations).not.toHaveProperty('runningWorkloads');
        expect(operations.runningWorkloads).toBe('unaffected');
        expect((await fate(text, 'a')).operations.runningWorkloads).toBe('unaffected');
    });

    it('is a helper that nobody reaches', async () => {
        const text = (fails: string) => `
            workload cluster a { gateway ingress }
            workload cluster b
            service web on a { exposed "h" rate limit by limiter ${fails} }
            service limiter on b`;
        expect((await fate(text('fails open'), 'b')).hosts['h']?.severity).toBe('unaffected');
        expect((await fate(text('fails closed'))).hosts).toEqual({});
    });
});

describe('running workloads', () => {
    it('are lost when all that anybody could use is gone', async () => {
        // the instances live on, and nobody gets in
        const text = `
            workload cluster t { gateway tier1 }
            workload cluster a { gateway ingress }
            service s on a { exposed "h" via t.tier1 }`;
        const { operations, clusters } = await fate(text, 't.tier1');
        expect(operations.runningWorkloads).toBe('total');
        expect(clusters['a']?.operations.runningWorkloads).toBe('unaffected');
        const more = `${text} workload cluster w`;
        expect((await fate(more, 't.tier1')).operations.runningWorkloads).toBe('limited');
    });

    it('are not lost with the callers of what nobody else uses', async () => {
        const text = `
            workload cluster a { gateway ingress }
            workload cluster b { gateway east-west }
            service web on a { exposed "h" calls db }
            service db on b { failover east-west }`;
        expect((await fate(text, 'web@a')).operations.runningWorkloads).toBe('limited');
        expect((await fate(text, 'web@a', 'b.east-west')).operations.runningWorkloads).toBe('total');
        // whether anybody is served at all is judged by the ways, found or not
        expect((await fate(text, 'a')).operations.runningWorkloads).toBe('limited');
        expect((await fate(text, 'a', 'a.dns')).operations.runningWorkloads).toBe('limited');
        expect((await fate(text, 'web@a', 'a.dns')).operations.runningWorkloads).toBe('limited');
    });

    it('of a cluster are lost with its homes, whatever they would still reach', async () => {
        const text = `
            workload cluster a
            external service x
            external service y
            service s on a { requires x calls y }`;
        const { clusters, operations } = await fate(text, 'external:x');
        expect(clusters['a']?.operations.runningWorkloads).toBe('total');
        expect(operations.runningWorkloads).toBe('total');
    });
});
