import type { Gravity } from '../failure/gravity.js';
import type { ComponentKindId } from '../knowledge/components.js';
import type { ProblemSeverity } from '../knowledge/severities.js';
import type { SourceLocation } from '../topology/topology.js';
import type { EstateArgument } from './arguments.js';

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
    readonly severity: ProblemSeverity;
    readonly message: string;
    readonly code: string;
    readonly at: SourceLocation;
}
