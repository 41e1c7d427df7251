import { describe, expect, test } from 'vitest';
import { compareInTime } from './compare-time.js';
import { share } from '../share.js';

describe('the engine and a simulator that ticks second by second agree', () => {
    test('on when what begins and ends, in 500 random scenarios', { timeout: 1_200_000 }, () => {
        expect(compareInTime({ count: share(500), seed: 1 })).toBeGreaterThan(share(2_500));
    });
});
