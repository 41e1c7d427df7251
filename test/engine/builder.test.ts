import { expect, test } from 'vitest';
import { createGraphBuilder, propagate } from '../../server/engine/index.js';

interface Node {
    readonly name: string;
}

test('nodes in a row are told apart when somebody looks, and fail each by itself', () => {
    const builder = createGraphBuilder<Node, string>();
    const before = builder.node({ name: 'before' });
    let described = 0;
    const describe = (node: number): Node => {
        described++;
        return { name: `${node - first} in a row` };
    };
    const none = builder.nodes(0, describe);
    const first: number = builder.nodes(3, describe);
    expect(builder.nodes(2, describe, 2)).toBe(first + 3);
    const after = builder.node({ name: 'after' }, 2);
    builder.input(first + 1, before, 'it is said');
    for (const input of [before, first + 1]) builder.input(first + 3, input, 'both');
    builder.input(first + 4, before, 'one of two');
    for (const input of [first + 2, first + 1]) builder.input(after, input, 'both');
    const graph = builder.finish();

    expect([before, none, first, after, graph.nodes.length]).toEqual([0, 1, 1, 6, 7]);
    expect(described).toBe(0);
    expect(Array.from({ length: 7 }, (_, node) => graph.nodes.at(node).name)).toEqual([
        'before',
        ...[0, 1, 2, 3, 4].map((place) => `${place} in a row`),
        'after',
    ]);
    expect(propagate(graph, [before]).order).toEqual([before, first + 1, first + 3]);
});

test('thousands of edges are all there, in the order in which they were added', () => {
    const builder = createGraphBuilder<Node, string>();
    const count = 300_000;
    const source = builder.node({ name: 'source' });
    const first = builder.nodes(count, () => ({ name: 'target' }));
    for (let place = 0; place < count; place++) builder.input(first + place, source, place % 2 ? 'odd' : 'even');
    const { dependents, inputs, reasons } = builder.finish();
    const isInOrder = dependents.targets.every((target, place) => target === first + place);
    const areSources = inputs.targets.every((target) => target === source);
    const areReasons = dependents.reasons.every((reason, place) => reasons[reason] === (place % 2 ? 'odd' : 'even'));
    expect([dependents.targets.length, isInOrder, areSources, areReasons]).toEqual([count, true, true, true]);
});
