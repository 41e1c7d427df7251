import type { ElementName } from '../topology/elements.js';
import type { FailureGraph } from './graph.js';
import { run, type Moment, type Step } from './run.js';

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
}

/**
 * Runs a scenario in both readings and lays them over each other.
 *
 * @throws RangeError for an element that the topology does not have
 */
export function timelineOf(graph: FailureGraph, steps: readonly Step[]): Timeline {
    const earliest = run(graph, steps, 'earliest');
    const latest = run(graph, steps, 'latest');
    const times = [...new Set([...earliest, ...latest].map(({ at }) => at))].sort((a, b) => a - b);
    let [e, l] = [0, 0];
    const points = times.map((at): TimelinePoint => {
        while (earliest[e + 1] && earliest[e + 1]!.at <= at) e++;
        while (latest[l + 1] && latest[l + 1]!.at <= at) l++;
        return { at, earliest: earliest[e]!, latest: latest[l]! };
    });
    return { steps, points };
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
        ...(duration === undefined
            ? []
            : failures.map((element): Step => ({ at: duration, action: 'recover', element }))),
    ];
}
