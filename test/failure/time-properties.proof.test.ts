import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { failuresFor, pointAt, timelineOf, type Timeline } from '../../server/failure/timeline.js';
import type { Outcome } from '../../server/failure/outcome.js';
import { operations, severities, type Severity } from '../../server/knowledge/operations.js';
import { randomEstate } from './random-estate.js';
import { share } from '../share.js';

const hour = 3_600;
const day = 24 * hour;

/** Times around those at which something runs out or is renewed. */
const lookAts = [0, 60, 119, 120, hour, 5 * hour, day, day + 900, 7 * day, 40 * day, 91 * day, 366 * day, 500 * day];

/** What can only get worse; see properties.proof.test.ts for why services and half-served hosts are left out. */
const severitiesOf = (outcome: Outcome) => [
    ...operations.map((operation) => outcome.operations[operation]),
    ...outcome.hosts.map((host): Severity => (host.severity === 'total' ? 'total' : 'unaffected')),
    ...outcome.clusters.flatMap((cluster) => Object.values(cluster.operations)),
];

function expectAsBad(worse: Outcome, better: Outcome): void {
    const gravity = (severity: Severity) => severities.indexOf(severity);
    const worst = severitiesOf(worse);
    expect(severitiesOf(better).every((severity, index) => gravity(severity) <= gravity(worst[index]!))).toBe(true);
}

/** Every time at which one of them changes, and some more. */
function timesOf(...timelines: readonly Timeline[]): number[] {
    return [...new Set([...lookAts, ...timelines.flatMap(({ points }) => points.map(({ at }) => at))])];
}

/** An estate and some of its elements. */
const estateAndFailures = randomEstate.chain((topology) => {
    const graph = buildFailureGraph(topology);
    return fc.record({
        graph: fc.constant(graph),
        failures: fc.subarray(
            graph.elements.all.map(({ name }) => name),
            { minLength: 1, maxLength: 3 },
        ),
    });
});

const duration = fc.constantFrom(30, hour, 2 * hour, 10 * hour, 2 * day, 100 * day);
const runs = { numRuns: share(60) };

describe('in time', () => {
    test('the earliest reading is at least as bad as the latest one, at each time', () => {
        fc.assert(
            fc.property(estateAndFailures, duration, ({ graph, failures }, lasts) => {
                for (const steps of [failuresFor(failures), failuresFor(failures, lasts)]) {
                    const timeline = timelineOf(graph, steps);
                    for (const { earliest, latest } of timeline.points) expectAsBad(earliest.outcome, latest.outcome);
                }
            }),
            runs,
        );
    });

    test('more failures never help, at any time', () => {
        fc.assert(
            fc.property(estateAndFailures, ({ graph, failures }) => {
                const more = timelineOf(graph, failuresFor(failures));
                const fewer = timelineOf(graph, failuresFor(failures.slice(1)));
                for (const at of timesOf(more, fewer))
                    expectAsBad(pointAt(more, at).earliest.outcome, pointAt(fewer, at).earliest.outcome);
            }),
            runs,
        );
    });

    // By nature only while it lasts: once both are over, the longer one has been repaired more recently.
    test('a longer outage is at least as bad while it lasts', () => {
        fc.assert(
            fc.property(estateAndFailures, duration, ({ graph, failures }, lasts) => {
                const longer = timelineOf(graph, failuresFor(failures));
                const shorter = timelineOf(graph, failuresFor(failures, lasts));
                for (const at of timesOf(longer, shorter))
                    expectAsBad(pointAt(longer, at).earliest.outcome, pointAt(shorter, at).earliest.outcome);
            }),
            runs,
        );
    });

    test('a failure that lasts never gets better', () => {
        fc.assert(
            fc.property(estateAndFailures, ({ graph, failures }) => {
                const { points } = timelineOf(graph, failuresFor(failures));
                for (const [index, point] of points.entries()) {
                    const before = points[index - 1];
                    if (before) expectAsBad(point.earliest.outcome, before.earliest.outcome);
                }
            }),
            runs,
        );
    });

    test('whatever fails for a while is repaired in the end, unless nobody is left to start it', () => {
        fc.assert(
            fc.property(estateAndFailures, duration, ({ graph, failures }, lasts) => {
                // an iam that starts without its key needs a person
                fc.pre(!failures.some((name) => name === 'store:iam-signing-key'));
                const { points } = timelineOf(graph, failuresFor(failures, lasts));
                const end = points.at(-1)!;
                expect(end.outcome.effects).toEqual([]);
                expect(end.earliest.state.starting).toEqual([]);
                expect(end.at).toBeLessThanOrEqual(lasts + 120 + 900);
            }),
            runs,
        );
    });

    test('without steps nothing ever happens', () => {
        fc.assert(
            fc.property(randomEstate, (topology) => {
                const { points } = timelineOf(buildFailureGraph(topology), []);
                expect(points.map(({ at }) => at)).toEqual([0]);
                expect(points[0]!.outcome.effects).toEqual([]);
            }),
            runs,
        );
    });
});
