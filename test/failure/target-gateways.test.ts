import { describe, expect, test } from 'vitest';
import { simulated } from './check.js';
import { hostFate as judged } from './evaluator/read.js';

/** Two regions, two ingress gateways in each of two clusters, tier1 in front. */
const estate = (to: string, more = '') => `topology t
    region a
    region b
    management cluster mgmt
    workload cluster dmz in a { gateway tier1 front }
    workload cluster east in a { gateway ingress shop-gw  gateway ingress pay-gw }
    workload cluster west in b { gateway ingress shop-gw2  gateway ingress pay-gw2 }
    service shop on east, west { exposed "h.example.com" ${to} ${more} }`;

/** "limited 0.5, gap 0-60", by the engine; the evaluator has to agree. */
async function fate(text: string, ...failed: string[]): Promise<string> {
    const { hosts } = await simulated(text, failed);
    const [{ severity, lostShare, gapSeconds, servedFrom }] = hosts as [(typeof hosts)[number]];
    const other = await judged(text, ...failed);
    expect({
        severity: other.severity,
        lostShare: other.lostShare,
        servedFrom: other.servedFrom,
        gapSeconds: other.gapSeconds,
    }).toEqual({
        severity,
        lostShare,
        servedFrom,
        gapSeconds,
    });
    const gap = gapSeconds ? `, gap ${gapSeconds.from}-${gapSeconds.to}` : '';
    return `${severity}${severity === 'limited' ? ` ${lostShare}` : ''}${gap}`;
}

describe('a gateway that is named behind `to`', () => {
    test('is the only one that has the host there', async () => {
        const named = estate('via front to east.shop-gw');
        expect(await fate(named, 'east.shop-gw')).toBe('total');
        expect(await fate(named, 'east.pay-gw')).toBe('unaffected');
    });

    test('has a spare in another cluster, or in one that is named beside it', async () => {
        expect(await fate(estate('via front to east.shop-gw, west'), 'east.shop-gw')).toBe('unaffected, gap 0-60');
        const both = estate('via front to east.shop-gw, east.pay-gw');
        expect(await fate(both, 'east.shop-gw')).toBe('unaffected, gap 0-60');
        expect(await fate(both, 'east.shop-gw', 'east.pay-gw')).toBe('total');
    });

    test('keeps its own weight, beside others of its cluster', async () => {
        const weighted = estate('via front to east.shop-gw weight 70, east.pay-gw weight 30');
        expect(await fate(weighted, 'east.shop-gw')).toBe('limited 0.7');
        expect(await fate(weighted, 'east.pay-gw')).toBe('limited 0.3');
        expect(await fate(weighted, 'shop@east')).toBe('total');
    });

    test('is where clients enter if no entry is named, by its weight', async () => {
        const text = estate('to east.shop-gw weight 90, west.pay-gw2 weight 10');
        expect(await fate(text, 'east.shop-gw')).toBe('limited 0.9');
        expect(await fate(text, 'east.pay-gw')).toBe('unaffected');
        expect(await fate(text, 'west.pay-gw2')).toBe('limited 0.1');
    });

    test('is reached from a tier1 gateway of the same cluster', async () => {
        const text = estate('via both to west.shop-gw2').replace(
            'gateway ingress pay-gw2',
            'gateway tier1, ingress both',
        );
        expect(await fate(text, 'west.shop-gw2')).toBe('total');
        expect(await fate(text.replace('to west.shop-gw2', 'to west.both'), 'west.shop-gw2')).toBe('unaffected');
    });

    test('goes by its own name where it is the only one, and a cluster comes first', async () => {
        expect(await fate(estate('via front to shop-gw'), 'east.shop-gw')).toBe('total');
        const same = estate('via front to east').replace('gateway ingress shop-gw2', 'gateway ingress east');
        expect(await fate(same, 'west')).toBe('unaffected');
    });
});

test('a cluster that is named is entered by any of its ingress gateways, as before', async () => {
    expect(await fate(estate('via front to east'), 'east.shop-gw')).toBe('unaffected, gap 0-60');
});
