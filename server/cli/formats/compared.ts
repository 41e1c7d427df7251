import type { EstateComparison } from '../../estate/comparison.js';
import type { FileError } from '../file-errors.js';

/** All that `diff` has found, for whoever prints it. */
export interface Compared {
    /** Those that both sides have. */
    readonly topologies: readonly ComparedTopology[];
    /** The names of those that one side has only. */
    readonly added: readonly string[];
    readonly removed: readonly string[];
    /** Why it may be incomplete. */
    readonly errors: readonly SideError[];
}

export interface ComparedTopology {
    readonly name: string;
    readonly comparison: EstateComparison;
}

export interface SideError extends FileError {
    readonly side: 'old' | 'new';
}
