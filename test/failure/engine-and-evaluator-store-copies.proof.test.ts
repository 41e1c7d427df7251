import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildFailureGraph, wholeGraph } from '../../server/failure/build.js';
import type { FailureGraph } from '../../server/failure/graph.js';
import { simulate } from '../../server/failure/outcome.js';
import type { Reading } from '../../server/failure/reading.js';
import { run, type Step } from '../../server/failure/run.js';
import { asElementName, type ElementName } from '../../server/topology/element-name.js';
import { share } from '../share.js';
import { comparable, resultOf } from './comparable.js';
import { pairsOf } from './compare.js';
import { evaluate } from './evaluator/index.js';
import {
    afterTakeover,
    copyUp,
    failuresAfter,
    mayBeCutOff,
    mayTakeOver,
    storeUp,
    takenOver,
    withTwo,
} from './evaluator/store-copies.js';
import { isReplaced, promotedWhile } from './evaluator/promotion.js';
import type { Result } from './evaluator/result.js';
import { estatesWithCopy, estateWithCopy, namesOf, type EstateWithCopy } from './random-store-copies.js';

function step(at: number, action: Step['action'], element: string): Step {
    return { at, action, element: asElementName(element) };
}

function stepsOf(at: number, action: Step['action'], elements: readonly string[]): Step[] {
    return elements.map((element) => step(at, action, element));
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

function eachFailure(estate: EstateWithCopy, pairs: number): string[][] {
    const names = namesOf(estate);
    const own = [estate.store, `${estate.store}.copy`];
    const among = names.flatMap((name) => own.filter((each) => each !== name).map((each) => [each, name]));
    return [[], ...names.map((name) => [name]), ...among, ...pairsOf(names, pairs)];
}

/** What is repaired comes back to health where nothing requires what needs it to start. */
const estateThatComesBack = estatesWithCopy(false);

const [promotedAt, failedAt, recoveredAt, day] = [60, 200, 300, 86_400];

describe('the engine and the evaluator agree on copies of stores', () => {
    test('that wait', { timeout: 1_200_000 }, () => {
        let compared = 0;
        fc.assert(
            fc.property(estateWithCopy, (estate) => {
                const graph = buildFailureGraph(estate.topology);
                for (const failed of eachFailure(estate, 20)) {
                    const found = resultOf(simulate(graph, failed as ElementName[]));
                    same({ failed }, [found], [evaluate(estate.topology, failed)]);
                    compared++;
                }
            }),
            { numRuns: share(200), seed: 1 },
        );
        expect(compared).toBeGreaterThan(share(10_000));
    });

    test('that somebody promotes, or cannot, and on what fails then', { timeout: 1_200_000 }, () => {
        const compared = { promoted: 0, refused: 0 };
        fc.assert(
            fc.property(estateWithCopy, (estate) => {
                const { topology, copied, store } = estate;
                // a copy that promotes itself does more than this
                fc.pre(!estate.copy.promotesItself);
                const graph = buildFailureGraph(topology);
                const whole = wholeGraph(topology);
                for (const failed of eachFailure(estate, 20)) {
                    const isPromoted = mayTakeOver(topology, copied, failed);
                    compared[isPromoted ? 'promoted' : 'refused']++;
                    const expected = isPromoted ? takenOver(topology, copied, failed) : evaluate(topology, failed);
                    const steps = [...stepsOf(0, 'fail', failed), step(promotedAt, 'promote', `${store}.copy`)];
                    for (const each of [graph, whole])
                        same({ failed }, engineAt(each, steps, 'earliest', [promotedAt]), [expected]);
                    const left = failuresAfter(topology, copied, failed);
                    const later = evaluate(afterTakeover(topology, copied), left);
                    const planned = [
                        step(promotedAt, 'promote', `${store}.copy`),
                        ...stepsOf(failedAt, 'fail', failed),
                    ];
                    same({ failed, later: true }, engineAt(graph, planned, 'earliest', [failedAt]), [later]);
                }
            }),
            { numRuns: share(300), seed: 2 },
        );
        expect(compared.promoted).toBeGreaterThan(share(4_000));
        expect(compared.refused).toBeGreaterThan(share(400));
    });

    test('of which a standby makes use', { timeout: 1_200_000 }, () => {
        let compared = 0;
        fc.assert(
            fc.property(estateWithCopy, (estate) => {
                const { topology, copied, store, copy } = estate;
                fc.pre(!copy.promotesItself && copied === 'postgres' && copy.locality !== undefined);
                const graph = buildFailureGraph(topology);
                const next = afterTakeover(topology, copied);
                for (const failed of eachFailure(estate, 20)) {
                    if (!mayTakeOver(topology, copied, failed)) continue;
                    const promoted = promotedWhile(next, failuresAfter(topology, copied, failed));
                    const steps = [
                        ...stepsOf(0, 'fail', failed),
                        step(promotedAt, 'promote', `${store}.copy`),
                        step(promotedAt + 1, 'promote', 'dr'),
                    ];
                    const expected = promoted ? promoted.atOnce : takenOver(topology, copied, failed);
                    same({ failed }, engineAt(graph, steps, 'latest', [promotedAt + 1]), [expected]);
                    compared++;
                }
            }),
            { numRuns: share(300), seed: 3 },
        );
        expect(compared).toBeGreaterThan(share(2_000));
    });

    test('that promote themselves, and on what is left when all is repaired', { timeout: 1_200_000 }, () => {
        const compared = { tookOver: 0, two: 0, one: 0 };
        fc.assert(
            fc.property(estateThatComesBack, (estate) => {
                const { topology, copied, copy } = estate;
                fc.pre(copy.promotesItself === true);
                const graph = buildFailureGraph(topology);
                for (const failed of eachFailure(estate, 20)) {
                    const isLeft = !storeUp(topology, copied, failed) && copyUp(topology, copied, failed);
                    const takesOver = isLeft && copy.within !== undefined && mayTakeOver(topology, copied, failed);
                    const before = evaluate(topology, failed);
                    const during = takesOver ? takenOver(topology, copied, failed) : before;
                    const steps = stepsOf(0, 'fail', failed);
                    same({ failed }, engineAt(graph, steps, 'earliest', [99, 100]), [before, during]);
                    const areTwo = isLeft || mayBeCutOff(topology, copied, failed);
                    const health = evaluate(topology, []);
                    const repaired = [...steps, ...stepsOf(recoveredAt, 'recover', failed)];
                    same({ failed, repaired: true }, engineAt(graph, repaired, 'earliest', [day]), [
                        areTwo ? withTwo(health, copied) : health,
                    ]);
                    if (takesOver) compared.tookOver++;
                    compared[areTwo ? 'two' : 'one']++;
                }
            }),
            { numRuns: share(300), seed: 4 },
        );
        expect(compared.tookOver).toBeGreaterThan(share(500));
        expect(compared.two).toBeGreaterThan(share(500));
        expect(compared.one).toBeGreaterThan(share(2_000));
    });

    test(
        'that promote themselves, and on a standby that makes use of both or of neither',
        { timeout: 1_200_000 },
        () => {
            const compared = { used: 0, unused: 0 };
            fc.assert(
                fc.property(estateThatComesBack, (estate) => {
                    const { topology, copied, copy, store } = estate;
                    fc.pre(copy.promotesItself === true);
                    const promoted = promotedWhile(topology, []);
                    if (!promoted) return;
                    const graph = buildFailureGraph(topology);
                    const isUsed = !isReplaced(topology, store);
                    for (const failed of eachFailure(estate, 20)) {
                        const isLeft = !storeUp(topology, copied, failed) && copyUp(topology, copied, failed);
                        if (!isLeft && !mayBeCutOff(topology, copied, failed)) continue;
                        const steps = [
                            ...stepsOf(0, 'fail', failed),
                            ...stepsOf(recoveredAt, 'recover', failed),
                            step(day, 'promote', 'dr'),
                        ];
                        const expected = isUsed ? withTwo(promoted.later, copied) : promoted.later;
                        same({ failed, isUsed }, engineAt(graph, steps, 'earliest', [2 * day]), [expected]);
                        compared[isUsed ? 'used' : 'unused']++;
                    }
                }),
                { numRuns: share(300), seed: 5 },
            );
            expect(compared.used).toBeGreaterThan(share(200));
            expect(compared.unused).toBeGreaterThan(share(200));
        },
    );
});
