import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coursesOf } from '../../server/comparison/courses.js';
import { graphWithout, type OwnGraph } from '../../server/comparison/own-graph.js';
import type { Subject } from '../../server/comparison/standing.js';
import { graphOfParts } from '../../server/failure/graph-of-parts.js';
import { atFixedPlaces } from '../../server/topology/fixed-places.js';
import { estateThatNeedsCopies } from '../failure/random-copies.js';
import { randomEstate } from '../failure/random-estate.js';
import { estateWithNeeds } from '../failure/random-needs.js';
import { estateWithOutside } from '../failure/random-outside.js';
import { estateWithRelays } from '../failure/random-relays.js';
import { share } from '../share.js';
import { doubled } from './doubled.js';

/** The same, counting how often it has to be looked at more. */
function counting(own: OwnGraph, more: () => void): OwnGraph {
    const withMore: OwnGraph['withMore'] = (failed) => {
        more();
        return own.withMore(failed);
    };
    return { ...own, withMore };
}

test('whatever is left out of a graph, all that is left goes as in the whole, and marks are those of the whole', () => {
    let [failures, further, changing] = [0, 0, 0];
    fc.assert(
        fc.property(
            fc.oneof(
                randomEstate,
                randomEstate.map(doubled),
                estateWithRelays,
                estateThatNeedsCopies.map(({ more }) => more),
                estateWithOutside,
                estateWithNeeds,
            ),
            fc.nat(),
            (topology, chosen) => {
                const graph = graphOfParts(topology);
                fc.pre(graph !== undefined && graph.parts!.all.length > 1);
                const parts = graph.parts!;
                const isLeft = (place: number) => ((chosen >> (place % 30)) & 1) === 1;
                const left = new Set(parts.estate.neighbourhoods.filter((_, place) => isLeft(place)));
                fc.pre(left.size > 0);
                const alone = graphOfParts(atFixedPlaces(topology))!;
                const later = alone.parts!.estate.neighbourhoods;
                const notBuilt = graphOfParts(alone.topology, new Set(later.filter((_, place) => isLeft(place))))!;
                const services = new Set(notBuilt.topology.services.map(({ shortName }) => shortName));
                const among = (of: Subject) => of.kind === 'service' && services.has(of.service);
                const whole = coursesOf(graph).within();
                const own = graphWithout(parts, left);
                const within = coursesOf(graph).within(counting(own, () => further++));
                for (const { name } of own.graph.elements.all) {
                    failures++;
                    const expected = whole.operationsOf(name);
                    expect(within.operationsOf(name)).toEqual(expected);
                    expect(within.courseOf(name, among)).toEqual(whole.courseOf(name, among));
                    if (expected.size > 0) changing++;
                }
                expect(own.graph.elements.all.map(({ name }) => name)).toEqual(
                    notBuilt.elements.all.map(({ name }) => name),
                );
            },
        ),
        { numRuns: share(300) },
    );
    expect(changing).toBeGreaterThan(failures / 10);
    expect(further).toBeGreaterThan(failures / 100);
    expect(further).toBeLessThan(failures);
});
