import { expect, test } from 'vitest';
import { largeMesh, meshOf } from '../benchmark/mesh.js';
import { harmfulIn } from '../benchmark/mesh-figures.js';
import { randomNumbers } from '../benchmark/random-numbers.js';
import { share } from '../share.js';
import { naive } from './naive.js';

test('harmful failures and pairs of the mesh of the benchmark are so many, and some of them are those that trying finds', () => {
    const graph = meshOf(largeMesh);
    const { singles, pairs } = harmfulIn(graph);
    const nodes = graph.thresholds.length;
    expect({ nodes, edges: graph.inputs.targets.length, singles, pairs: pairs.count }).toMatchInlineSnapshot(`
      {
        "edges": 154370,
        "nodes": 62603,
        "pairs": 104904,
        "singles": 31250,
      }
    `);

    const random = randomNumbers(17);
    const below = (limit: number) => Math.floor(random() * limit);
    const failingWith = naive(graph);
    const partnersOf = (node: number) => [...pairs.others.subarray(pairs.offsets[node], pairs.offsets[node + 1])];
    const parts = [...graph.thresholds.keys()].filter((node) => partnersOf(node).length > 0);
    const isHarmful = (one: number, other: number) =>
        failingWith([one, other]).size > new Set([...failingWith([one]), ...failingWith([other])]).size;
    for (let each = 0; each < share(200); each++) {
        const one = parts[below(parts.length)]!;
        const partners = partnersOf(one);
        const found = partners[below(partners.length)]!;
        expect(isHarmful(one, found), `${one} and ${found}`).toBe(true);
        // any other, and one close to it
        for (const other of [one + 1 + below(nodes - one - 1), Math.min(found + 1, nodes - 1)])
            expect(isHarmful(one, other), `${one} and ${other}`).toBe(partners.includes(other));
    }
});
