import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTopologies, type Comparison } from '../../server/comparison/compare.js';
import type { Topology } from '../../server/topology/topology.js';
import { estateThatNeedsCopies } from '../failure/random-copies.js';
import { randomEstate } from '../failure/random-estate.js';
import { estateWithOutside } from '../failure/random-outside.js';
import { share } from '../share.js';
import { anyEstate } from './any-estate.js';
import { renamedThroughout } from './renamed-throughout.js';

const isSame = ({ worse, better, dependences, elements }: Comparison) =>
    [worse, better, dependences.come, dependences.gone, elements.added, elements.removed].every(
        ({ length }) => length === 0,
    );

function holdsFor(
    change: (topology: Topology) => Topology,
    runs: number,
    then?: (found: Comparison) => void,
    estates = anyEstate,
): void {
    fc.assert(
        fc.property(estates, (topology) => {
            // with a second one, the first that is declared counts
            fc.pre(topology.clusters.filter(({ kind }) => kind === 'management').length <= 1);
            const found = compareTopologies(topology, change(topology));
            const { worse, better, dependences, elements } = found;
            expect({ worse, better, dependences, elements }).toEqual({
                worse: [],
                better: [],
                dependences: { come: [], gone: [] },
                elements: { added: [], removed: [] },
            });
            then?.(found);
        }),
        { numRuns: share(runs) },
    );
}

test('an estate is as itself', () => {
    holdsFor(
        (topology) => ({ ...topology }),
        300,
        ({ renamed }) => expect(renamed).toEqual([]),
    );
});

test('the order of declarations and of lists changes nothing', () => {
    holdsFor(
        (topology) => ({
            ...topology,
            regions: topology.regions.map((region) => ({ ...region, zones: [...region.zones].reverse() })).reverse(),
            clusters: topology.clusters
                .map((cluster) => ({ ...cluster, gateways: [...cluster.gateways].reverse() }))
                .reverse(),
            services: topology.services
                .map((service) => ({
                    ...service,
                    homes: [...service.homes].reverse(),
                    calls: [...service.calls].reverse(),
                    requires: [...service.requires].reverse(),
                    exposures: [...service.exposures].reverse(),
                }))
                .reverse(),
            externalServices: [...topology.externalServices].reverse(),
            network: { ...topology.network, lines: [...topology.network.lines].reverse() },
        }),
        300,
        ({ renamed }) => expect(renamed).toEqual([]),
        // the first host inside tells how relays lead on
        fc.oneof(
            randomEstate,
            estateThatNeedsCopies.map(({ more }) => more),
            estateWithOutside,
        ),
    );
});

test('other names for everything change nothing, twins among them', () => {
    holdsFor(renamedThroughout, 500);
});

test('a change that matters is seen', () => {
    let seen = 0;
    fc.assert(
        fc.property(randomEstate, (topology) => {
            const [first, ...others] = topology.services;
            fc.pre(first !== undefined && first.homes.length > 1);
            const fewer = { ...topology, services: [{ ...first, homes: first.homes.slice(1) }, ...others] };
            if (!isSame(compareTopologies(topology, fewer))) seen++;
        }),
        { numRuns: 50 },
    );
    expect(seen).toBeGreaterThan(40);
});
