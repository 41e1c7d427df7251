import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { simulate, type Outcome } from '../../server/failure/outcome.js';
import type { Topology } from '../../server/topology/topology.js';
import { share } from '../share.js';
import { estateThatNeedsCopies } from './random-copies.js';

/** What has failed, whoever notices. */
const downOf = ({ graph, propagation }: Outcome) =>
    new Set(
        graph.elements.listed
            .map(({ name }) => name)
            .filter((name) => propagation.down[graph.nodeOfElement.get(name)!]),
    );

test('who needs more copies loses at least as much with each place, and more places never help', () => {
    let differing = 0;
    fc.assert(
        fc.property(
            estateThatNeedsCopies,
            fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
            ({ fewer, more }, chosen) => {
                const places = buildFailureGraph(fewer)
                    .elements.listed.filter(({ kind }) => kind === 'zone' || kind === 'region')
                    .map(({ name }) => name);
                if (places.length === 0) return;
                const failures = [...new Set(chosen.map((one) => places[one % places.length]!))];
                const lost = (topology: Topology, failed = failures) =>
                    downOf(simulate(buildFailureGraph(topology), failed));
                const [little, much] = [lost(fewer), lost(more)];
                expect([...little].filter((name) => !much.has(name))).toEqual([]);
                expect([...lost(more, failures.slice(1))].filter((name) => !much.has(name))).toEqual([]);
                if (much.size > little.size) differing++;
            },
        ),
        { numRuns: share(1_000) },
    );
    expect(differing).toBeGreaterThan(0);
});
