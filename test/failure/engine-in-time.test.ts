import { describe, expect, test } from 'vitest';
import { compareInTime } from './compare-time.js';

describe('the engine and a simulator that ticks second by second agree', () => {
    test('on when what begins and ends, in 2,000 random scenarios', { timeout: 1_200_000 }, () => {
        expect(compareInTime({ count: 2_000, seed: 1 })).toBeGreaterThan(10_000);
    });
});
