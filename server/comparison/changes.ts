import {
    compareFares,
    healthy,
    type Course,
    type Fare,
    type Standing,
    type Standings,
    type Subject,
} from './standing.js';

/** A subject that fares otherwise than before while something fails. */
export interface Change {
    readonly of: Subject;
    readonly isWorse: boolean;
    /** From when on, in seconds from the beginning of the failure. */
    readonly at: number;
    readonly before: Fare;
    readonly now: Fare;
    /** When it came to the same before; undefined where it did not. Of what is better: when it now comes to what it was. */
    readonly sameAt?: number;
}

/**
 * How two courses of one failure differ: what is worse at any time is worse, and told at the first such time; what is
 * better at some time and never worse is better.
 *
 * @param isCommon whether both estates have a subject: what has come or is gone did not get worse
 */
export function changesBetween(before: Course, now: Course, isCommon: (subject: string) => boolean): Change[] {
    const keys = new Set([...before.keys(), ...now.keys()]);
    return [...keys].flatMap((key) => {
        const change = isCommon(key) ? changeBetween(before.get(key), now.get(key)) : undefined;
        return change ? [change] : [];
    });
}

function changeBetween(before: Standings | undefined, now: Standings | undefined): Change | undefined {
    const { of } = (now ?? before)!;
    const fine: readonly Standing[] = [{ at: 0, fare: healthy(of.kind) }];
    const [earlier, later] = [before?.course ?? fine, now?.course ?? fine];
    const times = [...new Set([...earlier, ...later].map(({ at }) => at))].sort((a, b) => a - b);
    const points = times.map((at) => ({ at, before: fareAt(earlier, at), now: fareAt(later, at) }));
    const worse = points.find((point) => compareFares(point.now, point.before) > 0);
    const found = worse ?? points.find((point) => compareFares(point.now, point.before) < 0);
    if (!found) return undefined;
    const [other, reached] = worse ? [earlier, found.now] : [later, found.before];
    const sameAt = other.find(({ at, fare }) => at > found.at && compareFares(fare, reached) >= 0)?.at;
    return { of, isWorse: worse !== undefined, ...found, ...(sameAt !== undefined && { sameAt }) };
}

function fareAt(course: readonly Standing[], at: number): Fare {
    return course.findLast((standing) => standing.at <= at)!.fare;
}
