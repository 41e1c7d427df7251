import { describe, expect, test } from 'vitest';
import { promised } from '../promises/judged.js';

// What `requires a or b` means, estate by estate. The results were worked out by hand from docs/model.md and
// docs/language.md before any of them was simulated.

const mgmt = 'topology t\nmanagement cluster mgmt\n';
const host = 'exposed "shop.example.com"';

describe('in time', () => {
    const text = (shop: string, more = '') => `${mgmt}
        workload cluster east { gateway ingress }
        workload cluster west { gateway east-west w-gw }
        external service a  external service b  external service reg
        service x on west { failover east-west  requires reg to start }
        service shop on east { ${host} ${shop} }
        scenario "s" {
            ${more.replaceAll('  ', '\n')}
        }`;
    test.each([
        ['every 30m ttl 2h', 'at 0m fail a  at 1h fail b  at 2h29m expect shop.example.com unaffected', true],
        ['every 30m ttl 2h', 'at 0m fail a  at 1h fail b  at 2h31m expect shop.example.com unaffected', false],
        ['every 30m ttl 2h', 'at 0m fail a, b  at 1h29m expect shop.example.com unaffected', true],
        ['every 30m ttl 2h', 'at 0m fail a, b  at 1h31m expect shop.example.com unaffected', false],
        ['every 30m ttl 2h', 'at 0m fail a, b for 1h29m  at 9h expect shop.example.com unaffected', true],
        ['every 30m ttl 2h', 'fail a for 1h  at 50m fail b  at 2h fail a  at 3h29m expect shop not lost', true],
        ['every 30m ttl 2h', 'fail a for 1h  at 50m fail b  at 2h fail a  at 3h31m expect shop not lost', false],
        ['every 30m ttl 2h', 'fail a for 1h  at 50m fail b for 3h  at 2h fail a  at 4h expect shop not lost', true],
        ['every 30m ttl 2h', 'fail a for 100d  at 90d expect shop.example.com unaffected', true],
        ['every 20m', 'fail a, b  at 1m expect shop.example.com unaffected', false],
        ['every 20m', 'fail a  at 1h expect shop.example.com unaffected', true],
        ['to start', 'fail a  at 10m restart shop on east  at 20m expect shop.example.com unaffected', true],
        ['to start', 'fail a, b  at 20m expect shop.example.com unaffected', true],
        ['to start', 'fail a, b  at 10m restart shop on east  at 20m expect shop.example.com unaffected', false],
        ['to start', 'fail a, b  at 10m restart shop on east  at 1h recover b  at 2h expect shop not lost', true],
        ['to start', 'fail a  at 10m deploy shop', true],
        ['to start', 'fail a, b  at 10m deploy shop', false],
        ['to start', 'fail a, b  at 10m scale shop on east to 4', false],
    ])('requires a or b %s: %s', async (when, more, kept) => {
        const found = await promised(text(`requires a or b ${when}`, more));
        expect([kept, found]).toEqual([kept, kept ? [] : [expect.stringContaining('expectation-failed')]]);
    });

    test.each([
        ['fail reg  at 10m restart x  at 20m expect shop.example.com unaffected', true],
        ['fail reg  at 10m restart x  at 20m fail b  at 30m expect shop.example.com lost', true],
        [
            'fail reg  at 10m restart x  at 20m fail b  at 30m recover reg  at 1h expect shop.example.com unaffected',
            true,
        ],
        ['fail reg  at 20m fail b  at 1h expect shop.example.com unaffected', true],
        ['fail west.istiod, reg  at 30h expect shop.example.com unaffected', true],
        ['fail west.istiod  at 11h fail b  at 11h59m expect shop.example.com unaffected', true],
        ['fail west.istiod  at 11h fail b  at 30h expect shop.example.com lost', true],
        ['fail west.istiod  at 11h fail b for 1h  at 30h expect shop.example.com unaffected', true],
        ['fail b  at 1h deploy shop', true],
    ])('requires x or b: %s', async (more, kept) => {
        const found = await promised(text('requires x or b', more));
        expect([kept, found]).toEqual([kept, kept ? [] : [expect.stringContaining('expectation-failed')]]);
    });
});

describe('what is promised of it', () => {
    const text = (shop: string, objective: string) => `${mgmt}
        region us { zones a, b }  region eu
        workload cluster east { gateway ingress }
        workload cluster west { gateway ingress }
        external service a in us  external service b in us/b  external service c in eu
        service shop on east, west { ${host} { gslb ttl 30s } ${shop} }
        objective shop.example.com ${objective}`;
    const broken = (by: RegExp): unknown[] => [expect.stringMatching(by)];
    test.each([
        ['requires a or b', 'survives any failure', broken(/objective-broken.*us/)],
        ['requires a or c', 'survives any failure', []],
        ['requires a or b', 'survives any zone failure', []],
        ['requires a or c', 'survives any 2 zone failures', []],
        ['requires a or b', 'survives any external service failure', []],
        ['requires a or b', 'survives any 2 external service failures', broken(/failures of a and b/)],
        ['requires a or b or c', 'survives any 2 external service failures', []],
        ['requires a or b or c', 'survives any 2 failures in us', []],
        ['requires a or c', 'survives any 2 region failures', broken(/us and (region )?eu/)],
        ['requires a or c', 'recovers within 2m from any external service failure', []],
        ['requires a or c', 'recovers within 30s from any external service failure', broken(/objective-broken/)],
        ['requires a or c', 'partly survives any 2 cluster failures', broken(/east and west/)],
    ])('%s: %s', async (shop, objective, expected) => {
        expect(await promised(text(shop, objective))).toEqual(expected);
    });
});
