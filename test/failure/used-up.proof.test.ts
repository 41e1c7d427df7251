import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { nextFailures } from '../../server/failure/residual.js';
import { run } from '../../server/failure/run.js';
import { failuresFor } from '../../server/failure/timeline.js';
import { propagationOf } from '../../server/failure/outcome.js';
import { mayTakeMore } from '../../server/failure/used-up.js';
import { worseNow } from '../../server/failure/worse-now.js';
import { share } from '../share.js';
import { withFailures } from './failing.js';
import { randomEstate } from './random-estate.js';
import { estateWithNeeds } from './random-needs.js';
import { estateWithOutside } from './random-outside.js';
import { estateWithRelays } from './random-relays.js';

test.each([
    ['any estate', randomEstate],
    ['relays', estateWithRelays],
    ['needs', estateWithNeeds],
    ['hosts of external services', estateWithOutside],
])('what hurts only now is found behind what has failed, as if all were tried, at any time: %s', (_, estates) => {
    let [found, left, all] = [0, 0, 0];
    fc.assert(
        fc.property(withFailures(estates), ({ topology, failures }) => {
            const { graph } = analysisOf(topology);
            for (const { state } of run(graph, failuresFor(failures), 'earliest').slice(0, 3)) {
                const worse = worseNow(graph, state);
                const tried = nextFailures(graph, state).filter(({ onlyNow }) => onlyNow.told.length > 0);
                expect(worse).toEqual(tried);
                // as if each of them touched much; again with what is remembered
                for (const muchIs of [0, 0]) expect(worseNow(graph, state, muchIs)).toEqual(tried);
                found += worse.length;
                all += graph.elements.all.length;
                left += mayTakeMore(graph, propagationOf(graph, state)).length;
            }
        }),
        { numRuns: share(1_000) },
    );
    expect(found).toBeGreaterThan(share(1_000));
    // small estates are mostly near what has failed
    expect(left / all).toBeLessThan(0.9);
});
