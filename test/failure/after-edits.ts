import fc from 'fast-check';
import { follow } from '../../server/topology/neighbourhoods.js';
import type { Service, Topology } from '../../server/topology/topology.js';
import { randomEstate } from './random-estate.js';
import { estateWithNeeds } from './random-needs.js';
import { estateWithCopy } from './random-store-copies.js';

/** One of four has something that stands by, and a store with a copy; in one things require others. */
const estates = fc.oneof(
    { arbitrary: randomEstate, weight: 2 },
    { arbitrary: estateWithCopy.map(({ topology }) => topology), weight: 1 },
    { arbitrary: estateWithNeeds, weight: 1 },
);

/**
 * Edits services of random estates one after the other, as somebody who types does.
 *
 * @param look asks of the estate what it asks of it at each step; `isFirst`: before any edit
 */
export function afterEdits(runs: number, look: (topology: Topology, isFirst: boolean) => void): void {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(4)), { minLength: 1, maxLength: 6 });
    fc.assert(
        fc.property(estates, edits, (first, steps) => {
            let topology = first;
            look(topology, true);
            for (const [index, how] of steps) {
                const chosen = topology.services[index % Math.max(1, topology.services.length)];
                const services = topology.services.flatMap((each) => (each === chosen ? changed(each, how) : [each]));
                const next = { ...topology, services };
                follow(topology, next);
                topology = next;
                look(topology, false);
            }
        }),
        { numRuns: runs },
    );
}

/** A service that is not as it was, or that is gone. */
function changed(service: Service, how: number): Service[] {
    const { eastWestFailover, outlierDetection, homes } = service;
    if (how === 0) return [];
    if (how === 1) return [{ ...service, calls: [], requires: [] }];
    if (how === 2) return [{ ...service, homes: homes.slice(1) }];
    if (how === 3) return [{ ...service, eastWestFailover: { ...eastWestFailover, value: !eastWestFailover.value } }];
    return [{ ...service, outlierDetection: { ...outlierDetection, value: !outlierDetection.value } }];
}
