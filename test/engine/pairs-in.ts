import { expect } from 'vitest';
import { pairingOf, sweepOf, type Gates, type NodeIndex } from '../../server/engine/index.js';

/** The pairs among some failures that do more than both of their parts, as found at once. */
export function pairsIn(
    graph: Gates,
    failures: readonly (readonly NodeIndex[])[],
    groups?: readonly (readonly NodeIndex[])[],
): string[] {
    const sweep = sweepOf(graph);
    const pairing = pairingOf(graph, groups);
    for (const seeds of failures) pairing.add(sweep.fail(seeds));
    const { count, offsets, others } = pairing.pairs();
    const found = failures.flatMap((_, one) =>
        [...others.subarray(offsets[one], offsets[one + 1])].map((other) => [one, other] as const),
    );
    expect(found).toHaveLength(count);
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((pair) => pair.join(' '));
}

/** Each node by itself. */
export const each = ({ thresholds }: Gates) => Array.from(thresholds, (_, node) => [node]);
