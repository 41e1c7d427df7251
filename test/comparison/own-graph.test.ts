import { expect, test } from 'vitest';
import { graphWithout } from '../../server/comparison/own-graph.js';
import { numbersOf } from '../../server/engine/index.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { operations } from '../../server/knowledge/operations.js';
import { clusterName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';

const head = `topology shop
management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
`;

test('a mark is not decided where nothing is left of what it counts', async () => {
    const { topology } = await estate(`${head}service till on east, west, mgmt\nservice desk on east\n`);
    const { graph } = analysisOf(topology);
    const ofParts = Uint8Array.from({ length: graph.nodes.length }, (_, node) => (graph.parts?.at(node) ? 1 : 0));
    const own = graphWithout(graph, ofParts)!;
    const limited = operations.map((operation) => graph.verdicts.estate[operation]?.limited);
    expect(own.areMarksDecided((node) => limited.includes(node))).toBe(false);
    expect(graphWithout(graph, new Uint8Array(graph.nodes.length))!.areMarksDecided(() => false)).toBe(true);
});

test('what follows from a failure leads into no part that is left out, whoever asks', async () => {
    const { topology } = await estate(`${head}service till on east\nservice desk on west\n`);
    const { graph } = analysisOf(topology);
    const left = Uint8Array.from({ length: graph.nodes.length }, (_, node) =>
        graph.parts?.at(node) === graph.parts?.all[0] ? 1 : 0,
    );
    const own = graphWithout(graph, left)!.graph;
    const all = Array.from(left, (_, node) => numbersOf(own.dependentsOf(node)));
    const { offsets, targets } = own.dependents;
    expect(all).toEqual(all.map((_, node) => [...targets.subarray(offsets[node], offsets[node + 1])]));
    expect(all.flat().filter((node) => left[node])).toEqual([]);
    expect(
        numbersOf(graph.dependentsOf(graph.nodeOfElement.get(clusterName('east'))!)).some((node) => left[node]),
    ).toBe(true);
});
