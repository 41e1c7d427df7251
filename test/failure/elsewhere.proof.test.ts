import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { operationsElsewhere, type Change } from '../../server/failure/elsewhere.js';
import { failing, looksTheSame } from '../../server/failure/failed-world.js';
import { simulate, type Outcome } from '../../server/failure/outcome.js';
import { buildNeighbourhood } from '../../server/failure/neighbourhood-graph.js';
import { worldGraphOf } from '../../server/failure/world-graph.js';
import { numbersBeside } from '../../server/engine/index.js';
import { publishedAssumptions } from '../../server/impact/published.js';
import { partsOf } from '../../server/topology/neighbourhoods.js';
import type { Cluster, Topology } from '../../server/topology/topology.js';
import { share } from '../share.js';
import { randomEstate } from './random-estate.js';

/** Every cluster with the planes of one of its kind in another estate. */
function planesOf({ clusters: models }: Topology): Change {
    const plane = (cluster: Cluster, place: number): Cluster => {
        const alike = models.filter(({ kind, edge }) => kind === cluster.kind && !edge === !cluster.edge);
        const model = alike[place % Math.max(alike.length, 1)];
        if (model === undefined) return cluster;
        if (cluster.kind === 'standby') return cluster;
        if (cluster.kind !== 'management' || model.kind !== 'management')
            return { ...cluster, ...(model.edge && { edge: model.edge }) };
        const { managementPlane, central, edge } = model;
        return { ...cluster, managementPlane, central, ...(edge && { edge }) };
    };
    return {
        name: 'the planes of another estate',
        of: (topology) => ({ ...topology, clusters: topology.clusters.map(plane) }),
    };
}

const published = publishedAssumptions.map((assumption): Change => {
    return { name: `published: ${assumption.id}`, of: (topology) => assumption.restored(topology) };
});

const marksOf = ({ hosts, services }: Outcome) => ({
    hosts: hosts.map(({ host, severity }) => [host, severity]),
    services: services.map(({ name, severity }) => [name, severity]),
});

test('what is found in the world alone is found in the whole estate, too, and services fare as they did', () => {
    let [found, all] = [0, 0];
    fc.assert(
        fc.property(randomEstate, randomEstate, (topology, other) => {
            const { graph } = analysisOf(topology);
            for (const change of [planesOf(other), ...published]) {
                const elsewhere = analysisOf(change.of(topology)).graph;
                for (const { name } of graph.elements.all) {
                    if (!elsewhere.nodeOfElement.has(name)) continue;
                    const here = simulate(graph, [name]);
                    const marks = operationsElsewhere(here, change);
                    all++;
                    if (!marks) continue;
                    found++;
                    const there = simulate(elsewhere, [name]);
                    const clusters = there.clusters.map(({ name, operations }) => ({ name, operations }));
                    expect([name, change.name, marks]).toEqual([
                        name,
                        change.name,
                        { operations: there.operations, clusters },
                    ]);
                    expect([name, change.name, marksOf(here)]).toEqual([name, change.name, marksOf(there)]);
                }
            }
        }),
        { numRuns: share(300) },
    );
    expect(found / all).toBeGreaterThan(0.5);
});

test('services fare the same wherever they find the same up and down in the world', () => {
    let same = 0;
    fc.assert(
        fc.property(randomEstate, (topology) => {
            const { graph } = analysisOf(topology);
            if (!graph.parts) return;
            const { world } = partsOf(topology);
            const ofWorld = graph.elements.all.filter(({ service }) => service === undefined);
            const all = ofWorld.map((element) => ({
                failed: failing(world, [element])!,
                marks: marksOf(simulate(graph, [element.name])),
                runningWorkloads: simulate(graph, [element.name]).operations.runningWorkloads,
            }));
            for (const [place, one] of all.entries()) {
                for (const other of all.slice(place + 1)) {
                    if (!looksTheSame(one.failed, other.failed)) continue;
                    same++;
                    expect([one.marks, one.runningWorkloads]).toEqual([other.marks, other.runningWorkloads]);
                }
            }
        }),
        { numRuns: share(100) },
    );
    expect(same).toBeGreaterThan(0);
});

test('the graph of services is built without a look at planes', () => {
    fc.assert(
        fc.property(randomEstate, (topology) => {
            const looks: string[] = [];
            let isWatched = false;
            const watched = <T extends object>(plane: T): T =>
                new Proxy(plane, {
                    get(target, key) {
                        // for how long a certificate lives matters in time only
                        if (isWatched && key !== 'leafCertificateTtl') looks.push(String(key));
                        return Reflect.get(target, key) as unknown;
                    },
                });
            const clusters = topology.clusters.map((cluster): Cluster => {
                const edge = cluster.edge && { edge: watched(cluster.edge) };
                if (cluster.kind === 'standby') return cluster;
                if (cluster.kind === 'workload') return { ...cluster, ...edge };
                const { managementPlane, central } = cluster;
                return { ...cluster, managementPlane: watched(managementPlane), central: watched(central), ...edge };
            });
            const { world, neighbourhoods } = partsOf({ ...topology, clusters });
            const graph = worldGraphOf(world);
            isWatched = true;
            for (const each of neighbourhoods) buildNeighbourhood(graph, each, numbersBeside());
            expect(looks).toEqual([]);
        }),
        { numRuns: share(300) },
    );
});
