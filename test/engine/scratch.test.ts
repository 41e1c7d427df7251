import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPropagation, propagate, withScratch, type GateGraph, type Walk } from '../../server/engine/index.js';
import { anyGraph } from './any-graph.js';

/** What fails with a node, in the order in which it does. */
function failing(graph: GateGraph, seed: number, into = createPropagation(graph)) {
    const { order, touched, down, failedInputs } = propagate(graph, [seed % graph.nodes.length], into);
    return {
        order: [...order],
        touched: [...touched],
        counts: Array.from(graph.thresholds, (_, node) => [down[node], failedInputs[node]]),
    };
}

test('what is lent for one graph after another, also for several at once, tells the same as if it was new', () => {
    const looks = fc.array(fc.record({ graph: fc.nat(), seed: fc.nat(), spared: fc.boolean() }), { maxLength: 12 });
    fc.assert(
        fc.property(fc.array(anyGraph, { minLength: 2, maxLength: 5 }), looks, (graphs, steps) => {
            const expected = steps.map(({ graph, seed }) => failing(graphs[graph % graphs.length]!, seed));
            const inside = (depth: number): void => {
                const step = steps[depth];
                if (!step) return;
                const graph = graphs[step.graph % graphs.length]!;
                withScratch(graph, (scratch) => {
                    expect([scratch.order, scratch.touched, scratch.spared]).toEqual([[], [], undefined]);
                    expect([...scratch.down, ...scratch.failedInputs].every((each) => each === 0)).toBe(true);
                    expect(failing(graph, step.seed, scratch)).toEqual(expected[depth]);
                    // every second one while the one before is still lent
                    if (depth % 2 === 0) inside(depth + 1);
                    expect([...scratch.order]).toEqual(expected[depth]!.order);
                    if (step.spared) scratch.spared = new Set([0]);
                });
                if (depth % 2 === 1) inside(depth + 1);
            };
            inside(0);
        }),
    );
});

test('what is lent has room for every node', () => {
    const graphOf = (length: number) => ({ nodes: { length } }) as Walk;
    withScratch(graphOf(3), () => undefined);
    withScratch(graphOf(900), ({ down, failedInputs }) => {
        expect(down.length).toBeGreaterThanOrEqual(900);
        expect(failedInputs.length).toBeGreaterThanOrEqual(900);
    });
});
