import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { compareAll } from './compare.js';
import { elementNames } from './names-in.js';
import { randomEstate } from './random-estate.js';
import { share } from '../share.js';

// 2,000 estates are compared in two files, so that two processors share the work.
describe('the engine and an evaluator that was written without sight of it agree in every field', () => {
    test('on the elements of random estates', () => {
        fc.assert(
            fc.property(randomEstate, (topology) => {
                const known = new Set<string>(buildFailureGraph(topology).elements.all.map((element) => element.name));
                expect(elementNames(topology).filter((name) => !known.has(name))).toEqual([]);
            }),
            { numRuns: share(500) },
        );
    });

    test('on single and double failures of 1,000 random estates', { timeout: 1_200_000 }, () => {
        expect(compareAll({ count: share(1_000), seed: 1, pairs: 70 })).toBeGreaterThan(share(100_000));
    });

    test('on all pairs of 40 of them', { timeout: 1_200_000 }, () => {
        expect(compareAll({ count: share(40), seed: 3, pairs: Infinity })).toBeGreaterThan(share(60_000));
    });
});
