import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { simulate } from '../../server/failure/outcome.js';
import { harmsBetween } from '../../server/failure/residual.js';
import { returnOrder } from '../../server/failure/return-order.js';
import { randomEstate } from './random-estate.js';
import { share } from '../share.js';

test('a step ends what stands between all that is down before it, and after', () => {
    fc.assert(
        fc.property(randomEstate, fc.array(fc.nat(), { minLength: 2, maxLength: 5 }), (topology, choices) => {
            const graph = buildFailureGraph(topology);
            const { all } = graph.elements;
            const down = [...new Set(choices.map((choice) => all[choice % all.length]!))];
            const steps = returnOrder(graph, down);
            const order = steps.flatMap(({ elements }) => elements);
            expect(new Set(order)).toEqual(new Set(down));
            const downWith = (from: number) =>
                simulate(
                    graph,
                    order.slice(from).map(({ name }) => name),
                ).propagation;
            let back = 0;
            for (const { elements, ends } of steps) {
                const last = back + elements.length - 1;
                expect(ends).toEqual(harmsBetween(graph, downWith(last + 1), downWith(last)));
                back += elements.length;
            }
        }),
        { numRuns: share(300) },
    );
});

test('what something else cannot do without comes before it', () => {
    fc.assert(
        fc.property(randomEstate, fc.array(fc.nat(), { minLength: 2, maxLength: 5 }), (topology, choices) => {
            const graph = buildFailureGraph(topology);
            const { all } = graph.elements;
            const down = [...new Set(choices.map((choice) => all[choice % all.length]!))];
            const order = returnOrder(graph, down).flatMap(({ elements }) => elements);
            for (const [place, element] of order.entries()) {
                const { propagation } = simulate(graph, [element.name]);
                const before = order.slice(0, place).filter(({ name }) => {
                    const isTaken = propagation.down[graph.nodeOfElement.get(name)!] === 1;
                    const takesBack = simulate(graph, [name]).propagation.down[graph.nodeOfElement.get(element.name)!];
                    return isTaken && !takesBack;
                });
                expect(before).toEqual([]);
            }
        }),
        { numRuns: share(200) },
    );
});
