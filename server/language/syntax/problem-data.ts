import type { AstNode } from 'langium';

/** What a diagnostic carries beside its words. */
export interface ProblemData {
    /** Texts that could stand at its place instead. */
    readonly suggestions?: readonly string[];
    /** Texts that could stand beside it. */
    readonly insertions?: readonly string[];
    /** Whether an insertion belongs behind the place of the diagnostic, rather than before it. */
    readonly behind?: boolean;
    readonly related?: readonly RelatedNode[];
}

/** Another place of which a diagnostic speaks. */
export interface RelatedNode {
    /** Finds it, wherever it is now. */
    readonly node: () => AstNode | undefined;
    readonly message: string;
}
