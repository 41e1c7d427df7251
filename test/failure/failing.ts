/** Random estates with random failures, and what properties of both are about. */

import fc from 'fast-check';
import { buildFailureGraph } from '../../server/failure/build.js';
import type { Outcome } from '../../server/failure/outcome.js';
import type { Hop } from '../../server/impact/hop.js';
import { operations, severities, type Severity } from '../../server/knowledge/operations.js';
import type { Topology } from '../../server/topology/topology.js';

/** An estate and up to three of its elements. */
export function withFailures(estates: fc.Arbitrary<Topology>) {
    return estates.chain((topology) => {
        const names = buildFailureGraph(topology).elements.all.map((element) => element.name);
        return fc.record({
            topology: fc.constant(topology),
            failures: fc.subarray(names, { minLength: 1, maxLength: 3 }),
        });
    });
}

/** How grave a mark is, to compare. */
const gravityOf = (severity: Severity) => severities.indexOf(severity);

/** Everything to which rule M applies: marks, what is gone, and shares. */
export const harmsOf = (outcome: Outcome): number[] => [
    ...operations.map((operation) => gravityOf(outcome.operations[operation])),
    ...outcome.clusters.flatMap((cluster) => Object.values(cluster.operations).map(gravityOf)),
    ...outcome.hosts.flatMap(({ severity, lostShare }) => [severity === 'total' ? 1 : 0, lostShare]),
];

/** The clusters of the homes at which a drawn way ends, as far as requests take it and each hop of it holds. */
export function takenEnds(hop: Hop, service: string): ReadonlySet<string> {
    const ends = new Set<string>();
    const walk = ({ text, alive, taken, hops }: Hop) => {
        if (!alive || !taken) return;
        if (text.startsWith(`${service}@`)) ends.add(text.slice(service.length + 1));
        hops.forEach(walk);
    };
    hop.hops.forEach(walk);
    return ends;
}
