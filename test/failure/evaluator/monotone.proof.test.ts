import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementsOf } from '../../../server/topology/elements.js';
import type { Topology } from '../../../server/topology/topology.js';
import { estateThatNeedsCopies } from '../random-copies.js';
import { elementNames } from '../names-in.js';
import { randomEstate } from '../random-estate.js';
import { estateWithNeeds } from '../random-needs.js';
import { estateWithRelays } from '../random-relays.js';
import { share } from '../../share.js';
import { evaluate } from './index.js';
import type { Result, Severity } from './result.js';

const gravity: Readonly<Record<Severity, number>> = { unaffected: 0, limited: 1, total: 2 };

/** All that more failures never make better: marks, the share that a host loses, and that it is gone. */
function losses({ operations, clusters, hosts }: Result): number[] {
    return [
        ...Object.values(operations).map((severity) => gravity[severity]),
        ...Object.values(clusters).flatMap((cluster) => Object.values(cluster.operations).map((one) => gravity[one])),
        ...Object.values(hosts).flatMap(({ severity, lostShare }) => [lostShare, severity === 'total' ? 1 : 0]),
    ];
}

function expectAsBad(topology: Topology, more: readonly string[], fewer: readonly string[]): void {
    const [worse, better] = [losses(evaluate(topology, more)), losses(evaluate(topology, fewer))];
    const healed = better.flatMap((loss, at) => (loss > worse[at]! ? [`${more.join()} heals ${fewer.join()}`] : []));
    expect(healed).toEqual([]);
}

const estates = fc.oneof(
    randomEstate,
    estateWithRelays,
    estateWithNeeds,
    estateThatNeedsCopies.map(({ more }) => more),
);

const failing = estates.chain((topology) =>
    fc.record({
        topology: fc.constant(topology),
        failed: fc.array(fc.constantFrom(...elementNames(topology)), { minLength: 1, maxLength: 4 }),
        more: fc.constantFrom(...elementNames(topology)),
    }),
);

describe('deaths never heal', () => {
    it('whatever fails besides', () => {
        fc.assert(
            fc.property(failing, ({ topology, failed, more }) => {
                expectAsBad(topology, [...failed, more], failed);
            }),
            { numRuns: share(500) },
        );
    });

    it('and what contains something loses what it loses, all parts together included', () => {
        fc.assert(
            fc.property(failing, ({ topology, failed }) => {
                const { all } = elementsOf(topology);
                for (const { name } of all) {
                    const parts = all.filter(({ parents }) => parents.includes(name)).map((part) => part.name);
                    if (parts.length > 0) {
                        expectAsBad(topology, [name, ...failed], [...parts, ...failed]);
                    }
                }
            }),
            { numRuns: share(40) },
        );
    });

    it('and nothing is lost in health', () => {
        fc.assert(
            fc.property(estates, (topology) => {
                const result = evaluate(topology, []);
                expect(losses(result).every((loss) => loss === 0)).toBe(true);
                for (const host of Object.values(result.hosts)) {
                    expect(host).toMatchObject({ severity: 'unaffected', gapSeconds: null, fromOtherRegion: false });
                    expect(host.servedFrom).toEqual(host.usuallyFrom);
                }
                for (const { severity, brokenCalls } of Object.values(result.services)) {
                    expect({ severity, brokenCalls }).toEqual({ severity: 'unaffected', brokenCalls: [] });
                }
            }),
            { numRuns: share(200) },
        );
    });
});

describe('names and order', () => {
    it('change nothing', () => {
        fc.assert(
            fc.property(failing, ({ topology, failed }) => {
                const turned: Topology = {
                    ...topology,
                    clusters: topology.clusters.toReversed(),
                    services: topology.services.toReversed(),
                };
                expect(evaluate(turned, failed.toReversed())).toEqual(evaluate(topology, failed));
            }),
            { numRuns: share(200) },
        );
    });
});
