import type { PromiseState } from '../topology/promises.js';
import type { SourceLocation, SourcePosition } from '../topology/topology.js';
import type { EstateArgument } from './arguments.js';
import type { ScenarioArgument } from './simulation.js';

/** What a client asks of the promises in the files: scenarios and objectives. Requests, so that it can take them back. */
export const promiseRequests = {
    /** Those of all topologies. No parameters. Result: `PromisingEstate[]`. */
    list: 'tsbtopo/promises',
    /** Whether those of an estate are kept. Parameters: `EstateArgument`. Result: `JudgedPromise[]`, in the order of the list. */
    judge: 'tsbtopo/judgePromises',
    /** The running simulation as a scenario of a file. Parameters: `KeepArgument`. Result: `KeptScenario | null`. */
    keep: 'tsbtopo/keepScenario',
} as const;

/** A topology that promises anything. */
export interface PromisingEstate {
    readonly topology: string;
    /** A file of the estate, to name it by. */
    readonly uri: string;
    readonly promises: readonly PromiseItem[];
}

export interface PromiseItem {
    /** The same after an edit of other lines; no other promise of the estate has it. */
    readonly id: string;
    readonly kind: 'scenario' | 'objective';
    /** The name of a scenario, the sentence of an objective. */
    readonly label: string;
    /** Where its name stands. */
    readonly at: SourceLocation;
}

export interface JudgedPromise {
    readonly id: string;
    readonly state: PromiseState;
    /** Why it is not kept. */
    readonly messages: readonly PromiseMessage[];
    /** What breaks it, to be run. */
    readonly counterexample?: ScenarioArgument;
}

export interface PromiseMessage {
    /** Plain text. */
    readonly text: string;
    readonly at: SourceLocation;
    /** What was promised, and what was found instead: plain texts, where both can be said. */
    readonly difference?: PromiseDifference;
}

export interface PromiseDifference {
    readonly expected: string;
    readonly found: string;
}

export interface KeepArgument extends EstateArgument {
    /** How the scenario is to be called. */
    readonly name: string;
}

/** What is to be put into a file; null where nothing is simulated. */
export interface KeptScenario {
    readonly uri: string;
    readonly at: SourcePosition;
    readonly text: string;
    /** Whether there is no such file yet. */
    readonly isNewFile: boolean;
}
