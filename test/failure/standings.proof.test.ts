import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { simulate, type Outcome } from '../../server/failure/outcome.js';
import { standingsIn, type Standing } from '../../server/failure/standings.js';
import { share } from '../share.js';
import { estateThatNeedsCopies } from './random-copies.js';
import { randomEstate } from './random-estate.js';
import { estateWithOutside } from './random-outside.js';
import { estateWithRelays } from './random-relays.js';

/** As if a failure had touched everybody. */
function touchingAll(outcome: Outcome): Outcome {
    const touched = {
        hosts: new Map(outcome.graph.traffic.hosts.map((host, place) => [host, outcome.hosts[place]!])),
        services: new Map(outcome.services.map((service) => [service.name, service])),
    };
    return Object.create(outcome, { touched: { value: touched } }) as Outcome;
}

function isOfUser({ of }: Standing): boolean {
    return of.kind === 'host' || of.kind === 'service';
}

test('in health nobody is harmed, and whom a failure does not touch stands as in health', () => {
    let [harmed, spared] = [0, 0];
    fc.assert(
        fc.property(
            fc.oneof(
                randomEstate,
                estateWithRelays,
                estateThatNeedsCopies.map(({ more }) => more),
                estateWithOutside,
            ),
            (topology) => {
                const graph = buildFailureGraph(topology);
                const health = [...standingsIn(touchingAll(simulate(graph, []))).values()];
                expect(health.filter(isOfUser)).toEqual([]);
                for (const { name } of graph.elements.all) {
                    const outcome = simulate(graph, [name]);
                    const found = standingsIn(outcome);
                    expect([...found]).toEqual([...standingsIn(touchingAll(outcome))]);
                    if ([...found.values()].some(isOfUser)) harmed++;
                    if (outcome.touched.services.size < outcome.services.length) spared++;
                }
            },
        ),
        { numRuns: share(300) },
    );
    expect(Math.min(harmed, spared)).toBeGreaterThan(share(300));
});
