import { describe, expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { compareWeights } from '../../server/failure/gravity.js';
import { simulate } from '../../server/failure/outcome.js';
import { groupings } from '../../server/matrix/grouping.js';
import { grouped, regionOf } from '../../server/matrix/groups.js';
import { elementsIn, gravestFirst, matrixOf } from '../../server/matrix/matrix.js';
import type { Topology } from '../../server/topology/topology.js';
import { topologiesAt } from '../diagram/estates.js';
import { estate } from '../fixture.js';
import { testCellsOf } from './cell-rules.js';

const healthOf = (topology: Topology) => simulate(analysisOf(topology).graph, []);

testCellsOf(['examples/acme', 'examples/dmz-tier1.tsbtopo']);

test('a row is the same whatever was looked at before it', async () => {
    const [topology] = await topologiesAt('examples/acme');
    const health = healthOf(topology!);
    const { rowOf } = matrixOf(health);
    const elements = elementsIn(health.graph);
    const forwards = elements.map(rowOf);
    const backwards = [...elements].reverse().map(rowOf).reverse();
    expect(backwards).toEqual(forwards);
});

test('the columns are operations, hosts and services, each with a title of its own', async () => {
    const { topology } = await estate(`topology t
management cluster mgmt
workload cluster east { gateway ingress }
service shop on east { exposed "a.example.com" }
service copy on east { exposed "a.example.com"  exposed "b.example.com" }`);
    const { columns } = matrixOf(healthOf(topology));
    expect(columns.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
        'operation Running workloads',
        'operation Local cluster operations',
        'operation Metrics collection',
        'operation Management operations',
        'host a.example.com (shop)',
        'host a.example.com (copy)',
        'host b.example.com',
        'service shop',
        'service copy',
    ]);
});

describe('rows', () => {
    test('stand by how grave they are, and in groups by their first', async () => {
        const [topology] = await topologiesAt('examples/acme');
        const health = healthOf(topology!);
        const { blasts, graph } = analysisOf(topology!);
        const rows = gravestFirst(
            elementsIn(health.graph).map((element) => ({ element, weight: blasts.weightOf(element.name) })),
        );
        expect(rows.every(({ weight }, at) => at === 0 || compareWeights(rows[at - 1]!.weight, weight) <= 0)).toBe(
            true,
        );
        for (const by of groupings) {
            const groups = grouped(rows, by, graph.elements);
            expect(new Set(groups.flatMap((group) => group.rows))).toEqual(new Set(rows));
            expect(groups[0]!.rows[0]).toBe(rows[0]);
        }
    });

    test('know their region by themselves, by their cluster, or by what they are a part of', async () => {
        const { topology } = await estate(`topology t
region us { zones a }
management cluster mgmt
workload cluster east in us/a { gateway ingress }
service shop on east`);
        const { elements } = analysisOf(topology).graph;
        const region = (name: string) =>
            regionOf(
                elements.all.find((element) => element.name === name)!,
                elements,
            );
        expect(['region:us', 'zone:us/a', 'east', 'east.ingress', 'shop@east'].map(region)).toEqual(
            Array(5).fill('us'),
        );
        expect(['mgmt', 'service:shop'].map(region)).toEqual([undefined, undefined]);
    });

    test('without components are those of the list of failures', async () => {
        const [topology] = await topologiesAt('examples/acme');
        const health = healthOf(topology!);
        const declared = elementsIn(health.graph, { declaredOnly: true });
        expect(declared.map(({ name }) => name)).toContain('east');
        expect(declared.map(({ name }) => name)).not.toContain('east.data-plane.istiod');
        expect(declared.length).toBeLessThan(elementsIn(health.graph).length);
    });
});
