import { withScratch } from '../engine/index.js';
import type { ElementName } from '../topology/element-name.js';
import type { FailureGraph } from './graph.js';
import { outcomeOf, type Outcome } from './outcome.js';
import type { Reading } from './reading.js';
import { run, type Moment, type Step } from './run.js';
import { outcomesIn } from './same-state.js';
import { followStaleness } from './staleness.js';

/** A scenario in time, read both ways. */
export interface Timeline {
    readonly steps: readonly Step[];
    /** Every time at which something changes, in either reading; the first is 0. */
    readonly points: readonly TimelinePoint[];
}

/** What holds from a time on, until the next point. */
export interface TimelinePoint {
    /** Seconds from the beginning of the scenario. */
    readonly at: number;
    /** As bad as it can be by now. */
    readonly earliest: Moment;
    /** As good as it can be by now; the same as `earliest` wherever times are exact. */
    readonly latest: Moment;
    /** As bad as it can be by now; it knows what of it is not certain. */
    readonly outcome: Outcome;
    /** Clusters whose configuration does not arrive and that have missed something, since when (seconds). */
    readonly staleSince: ReadonlyMap<string, number>;
}

/**
 * Runs a scenario in both readings and lays them over each other.
 *
 * @throws RangeError for an element that the topology does not have
 */
export function timelineOf(graph: FailureGraph, steps: readonly Step[]): Timeline {
    const outcomeIn = outcomesIn(graph);
    const momentsOf = (reading: Reading) =>
        withScratch(graph, (scratch) => run(graph, steps, reading, scratch, outcomeIn));
    const [earliest, latest] = [momentsOf('earliest'), momentsOf('latest')];
    const times = [...new Set([...earliest, ...latest].map(({ at }) => at))].sort((a, b) => a - b);
    let [e, l] = [0, 0];
    const staleness = followStaleness(graph);
    const points = times.map((at): TimelinePoint => {
        while (earliest[e + 1] && earliest[e + 1]!.at <= at) e++;
        while (latest[l + 1] && latest[l + 1]!.at <= at) l++;
        return pointOf(graph, at, earliest[e]!, latest[l]!, staleness(earliest[e]!));
    });
    return { steps, points };
}

function pointOf(
    graph: FailureGraph,
    at: number,
    earliest: Moment,
    latest: Moment,
    staleSince: ReadonlyMap<string, number>,
): TimelinePoint {
    const certain = new Set(latest.state.expired);
    const uncertain = new Set(earliest.state.expired.filter((node) => !certain.has(node)));
    let outcome: Outcome | undefined;
    return {
        at,
        earliest,
        latest,
        get outcome() {
            if (uncertain.size === 0) return earliest.outcome;
            return (outcome ??= outcomeOf(graph, { ...earliest.state, uncertain }));
        },
        staleSince,
    };
}

/** The point in force at a time: the last one that is not later. */
export function pointAt({ points }: Timeline, at: number): TimelinePoint {
    let found = points[0]!;
    for (const point of points) if (point.at <= at) found = point;
    return found;
}

/** Failures that begin together, and end together if a duration is given. */
export function failuresFor(failures: readonly ElementName[], duration?: number): Step[] {
    return [
        ...failures.map((element): Step => ({ at: 0, action: 'fail', element })),
        ...(duration === undefined ? [] : recoveries(failures, duration)),
    ];
}

/** Failures that are repaired together, at a time in seconds. */
export function recoveries(failures: readonly ElementName[], at: number): Step[] {
    return failures.map((element) => ({ at, action: 'recover', element }));
}
