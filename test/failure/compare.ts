import fc from 'fast-check';
import { expect } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { simulate, type Outcome } from '../../server/failure/outcome.js';
import { factsOf } from '../../server/impact/facts.js';
import type { ElementName } from '../../server/topology/elements.js';
import { carriesWorkloads } from '../../server/topology/topology.js';
import type { BruteForceResult } from './brute-force.js';
import { evaluate } from './brute-force.js';
import { elementNames, randomEstate } from './random-estate.js';

/** What the engine says, in the shape of the brute-force evaluator. */
export function resultOf(outcome: Outcome): BruteForceResult {
    const { graph } = outcome;
    const withEdge = new Set(graph.topology.clusters.filter(carriesWorkloads).map((cluster) => cluster.name));
    const kubectl = new Set(factsOf(outcome).lost('kubectl'));
    return {
        operations: outcome.operations,
        clusters: Object.fromEntries(
            outcome.clusters.map(({ name, operations, freshness }) => [
                name,
                { operations, ...(withEdge.has(name) && { freshness: freshness ?? 'live' }) },
            ]),
        ),
        services: Object.fromEntries(
            outcome.services.map(({ name, severity, homes }) => [
                name,
                { severity, alive: homes.filter((home) => home.alive).length, homes: homes.length },
            ]),
        ),
        hosts: Object.fromEntries(
            outcome.hosts.map(({ host, severity, lostShare }) => [host, { severity, lostShare }]),
        ),
        partiallyConfigured: factsOf(outcome)
            .lost('partial-configuration')
            .filter((cluster) => !kubectl.has(cluster))
            .sort(),
    };
}

/** Shares are compared to six digits, and not at all where the evaluator leaves them out (-1). */
export function comparable(result: BruteForceResult, other: BruteForceResult): BruteForceResult {
    const hosts = Object.entries(result.hosts).map(([host, { severity, lostShare }]) => [
        host,
        {
            severity,
            lostShare: (other.hosts[host]?.lostShare ?? 0) < 0 || lostShare < 0 ? 0 : Number(lostShare.toFixed(6)),
        },
    ]);
    return { ...result, hosts: Object.fromEntries(hosts) as BruteForceResult['hosts'] };
}

function pairsOf(names: readonly string[]): [string, string][] {
    return names.flatMap((one, index) => names.slice(index + 1).map((other): [string, string] => [one, other]));
}

/**
 * Compares the engine with the brute-force evaluator on so many random estates: nothing fails, each element, each pair.
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
                const said = resultOf(simulate(graph, failed as ElementName[]));
                const expected = evaluate(topology, failed);
                const engine = comparable(said, expected);
                const bruteForce = comparable(expected, said);
                compared++;
                if (JSON.stringify(engine) !== JSON.stringify(bruteForce)) {
                    expect({ failed, ...engine }).toEqual({ failed, ...bruteForce });
                }
            }
        }),
        { numRuns: estates.count, seed: estates.seed },
    );
    return compared;
}
