import type { Operation, Severity } from '../knowledge/operations.js';
import type { AnnotationState } from '../impact/annotations.js';
import type { SourceRange } from '../topology/topology.js';

export type { SourceRange } from '../topology/topology.js';

/**
 * What client and server say to each other beyond the Language Server Protocol. Any client can drive a simulation: the
 * commands go through `workspace/executeCommand`, and one that does not know the notification may ignore it.
 */
export const simulationCommands = {
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
} as const;

/** The estate is named by any of its files. */
export interface EstateArgument {
    readonly uri: string;
}

export interface ElementArgument extends EstateArgument {
    readonly element: string;
}

export interface ElementList {
    readonly topology: string;
    readonly elements: readonly ElementItem[];
}

export interface ElementItem {
    readonly name: string;
    /** "workload cluster", "front-envoy", … */
    readonly kind: string;
    /** "✅ ⚠️ ❌ ❌" of its failure alone. */
    readonly marks: string;
    /** "2 services lose a home, none is lost"; may be empty. */
    readonly headline: string;
    /** Named by a line of its own, rather than implied. */
    readonly declared: boolean;
    readonly failed: boolean;
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
    readonly operations: Readonly<Record<Operation, Severity>>;
    /** "✅ ⚠️ ❌ ❌". */
    readonly marks: string;
    /** The marks in words, for screen readers. */
    readonly marksInWords: string;
    readonly headline: string;
    /** What is drawn into the files; files without any are left out. */
    readonly files: readonly FileAnnotations[];
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
    /** The names to strike through: what failed, or is gone. A block may be named by its whole range. */
    readonly struck: readonly SourceRange[];
}

/** What a client tells the server when it starts. */
export interface InitializationOptions {
    /** The client has the commands of the VS Code extension, so lenses and hovers may link to them. */
    readonly clientCommands?: boolean;
    /** Address of the folder with the documentation, to which diagnostics link. */
    readonly docs?: string;
}

/** Commands of the VS Code extension to which lenses and hovers link. */
export const clientCommands = {
    simulatePart: 'tsbtopo.simulatePart',
    simulateFailure: 'tsbtopo.simulateFailure',
    showSimulation: 'tsbtopo.showSimulation',
    explainFailover: 'tsbtopo.explainFailover',
} as const;
