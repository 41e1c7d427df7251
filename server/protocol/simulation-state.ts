import type { AnnotationState } from '../knowledge/states.js';
import type { Loss } from '../impact/losses.js';
import type { ComponentKindId } from '../knowledge/components.js';
import type { Operation, Severity } from '../knowledge/operations.js';
import type { Beginning } from '../knowledge/wall-clock.js';
import type { ScenarioStep } from './simulation.js';
import type { SourceLocation, SourceRange } from '../topology/topology.js';

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
    /** What is promoted, in order of time. */
    readonly promotions: readonly SimulationRestart[];
    /** All that happens, where it does not all begin and end together. */
    readonly steps?: readonly ScenarioStep[];
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
    /** "4 h 48 min", "at once" at the beginning; "14:53" where somebody has said when it began. */
    readonly label: string;
    /** What the clock on the wall showed at the beginning, `2026-11-28T14:05Z`; absent: nobody has said so. */
    readonly began?: Beginning;
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
