import {
    AbstractCstNode,
    AstUtils,
    CompositeCstNodeImpl,
    CstNodeBuilder,
    GrammarAST,
    type AstNode,
    type CstNode,
    type LeafCstNode,
    type LeafCstNodeImpl,
} from 'langium';
import type { Range } from 'vscode-languageserver-types';
import { Lines, type Replacement } from './lines.js';

type Token = Parameters<CstNodeBuilder['buildLeafNode']>[0];

/**
 * Builds the pieces of text of a file, of which a large one has hundreds of thousands: words know only where they begin, and what
 * is all of another piece is not a piece of its own, as where one rule calls another that reads all of it.
 */
export class TreeBuilder extends CstNodeBuilder {
    private readonly assigned = new Map<object | undefined, boolean>();

    protected override createLeafNode({ startOffset, image, tokenType }: Token): LeafCstNodeImpl {
        return new Leaf(startOffset, image.length, tokenType) satisfies LeafCstNode as unknown as LeafCstNodeImpl;
    }

    override construct(item: Parameters<CstNodeBuilder['construct']>[0]): void {
        super.construct(item);
        const piece = item.$cstNode;
        if (!(piece instanceof CompositeCstNodeImpl) || piece.content.length !== 1) return;
        const [all] = piece.content;
        if (all instanceof CompositeCstNodeImpl && !this.isAssigned(all)) {
            piece.content = [];
            this.appendChildren(piece, all.content);
        }
    }

    /** Whether a piece of text is the value of a property, and is looked for by it. */
    private isAssigned({ grammarSource }: CstNode): boolean {
        let is = this.assigned.get(grammarSource);
        if (is === undefined) {
            is = AstUtils.getContainerOfType(grammarSource, GrammarAST.isAssignment) !== undefined;
            this.assigned.set(grammarSource, is);
        }
        return is;
    }
}

/** A word, a sign or a comment. Its line is looked up in the text of the file; few are ever asked for theirs. */
export class Leaf extends AbstractCstNode implements LeafCstNode {
    offset: number;
    readonly length: number;

    constructor(
        offset: number,
        length: number,
        readonly tokenType: LeafCstNode['tokenType'],
    ) {
        super();
        // as small integers, which take no object each
        this.offset = offset | 0;
        this.length = length | 0;
    }

    get end(): number {
        return this.offset + this.length;
    }

    /** What no rule asked for. */
    get hidden(): boolean {
        return this.grammarSource === undefined;
    }

    get astNode(): AstNode {
        return this.container!.astNode;
    }

    get range(): Range {
        const lines = linesOf(this.root);
        return { start: lines.positionAt(this.offset), end: lines.positionAt(this.end) };
    }
}

const knownLines = new WeakMap<object, Lines>();

function linesOf(root: LeafCstNode['root']): Lines {
    const lines = knownLines.get(root) ?? Lines.of(root.fullText);
    knownLines.set(root, lines);
    return lines;
}

/** Carries the lines of a text over an edit. @param before is not asked for a line any more */
export function carryLines(before: LeafCstNode['root'], now: LeafCstNode['root'], replacement: Replacement): void {
    const lines = knownLines.get(before);
    if (!lines) return;
    knownLines.delete(before);
    knownLines.set(now, lines.after(replacement, now.fullText));
}
