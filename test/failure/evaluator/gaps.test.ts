import { describe, expect, it } from 'vitest';
import type { Gap } from './result.js';
import { hostFate } from './read.js';

async function gap(text: string, ...failed: string[]): Promise<Gap | null> {
    return (await hostFate(text, ...failed)).gapSeconds;
}

const detected = { from: 0, to: 60 };

describe('a gap', () => {
    const behind = (exposed: string, more = '') => `
        workload cluster t { gateway tier1 one  gateway tier1 two }
        workload cluster x { gateway tier1 x1  gateway tier1 x2 }
        workload cluster a { gateway ingress, east-west a1  gateway ingress a2 }
        workload cluster b { gateway ingress, east-west b1 }
        service s on a, b { exposed "h" ${exposed} ${more} }`;

    it.each([
        ['a target', 'via one', ['a'], detected],
        ['instances', 'via one', ['s@a'], detected],
        ['another gateway of the same cluster', 'via one', ['a.a2'], detected],
        ['a link', 'via one', ['link:t->b'], detected],
        ['a transit gateway', 'via one through x1, x2', ['x.x1'], detected],
        ['a spare that nobody uses', 'via one to a', ['b'], null],
        ['all', 'via one', ['a', 'b'], null],
        ['the entry, without GSLB', 'via one, two', ['t.one'], null],
        ['a target that is pinned', 'via one to a weight 1, b weight 1', ['b'], null],
        ['a gateway of a target that is pinned', 'via one to a weight 1, b weight 1', ['a.a2'], detected],
        ['the entry', 'via one, two { gslb ttl 45s }', ['t.one'], { from: 45, to: 45 }],
        ['the entry and a target', 'via one, two { gslb ttl 45s }', ['t.one', 'b'], detected],
        ['nothing', 'via one, two { gslb ttl 45s }', [], null],
        ['something else', 'via one, two { gslb ttl 45s }', ['mgmt', 'x'], null],
    ])('when %s is lost: %s', async (_, exposed, failed, expected) => {
        expect(await gap(behind(exposed), ...failed)).toEqual(expected);
    });

    it('of a host behind a living entry is the life of an answer and the time to notice', async () => {
        const text = behind('via a1, b1 { gslb ttl 45s }');
        expect(await gap(text, 's@a')).toEqual({ from: 45, to: 105 });
        expect(await gap(text, 'a.a1')).toEqual({ from: 45, to: 45 });
        expect(await gap(text, 'a')).toEqual({ from: 45, to: 45 });
    });

    it('of equal ends is the wider one', async () => {
        expect(await gap(behind('via one, two { gslb ttl 60s }'), 't.one', 'b')).toEqual(detected);
    });

    it('is there behind an ingress gateway too', async () => {
        expect(await gap(behind('via a1', 'failover east-west'), 's@a')).toEqual(detected);
        const remote = behind('via a1', 'failover east-west').replace('service s on a, b', 'service s on b');
        expect(await gap(remote.replace('east-west b1', 'east-west b1  gateway east-west b2'), 'b.b2')).toEqual(
            detected,
        );
    });

    it('is none where nobody notices', async () => {
        const text = `
            workload cluster a { gateway ingress }
            workload cluster b { gateway east-west b1 }
            workload cluster c { gateway east-west c1 }
            service s on b, c { exposed "h" via a.ingress failover east-west no outlier detection }`;
        expect(await gap(text, 'b.b1')).toBeNull();
        expect(await gap(text, 's@b')).toEqual(detected);
    });

    it('does not tell how what it requires fares', async () => {
        const text = `
            workload cluster a { gateway ingress }
            workload cluster b { gateway east-west }
            service s on a { exposed "h" requires db }
            service db on a, b { failover east-west }`;
        expect(await gap(text, 'db@a')).toBeNull();
    });
});
