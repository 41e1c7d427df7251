import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partsOf, share as shareParts } from '../../server/topology/neighbourhoods.js';
import type { Topology } from '../../server/topology/topology.js';
import { atFixedPlaces } from '../../server/topology/fixed-places.js';
import { withSame } from '../../server/topology/unchanged.js';
import { listsIn, valuesIn, withOther, withoutOne } from '../comparison/changed.js';
import { randomEstate } from '../failure/random-estate.js';
import { share } from '../share.js';

/** The same at other places. */
function elsewhere<T>(value: T): T {
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Map) return new Map([...value].map((entry) => elsewhere(entry))) as T;
    if (Array.isArray(value)) return value.map((each: unknown) => elsewhere(each)) as T;
    if ('uri' in value && 'range' in value) return { ...value, uri: `${String(value.uri)}.elsewhere` };
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, elsewhere(each)])) as T;
}

test('an estate that says the same elsewhere is the other one, and whatever is otherwise in it stays so', () => {
    let shared = 0;
    fc.assert(
        fc.property(randomEstate, fc.nat(), (topology, place) => {
            const moved = elsewhere(topology);
            expect(withSame(topology, moved)).toBe(topology);

            const [lists, values] = [[...listsIn(topology)], [...valuesIn(topology)]];
            const each = [
                ...lists.map((path) => () => withoutOne(topology, path, place % 3)),
                ...values.map((path) => () => withOther(topology, path)),
            ];
            const changed = each[place % each.length]!() as Topology;
            const estate = withSame(topology, atFixedPlaces(changed));
            expect(estate).toEqual({ ...changed, files: topology.files, ...(topology.at && { at: topology.at }) });

            shareParts(estate, topology);
            const known = new Set(partsOf(topology).neighbourhoods);
            shared += partsOf(estate).neighbourhoods.filter((part) => known.has(part)).length;
        }),
        { numRuns: share(1_000), seed: 17 },
    );
    expect(shared).toBeGreaterThan(share(200));
});
