import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findingFamilies, findingsOf } from '../../server/findings/findings.js';
import { trafficViewOf } from '../../server/findings/traffic-view.js';
import { elementsOf } from '../../server/topology/elements.js';
import { follow, partsOf, type Parts } from '../../server/topology/neighbourhoods.js';
import type { Service, Topology } from '../../server/topology/topology.js';
import { collidingIn } from '../../server/topology/world-elements.js';
import { share } from '../share.js';
import { randomEstate } from '../failure/random-estate.js';

/** All services as one neighbourhood, so that each may read of all others. */
function undivided(topology: Topology): Parts {
    const { world } = partsOf({ ...topology });
    const { services } = topology;
    return { world, neighbourhoods: [{ world, services }], placeOf: new Int32Array(services.length) };
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
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(3)), { minLength: 1, maxLength: 6 });
    fc.assert(
        fc.property(randomEstate, edits, (first, steps) => {
            let topology = first;
            findingsOf(topology);
            for (const [index, how] of steps) {
                const chosen = topology.services[index % Math.max(1, topology.services.length)];
                const services = topology.services.flatMap((each) => (each === chosen ? changed(each, how) : [each]));
                const next = { ...topology, services };
                follow(topology, next);
                topology = next;
                expect(findingsOf(topology)).toEqual(findingsOf({ ...topology }));
            }
        }),
        { numRuns: share(1_000) },
    );
});

/** A service that is not as it was, or that is gone. */
function changed(service: Service, how: number): Service[] {
    const { eastWestFailover, homes } = service;
    if (how === 0) return [];
    if (how === 1) return [{ ...service, calls: [], requires: [] }];
    if (how === 2) return [{ ...service, homes: homes.slice(1) }];
    return [{ ...service, eastWestFailover: { ...eastWestFailover, value: !eastWestFailover.value } }];
}
