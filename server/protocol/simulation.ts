import type { EstateArgument } from './arguments.js';

/**
 * What client and server say to each other beyond the Language Server Protocol. Any client can drive a simulation: the
 * commands go through `workspace/executeCommand`, and one that does not know the notification may ignore it.
 */
export const simulationCommands = {
    /** Runs a scenario in place of that of the estate, if it has one. Arguments: `ScenarioArgument`. */
    run: 'tsbtopo.simulation.run',
    /** Makes an element fail. Arguments: `ElementArgument`. */
    fail: 'tsbtopo.simulation.fail',
    /** Makes it available again. Arguments: `ElementArgument`. */
    recover: 'tsbtopo.simulation.recover',
    /** Ends the scenario of the estate of a file. Arguments: `EstateArgument`; without one, all scenarios. */
    clear: 'tsbtopo.simulation.clear',
    /** Answers with what can fail in the estate of a file. Arguments: `EstateArgument`. Result: `ElementList`. */
    elements: 'tsbtopo.simulation.elements',
    /** Answers with all running scenarios. Result: `SimulationState`. */
    state: 'tsbtopo.simulation.state',
    /** Answers "why would it not fail over?" for a service, in Markdown. Arguments: `ElementArgument`. Result: `string`. */
    failover: 'tsbtopo.failover',
    /** Answers with the scenario as a page of Markdown. Arguments: `RunbookArgument`. Result: `string | null`. */
    runbook: 'tsbtopo.simulation.runbook',
    /** Restarts an element at the time that is looked at. Arguments: `ElementArgument`. */
    restart: 'tsbtopo.simulation.restart',
    /** Takes a restart back. Arguments: `RestartArgument`. */
    cancelRestart: 'tsbtopo.simulation.cancelRestart',
    /** Promotes what stands by at the time that is looked at. Arguments: `ElementArgument`. */
    promote: 'tsbtopo.simulation.promote',
    /** Takes a promotion back. Arguments: `RestartArgument`. */
    cancelPromotion: 'tsbtopo.simulation.cancelPromotion',
    /** Looks at another time of the scenario. Arguments: `TimeArgument`. Result: `number`, the time in seconds. */
    lookAt: 'tsbtopo.simulation.lookAt',
    /** Lets the failures last so long and be repaired then. Arguments: `DurationArgument`. */
    lastFor: 'tsbtopo.simulation.lastFor',
    /** Says what the clock on the wall showed at the beginning. Arguments: `BeginningArgument`. */
    beganAt: 'tsbtopo.simulation.beganAt',
    /** Answers a question with a page of Markdown. Arguments: `PageArgument`. Result: `string`. */
    page: 'tsbtopo.simulation.page',
    /** Answers "may I take this down now?", while the running scenario lasts, in Markdown. Arguments: `ElementArgument`. Result: `string`. */
    maintenance: 'tsbtopo.maintenance',
    /** Answers with the element that is named at a place of a file. Arguments: `PlaceArgument`. Result: `string | null`. */
    elementAt: 'tsbtopo.elementAt',
    /** The files of an estate with all names replaced, to be shown to others. Arguments: `EstateArgument`. Result: `string`. */
    withoutNames: 'tsbtopo.withoutNames',
} as const;

export interface RunbookArgument extends EstateArgument {
    /** With a flowchart, for pages that draw Mermaid. */
    readonly withChart?: boolean;
}

/**
 * A scenario as a value: all that is needed to run it again. Names that the estate does not have do nothing until it has
 * them.
 */
export interface Scenario {
    readonly failures: readonly string[];
    readonly restarts: readonly RestartStep[];
    readonly promotions?: readonly RestartStep[];
    /** Seconds after which all is repaired; absent: nothing is. */
    readonly duration?: number;
    /** The time that is looked at, seconds from the beginning. */
    readonly at: number;
    /** All that happens, where not everything fails at the beginning and is repaired at one time: instead of the above. */
    readonly steps?: readonly ScenarioStep[];
    /** What the clock on the wall showed at the beginning, such as `2026-11-28T14:05Z`. */
    readonly began?: string;
}

export interface ScenarioStep {
    readonly at: number;
    readonly action: 'fail' | 'recover' | 'restart' | 'promote';
    readonly element: string;
}

export interface RestartStep {
    readonly element: string;
    readonly at: number;
}

export interface ScenarioArgument extends EstateArgument {
    readonly scenario: Scenario;
}

/** Which time: seconds, a duration such as `90m`, a time of the clock where one is said for the beginning, or `next` and `previous` for the event after or before the present time. */
export interface TimeArgument extends EstateArgument {
    readonly at: number | string;
}

/** How long: seconds, or a duration such as `4h`; null: until somebody repairs it. */
export interface DurationArgument extends EstateArgument {
    readonly duration: number | string | null;
}

/** A time of the clock, such as `14:05` or `2026-11-28T14:05Z`; null: times are counted from the beginning. */
export interface BeginningArgument extends EstateArgument {
    readonly began: string | null;
}

/** About the running scenario at the time that is looked at; with an element, about what its failure alone would do. */
export interface PageArgument extends EstateArgument {
    readonly page: Question;
    readonly element?: string;
}

/** What happens when; what can still be done; what would hurt next. */
export type Question = 'timeline' | 'actions' | 'next';

export interface ElementList {
    readonly topology: string;
    readonly elements: readonly ElementItem[];
}

/** The gravest come first in lists. */
export interface ElementItem {
    readonly name: string;
    /** "workload cluster", "front-envoy", … */
    readonly kind: string;
    /** What its failure does: "✖ shop.example.com down"; while a scenario runs what it adds: "now: ✓ nothing more". */
    readonly headline: string;
    /** Named by a line of its own, rather than implied. */
    readonly declared: boolean;
    readonly failed: boolean;
    /** It stands by, and can be promoted, or promoted back. */
    readonly standsBy: boolean;
    /** It, or something that goes with it, has to start after it stopped; the others just are there again. */
    readonly starts: boolean;
    /** The element itself and all that contains it: as a part of each of these it can be chosen. */
    readonly owners: readonly string[];
}
