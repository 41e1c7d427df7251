import { describe, expect, test } from 'vitest';
import { compareAll } from './compare.js';
import { compareInTime } from './compare-time.js';
import { estateWithNeeds, estateWithNeedsAndRelays } from './random-needs.js';
import { randomRestart } from './random-restarts.js';
import { scenariosIn } from './random-scenario.js';
import { share } from '../share.js';

describe('the engine and the evaluator agree in every field where things require services and external services', () => {
    test('on single and double failures of 1,000 random estates', { timeout: 1_200_000 }, () => {
        const estates = estateWithNeeds;
        expect(compareAll({ count: share(1_000), seed: 6, pairs: 60, estates })).toBeGreaterThan(share(100_000));
    });

    test('on the same of 300 random estates with relays', { timeout: 1_200_000 }, () => {
        const estates = estateWithNeedsAndRelays;
        expect(compareAll({ count: share(300), seed: 9, pairs: 60, estates })).toBeGreaterThan(share(30_000));
    });

    test('on when what begins and ends, in 300 random scenarios', { timeout: 1_200_000 }, () => {
        const scenarios = scenariosIn(estateWithNeeds);
        expect(compareInTime({ count: share(300), seed: 7, scenarios })).toBeGreaterThan(share(1_500));
    });

    test('on what restarts while what it needs to start is away, in 300 random estates', { timeout: 1_200_000 }, () => {
        expect(compareInTime({ count: share(300), seed: 8, scenarios: randomRestart })).toBeGreaterThan(share(1_200));
    });
});
