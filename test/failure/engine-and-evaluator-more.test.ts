import { describe, expect, test } from 'vitest';
import { compareAll } from './compare.js';

// The second half of the estates of engine-and-evaluator.test.ts.
describe('the engine and an evaluator that was written without sight of it agree', () => {
    test('on all single and double failures of 1,000 random estates', { timeout: 1_200_000 }, () => {
        expect(compareAll({ count: 1_000, seed: 2 })).toBeGreaterThan(600_000);
    });
});
