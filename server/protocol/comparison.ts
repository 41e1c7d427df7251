import type { SourceLocation } from '../topology/topology.js';
import type { EstateArgument } from './arguments.js';

/** What an estate means for failures, compared with another state of its files. Parameters: `ComparisonArgument`. Result: `ComparisonAnswer | null`, null where there is no such topology in the other state. */
export const compareRequest = 'tsbtopo/compare';

export interface ComparisonArgument extends EstateArgument {
    /** Where the files of the other state differ. */
    readonly files: readonly StateFile[];
    /** Whether the files that are not named are as they are now; otherwise they are not there. */
    readonly keepsOthers: boolean;
}

export interface StateFile {
    readonly uri: string;
    /** Null where the file is not there. */
    readonly text: string | null;
}

export interface ComparisonAnswer {
    /** What it comes to, as plain text. */
    readonly sentence: string;
    readonly isWorse: boolean;
    /** Not all promises are judged yet: whoever asks again gets nearer. */
    readonly isUnfinished?: true;
    /** All that there is to tell, in Markdown, with links to lines. */
    readonly page: string;
    /** What became of promises, at their lines; then what is otherwise when something fails, where that is declared: the gravest first. */
    readonly changes: readonly ComparedLine[];
}

export interface ComparedLine {
    readonly at: SourceLocation;
    readonly isWorse: boolean;
    /** Plain text. */
    readonly says: string;
}
