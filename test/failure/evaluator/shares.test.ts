import { describe, expect, it } from 'vitest';
import { fate, hostFate } from './read.js';

/** Homes of `db` on `b` and `c` that nobody probes; one of them is lost with its cluster. */
const half = `
    workload cluster a { gateway ingress, east-west a-gw }
    workload cluster b { gateway east-west b-gw }
    workload cluster c { gateway east-west c-gw }
    workload cluster d { gateway east-west d-gw }
    service db on b, c { failover east-west no outlier detection }`;

describe('a share that is lost', () => {
    it.each([
        ['by one step', 'service web on a { exposed "h" requires db }', 0.5],
        ['by two', 'service web on a { exposed "h" requires api } service api on a { requires db }', 0.5],
        [
            'by two, each with half',
            `service web on a { exposed "h" requires api }
             service api on b, d { failover east-west no outlier detection requires db }`,
            // half of it goes to d, and half of that is lost; b has its own
            0.25,
        ],
        [
            'of several requirements the largest',
            `service web on a { exposed "h" requires db, api }
             service api on b, c, d { failover east-west no outlier detection }`,
            0.5,
        ],
        ['of a helper that fails closed', 'service web on a { exposed "h" rate limit by db fails closed }', 0.5],
        ['of a helper that fails open', 'service web on a { exposed "h" rate limit by db fails open }', 0],
        ['of what is merely called', 'service web on a { exposed "h" calls db }', 0],
    ])('travels %s', async (_, services, expected) => {
        expect((await hostFate(`${half} ${services}`, 'c')).lostShare).toBe(expected);
    });

    it('of what is called makes the caller answer in part, and nobody further', async () => {
        const text = `${half}
            service web on a { exposed "h" requires api }
            service api on a { calls db }`;
        const { hosts, services } = await fate(text, 'c');
        expect(services['api']).toMatchObject({
            severity: 'limited',
            brokenCalls: [{ cluster: 'a', callee: 'db' }],
            consumers: [{ name: 'web', severity: 'unaffected' }],
        });
        expect(services['web']?.severity).toBe('unaffected');
        expect(hosts['h']).toMatchObject({ severity: 'unaffected', lostShare: 0 });
    });
});

describe('a circle of requirements', () => {
    it('stays up by itself', async () => {
        const text = `
            workload cluster a { gateway ingress }
            service web on a { exposed "h" requires api }
            service api on a { requires web }`;
        expect((await fate(text)).services['api']?.homes).toEqual([{ cluster: 'a', alive: true, serves: true }]);
        expect((await hostFate(text)).severity).toBe('unaffected');
        expect((await hostFate(text, 'api@a')).severity).toBe('total');
    });

    it('may be a service and itself', async () => {
        const text = 'workload cluster a { gateway ingress } service web on a { exposed "h" requires web }';
        expect((await hostFate(text)).severity).toBe('unaffected');
    });

    it('counts a loss from outside once', async () => {
        const text = `${half}
            service web on a { exposed "h" requires api }
            service api on a { requires web, db }`;
        expect((await hostFate(text, 'c')).lostShare).toBe(0.5);
    });

    it('counts a home of a member once', async () => {
        const text = `
            workload cluster a { gateway ingress, east-west a-gw }
            workload cluster b { gateway east-west b-gw }
            workload cluster c { gateway east-west c-gw }
            service web on a { exposed "h" requires api failover east-west no outlier detection }
            service api on b, c { requires web failover east-west no outlier detection }`;
        const { hosts, services } = await fate(text, 'c');
        expect(hosts['h']?.lostShare).toBe(0.5);
        expect(services['web']?.consumers).toMatchObject([
            { kind: 'caller', name: 'api', cluster: 'b', severity: 'limited' },
            { kind: 'host', severity: 'limited' },
        ]);
    });
});

describe('detection', () => {
    // `api` on b and d, of which d loses half of what it requires
    const partial = `${half}
        workload cluster t { gateway tier1 }
        service api on b, d { exposed "h" via t.tier1 requires db }`.replaceAll(
        /(b-gw|d-gw) }/g,
        '$1  gateway ingress }',
    );

    it('leaves only what answers nothing: half a target keeps its share', async () => {
        expect(await hostFate(partial, 'c')).toMatchObject({ lostShare: 0.25, servedFrom: ['b', 'd'] });
    });

    it('and a later death heals nothing', async () => {
        expect(await hostFate(partial, 'c', 'api@d')).toMatchObject({ lostShare: 0.25, servedFrom: ['b'] });
        expect(await hostFate(partial, 'api@d')).toMatchObject({ lostShare: 0, servedFrom: ['b'] });
    });
});

describe('deaths never heal', () => {
    const web = `${half} service web on a { exposed "h" requires db }`;

    it.each([
        [['db@c'], 0],
        [['c.c-gw'], 0.5],
        [['c.c-gw', 'db@c'], 0.5],
        [['link:a/c', 'db@c'], 0.5],
        [['c', 'db@c'], 0.5],
        [['db@c', 'b.b-gw'], 1],
        [['db@c', 'db@b'], 1],
    ])('%s', async (failed, expected) => {
        expect((await hostFate(web, ...failed)).lostShare).toBe(expected);
    });
});
