import { describe, expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import type { FailureGraph } from '../../server/failure/graph.js';
import { simulate, type Outcome } from '../../server/failure/outcome.js';
import { nextFailures } from '../../server/failure/residual.js';
import { asElementName } from '../../server/topology/element-name.js';
import type { Topology } from '../../server/topology/topology.js';
import { mesh } from '../mesh.js';
import { estate } from '../fixture.js';

const size = 52;

/** The same mesh, of which no line has many names on both sides. */
const pairByPair = Array.from({ length: size }, (_, one) =>
    Array.from({ length: one }, (_, other) => `c${other} <-> c${one}`).join('\n'),
).join('\n');

const topologyOf = async (text: string) => (await estate(text)).topology;
const [lists, pairs] = await Promise.all([topologyOf(mesh(size)), topologyOf(mesh(size, pairByPair))]);

function outcomeIn(topology: Topology, names: readonly string[]): Outcome {
    const failures = names.map(asElementName);
    return simulate(analysisOf(topology, failures).graph, failures);
}

function meaning({ operations, hosts, services, clusters, failures }: Outcome) {
    return { operations, hosts, services, clusters, failures: failures.map(({ name, kind }) => ({ name, kind })) };
}

describe('links that are not listed', () => {
    test.each([
        [['c1']],
        [['mgmt']],
        [['link:c1/c3']],
        [['link:c3->c1', 'c4']],
        [['link:c3->c1', 'link:c3->c2', 'link:c4->c1', 'link:c4->c2']],
        [['link:c30->c40']],
        [['link:c30/c40', 'link:c40->c30']],
        [['link:c30/mgmt']],
    ])('%j does the same as where they are', (failures) => {
        expect(meaning(outcomeIn(lists, failures))).toEqual(meaning(outcomeIn(pairs, failures)));
    });

    test('those that a request crosses are elements, and so are those that somebody asked for', async () => {
        const topology = await topologyOf(mesh(size));
        const linksOf = (names: readonly string[] = []) =>
            analysisOf(topology, names.map(asElementName)).graph.elements.all.filter(
                ({ kind, ends }) => kind === 'link' && ends!.to !== 'mgmt',
            );
        const crossed = linksOf().map(({ name }) => name);
        const expected = ['c1/c3', 'c1/c4', 'c2/c3', 'c2/c4', 'c3/c4'].map((ends) => `link:${ends}`);
        expect([...crossed].sort()).toEqual(expected);
        expect(linksOf(['link:c30->c40', 'c1', 'link:c30/nothing']).map(({ name }) => name)).toEqual([
            ...crossed,
            'link:c30/c40',
        ]);
    });

    test('asking for one leaves the nodes of all others where they were', async () => {
        const topology = await topologyOf(mesh(size));
        const nodesIn = ({ elements, nodeOfElement }: FailureGraph) =>
            elements.all.map(({ name }): [string, number] => [name, nodeOfElement.get(name)!]);
        const before = nodesIn(analysisOf(topology).graph);
        const { graph } = analysisOf(topology, [asElementName('link:c30/c40')]);
        const after = nodesIn(graph);
        expect(after.slice(0, before.length)).toEqual(before);
        expect(after.slice(before.length).map(([name, node]) => [name, graph.nodes.length - node])).toEqual([
            ['link:c30/c40', 3],
            ['link:c30->c40', 2],
            ['link:c40->c30', 1],
        ]);
    });

    test('what would hurt next is the same', () => {
        const next = (topology: Topology) => {
            const { graph, state } = outcomeIn(topology, ['c2']);
            return nextFailures(graph, state).map(({ elements, harms }) => ({
                elements: elements.map(({ name }) => name).sort(),
                harms: harms.counts,
            }));
        };
        const sorted = (all: ReturnType<typeof next>) => all.map((each) => JSON.stringify(each)).sort();
        expect(sorted(next(lists))).toEqual(sorted(next(pairs)));
    });
});
