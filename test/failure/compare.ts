import fc from 'fast-check';
import { expect } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { simulate } from '../../server/failure/outcome.js';
import type { ElementName } from '../../server/topology/elements.js';
import { comparable, resultOf } from './comparable.js';
import { evaluate } from './evaluator/index.js';
import { elementNames, randomEstate } from './random-estate.js';

function pairsOf(names: readonly string[]): [string, string][] {
    return names.flatMap((one, index) => names.slice(index + 1).map((other): [string, string] => [one, other]));
}

/**
 * Compares the engine with the evaluator in every field, on so many random estates: nothing fails, each element, each pair.
 *
 * @returns how many results were compared
 */
export function compareAll(estates: { readonly count: number; readonly seed: number }): number {
    let compared = 0;
    fc.assert(
        fc.property(randomEstate, (topology) => {
            const graph = buildFailureGraph(topology);
            const names = elementNames(topology);
            for (const failed of [[], ...names.map((name) => [name]), ...pairsOf(names)]) {
                const engine = resultOf(simulate(graph, failed as ElementName[]));
                const expected = comparable(evaluate(topology, failed));
                compared++;
                if (JSON.stringify(engine) !== JSON.stringify(expected)) {
                    expect({ failed, ...engine }).toEqual({ failed, ...expected });
                }
            }
        }),
        { numRuns: estates.count, seed: estates.seed },
    );
    return compared;
}
