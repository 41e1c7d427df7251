import { expect, test } from 'vitest';
import { createGraphBuilder } from '../../server/engine/index.js';
import { meshOf } from '../benchmark/mesh.js';
import { harmfulByTrying } from './naive.js';
import { each, pairsIn } from './pairs-in.js';

test('of a gate with more inputs than a number has bits', () => {
    const builder = createGraphBuilder<object, string>();
    const [inputs, takers] = [100, 30];
    for (let node = 0; node < inputs; node++) builder.node({});
    const gate = builder.node({}, inputs - 20);
    for (let node = 0; node < inputs; node++) builder.input(gate, node, 'one of many');
    // each takes sixty in a row: who begins twenty further, or more, takes the rest
    const failures = Array.from({ length: takers }, (_, first) =>
        Array.from({ length: 60 }, (_, place) => first + place),
    );
    const graph = builder.finish();
    const { pairs } = harmfulByTrying(graph, failures);
    expect(pairs).toHaveLength(55);
    expect(pairsIn(graph, failures)).toEqual(pairs);
});

test('of gates alike that are lost by themselves, all but those', () => {
    const builder = createGraphBuilder<object, string>();
    const [a, b] = [builder.node({}), builder.node({})];
    const [one, other] = [builder.node({}, 2), builder.node({}, 2)];
    for (const gate of [one, other]) for (const input of [a, b]) builder.input(gate, input, 'both');
    const graph = builder.finish();
    // the other gate is lost by a and b, unless one of them loses it itself
    const failures = [[a, one], [b, one], [b, other], [b]];
    const { pairs } = harmfulByTrying(graph, failures);
    expect(pairs).toEqual(['0 1', '0 3']);
    expect(pairsIn(graph, failures)).toEqual(pairs);
});

test('what a gate fails by after a time takes no part', () => {
    const builder = createGraphBuilder<object, string>();
    const [a, b, c] = [builder.node({}), builder.node({}), builder.node({})];
    const [one, other] = [builder.node({}, 2), builder.node({}, 2)];
    for (const input of [a, b]) builder.input(one, input, 'both');
    builder.input(other, a, 'both');
    for (const gate of [one, other]) builder.delayedInput(gate, c, 'after a time');
    const graph = builder.finish();
    expect(pairsIn(graph, each(graph))).toEqual(['0 1']);
});

test('of groups without a gate', () => {
    const builder = createGraphBuilder<object, string>();
    const [a, b, c, d] = [0, 1, 2, 3].map(() => builder.node({})) as [number, number, number, number];
    const gate = builder.node({}, 2);
    for (const input of [a, b]) builder.input(gate, input, 'both');
    const graph = builder.finish();
    expect(pairsIn(graph, each(graph))).toEqual(['0 1']);
    expect(pairsIn(graph, each(graph), [[c, d]])).toEqual(['0 1', '2 3']);
});

test('on a small mesh all of them are found', () => {
    const graph = meshOf(14, 1);
    const failures = each(graph);
    const { singles, pairs } = harmfulByTrying(graph, failures);
    expect(pairsIn(graph, failures)).toEqual(pairs);
    expect({ nodes: failures.length, singles, pairs: pairs.length }).toMatchInlineSnapshot(`
      {
        "nodes": 249,
        "pairs": 174,
        "singles": 163,
      }
    `);
});
