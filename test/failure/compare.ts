import fc from 'fast-check';
import { expect } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { simulate } from '../../server/failure/outcome.js';
import type { ElementName } from '../../server/topology/element-name.js';
import type { Topology } from '../../server/topology/topology.js';
import { comparable, resultOf } from './comparable.js';
import { evaluate } from './evaluator/index.js';
import { elementNames } from './names-in.js';
import { randomEstate } from './random-estate.js';

/** As many pairs as that, evenly spaced among all pairs; all of them where there are no more. */
export function pairsOf(names: readonly string[], most: number): [string, string][] {
    const all = names.flatMap((one, index) => names.slice(index + 1).map((other): [string, string] => [one, other]));
    const step = Math.max(1, all.length / most);
    return Array.from({ length: Math.min(most, all.length) }, (_, index) => all[Math.floor(index * step)]!);
}

interface Comparison {
    readonly count: number;
    readonly seed: number;
    readonly pairs: number;
    readonly estates?: fc.Arbitrary<Topology>;
    /** What fails of all that can; everything unless said. */
    readonly fails?: (name: string) => boolean;
}

/**
 * Compares the engine with the evaluator in every field, on so many random estates: nothing fails, each element, and
 * evenly spaced pairs, so many in each estate.
 *
 * @returns how many results were compared
 */
export function compareAll({ count, seed, pairs, estates = randomEstate, fails }: Comparison): number {
    let compared = 0;
    fc.assert(
        fc.property(estates, (topology) => {
            const graph = buildFailureGraph(topology);
            const all = elementNames(topology);
            const names = fails ? all.filter(fails) : all;
            for (const failed of [[], ...names.map((name) => [name]), ...pairsOf(names, pairs)]) {
                const engine = resultOf(simulate(graph, failed as ElementName[]));
                const expected = comparable(evaluate(topology, failed));
                compared++;
                if (JSON.stringify(engine) !== JSON.stringify(expected)) {
                    expect({ failed, ...engine }).toEqual({ failed, ...expected });
                }
            }
        }),
        { numRuns: count, seed },
    );
    return compared;
}
