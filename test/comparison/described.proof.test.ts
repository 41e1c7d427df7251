import fc from 'fast-check';
import { expect, test } from 'vitest';
import { described } from '../../server/comparison/described.js';
import type { Topology } from '../../server/topology/topology.js';
import { estateThatNeedsCopies } from '../failure/random-copies.js';
import { randomEstate } from '../failure/random-estate.js';
import { estateWithOutside } from '../failure/random-outside.js';
import { estateWithRelays } from '../failure/random-relays.js';
import { share } from '../share.js';
import { valuesIn, withOther } from './changed.js';

const said = (topology: Topology) => JSON.stringify([...described(topology)]);

/** Of what stands for an external service a file says the hosts, and nothing else. */
function isSaid({ services }: Topology, [list, index, key]: readonly (string | number)[]): boolean {
    return list !== 'services' || !services[Number(index)]?.outside || key === 'exposures';
}

test('whatever an estate says that may matter to a failure is compared', () => {
    const fields = new Set<string>();
    fc.assert(
        fc.property(
            fc.oneof(
                randomEstate,
                estateWithRelays,
                estateThatNeedsCopies.map(({ more }) => more),
                estateWithOutside,
            ),
            (topology) => {
                const before = said(topology);
                for (const path of valuesIn(topology)) {
                    if (!isSaid(topology, path)) continue;
                    const field = path.filter((key) => !/^\d+$/.test(String(key))).join('.');
                    fields.add(field);
                    expect(said(withOther(topology, path) as Topology) !== before, field).toBe(true);
                }
            },
        ),
        { numRuns: share(200) },
    );
    expect(fields).toContain('services.exposures.inside');
    expect(fields).toContain('services.homes.replicas.needed');
});
