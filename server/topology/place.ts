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

/** Where a declaration begins. It moves with the text of the declaration, and whoever takes the place of that takes it over. */
export interface Anchor {
    readonly uri: string;
    line: number;
}

/**
 * A place in a declaration: so many lines below its beginning. What is kept of a declaration knows by it where that stands
 * now, after any edits elsewhere in the file.
 */
export class AnchoredPlace implements SourceLocation {
    private constructor(
        readonly anchor: Anchor,
        private readonly startLine: number,
        private readonly startCharacter: number,
        private readonly endLine: number,
        private readonly endCharacter: number,
    ) {}

    /** @param range where it is now */
    static at(anchor: Anchor, { start, end }: SourceRange): AnchoredPlace {
        const { line } = anchor;
        return new AnchoredPlace(anchor, start.line - line, start.character, end.line - line, end.character);
    }

    get uri(): string {
        return this.anchor.uri;
    }

    get range(): SourceRange {
        const { line } = this.anchor;
        return {
            start: { line: line + this.startLine, character: this.startCharacter },
            end: { line: line + this.endLine, character: this.endCharacter },
        };
    }

    /** Where it begins, seen from its declaration; as a text. */
    get beginning(): string {
        return `${this.startLine}:${this.startCharacter}`;
    }

    /** From here to the end of another place of the same declaration; undefined for one of another. */
    upTo({ anchor, endLine, endCharacter }: AnchoredPlace): AnchoredPlace | undefined {
        if (anchor !== this.anchor) return undefined;
        return new AnchoredPlace(anchor, this.startLine, this.startCharacter, endLine, endCharacter);
    }

    /** Whether another place is this one, wherever both move. */
    equals(other: AnchoredPlace): boolean {
        return (
            this.anchor === other.anchor &&
            this.startLine === other.startLine &&
            this.startCharacter === other.startCharacter &&
            this.endLine === other.endLine &&
            this.endCharacter === other.endCharacter
        );
    }

    toJSON(): SourceLocation {
        return { uri: this.uri, range: this.range };
    }
}
