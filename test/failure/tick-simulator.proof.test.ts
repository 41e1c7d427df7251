import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Topology } from '../../server/topology/topology.js';
import { evaluate } from './evaluator/index.js';
import type { Result, Severity } from './evaluator/result.js';
import { elementNames } from './names-in.js';
import { randomEstate } from './random-estate.js';
import { randomScenario } from './random-scenario.js';
import { said } from './random-traffic.js';
import { alive, course, freshness, shopEstate, shortClocks, stepsOf } from './tick-course.js';
import { simulateTicks, type Entry, type Step } from './tick-simulator.js';
import { share } from '../share.js';

describe('a scenario', () => {
    it('is told from second 0 on, wherever something changes, to its last second', () => {
        const run = (until: number) =>
            simulateTicks(shopEstate(), stepsOf(['10 fail c1', '20 fail c1.istiod', '30 recover c1']), {
                reading: 'earliest',
                until,
            }).map(({ at }) => at);
        expect(run(100)).toEqual([0, 10, 30]);
        expect(run(30)).toEqual([0, 10, 30]);
        expect(run(29)).toEqual([0, 10]);
        expect(run(0)).toEqual([0]);
    });

    it('takes the steps of a second in their order', () => {
        const [fail, recover] = ['10 fail shop@c1', '10 recover shop@c1'];
        expect(course(shopEstate(), [fail, recover], alive('shop'))).toBe('0 2');
        expect(course(shopEstate(), [recover, fail], alive('shop'))).toBe('0 2, 10 1');
        // all of them, before anything starts
        const [key, iam] = ['store:iam-signing-key', 'mgmt.management-plane.iam'];
        const lines = [`10 fail ${key}`, `10 restart ${iam}`, `10 recover ${key}`];
        expect(course(shopEstate(), lines, freshness('c1'))).toBe('0 live');
    });

    it('that fails and recovers within a second is a restart', () => {
        const central = 'mgmt.central-control-plane';
        const lines = [`10 fail ${central}`, `10 recover ${central}`];
        expect(course(shopEstate(), lines, freshness('c1'))).toBe('0 live, 10 queued, 130 live');
    });

    it('recovers only what was made to fail', () => {
        expect(course(shopEstate(), ['0 fail c1', '10 recover shop@c1'], alive('shop'))).toBe('0 1');
        expect(course(shopEstate(), ['10 recover mgmt.central-control-plane'], freshness('c1'))).toBe('0 live');
    });
});

/** Clocks of at least a day, in an estate whose own are short: nothing runs out in between. */
const neverRunsOut = {
    until: 50,
    clocks: { ...shortClocks, clusterCa: 86_400, tsbCertificates: [86_400, 86_400] },
} as const;

/** Estates with the lives of `random-estate.ts`: an hour at least, except of metrics buffers: ten minutes. */
const failing = failuresIn(randomEstate);

/** Where everything is detected, nothing hangs on who was told what when it happened. */
const detected = failuresIn(
    randomEstate.map((topology) => ({
        ...topology,
        services: topology.services.map((one) => ({ ...one, outlierDetection: said(true) })),
    })),
);

function failuresIn(estates: fc.Arbitrary<Topology>) {
    return estates.chain((topology) =>
        fc.record({
            topology: fc.constant(topology),
            steps: fc.array(
                fc.record({
                    at: fc.nat({ max: 50 }),
                    action: fc.constant('fail' as const),
                    element: fc.constantFrom(...elementNames(topology)),
                }),
                { maxLength: 4 },
            ),
        }),
    );
}

const gravity: Readonly<Record<Severity, number>> = { unaffected: 0, limited: 1, total: 2 };

/** What can only get worse with more that is down: see `properties.proof.test.ts`. */
function severitiesIn({ operations, clusters, hosts }: Result): number[] {
    return [
        ...Object.values(operations).map((severity) => gravity[severity]),
        ...Object.values(clusters).flatMap((cluster) => Object.values(cluster.operations).map((one) => gravity[one])),
        ...Object.values(hosts).map(({ severity }) => (severity === 'total' ? 1 : 0)),
    ];
}

