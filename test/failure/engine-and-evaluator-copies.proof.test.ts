import { expect, test } from 'vitest';
import { compareAll } from './compare.js';
import { estateThatNeedsCopies } from './random-copies.js';
import { share } from '../share.js';

test(
    'the engine and the evaluator agree in every field where things need several of their copies',
    {
        timeout: 1_200_000,
    },
    () => {
        const estates = estateThatNeedsCopies.map(({ more }) => more);
        expect(compareAll({ count: share(400), seed: 4, pairs: 50, estates })).toBeGreaterThan(share(20_000));
    },
);
