import type { Gravity } from '../failure/gravity.js';
import type { AnnotationState } from '../impact/annotations.js';
import type { Loss } from '../impact/losses.js';
import type { ComponentKindId } from '../knowledge/components.js';
import type { Operation, Severity } from '../knowledge/operations.js';
import type { SourceLocation, SourceRange } from '../topology/topology.js';

export type { SourceLocation, SourceRange } from '../topology/topology.js';

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
    /** Answers with the scenario as a page of Markdown. Arguments: `EstateArgument`. Result: `string | null`. */
    runbook: 'tsbtopo.simulation.runbook',
    /** Restarts an element at the time that is looked at. Arguments: `ElementArgument`. */
    restart: 'tsbtopo.simulation.restart',
    /** Takes a restart back. Arguments: `RestartArgument`. */
    cancelRestart: 'tsbtopo.simulation.cancelRestart',
    /** Looks at another time of the scenario. Arguments: `TimeArgument`. Result: `number`, the time in seconds. */
    lookAt: 'tsbtopo.simulation.lookAt',
    /** Lets the failures last so long and be repaired then. Arguments: `DurationArgument`. */
    lastFor: 'tsbtopo.simulation.lastFor',
    /** Answers a question with a page of Markdown. Arguments: `PageArgument`. Result: `string`. */
    page: 'tsbtopo.simulation.page',
    /** Answers "may I take this down now?", while the running scenario lasts, in Markdown. Arguments: `ElementArgument`. Result: `string`. */
    maintenance: 'tsbtopo.maintenance',
    /** Answers with the element that is named at a place of a file. Arguments: `PlaceArgument`. Result: `string | null`. */
    elementAt: 'tsbtopo.elementAt',
    /** The files of an estate with all names replaced, to be shown to others. Arguments: `EstateArgument`. Result: `string`. */
    withoutNames: 'tsbtopo.withoutNames',
} as const;

/**
 * A scenario as a value: all that is needed to run it again. Names that the estate does not have do nothing until it has
 * them.
 */
export interface Scenario {
    readonly failures: readonly string[];
    readonly restarts: readonly RestartStep[];
    /** Seconds after which all is repaired; absent: nothing is. */
    readonly duration?: number;
    /** The time that is looked at, seconds from the beginning. */
    readonly at: number;
}

export interface RestartStep {
    readonly element: string;
    readonly at: number;
}

export interface ScenarioArgument extends EstateArgument {
    readonly scenario: Scenario;
}

/** Which time: seconds, a duration such as `90m`, or `next` and `previous` for the event after or before the present time. */
export interface TimeArgument extends EstateArgument {
    readonly at: number | string;
}

/** How long: seconds, or a duration such as `4h`; null: until somebody repairs it. */
export interface DurationArgument extends EstateArgument {
    readonly duration: number | string | null;
}

/** About the running scenario at the time that is looked at; with an element, about what its failure alone would do. */
export interface PageArgument extends EstateArgument {
    readonly page: Question;
    readonly element?: string;
}

/** What happens when; what can still be done; what would hurt next. */
export type Question = 'timeline' | 'actions' | 'next';

/** The estate is named by any of its files. */
export interface EstateArgument {
    readonly uri: string;
}

export interface ElementArgument extends EstateArgument {
    readonly element: string;
}

/** One of these, which the user chooses. */
export interface ElementsArgument extends EstateArgument {
    readonly elements: readonly string[];
}

/** A place in a file, as the Language Server Protocol counts. */
export interface PlaceArgument extends EstateArgument {
    readonly position: { readonly line: number; readonly character: number };
}

/** Which restart: as an element may restart several times, also when, in seconds. */
export interface RestartArgument extends ElementArgument {
    readonly at: number;
}

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
    /** It, or something that goes with it, has to start after it stopped; the others just are there again. */
    readonly starts: boolean;
    /** The element itself and all that contains it: as a part of each of these it can be chosen. */
    readonly owners: readonly string[];
}

