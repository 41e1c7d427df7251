import { describe, expect, it } from 'vitest';
import type { HostResult } from './result.js';
import { hostFate, read } from './read.js';
import { evaluate } from './index.js';

/** "unaffected from a+b", "limited 0.5 from a", "total". */
function told({ severity, lostShare, servedFrom }: HostResult): string {
    const share = severity === 'limited' ? ` ${lostShare}` : '';
    return `${severity}${share}${servedFrom.length > 0 ? ` from ${servedFrom.join('+')}` : ''}`;
}

async function host(text: string, ...failed: string[]): Promise<string> {
    return told(await hostFate(text, ...failed));
}

async function isServed(text: string): Promise<boolean> {
    return Object.keys(evaluate(await read(text), []).hosts).length > 0;
}

const two = (exposed: string, more = '') => `
    workload cluster a { gateway ingress }
    workload cluster b { gateway ingress }
    service s on a, b { exposed "h" ${exposed} ${more} }`;

describe('ingress gateways', () => {
    it('of the homes are the entries where none is named', async () => {
        expect(await host(two(''))).toBe('unaffected from a+b');
        expect(await host(two(''), 'a.ingress')).toBe('limited 0.5 from b');
        expect(await host(two(''), 'a.ingress', 'b.ingress')).toBe('total');
    });

    it('of the targets are the entries where these are named', async () => {
        expect(await host(two('to a'))).toBe('unaffected from a');
        expect(await host(two('to a'), 'b')).toBe('unaffected from a');
    });

    it('have equal shares each', async () => {
        const text = two('').replace('{ gateway ingress }', '{ gateway ingress one  gateway ingress two }');
        expect(await host(text, 'a.one')).toBe('limited 0.333333333 from a+b');
    });

    it('lead to their own cluster only', async () => {
        expect(await host(two('via a.ingress'), 's@a')).toBe('total');
        expect(await host(two('via a.ingress'), 'b')).toBe('unaffected from a');
    });

    it('lead on by east-west failover like any caller', async () => {
        const text = two('via a.ingress', 'failover east-west').replace('b { gateway ingress', 'b { gateway east-west');
        expect(await host(text, 's@a')).toBe('unaffected from b');
        expect(await host(text, 's@a', 'b.east-west')).toBe('total');
        // `to` does not bound that
        expect(await host(text.replace('via a.ingress', 'via a.ingress to a'), 's@a')).toBe('unaffected from b');
    });

    it('lead to their own cluster, home or not, unless it is not behind `to`', async () => {
        const text = (to: string) => `
            workload cluster a { gateway ingress }
            workload cluster b { gateway ingress, east-west }
            service s on b { exposed "h" via a.ingress ${to} failover east-west }`;
        expect(await host(text(''))).toBe('unaffected from b');
        expect(await isServed(text('to b'))).toBe(false);
    });

    it('do with lost instances what a neighbour does', async () => {
        const text = two('via a.ingress', 'failover east-west no outlier detection').replace(
            'b { gateway ingress',
            'b { gateway east-west',
        );
        expect(await host(text, 's@a')).toBe('unaffected from b');
        expect(await host(text, 's@a', 'a.istiod')).toBe('total');
    });
});

