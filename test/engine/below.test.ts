import fc from 'fast-check';
import { expect, test } from 'vitest';
import { below, createGraphBuilder, propagate, sweepOf } from '../../server/engine/index.js';
import { anyGraph } from './any-graph.js';

test('what lies below some nodes fares there as in the whole graph, whatever fails', () => {
    let left = 0;
    fc.assert(
        fc.property(
            anyGraph,
            fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
            fc.array(fc.nat()),
            (graph, some, all) => {
                const within = (node: number) => node % graph.thresholds.length;
                const part = below(graph, some.map(within));
                const { numberOf } = part;
                const numbers = [...numberOf].filter((number) => number >= 0);
                // in the order of the graph
                expect(numbers).toEqual([...part.thresholds.keys()]);
                left += graph.thresholds.length - numbers.length;
                const seeds = all.map(within);
                const { down } = propagate(graph, seeds);
                const { fail, isDown } = sweepOf(part);
                fail(seeds.map((node) => numberOf[node]!).filter((number) => number >= 0));
                for (const node of some.map(within)) expect(numberOf[node]).toBeGreaterThanOrEqual(0);
                for (const [node, number] of numberOf.entries())
                    if (number >= 0) expect(isDown(number), `${node}`).toBe(down[node] === 1);
            },
        ),
        { numRuns: 300, seed: 17 },
    );
    expect(left).toBeGreaterThan(300);
});

test('what a node fails by after a time lies below it, and makes nothing fail there at once', () => {
    const builder = createGraphBuilder<object, string>();
    const [cause, source, clock] = [builder.node({}), builder.node({}), builder.node({})];
    builder.input(source, cause, 'it is so');
    builder.delayedInput(clock, source, 'after a time');
    const { numberOf, ...part } = below(builder.finish(), [clock]);
    expect([...numberOf]).toEqual([0, 1, 2]);
    expect(sweepOf(part).fail([cause]).count).toBe(2);
});