/** Sent by the server whenever a scenario, or what it does, has changed. */
export const simulationChanged = 'tsbtopo/simulationChanged';

export interface SimulationState {
    readonly simulations: readonly SimulationView[];
}

export interface SimulationView {
    readonly topology: string;
    /** A file of the estate, to name it by in commands. */
    readonly uri: string;
    readonly failures: readonly string[];
    /** What is restarted, in order of time. */
    readonly restarts: readonly SimulationRestart[];
    /** The same with their places, for those who list them. */
    readonly failed: readonly FailedElement[];
    readonly operations: Readonly<Record<Operation, Severity>>;
    /** "✅ ⚠️ ❌ ❌". */
    readonly marks: string;
    /** The marks in words, for screen readers. */
    readonly marksInWords: string;
    /** "✖ shop.example.com down · 2 services degraded": who notices what. */
    readonly headline: string;
    /** The gravest of it: "✖ shop.example.com down · 1 more". */
    readonly inBrief: string;
    readonly time: SimulationTime;
    readonly losses: readonly Loss[];
    /** What is drawn into the files; files without any are left out. */
    readonly files: readonly FileAnnotations[];
}

export interface SimulationRestart {
    readonly element: string;
    /** Seconds from the beginning. */
    readonly at: number;
    /** "4 h 48 min"; "at once" at the beginning. */
    readonly label: string;
}

/** Where in time a scenario stands. */
export interface SimulationTime {
    /** The time that is looked at, seconds from the beginning. */
    readonly at: number;
    /** "4 h 48 min"; "at once" at the beginning. */
    readonly label: string;
    /** After how long all is repaired, seconds; absent: never. */
    readonly duration?: number;
    /** "4 h"; "until repaired". */
    readonly lasts: string;
    /** Everything that happens, in order of time; the first event is the beginning. */
    readonly events: readonly SimulationEvent[];
    /** The event in force: the last one that is not later than `at`. */
    readonly current: number;
    /** Present when the last thing that happened to the scenario was that somebody looked at another time of it. */
    readonly step?: SimulationStep;
}

/** What a step from one time to another has changed in the files. */
export interface SimulationStep {
    /** The time that was looked at before, seconds from the beginning. */
    readonly from: number;
    /** What begins in the lines that say something else now, or nothing any more; file by file, from top to bottom. */
    readonly changed: readonly SourceLocation[];
}

export interface SimulationEvent {
    readonly at: number;
    readonly label: string;
    /** It has happened by then for sure; otherwise it may happen from then on. */
    readonly certain: boolean;
    /** Plain text. */
    readonly text: string;
    /** What is lost or limited of the operations from then on, as bad as it can be: "metrics collection lost"; may be empty. */
    readonly hurt: string;
}

export interface FailedElement {
    readonly name: string;
    /** Absent while an edit has taken it out of the topology. */
    readonly kind?: ComponentKindId;
    readonly at?: SourceLocation;
}

export interface FileAnnotations {
    readonly uri: string;
    /** Of the open document that the annotations were computed from; without one, of the file on disk. */
    readonly version?: number;
    readonly annotations: readonly LineAnnotation[];
}

export interface LineAnnotation {
    /** What the line is about; the text stands at the end of the line in which it begins. */
    readonly range: SourceRange;
    readonly state: AnnotationState;
    readonly text: string;
    /** The names to strike through: what failed, or is down. A block may be named by its whole range. */
    readonly struck: readonly SourceRange[];
    /** It says something else than before the last step in time. */
    readonly changed?: boolean;
}

/** What a client tells the server when it starts. */
export interface InitializationOptions {
    /** The client has the commands of the VS Code extension, so lenses and hovers may link to them. */
    readonly clientCommands?: boolean;
    /** Address of the folder with the documentation, to which diagnostics link. */
    readonly docs?: string;
    /** The client answers {@link fileRequests}. */
    readonly readsFiles?: boolean;
}

