import { sameItems } from '../topology/unchanged.js';
import type { FailureGraph } from './graph.js';
import { outcomeOf, type Outcome, type State } from './outcome.js';

/** Whether two states of a graph are the same, at whatever times: then all is as it is in the other one. */
export function isSameState(one: State, other: State): boolean {
    return (Object.keys(one) as (keyof State)[]).every((what) => isSame(one[what], other[what]));
}

function isSame(one: State[keyof State], other: State[keyof State]): boolean {
    if (one instanceof Set && other instanceof Set) return sameSets<unknown>(one, other);
    if (Array.isArray(one) && Array.isArray(other)) return sameItems<unknown>(one, other);
    return one === other;
}

/** Whether two sets have the same items, in whatever order. */
export function sameSets<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): boolean {
    return one === other || (one.size === other.size && [...one].every((item) => other.has(item)));
}

/** What a state means. */
export type OutcomeIn = (state: State) => Outcome;

/** Finds out what states mean, once for all that are the same: most of those of one reading are those of the other one, too. */
export function outcomesIn(graph: FailureGraph): OutcomeIn {
    const known: Outcome[] = [];
    return (state) => {
        let outcome = known.find((each) => isSameState(each.state, state));
        if (!outcome) known.push((outcome = outcomeOf(graph, state)));
        return outcome;
    };
}
