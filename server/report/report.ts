import type { Blasts } from '../failure/blast-radius.js';
import type { Outcome } from '../failure/outcome.js';
import type { Scenario } from '../failure/scenario.js';
import type { ScenarioView } from '../impact/scenario.js';
import type { Promised } from '../matrix/promises.js';
import type { ProblemSeverity } from '../knowledge/severities.js';
import type { SourceLocation } from '../topology/topology.js';

/** What a report is about. */
export interface ReportSubject {
    /** The outcome of no failure. */
    readonly health: Outcome;
    readonly blasts: Blasts;
    readonly view: (scenario: Scenario) => ScenarioView;
    /** Everything to say of the files, as grave as their project takes it to be. */
    readonly problems: readonly ReportProblem[];
    readonly recommendations: readonly Recommendation[];
    readonly promised: Promised;
    /** Files of the estate, or of what is left of it, have errors. */
    readonly isIncomplete: boolean;
    /** Of the report, as somebody writes it; without one it has none, and the same files give the same report. */
    readonly date?: string;
}

export interface ReportProblem {
    readonly code: string;
    readonly severity: ProblemSeverity;
    /** Plain text. */
    readonly message: string;
    readonly at: SourceLocation;
}

/** A change of the files that was tried out. */
export interface Recommendation {
    /** What it does, and what follows. Plain text with names in it. */
    readonly title: string;
    /** The place among the problems of the one that it mends. */
    readonly mends: number;
}
