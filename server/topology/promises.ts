import type { Operation } from '../knowledge/operations.js';
import type { Thing, Written } from './thing.js';
import type { SourceLocation } from './topology.js';

export type { Choice, NamedThing, Thing } from './thing.js';

/**
 * What an estate promises, as plain data: scenarios with what is expected of them, objectives, and accepted risks. Names
 * are as the file has them; what they mean is found when the promises are judged. Durations are in seconds.
 */
export interface Promises {
    readonly scenarios: readonly DeclaredScenario[];
    readonly objectives: readonly Objective[];
    readonly acceptances: readonly Acceptance[];
}

export const noPromises: Promises = { scenarios: [], objectives: [], acceptances: [] };

/** Of whom something is expected or promised. */
export type Subject =
    Thing | (Written & { readonly kind: 'operation'; readonly operation: Operation; readonly cluster?: string });

/** A scenario as a file declares it. */
export interface DeclaredScenario {
    readonly name: string;
    readonly lines: readonly ScenarioLine[];
    /** It says something that this version does not judge yet, or that cannot be read. */
    readonly isPartial: boolean;
    /** Its times are those of a clock on the wall. Then they are counted from the first of them. */
    readonly clock?: string;
    readonly at: SourceLocation;
    readonly nameAt: SourceLocation;
}

export type ScenarioLine = DeclaredStep | PlannedAction | Expectation;

/** Something that happens. */
export interface DeclaredStep {
    readonly kind: 'step';
    readonly action: 'fail' | 'recover' | 'restart' | 'promote';
    readonly things: readonly Thing[];
    /** From the beginning. */
    readonly time: number;
    /** Of a failure: it is repaired after so long. */
    readonly duration?: number;
    readonly at: SourceLocation;
}

/** What people do then. It changes nothing that is judged, and has to be possible in that moment. */
export interface PlannedAction {
    readonly kind: 'action';
    readonly action: 'deploy' | 'scale';
    readonly things: readonly Thing[];
    /** From the beginning. */
    readonly time: number;
    readonly at: SourceLocation;
}

export const states = [
    ...(['unaffected', 'limited', 'lost'] as const),
    ...(['live', 'queued', 'frozen', 'stale'] as const),
    ...(['possible', 'impossible'] as const),
];
export type ExpectedState = (typeof states)[number];

/** How somebody is expected to fare. */
export interface Expectation {
    readonly kind: 'expect';
    readonly subjects: readonly Subject[];
    readonly negated: boolean;
    readonly state: ExpectedState;
    /** From then on until the next thing that the scenario lets happen; undefined: in the whole scenario. */
    readonly time?: number;
    readonly at: SourceLocation;
}

/** A promise about failures. */
export interface Objective extends Written {
    readonly subjects: readonly Subject[];
    readonly promise: ObjectivePromise;
    /** What is accepted of it: what fails there, together. */
    readonly accepted: readonly AcceptedFailure[];
    /** Where its first word stands. */
    readonly nameAt: SourceLocation;
}

export type ObjectivePromise =
    | { readonly kind: 'survives'; readonly partly: boolean; readonly cause: Thing; readonly for?: number }
    | { readonly kind: 'recovers'; readonly within: number; readonly cause: Thing }
    | { readonly kind: 'loses-at-most'; readonly most: number; readonly cause?: Thing };

interface Accepted {
    readonly because: string;
    /** The last day on which it is accepted, `2027-03-31`. */
    readonly until?: string;
    readonly at: SourceLocation;
}

export interface AcceptedFailure extends Accepted {
    readonly things: readonly Thing[];
}

/** A risk that somebody has decided to take. */
export interface Acceptance extends Accepted {
    readonly codes: readonly string[];
    /** What it is about: a declaration, and every block that says more of it; undefined: the whole estate. */
    readonly within?: readonly SourceLocation[];
}

/**
 * `accepted`: it is broken, and somebody takes the risk. `idle`: nothing in the estate is meant by it, or nothing is
 * expected. `not-judged`: nobody knows, so it is not kept.
 */
export type PromiseState = 'kept' | 'broken' | 'accepted' | 'idle' | 'not-judged';
