import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inCommon, whoMayLookAt } from '../../server/comparison/in-common.js';
import { clustersNamedBy } from '../../server/topology/named-clusters.js';
import { commonOf, createIds } from '../../server/comparison/twin-parts.js';
import { graphOfParts } from '../../server/failure/graph-of-parts.js';
import { atFixedPlaces } from '../../server/topology/fixed-places.js';
import { share as shareParts } from '../../server/topology/neighbourhoods.js';
import type { Topology } from '../../server/topology/topology.js';
import { withSame } from '../../server/topology/unchanged.js';
import { share } from '../share.js';
import { anyEstate } from './any-estate.js';
import { listsIn, valuesIn, withOther, withoutOne } from './changed.js';
import { doubled } from './doubled.js';

/** Another topology with the objects of the first wherever it says the same, as states are compared. */
function after(before: Topology, now: Topology): Topology {
    const later = withSame(before, atFixedPlaces(now));
    shareParts(later, before);
    return later;
}

test('a part of a graph looks at nothing of the world but what its services may look at by the clusters that they name', () => {
    let looking = 0;
    fc.assert(
        fc.property(anyEstate, (topology) => {
            const graph = graphOfParts(topology);
            const again = graphOfParts(atFixedPlaces(topology));
            fc.pre(graph !== undefined && again !== undefined);
            const who = whoMayLookAt(topology);
            const { offsets, targets } = graph.inputs;
            const twins = commonOf(graph, again, createIds()).twins;
            expect(twins.length).toBe(graph.parts!.all.length);
            for (const { parts, hangOn } of twins) {
                const [part] = parts;
                const named = clustersNamedBy(part.neighbourhood);
                const inputs = part.stretches.flatMap(({ first, count }) => [
                    ...targets.subarray(offsets[first], offsets[first + count]),
                ]);
                for (const node of new Set([...inputs, ...hangOn[0]])) {
                    if (graph.parts!.placeAt(node) >= 0) continue;
                    const names = who(graph.nodes.at(node));
                    expect(names, JSON.stringify(graph.nodes.at(node))).toBeDefined();
                    expect(names!.filter((name) => !named.has(name))).toEqual([]);
                    if (names!.length > 0) looking++;
                }
            }
        }),
        { numRuns: share(500) },
    );
    expect(looking).toBeGreaterThan(share(500));
});

test('what is said to be in common has the same graph in both states', () => {
    let apart = 0;
    fc.assert(
        fc.property(anyEstate.map(doubled), fc.nat(), (before, place) => {
            const paths = [
                ...[...listsIn(before)].map((path) => [path, true] as const),
                ...[...valuesIn(before)].map((path) => [path, false] as const),
            ].filter(([[key]]) => key === 'clusters' || place % 7 === 0);
            fc.pre(paths.length > 0);
            const [path, isList] = paths[place % paths.length]!;
            const now = after(
                before,
                (isList ? withoutOne(before, path, place % 3) : withOther(before, path)) as Topology,
            );
            const common = inCommon(before, now);
            const graphs = [graphOfParts(before), graphOfParts(now)] as const;
            fc.pre(graphs[0] !== undefined && graphs[1] !== undefined);
            const twins = commonOf(graphs[0], graphs[1], createIds()).twins.map(({ parts }) =>
                parts.map(({ neighbourhood }) => neighbourhood),
            );
            for (const [one, other] of common) {
                expect(twins.some(([before, now]) => before === one && now === other)).toBe(true);
                if (one !== other) apart++;
            }
        }),
        { numRuns: share(1000) },
    );
    expect(apart).toBeGreaterThan(share(1000) / 5);
});
