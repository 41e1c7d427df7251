import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propagate, sweepOf } from '../../server/engine/index.js';
import { anyGraph } from './any-graph.js';
import { harmfulByTrying } from './naive.js';
import { each, pairsIn } from './pairs-in.js';
import { share } from '../share.js';

test('a sweep fails what a propagation fails, in the same order, whatever it was asked before', () => {
    fc.assert(
        fc.property(anyGraph, fc.array(fc.array(fc.nat(), { maxLength: 3 })), (graph, all) => {
            const { fail, isDown } = sweepOf(graph);
            expect(isDown(0)).toBe(false);
            for (const some of all) {
                const seeds = some.map((seed) => seed % graph.thresholds.length);
                const { nodes, count } = fail(seeds);
                const { order, down } = propagate(graph, seeds);
                expect(Array.from(nodes).slice(0, count)).toEqual(order);
                expect(Array.from(down, (_, node) => isDown(node))).toEqual(Array.from(down, (each) => each === 1));
            }
        }),
        { numRuns: share(300), seed: 17 },
    );
});

test('pairs that do more than both of their parts are found, and no others', () => {
    let count = 0;
    fc.assert(
        fc.property(anyGraph, fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 2 })), (graph, more) => {
            const seedsOf = (some: readonly number[]) => [...new Set(some.map((one) => one % graph.thresholds.length))];
            const failures = [...each(graph), ...more.slice(0, 4).map(seedsOf)];
            const { pairs } = harmfulByTrying(graph, failures);
            expect(pairsIn(graph, failures)).toEqual(pairs);
            count += pairs.length;
        }),
        { numRuns: share(500), seed: 17 },
    );
    expect(count).toBeGreaterThan(share(1_000));
});