function inForce(entries: readonly Entry[], second: number): Result {
    return entries.findLast(({ at }) => at <= second)!.result;
}

describe('any scenario', () => {
    it('without a clock is what fails, moment by moment', () => {
        fc.assert(
            fc.property(detected, ({ topology, steps }) => {
                const entries = simulateTicks(topology, steps, { reading: 'earliest', ...neverRunsOut });
                for (let second = 0; second <= neverRunsOut.until; second++) {
                    const failed = steps.filter(({ at }) => at <= second).map(({ element }) => element);
                    expect(inForce(entries, second)).toEqual(evaluate(topology, failed));
                }
            }),
            { numRuns: share(50) },
        );
    });

    it('without a clock stays as it is when everything fails at once', () => {
        fc.assert(
            fc.property(failing, ({ topology, steps }) => {
                const atOnce = steps.map((step) => ({ ...step, at: 10 }));
                const entries = simulateTicks(topology, atOnce, { reading: 'earliest', ...neverRunsOut });
                expect(entries.length).toBeLessThanOrEqual(2);
                expect(entries.at(-1)!.result).toEqual(
                    evaluate(
                        topology,
                        steps.map(({ element }) => element),
                    ),
                );
            }),
            { numRuns: share(100) },
        );
    });

    it('is told by what changes, in order', () => {
        fc.assert(
            fc.property(randomScenario, ({ topology, steps, clocks, until }) => {
                const entries = simulateTicks(topology, steps, { clocks, reading: 'earliest', until });
                expect(entries[0]!.at).toBe(0);
                entries.slice(1).forEach(({ at, result }, index) => {
                    expect(at).toBeGreaterThan(entries[index]!.at);
                    expect(at).toBeLessThanOrEqual(until);
                    expect(result).not.toEqual(entries[index]!.result);
                });
            }),
        );
    });

    it('is no worse at the latest reading than at the earliest', () => {
        fc.assert(
            fc.property(randomScenario, ({ topology, steps, clocks, until }) => {
                const early = simulateTicks(topology, steps, { clocks, reading: 'earliest', until });
                const late = simulateTicks(topology, steps, { clocks, reading: 'latest', until });
                for (const second of [...early, ...late].map(({ at }) => at)) {
                    const worse = severitiesIn(inForce(early, second));
                    const better = severitiesIn(inForce(late, second));
                    expect(better.every((severity, index) => severity <= worse[index]!)).toBe(true);
                }
            }),
            { numRuns: share(200) },
        );
    });

    it('does not depend on when it begins', () => {
        fc.assert(
            fc.property(randomScenario, fc.integer({ min: 1, max: 200 }), (scenario, delay) => {
                const { topology, steps, clocks, until } = scenario;
                const later = steps.map((step): Step => ({ ...step, at: step.at + delay }));
                const told = simulateTicks(topology, steps, { clocks, reading: 'earliest', until });
                const toldLater = simulateTicks(topology, later, { clocks, reading: 'earliest', until: until + delay });
                for (const { at, result } of told) {
                    expect(inForce(toldLater, at + delay)).toEqual(result);
                }
            }),
            { numRuns: share(50) },
        );
    });

    it('ends well when everything is back', () => {
        fc.assert(
            fc.property(randomScenario, ({ topology, steps, clocks, until }) => {
                const back = [...new Set(steps.map(({ element }) => element))].map((element): Step => ({
                    at: until,
                    action: 'recover',
                    element,
                }));
                const longest = 120 + clocks.tokenRenewal[1];
                const entries = simulateTicks(topology, [...steps, ...back], {
                    clocks,
                    reading: 'earliest',
                    until: until + longest,
                });
                expect(entries.at(-1)!.result).toEqual(evaluate(topology, []));
            }),
            { numRuns: share(100) },
        );
    });
});
