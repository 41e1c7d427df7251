import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
    createGraphBuilder,
    pairingOf,
    propagate,
    sweepOf,
    type Gates,
    type NodeIndex,
} from '../../server/engine/index.js';
import { meshOf } from '../benchmark/mesh.js';
import { anyGraph } from './any-graph.js';
import { harmfulByTrying } from './naive.js';

function pairsIn(
    graph: Gates,
    failures: readonly (readonly NodeIndex[])[],
    groups?: readonly (readonly NodeIndex[])[],
): string[] {
    const sweep = sweepOf(graph);
    const pairing = pairingOf(graph, groups);
    for (const seeds of failures) pairing.add(sweep.fail(seeds));
    const { count, offsets, others } = pairing.pairs();
    const found = failures.flatMap((_, one) =>
        [...others.subarray(offsets[one], offsets[one + 1])].map((other) => [one, other] as const),
    );
    expect(found).toHaveLength(count);
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((pair) => pair.join(' '));
}

const each = ({ thresholds }: Gates) => Array.from(thresholds, (_, node) => [node]);

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
        { numRuns: 300, seed: 17 },
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
        { numRuns: 500, seed: 17 },
    );
    expect(count).toBeGreaterThan(1_000);
});

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
