/** A place in a source file; lines and characters are zero-based, as in the Language Server Protocol. */
export interface SourceLocation {
    readonly uri: string;
    readonly range: SourceRange;
}

export interface SourceRange {
    readonly start: SourcePosition;
    readonly end: SourcePosition;
}

export interface SourcePosition {
    readonly line: number;
    readonly character: number;
}
