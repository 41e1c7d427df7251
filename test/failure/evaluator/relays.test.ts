import { describe, expect, it } from 'vitest';
import { fate } from './read.js';
import type { Result } from './result.js';

/** How `web` fares that calls or requires `api`: "unaffected from b". */
function toldOfCaller({ services }: Result): string {
    const caller = services['api']?.consumers.find(({ name }) => name === 'web');
    return caller ? [caller.severity, ...caller.servedFrom].join(' ') : 'no way';
}

async function caller(text: string, ...failed: string[]): Promise<string> {
    return toldOfCaller(await fate(text, ...failed));
}

/** A caller on `a`, two relays, and the service that it calls on `b`. */
const relayed = ({ api = 'on b', more = '', through = 'd.near, e.far' } = {}) => `
    region r  region s
    workload cluster a in r { gateway ingress, east-west a-gw }
    workload cluster b in s { gateway ingress b-gw  gateway east-west }
    workload cluster d in r { gateway tier1 near }
    workload cluster e in s { gateway tier1 far }
    service api { ${api} }
    service web on a { exposed "web" requires api through ${through} }
    ${more}`;

describe('a call through relays', () => {
    it('goes by the nearest that lives', async () => {
        expect(await caller(relayed())).toBe('unaffected b');
        expect(await caller(relayed(), 'd.near')).toBe('unaffected b');
        expect(await caller(relayed(), 'd.near', 'e.far')).toBe('total');
        expect(await caller(relayed(), 'link:a->d', 'link:a->e')).toBe('total');
        expect(await caller(relayed(), 'link:d->b', 'link:e->b')).toBe('total');
    });

    it('goes by no east-west gateway, neither there nor behind a relay', async () => {
        expect(await caller(relayed({ api: 'on b failover east-west' }), 'd', 'e')).toBe('total');
        expect(await caller(relayed(), 'b.b-gw')).toBe('total');
        expect(await caller(relayed(), 'b.east-west')).toBe('unaffected b');
    });

    it('passes only relays to which the network is open', async () => {
        const network = 'network { a -> d  d, e -> b }';
        expect(await caller(relayed({ more: network }), 'd.near')).toBe('total');
        expect(await caller(relayed({ more: network }), 'e.far')).toBe('unaffected b');
    });

    it('goes to the home beside it first, and on only by failover with outlier detection', async () => {
        expect(await caller(relayed({ api: 'on a, b failover east-west' }))).toBe('unaffected a');
        expect(await caller(relayed({ api: 'on a, b failover east-west' }), 'api@a')).toBe('unaffected b');
        expect(await caller(relayed({ api: 'on a, b' }), 'api@a')).toBe('total');
        expect(await caller(relayed({ api: 'on a, b failover east-west no outlier detection' }), 'api@a')).toBe(
            'total',
        );
    });

    it('keeps to the nearest in health without outlier detection', async () => {
        const text = relayed({ api: 'on b no outlier detection', through: 'd.near, a.a-gw, e.far' });
        // an ingress gateway on `a` leads to `a` alone, where nobody is: it is no relay
        expect(await caller(text, 'd.near')).toBe('total');
        const more = 'workload cluster f in r { gateway tier1 near-too }';
        const two = relayed({ api: 'on b no outlier detection', more, through: 'd.near, f.near-too, e.far' });
        const { hosts } = await fate(two, 'd.near');
        expect(hosts['web']).toMatchObject({ severity: 'limited', lostShare: 0.5 });
        expect(await caller(two, 'e.far')).toBe('unaffected b');
        expect(await caller(two, 'd', 'f')).toBe('total');
    });

    it('goes on behind a relay as the first host inside says that names it', async () => {
        const api = 'on b exposed inside "h" via d.near through e.far';
        const text = relayed({ api, through: 'd.near' });
        expect(await caller(text)).toBe('unaffected b');
        expect(await caller(text, 'e.far')).toBe('total');
        expect(await caller(text, 'link:d->b')).toBe('unaffected b');
    });

    it('is refused by a relay that does not reach what it asks', async () => {
        const more = 'external service opa';
        const text = relayed({ more, through: 'd.near' }).replace(
            'tier1 near',
            'tier1 near { external authorization by opa fails closed }',
        );
        expect(await caller(text)).toBe('unaffected b');
        expect(await caller(text, 'external:opa')).toBe('total');
    });

    it('makes the relay a user of what it asks', async () => {
        const text = relayed({ more: 'service opa on d', through: 'd.near' }).replace(
            'tier1 near',
            'tier1 near { external authorization by opa fails open }',
        );
        const { services, clusters } = await fate(text, 'opa@d');
        expect(services['opa']?.consumers.map(({ name, severity }) => `${name} ${severity}`)).toEqual(['d.near total']);
        expect(clusters['d']?.operations.runningWorkloads).toBe('total');
        expect(services['web']?.homes).toEqual([{ cluster: 'a', alive: true, serves: true }]);
    });

    it('has no way in health where no relay leads on: the home is broken', async () => {
        const text = relayed({ through: 'a.a-gw' });
        expect(await caller(text)).toBe('no way');
        expect((await fate(text)).hosts).toEqual({});
    });
});

