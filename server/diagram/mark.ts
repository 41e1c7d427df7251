import { annotationStates, type AnnotationState } from '../knowledge/states.js';

/** How a box fares: the words of the file. */
export type State = AnnotationState;

/** What each state is called, wherever a sign stands without a text of its own. */
export const stateWords: Readonly<Record<State, string>> = {
    failed: 'failed',
    gone: 'down with it',
    total: 'down, for whoever uses it',
    limited: 'degraded',
    failover: 'fails over',
    operators: 'only operators notice',
    spare: 'a spare is lost',
    held: 'up',
};

/** How a box fares, and what is folded into it. */
export interface Mark {
    /** Of the box itself; undefined where nothing happens to it. */
    readonly state?: State;
    /** What stands on the second line, or as a tag; empty where there is nothing to say. */
    readonly text: string;
    /** Of what is folded into it: what fares worst, and how many. */
    readonly inside?: Inside;
}

export interface Inside {
    readonly state: State;
    /** "istiod down", "3 of 96 services down". */
    readonly text: string;
}

/** The graver one; undefined is the least grave. */
export function worse(one: State | undefined, other: State | undefined): State | undefined {
    if (one === undefined || other === undefined) return one ?? other;
    return annotationStates.indexOf(one) <= annotationStates.indexOf(other) ? one : other;
}

/** How requests fare on a way: compared with health. */
export type WayState =
    /** Taken in health and now. */
    | 'flow'
    /** Taken only now. */
    | 'takes-over'
    /** Taken only in health: it is broken here, or behind its end. */
    | 'cut'
    /** Taken only in health, and nothing comes to its beginning any more. */
    | 'idle'
    /** Not taken, neither now nor in health, and there for the case of need. */
    | 'spare'
    /** Not taken, and no spare any more. */
    | 'lost-spare';

/** How configuration or metrics fare on a branch; `held`: kept back until the way is there again. */
export type BranchState = 'flow' | 'held' | 'cut' | 'idle';
