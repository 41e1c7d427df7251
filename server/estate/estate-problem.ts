import type { ProblemSeverity } from '../knowledge/severities.js';
import type { SourceLocation } from '../topology/topology.js';

/** Something to say of a place, for which it takes more than its own declaration and the names of others: found for the whole estate. */
export interface EstateProblem {
    readonly code:
        'about-nothing' | 'ambiguous-name' | 'later-version' | 'misplaced-item' | 'said-twice' | 'overrules-import';
    readonly severity: ProblemSeverity;
    readonly message: string;
    readonly at: SourceLocation;
    readonly related: readonly { readonly at: SourceLocation; readonly message: string }[];
    readonly suggestions: readonly string[];
}