describe('a call without relays', () => {
    const inside = (api: string) => `
        workload cluster a { gateway ingress }
        workload cluster b { gateway ingress b-gw  gateway east-west }
        workload cluster d { gateway tier1 one  gateway tier1 two }
        service api { ${api} exposed inside "first" via d.one exposed inside "second" via d.two }
        service web on a { requires api }`;

    it('comes by the first host inside where there is no home to go to', async () => {
        expect(await caller(inside('on b'))).toBe('unaffected b');
        expect(await caller(inside('on b'), 'd.one')).toBe('total');
        expect(await caller(inside('on b'), 'd.two')).toBe('unaffected b');
    });

    it('goes as without it where there is one', async () => {
        expect(await caller(inside('on a, b'), 'd.one')).toBe('unaffected a');
        expect(await caller(inside('on a, b'), 'api@a')).toBe('total');
        expect(await caller(inside('on b failover east-west'), 'd')).toBe('unaffected b');
        expect(await caller(inside('on b failover east-west'), 'b.east-west')).toBe('total');
    });

    it('passes no relay if a gateway makes it', async () => {
        const text = inside('on b').replace(
            'gateway ingress }',
            'gateway ingress { external authorization by api fails closed } }',
        );
        expect((await fate(`${text} service shop on a { exposed "shop" }`)).hosts).not.toHaveProperty('shop');
    });
});

describe('a host inside', () => {
    const host = (api: string, to = '') => `
        workload cluster b { gateway ingress }
        workload cluster c { gateway ingress }
        workload cluster d { gateway tier1 one  gateway tier1 two }
        service api on b, c { ${api} exposed inside "h" via d.one, d.two ${to} }`;

    it('is left by its clients at entries that are lost', async () => {
        const { hosts } = await fate(host(''), 'd.one');
        expect(hosts['h']).toMatchObject({ severity: 'unaffected', lostShare: 0, gapSeconds: { from: 0, to: 60 } });
        expect((await fate(host(''), 'd')).hosts['h']).toMatchObject({ severity: 'total', gapSeconds: null });
    });

    it('keeps its clients without outlier detection', async () => {
        const { hosts } = await fate(host('no outlier detection'), 'd.one');
        expect(hosts['h']).toMatchObject({ severity: 'limited', lostShare: 0.5, gapSeconds: null });
    });

    it('keeps them at entries that answer in part', async () => {
        const { hosts } = await fate(host('', 'to b weight 80, c weight 20'), 'c.ingress');
        expect(hosts['h']).toMatchObject({ severity: 'limited', lostShare: 0.2, servedFrom: ['b'], gapSeconds: null });
    });

    it('does not forget what was lost at an entry before it was left', async () => {
        const text = `
            workload cluster b { gateway ingress }
            workload cluster c { gateway ingress, tier1 c-gw }
            workload cluster d { gateway tier1 one }
            service api on b, c { exposed inside "h" via d.one, c.c-gw to b weight 50, c weight 50 }`;
        expect((await fate(text, 'link:d->b')).hosts['h']?.lostShare).toBe(0.25);
        const both = await fate(text, 'link:d->b', 'link:d->c');
        expect(both.hosts['h']).toMatchObject({ lostShare: 0.25, gapSeconds: { from: 0, to: 60 } });
    });
});
