import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sparing } from '../../server/comparison/both-states.js';
import { compareTopologies } from '../../server/comparison/compare.js';
import { differencesOf } from '../../server/comparison/differences.js';
import { inCommon } from '../../server/comparison/in-common.js';
import type { Topology } from '../../server/topology/topology.js';
import { estateThatNeedsCopies } from '../failure/random-copies.js';
import { randomEstate } from '../failure/random-estate.js';
import { estateWithOutside } from '../failure/random-outside.js';
import { estateWithRelays } from '../failure/random-relays.js';
import { share } from '../share.js';
import { listsIn, valuesIn, withOther, withoutOne } from './changed.js';
import { doubled } from './doubled.js';

const nothing: Sparing = {
    inCommon: () => [],
    differencesOf: () => ({
        mayGoOtherwise: () => true,
        mayFareOtherwise: () => true,
        own: [undefined, undefined],
        above: [new Uint8Array(), new Uint8Array()],
    }),
};

/** One thing less in a list, or another figure. */
function changedAt(topology: Topology, place: number): Topology {
    const [lists, values] = [[...listsIn(topology)], [...valuesIn(topology)]];
    const each = [
        ...lists.map((path) => () => withoutOne(topology, path, place % 3)),
        ...values.map((path) => () => withOther(topology, path)),
    ];
    return each[place % each.length]!() as Topology;
}

test('what is taken to be the same in two estates would have been found to be', () => {
    let [spared, differing, smaller, apart] = [0, 0, 0, 0];
    fc.assert(
        fc.property(
            fc.oneof(
                randomEstate,
                randomEstate.map(doubled),
                estateWithRelays.map(doubled),
                estateWithRelays,
                estateThatNeedsCopies.map(({ more }) => more),
                estateWithOutside,
            ),
            fc.nat(),
            (topology, place) => {
                const later = changedAt(topology, place);
                const [earlier, now] = place % 2 === 0 ? [topology, later] : [later, topology];
                const expected = compareTopologies(earlier, now, nothing);
                const found = compareTopologies(earlier, now, {
                    inCommon(before, after) {
                        const common = inCommon(before, after);
                        if (common.length > 0) apart++;
                        return common;
                    },
                    differencesOf(before, after) {
                        const differences = differencesOf(before, after);
                        const { length } = after.elements.all;
                        if (differences.own[1]) smaller++;
                        spared +=
                            after.elements.all.filter(({ name }) => !differences.mayGoOtherwise(name)).length / length;
                        return differences;
                    },
                });
                expect(found).toEqual(expected);
                if (expected.worse.length + expected.better.length > 0) differing++;
            },
        ),
        { numRuns: share(1000) },
    );
    // it is worth asking, and there is something to miss
    expect(spared / share(1000)).toBeGreaterThan(0.1);
    expect(differing / share(1000)).toBeGreaterThan(0.1);
    expect(smaller / share(1000)).toBeGreaterThan(0.1);
    expect(apart / share(1000)).toBeGreaterThan(0.1);
});