describe('tier1 gateways', () => {
    const fronted = (exposed: string, t = 'gateway tier1', more = '') => `
        workload cluster t { ${t} }
        ${two(exposed)} ${more}`;

    it('lead to the ingress gateways of the homes', async () => {
        const text = fronted('via t.tier1');
        expect(await host(text)).toBe('unaffected from a+b');
        expect(await host(text, 'a.ingress')).toBe('unaffected from b');
        expect(await host(text, 'link:t->a')).toBe('unaffected from b');
        expect(await host(text, 'link:a->t')).toBe('unaffected from a+b');
        expect(await host(text, 's@a')).toBe('unaffected from b');
        expect(await host(text, 'a', 'b.ingress')).toBe('total');
        expect(await host(text, 't.tier1')).toBe('total');
    });

    it('notice what is dead even where the service says no outlier detection', async () => {
        expect(await host(fronted('via t.tier1 no outlier detection'), 'a')).toBe('unaffected from b');
    });

    it('need the network', async () => {
        const text = fronted('via t.tier1', 'gateway tier1', 'network { t -> a }');
        expect(await host(text)).toBe('unaffected from a');
        expect(await host(text, 'a.ingress')).toBe('total');
    });

    it('reach their own cluster through its ingress gateway', async () => {
        const own = (roles: string) => `
            workload cluster t { ${roles} }
            service s on t { exposed "h" via t.tier1 }`;
        expect(await host(own('gateway tier1  gateway ingress'), 't.ingress')).toBe('total');
        expect(await host(own('gateway tier1, ingress'))).toBe('unaffected from t');
        expect(
            await isServed(own('gateway tier1').replace('exposed "h" via t.tier1', 'exposed "h" via t.tier1 to t')),
        ).toBe(false);
    });

    it('go on to what is behind a target by east-west failover', async () => {
        const text = `
            workload cluster t { gateway tier1 }
            workload cluster a { gateway ingress }
            workload cluster b { gateway east-west }
            service s on a, b { exposed "h" via t.tier1 failover east-west }`;
        expect(await host(text, 's@a')).toBe('unaffected from b');
    });

    it('prefer their own region', async () => {
        const text = `
            region r
            workload cluster t in r { gateway tier1 }
            workload cluster near in r { gateway ingress }
            workload cluster far { gateway ingress }
            service s on near, far { exposed "h" via t.tier1 }`;
        expect(await host(text)).toBe('unaffected from near');
        expect(await host(text, 'near.ingress')).toBe('unaffected from far');
        expect((await hostFate(text, 'near.ingress')).fromOtherRegion).toBe(false);
        const named = text.replace('region r', 'region r region q').replace('far {', 'far in q {');
        expect((await hostFate(named, 'near.ingress')).fromOtherRegion).toBe(true);
    });
});

describe('transit', () => {
    const chain = (through: string, more = '') => `
        workload cluster t { gateway tier1 }
        workload cluster x { gateway tier1 x1  gateway tier1 x2 }
        workload cluster y { gateway ingress y1  gateway east-west y2 }
        workload cluster a { gateway ingress }
        service s on a, y { exposed "h" via t.tier1 through ${through} ${more} }`;

    it('takes any living gateway of a hop', async () => {
        const text = chain('x1, x2 to a');
        expect(await host(text, 'x.x1')).toBe('unaffected from a');
        expect(await host(text, 'x.x1', 'x.x2')).toBe('total');
        expect(await host(text, 'link:t/x')).toBe('total');
        expect(await host(text, 'link:t/a')).toBe('unaffected from a');
        expect(await host(text, 'link:x/a')).toBe('total');
    });

    it('goes hop by hop', async () => {
        expect(await host(chain('x1 through x2 to a'), 'x.x2')).toBe('total');
    });

    it('is decided by its last gateway', async () => {
        expect(await host(chain('y1'))).toBe('unaffected from y');
        expect(await host(chain('y1', 'to y'))).toBe('unaffected from y');
        expect(await isServed(chain('y1', 'to a'))).toBe(false);
        expect(await host(chain('x1, y1'))).toBe('unaffected from a+y');
    });

    it('may pass by any gateway that is named, but ends at none that leads nowhere', async () => {
        expect(await host(chain('y2 through x1 to a'))).toBe('unaffected from a');
        expect(await isServed(chain('y2'))).toBe(false);
    });
});

