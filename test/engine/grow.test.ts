import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPropagation, grow, growKnown, propagate, shrink, shrinkKnown } from '../../server/engine/index.js';
import { anyGraph } from './any-graph.js';

const sorted = (nodes: Iterable<number>) => [...nodes].sort((a, b) => a - b);

test('one more failure is found on top of others, from what it fails alone, too, and both are taken back', () => {
    let both = 0;
    fc.assert(
        fc.property(anyGraph, fc.array(fc.nat(), { maxLength: 3 }), fc.nat(), (graph, some, one) => {
            const count = graph.nodes.length;
            const seeds = some.map((seed) => seed % count);
            const node = one % count;
            const base = propagate(graph, seeds);
            if (base.down[node]) return;
            const before = { down: base.down.slice(), failedInputs: base.failedInputs.slice() };
            const all = propagate(graph, [...seeds, node]);

            const change = grow(graph, base, node);
            expect(base.down).toEqual(all.down);
            expect(base.failedInputs).toEqual(all.failedInputs);
            shrink(base, change);
            expect(base).toMatchObject(before);

            const alone = Int32Array.from(grow(graph, createPropagation(graph), node).order);
            const more = growKnown(graph, base, alone);
            expect(base.down).toEqual(all.down);
            const known = new Set([...base.order, ...alone]);
            expect(sorted(more)).toEqual(sorted(change.order.filter((each) => !known.has(each))));
            shrinkKnown(base, alone, more);
            expect(base).toMatchObject(before);
            both += more.length;
        }),
        { numRuns: 1_000, seed: 23 },
    );
    expect(both).toBeGreaterThan(20);
});
