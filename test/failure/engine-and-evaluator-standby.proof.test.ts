import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildFailureGraph, wholeGraph } from '../../server/failure/build.js';
import { simulate } from '../../server/failure/outcome.js';
import type { Reading } from '../../server/failure/reading.js';
import { run, type Step } from '../../server/failure/run.js';
import type { FailureGraph } from '../../server/failure/graph.js';
import { asElementName, type ElementName } from '../../server/topology/element-name.js';
import { managementCluster, type Topology } from '../../server/topology/topology.js';
import { share } from '../share.js';
import { comparable, resultOf } from './comparable.js';
import { evaluate } from './evaluator/index.js';
import { failedAndPromotedBack, failedOncePromoted, promotedWhile } from './evaluator/promotion.js';
import type { Result } from './evaluator/result.js';
import { pairsOf } from './compare.js';
import { estateOfVendor, estateWithStandby, namesOf } from './random-standby.js';

const [promotedAt, connectedAt, failedAt, backAt, laterAt] = [60, 130, 200, 260, 400];

function step(at: number, action: Step['action'], element: string): Step {
    return { at, action, element: asElementName(element) };
}

function failing(at: number, elements: readonly string[]): Step[] {
    return elements.map((element) => step(at, 'fail', element));
}

/** What the engine says at these times. */
function engineAt(graph: FailureGraph, steps: readonly Step[], reading: Reading, times: readonly number[]): Result[] {
    const found: Result[] = [];
    for (const { at, outcome } of run(graph, steps, reading)) {
        if (at > times.at(-1)!) break;
        const result = resultOf(outcome);
        times.forEach((time, number) => {
            if (at <= time) found[number] = result;
        });
    }
    return found;
}

function same(what: object, engine: readonly Result[], expected: readonly Result[]): void {
    const other = expected.map(comparable);
    if (JSON.stringify(engine) !== JSON.stringify(other))
        expect({ ...what, engine }).toEqual({ ...what, engine: other });
}

function eachFailure(topology: Topology, pairs: number): string[][] {
    const names = namesOf(topology);
    return [[], ...names.map((name) => [name]), ...pairsOf(names, pairs)];
}

/** Nothing is promoted. */
function compareUnpromoted(topology: Topology, pairs: number): number {
    const graph = buildFailureGraph(topology);
    const known = new Set<string>(graph.elements.all.map(({ name }) => name));
    const names = namesOf(topology);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    const failures = eachFailure(topology, pairs);
    for (const failed of failures)
        same({ failed }, [resultOf(simulate(graph, failed as ElementName[]))], [evaluate(topology, failed)]);
    return failures.length;
}

describe('the engine and the evaluator agree', () => {
    test("where the management cluster is the vendor's", { timeout: 1_200_000 }, () => {
        let compared = 0;
        fc.assert(
            fc.property(estateOfVendor, (topology) => {
                compared += compareUnpromoted(topology, 50);
            }),
            { numRuns: share(300), seed: 1 },
        );
        expect(compared).toBeGreaterThan(share(15_000));
    });

    test('where a standby waits', { timeout: 1_200_000 }, () => {
        let compared = 0;
        fc.assert(
            fc.property(estateWithStandby, (topology) => {
                compared += compareUnpromoted(topology, 50);
            }),
            { numRuns: share(300), seed: 2 },
        );
        expect(compared).toBeGreaterThan(share(15_000));
    });

    test('where it is promoted after a failure, or refused', { timeout: 1_200_000 }, () => {
        const compared = { promoted: 0, refused: 0 };
        fc.assert(
            fc.property(estateWithStandby, (topology) => {
                const graph = buildFailureGraph(topology);
                for (const failed of eachFailure(topology, 30)) {
                    const steps = [...failing(0, failed), step(promotedAt, 'promote', 'dr')];
                    const promoted = promotedWhile(topology, failed);
                    const before = evaluate(topology, failed);
                    const [searching, later, atOnce] = promoted
                        ? [promoted.searching, promoted.later, promoted.atOnce]
                        : [before, before, before];
                    compared[promoted ? 'promoted' : 'refused']++;
                    const times = [promotedAt, connectedAt];
                    same({ failed, reading: 'earliest' }, engineAt(graph, steps, 'earliest', times), [
                        searching,
                        later,
                    ]);
                    same({ failed, reading: 'latest' }, engineAt(graph, steps, 'latest', times), [atOnce, atOnce]);
                }
            }),
            { numRuns: share(300), seed: 3 },
        );
        expect(compared.promoted).toBeGreaterThan(share(8_000));
        expect(compared.refused).toBeGreaterThan(share(4_000));
    });

    test('on what fails once it is promoted, and where the old side is promoted again', { timeout: 1_200_000 }, () => {
        let compared = 0;
        fc.assert(
            fc.property(estateWithStandby, (topology) => {
                const graph = buildFailureGraph(topology);
                const whole = wholeGraph(topology);
                for (const failed of eachFailure(topology, 30)) {
                    const steps = [
                        step(promotedAt, 'promote', 'dr'),
                        ...failing(failedAt, failed),
                        step(backAt, 'promote', managementCluster(topology)!.name),
                    ];
                    const promoted = failedOncePromoted(topology, failed) ?? evaluate(topology, failed);
                    const back = failedAndPromotedBack(topology, failed) ?? evaluate(topology, failed);
                    for (const each of [graph, whole])
                        same({ failed }, engineAt(each, steps, 'earliest', [failedAt, laterAt]), [promoted, back]);
                    compared++;
                }
            }),
            { numRuns: share(300), seed: 4 },
        );
        expect(compared).toBeGreaterThan(share(12_000));
    });
});
