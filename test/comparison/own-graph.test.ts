import { expect, test } from 'vitest';
import { coursesOf } from '../../server/comparison/courses.js';
import { graphWithout } from '../../server/comparison/own-graph.js';
import { createPropagation, numbersOf, propagate } from '../../server/engine/index.js';
import { graphOfParts } from '../../server/failure/graph-of-parts.js';
import type { FailureGraph } from '../../server/failure/graph.js';
import { never } from '../../server/failure/verdicts.js';
import { clusterName, partName, type ElementName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';

const head = `topology shop
management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
`;

function failing(graph: FailureGraph, element: ElementName) {
    return propagate(graph, [graph.nodeOfElement.get(element)!], createPropagation(graph));
}

test('a mark is not decided where nothing is left of what it counts', async () => {
    const { topology } = await estate(`${head}service till on east, west, mgmt\nservice desk on east\n`);
    const graph = graphOfParts(topology)!;
    const { parts } = graph;
    const own = graphWithout(parts!, new Set(parts!.estate.neighbourhoods));
    expect(own.areMarksDecided(failing(own.graph, clusterName('east')).down)).toBe(false);
    const all = graphWithout(parts!, new Set());
    expect(all.areMarksDecided(createPropagation(all.graph).down)).toBe(true);
});

test('nor where nothing is left of one kind of thing, of which all must be lost', async () => {
    const { topology } = await estate(`${head}service till on east, west\nservice desk on east\n`);
    const { parts } = graphOfParts(topology)!;
    const [, desk] = parts!.estate.neighbourhoods;
    const ownWith = (change: (graph: FailureGraph) => FailureGraph) =>
        graphWithout({ ...parts!, without: (left) => change(parts!.without(left)) }, new Set([desk!]));
    const own = ownWith((graph) => graph);
    const { down } = failing(own.graph, clusterName('east'));
    expect(own.areMarksDecided(down)).toBe(true);
    const { total } = own.graph.verdicts.estate.runningWorkloads!;
    const counted = numbersOf(own.graph.inputsOf(total));
    expect(counted.length).toBe(2);
    for (const node of counted) {
        const bare = ownWith((graph) => ({
            ...graph,
            thresholdOf: (each) => (each === node ? never : graph.thresholdOf(each)),
        }));
        expect(bare.areMarksDecided(down)).toBe(false);
    }
});

test('what is lost in one part decides a mark, unless all that the part has is lost; what is whole there decides nothing', async () => {
    const { topology } = await estate(`${head}service till on east, west\nservice desk on east\n`);
    const graph = graphOfParts(topology)!;
    const [till, desk] = graph.parts!.estate.neighbourhoods;
    const withoutDesk = graphWithout(graph.parts!, new Set([desk!]));
    expect(withoutDesk.areMarksDecided(failing(withoutDesk.graph, clusterName('east')).down)).toBe(true);
    expect(withoutDesk.areMarksDecided(failing(withoutDesk.graph, partName('east', 'istiod')).down)).toBe(false);
    const withoutTill = graphWithout(graph.parts!, new Set([till!]));
    expect(withoutTill.areMarksDecided(failing(withoutTill.graph, clusterName('east')).down)).toBe(false);
});

test('only those are looked at besides that may rest on what fails', async () => {
    const { topology } = await estate(`${head}service till on east\nservice desk on west\nservice shop on east\n`);
    const graph = graphOfParts(topology)!;
    const [till, desk, shop] = graph.parts!.estate.neighbourhoods;
    const own = graphWithout(graph.parts!, new Set([desk!, shop!]));
    const { order } = failing(own.graph, partName('east', 'istiod'));
    const more = own.withMore(new Set(order));
    expect(more.graph.parts!.all.map(({ neighbourhood }) => neighbourhood)).toEqual([till, shop]);
    expect(own.withMore(new Set(order))).toBe(more);
    expect(more.withMore(new Set(order)).graph.parts!.all.length).toBe(3);
});

test('nothing is built of what is left out', async () => {
    const { topology } = await estate(`${head}service till on east\nservice desk on west\n`);
    const all = graphOfParts(topology)!;
    const other = { ...topology, services: topology.services.map((service) => ({ ...service })) };
    const [first] = graphOfParts(other)!.parts!.estate.neighbourhoods;
    const some = graphOfParts(other, new Set([first!]))!;
    expect(some.elements.byName.has(clusterName('east'))).toBe(true);
    expect(some.parts!.all.map(({ services }) => services)).toEqual([['desk']]);
    expect(some.elements.all.length).toBeLessThan(all.elements.all.length);
    expect(coursesOf(some).has('service desk')).toBe(true);
    expect(coursesOf(some).has('service till')).toBe(false);
});
