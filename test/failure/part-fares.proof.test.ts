import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPropagation, type Propagation } from '../../server/engine/index.js';
import { buildFailureGraph } from '../../server/failure/build.js';
import type { FailureGraph } from '../../server/failure/graph.js';
import { faresIn } from '../../server/failure/part-fares.js';
import { clusterKinds } from '../../server/knowledge/components.js';
import { share } from '../share.js';
import { randomEstate } from './random-estate.js';

/** Few nodes of parts, so that these are often in the same state while the world around them is not. */
const anyState = fc.record({
    ofParts: fc.subarray([0]),
    ofWorld: fc.array(fc.nat(), { maxLength: 6 }),
    touched: fc.array(fc.nat(), { maxLength: 3 }),
});

test('what is remembered of a part is what one finds anew, whatever is down', () => {
    let remembered = 0;
    fc.assert(
        fc.property(randomEstate, fc.array(anyState, { minLength: 5, maxLength: 12 }), (topology, states) => {
            const graph = buildFailureGraph(topology);
            const { parts, nodes } = graph;
            if (!parts) return;
            const all = Array.from({ length: nodes.length }, (_, node) => node);
            const ofParts = all.filter((node) => parts.at(node) !== undefined);
            // of a note one looks at its cluster, too
            const notes = graph.facets.filter(({ rank }) => rank === 'note').map(({ lost }) => lost);
            // users look at some of these
            const ofWorld = all.filter((node) => {
                const is = nodes.at(node);
                return is.kind === 'element' && (is.element.kind === 'gateway' || clusterKinds.has(is.element.kind));
            });
            const some = (from: readonly number[], places: readonly number[]) =>
                from.length === 0 ? [] : [...new Set(places.map((place) => from[place % from.length]!))];
            for (const state of states) {
                const order = [...some([...notes, ...ofParts], state.ofParts), ...some(ofWorld, state.ofWorld)];
                const propagation: Propagation = {
                    ...createPropagation(graph),
                    order,
                    touched: some(ofParts, state.touched),
                };
                for (const node of order) propagation.down[node] = 1;
                // of a new object nothing is remembered
                const fresh = buildFailureGraph({ ...topology });
                expect(faresOf(graph, propagation)).toEqual(faresOf(fresh, propagation));
                remembered++;
            }
        }),
        { numRuns: share(300) },
    );
    expect(remembered).toBeGreaterThan(share(300));
});

function faresOf(graph: FailureGraph, propagation: Propagation): unknown {
    return [...faresIn(graph)(propagation)].map(({ felt, gravities, outcomes }) => {
        const { hosts, services } = outcomes();
        return { felt, gravities, hosts: hosts.map(([, outcome]) => outcome), services };
    });
}