describe('weights', () => {
    const drawn = (to: string, more = '') => `
        workload cluster t { gateway tier1 }
        workload cluster a { gateway ingress one  gateway ingress two }
        workload cluster b { gateway ingress }
        workload cluster c { gateway east-west }
        service s on a, b, c { exposed "h" via t.tier1 to ${to} ${more} }`;

    it('behind tier1 are strict', async () => {
        const text = drawn('a weight 30, b weight 10');
        expect(await host(text, 'a')).toBe('limited 0.75 from b');
        expect(await host(text, 'b.ingress')).toBe('limited 0.25 from a');
        expect(await host(text, 'link:t/a', 'link:t/b')).toBe('total');
        // any of the target's gateways will do
        expect(await host(text, 'a.one')).toBe('unaffected from a+b');
    });

    it('do not hinder what is behind the ingress gateway', async () => {
        expect(await host(drawn('a weight 30, b weight 10', 'failover east-west'), 's@a')).toBe('unaffected from b+c');
    });

    it('of what has no way in health count for nothing', async () => {
        expect(await host(drawn('a weight 30, c weight 10'), 'a.one', 'a.two')).toBe('total');
    });

    it('of 0 are no requests and no spare', async () => {
        const text = drawn('a weight 1, b weight 0');
        expect(await host(text)).toBe('unaffected from a');
        expect(await host(text, 'b')).toBe('unaffected from a');
        expect(await host(text, 'a')).toBe('total');
    });

    it('are drawn by the entry where there is transit, whatever the entry is', async () => {
        const text = `
            workload cluster e { gateway ingress }
            ${drawn('a weight 90, b weight 10').replace('via t.tier1', 'via e.ingress through t.tier1')}`;
        expect(await host(text, 'b')).toBe('limited 0.1 from a');
    });

    it.each(['', 'via a.one, a.two, b.ingress'])('spread the clients over ingress gateways: %s', async (via) => {
        const text = drawn('a weight 90, b weight 10').replace('via t.tier1', via);
        expect(await host(text, 'a.one')).toBe('limited 0.45 from a+b');
        expect(await host(text, 'b')).toBe('limited 0.1 from a');
    });

    it('spread the clients of two kinds of entries in equal parts', async () => {
        const text = drawn('a weight 90, b weight 10').replace('via t.tier1', 'via t.tier1, a.one, b.ingress');
        // a third by tier1, the other two thirds by weight
        expect(await host(text, 't.tier1')).toBe('limited 0.333333333 from a+b');
        expect(await host(text, 'a.one')).toBe('limited 0.6 from a+b');
    });
});

describe('GSLB', () => {
    const doors = (exposed: string) => `
        workload cluster t1 { gateway tier1 }
        workload cluster t2 { gateway tier1 }
        ${two(`via t1.tier1, t2.tier1 ${exposed}`)}`;

    it('is needed for clients to leave an entry', async () => {
        expect(await host(doors(''), 't1.tier1')).toBe('limited 0.5 from a+b');
        expect(await host(doors('{ gslb }'), 't1.tier1')).toBe('unaffected from a+b');
        expect(await host(doors('{ gslb }'), 't1.tier1', 't2')).toBe('total');
    });

    it('leaves an entry that loses requests for one that loses none', async () => {
        const weighted = doors('to a weight 1, b weight 3 { gslb }');
        expect(await host(weighted, 'link:t1->a')).toBe('unaffected from a+b');
        expect(await host(weighted.replace('{ gslb }', ''), 'link:t1->a')).toBe('limited 0.125 from a+b');
    });

    it('leads clients to those that lose nothing, and to no other', async () => {
        // whoever enters by a reaches one of three, and nobody probes them; b has its own
        const text = `
            workload cluster a { gateway ingress }
            workload cluster b { gateway ingress, east-west }
            workload cluster c { gateway east-west }
            workload cluster d { gateway east-west }
            service web on a, b { exposed "h" via a.ingress, b.ingress { gslb ttl 30s } requires db }
            service db on b, c, d { failover east-west no outlier detection }`;
        expect(await hostFate(text, 'c')).toMatchObject({
            severity: 'unaffected',
            servedFrom: ['b'],
            gapSeconds: { from: 30, to: 90 },
        });
        expect(await host(text.replace('{ gslb ttl 30s }', ''), 'c')).toBe('limited 0.166666667 from a+b');
    });

    it('lets nobody move where every entry loses something', async () => {
        const weighted = doors('to a weight 1, b weight 3 { gslb }');
        expect(await host(weighted, 'link:t1->a', 'link:t2->b')).toBe('limited 0.5 from a+b');
        expect(await host(weighted, 't1.tier1', 'link:t2->b')).toBe('limited 0.875 from a');
    });

    it('does not leave what answers in part', async () => {
        const text = `
            workload cluster a { gateway ingress, egress }
            workload cluster b { gateway ingress }
            external service x
            service s on a, b { exposed "h" via a.ingress, b.ingress { gslb } calls x }`;
        const apart = text.replace('ingress, egress', 'ingress  gateway egress');
        expect(await host(apart, 'a.egress')).toBe('limited 0 from a+b');
    });
});
