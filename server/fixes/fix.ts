import type { LangiumDocument } from 'langium';
import type { Estate } from '../language/naming/estates.js';
import type * as ast from '../language/generated/ast.js';
import type { NameWriter } from '../language/naming/written-names.js';
import type { Topology } from '../topology/topology.js';
import type { Snapshot } from '../estate/snapshot.js';
import type { Change } from '../estate/change.js';
import type { ImportedState } from '../estate/imported.js';
import type { Problem } from '../estate/problem.js';

/** Something that can be done to the files of an estate. */
export interface Fix {
    /** What it does, in the words of the file: "Let `west` reach `east`". */
    readonly title: string;
    readonly changes: readonly Change[];
}

/** The estate around a place, as the language understands it. */
export interface Surroundings {
    readonly document: LangiumDocument<ast.File>;
    readonly estate: Estate;
    readonly topology: Topology;
    /** The same estate, with all that can be asked of it. */
    readonly snapshot: Snapshot;
    /** What decides about its problems: it alone, or all others, too, where nobody knows to which of them a file belongs. */
    readonly judged: readonly Snapshot[];
    readonly write: NameWriter;
    /** The estate as somebody has imported it meanwhile. */
    readonly imported?: ImportedState | undefined;
}

/** Proposes what would mend a problem, the best first. What does not mend it is sorted out later, so it may be bold. */
export type Fixer = (problem: Problem, around: Surroundings) => Iterable<Fix | undefined>;