/**
 * Requests of the server to a client that `readsFiles`, for files with other addresses than `file:`. Arguments:
 * `FileArgument`. What does not exist is answered with an error.
 */
export const fileRequests = {
    /** Result: the text of a file, `string`. */
    read: 'tsbtopo/readFile',
    /** Result: what stands in a folder, `DirectoryEntry[]`. */
    list: 'tsbtopo/readDirectory',
    /** Result: `boolean`; false for a file. */
    isDirectory: 'tsbtopo/isDirectory',
} as const;

export interface FileArgument {
    readonly uri: string;
}

export interface DirectoryEntry {
    readonly name: string;
    readonly isDirectory: boolean;
}

/** Commands of the VS Code extension to which lenses and hovers link. */
export const clientCommands = {
    simulatePart: 'tsbtopo.simulatePart',
    simulateOneOf: 'tsbtopo.simulateOneOf',
    simulateFailure: 'tsbtopo.simulateFailure',
    showSimulation: 'tsbtopo.showSimulation',
    explainFailover: 'tsbtopo.explainFailover',
    mayITakeDown: 'tsbtopo.mayITakeDown',
    whatCanIStillDo: 'tsbtopo.whatCanIStillDo',
    whatWouldHurtNext: 'tsbtopo.whatWouldHurtNext',
} as const;

/** What views ask for. Requests rather than commands, so that a client can cancel what it no longer needs. */
export const viewRequests = {
    /** All topologies, or that of one file. Parameters: `Partial<EstateArgument>`. Result: `TopologySummary[]`. */
    topologies: 'tsbtopo/topologies',
    /** How many failures are how grave. Parameters: `EstateArgument`. Result: `FailureGroup[]`. */
    failures: 'tsbtopo/failures',
    /** The elements of a group, or the parts of an element. Parameters: `WeighedArgument`. Result: `WeighedElement[]`. */
    elements: 'tsbtopo/elements',
    /** What the failure of an element does, in Markdown. Parameters: `ElementArgument`. Result: `string | null`. */
    explanation: 'tsbtopo/explanation',
    /** What there is to say of all files. Parameters: `EstateArgument`. Result: `FindingItem[]`, the gravest first. */
    findings: 'tsbtopo/findings',
} as const;

export interface TopologySummary {
    readonly topology: string;
    /** A file of the estate, to name it by. */
    readonly uri: string;
    /** How many elements can fail. */
    readonly elements: number;
    readonly findings: Readonly<Record<FindingItem['severity'], number>>;
}

/** The gravest group first; empty ones are left out. */
export interface FailureGroup {
    readonly gravity: Gravity;
    readonly count: number;
}

export type WeighedArgument = EstateArgument & ({ readonly gravity: Gravity } | { readonly within: string });

export interface WeighedElement {
    readonly name: string;
    /** Short, for a list that shows the kind by an icon. */
    readonly label: string;
    readonly kind: ComponentKindId;
    /** The kind in words. */
    readonly title: string;
    readonly gravity: Gravity;
    readonly marksInWords: string;
    readonly headline: string;
    readonly at: SourceLocation;
    readonly hasParts: boolean;
}

export interface FindingItem {
    readonly severity: 'error' | 'warning' | 'information' | 'hint';
    readonly message: string;
    readonly code: string;
    readonly at: SourceLocation;
}

/** Sent by the server when it begins to read and check files, and when everything of them is known. */
export const analysing = 'tsbtopo/analysing';

export type Analysing =
    | { readonly kind: 'begin' }
    | {
          readonly kind: 'end';
          readonly milliseconds: number;
          /** How many topologies there are now. */
          readonly topologies: number;
          /** Of open documents: what was read. */
          readonly versions: readonly { readonly uri: string; readonly version: number }[];
      };
