import { describe, expect, test } from 'vitest';
import { compareAll } from './compare.js';
import { share } from '../share.js';

// The second half of the estates of engine-and-evaluator.proof.test.ts.
describe('the engine and an evaluator that was written without sight of it agree in every field', () => {
    test('on single and double failures of 1,000 random estates', { timeout: 1_200_000 }, () => {
        expect(compareAll({ count: share(1_000), seed: 2, pairs: 70 })).toBeGreaterThan(share(100_000));
    });
});
