import { expect, test } from 'vitest';
import { share } from '../share.js';
import { compareAll } from './compare.js';
import { estateWithRelays } from './random-relays.js';

test('the engine and the evaluator agree in every field where calls pass relays', { timeout: 1_200_000 }, () => {
    const estates = estateWithRelays;
    expect(compareAll({ count: share(500), seed: 5, pairs: 50, estates })).toBeGreaterThan(share(25_000));
});
