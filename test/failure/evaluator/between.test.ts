import { describe, expect, it } from 'vitest';
import { fate } from './read.js';

/** How the callers of `api` fare: "total", or "unaffected from c". */
async function callers(text: string, ...failed: string[]): Promise<string> {
    const { services } = await fate(text, ...failed);
    const told = services['api']?.consumers.map(({ severity, servedFrom }) =>
        [severity, ...(servedFrom.length > 0 ? ['from', servedFrom.join('+')] : [])].join(' '),
    );
    return told?.join(', ') ?? '';
}

/** A caller on `a`; `api` there and on `b`, and more said of each. */
function pair({
    a = '',
    b = 'gateway east-west',
    api = 'on a, b failover east-west',
    more = '',
}: {
    readonly a?: string;
    readonly b?: string;
    readonly api?: string;
    readonly more?: string;
}): string {
    return `
        ${more}
        workload cluster a ${a}
        workload cluster b { ${b} }
        service api { ${api} }
        service web on a { calls api }`;
}

describe('a caller', () => {
    it('goes to its own cluster first', async () => {
        expect(await callers(pair({}))).toBe('unaffected from a');
    });

    it('goes on to another home', async () => {
        expect(await callers(pair({}), 'api@a')).toBe('unaffected from b');
    });

    it.each([
        ['no failover', pair({ api: 'on a, b' })],
        ['no east-west gateway', pair({ b: 'gateway ingress' })],
        ['a closed network', pair({ more: 'network { b -> a }' })],
        ['another namespace', pair({ api: 'on a on b { namespace other } failover east-west' })],
        [
            'the same zone',
            pair({ more: 'region r { zones z, y }', a: 'in r/z' }).replace('cluster b', 'cluster b in r/z'),
        ],
    ])('stays with %s', async (_, text) => {
        expect(await callers(text, 'api@a')).toBe('total');
    });

    it.each([
        ['an open network', pair({ more: 'network { a -> b }' })],
        [
            'another zone',
            pair({ more: 'region r { zones z, y }', a: 'in r/z' }).replace('cluster b', 'cluster b in r/y'),
        ],
        ['the same region', pair({ more: 'region r', a: 'in r' }).replace('cluster b', 'cluster b in r')],
        [
            'a zone on one side only',
            pair({ more: 'region r { zones z }', a: 'in r/z' }).replace('cluster b', 'cluster b in r'),
        ],
    ])('goes on with %s', async (_, text) => {
        expect(await callers(text, 'api@a')).toBe('unaffected from b');
    });

    it.each([['b.east-west'], ['link:a/b'], ['link:a->b'], ['b'], ['api@b'], ['b.data-plane']])(
        'has nowhere to go without %s',
        async (failed) => {
            expect(await callers(pair({}), 'api@a', failed)).toBe('total');
        },
    );

    it.each([['link:b->a'], ['b.edge-control-plane'], ['b.istiod'], ['mgmt']])(
        'that detects outliers needs no %s',
        async (failed) => {
            expect(await callers(pair({}), 'api@a', failed)).toBe('unaffected from b');
        },
    );

    it('is passed on to no third cluster', async () => {
        const text = `
            workload cluster a
            workload cluster b { gateway east-west }
            workload cluster c { gateway east-west }
            network { a -> b   b -> c }
            service api on b, c { failover east-west }
            service web on a { calls api }`;
        expect(await callers(text)).toBe('unaffected from b');
        expect(await callers(text, 'api@b')).toBe('total');
    });

    it('prefers its region', async () => {
        const text = `
            region r
            workload cluster a in r
            workload cluster far { gateway east-west }
            workload cluster near in r { gateway east-west }
            service api on far, near { failover east-west }
            service web on a { calls api }`;
        expect(await callers(text)).toBe('unaffected from near');
        expect(await callers(text, 'near')).toBe('unaffected from far');
    });

    it('uses the namespace of the service where it has no neighbour', async () => {
        const text = `
            workload cluster a
            workload cluster b { gateway east-west }
            workload cluster c { gateway east-west }
            service ns/api { on b on c { namespace other } failover east-west }
            service web on a { calls ns/api }`;
        expect(await callers(text)).toBe('unaffected from b');
    });
});

