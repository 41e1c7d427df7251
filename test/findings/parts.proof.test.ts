import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findingFamilies, findingsOf } from '../../server/findings/findings.js';
import { trafficViewOf } from '../../server/findings/traffic-view.js';
import { elementsOf } from '../../server/topology/elements.js';
import type { Parts } from '../../server/topology/neighbourhood.js';
import { partsOf } from '../../server/topology/neighbourhoods.js';
import type { Topology } from '../../server/topology/topology.js';
import { collidingIn } from '../../server/topology/world-elements.js';
import { share } from '../share.js';
import { afterEdits } from '../failure/after-edits.js';
import { randomEstate } from '../failure/random-estate.js';

/** All services as one neighbourhood, so that each may read of all others. */
function undivided(topology: Topology): Parts {
    const { services } = topology;
    const placeOf = new Int32Array(services.length);
    const { world, serviceAt } = partsOf({ ...topology });
    return { world, neighbourhoods: [{ services }], placeOf, serviceAt };
}

test('what is found of parts is what is found of the whole', () => {
    let found = 0;
    fc.assert(
        fc.property(randomEstate, (topology) => {
            const whole = trafficViewOf(topology, undivided(topology));
            const parts = trafficViewOf(topology);
            for (const family of findingFamilies.traffic) {
                const findings = family(parts);
                expect(findings).toEqual(family(whole));
                found += findings.length;
            }
            expect(collidingIn(topology)).toEqual(elementsOf(topology).colliding);
        }),
        { numRuns: share(2_000) },
    );
    expect(found).toBeGreaterThan(share(2_000));
});

test('after any edits the findings are those of a fresh estate', () => {
    afterEdits(share(1_000), (topology, isFirst) => {
        const findings = findingsOf(topology);
        if (!isFirst) expect(findings).toEqual(findingsOf({ ...topology }));
    });
});