describe('without outlier detection', () => {
    const silent = 'failover east-west no outlier detection';
    const local = pair({ api: `on a, b ${silent}` });
    const remote = `
        workload cluster a
        workload cluster b { gateway east-west }
        workload cluster c { gateway east-west }
        service api on b, c { ${silent} }
        service web on a { calls api }`;

    it.each([
        ['api@a', [], 'unaffected from b'],
        // nobody tells the proxies any more, and some are dead before they could
        ['api@a', ['a.istiod'], 'total'],
        ['api@a', ['a.kubernetes-api'], 'unaffected from b'],
        ['api@a', ['a.edge-control-plane'], 'unaffected from b'],
    ])('a neighbour that goes: %s with %s', async (failed, more, expected) => {
        expect(await callers(local, failed, ...more)).toBe(expected);
    });

    it.each([
        [[], 'unaffected from c'],
        [['a.istiod'], 'limited from c'],
        [['link:a->mgmt'], 'limited from c'],
        [['link:b->mgmt'], 'limited from c'],
        [['link:c->mgmt'], 'unaffected from c'],
        [['b.istiod'], 'unaffected from c'],
        [['b.kubernetes-api'], 'limited from c'],
        [['mgmt.central-control-plane'], 'limited from c'],
        [['mgmt.management-plane'], 'unaffected from c'],
    ])('instances elsewhere that go, with %s', async (more, expected) => {
        expect(await callers(remote, 'api@b', ...more)).toBe(expected);
    });

    it.each([['b'], ['b.east-west'], ['link:a/b'], ['b.data-plane']])('nobody notices %s', async (failed) => {
        expect(await callers(remote, failed)).toBe('limited from c');
    });

    it('a home that is up and cannot serve is not noticed', async () => {
        const needy = (detection: string) => `
            workload cluster a
            workload cluster b { gateway east-west, egress }
            workload cluster c { gateway east-west }
            external service db
            service api on b, c { failover east-west ${detection} requires db }
            service web on a { calls api }`;
        // without its egress gateway b reaches no database; it takes the east-west gateway along
        const apart = (detection: string) => needy(detection).replace('east-west, egress', 'east-west  gateway egress');
        expect(await callers(apart('no outlier detection'), 'b.egress')).toBe('limited from c');
        expect(await callers(apart('outlier detection'), 'b.egress')).toBe('unaffected from c');
    });

    it('one of two east-west gateways takes its part of the requests', async () => {
        const two = remote.replace(
            'cluster b { gateway east-west }',
            'cluster b { gateway east-west one  gateway east-west two }',
        );
        const host = two
            .replace('cluster a', 'cluster a { gateway ingress }')
            .replace('calls api', 'exposed "h" requires api');
        expect((await fate(host, 'b.one')).hosts['h']?.lostShare).toBe(0.25);
        expect((await fate(host, 'b.one', 'b.two')).hosts['h']?.lostShare).toBe(0.5);
        const detecting = host.replace('no outlier detection', '');
        expect((await fate(detecting, 'b.one')).hosts['h']?.lostShare).toBe(0);
    });

    it('after a withdrawal the next in line is chosen, and kept', async () => {
        const text = pair({ api: `on a, b ${silent}` });
        expect(await callers(text, 'api@a', 'b')).toBe('total');
    });
});

describe('an external service', () => {
    const text = `
        workload cluster a { gateway egress one  gateway egress two }
        workload cluster b
        external service db
        service web on a, b { calls db }`;

    it('is reached through the egress gateways of the cluster, if it has some', async () => {
        const broken = async (...failed: string[]) => (await fate(text, ...failed)).services['web']?.brokenCalls;
        expect(await broken('a.one')).toEqual([]);
        expect(await broken('a.one', 'a.two')).toEqual([{ cluster: 'a', callee: 'db' }]);
        expect(await broken('external:db')).toEqual([
            { cluster: 'a', callee: 'db' },
            { cluster: 'b', callee: 'db' },
        ]);
    });
});
