import { CstUtils, type AstNode, type LangiumDocument, type LeafCstNode } from 'langium';
import { forEachNode } from '../../syntax/tree.js';
import { wholeness } from './wholeness.js';

/** A word, a comment, or a stretch that is left as it is; between two of them there is nothing but white space. */
export interface Piece {
    readonly kind: 'word' | 'line comment' | 'block comment' | 'verbatim';
    readonly text: string;
    readonly start: number;
    readonly end: number;
    /** The white space in front of it, as it is written. */
    readonly gap: string;
    /** How often the line breaks in that white space. */
    readonly breaks: number;
    /** How many blocks are around it. A brace stands outside of its own block. */
    readonly depth: number;
    /** The declaration, or the item of a block, that begins here. */
    readonly begins?: AstNode;
    /** The index of the brace that opens the innermost of them. */
    readonly around?: number;
    /** Of a brace: the index of the other one of the pair. */
    readonly partner?: number;
    /** Whether no mistake is near: only then is anything known about how this should look. */
    readonly whole: boolean;
}

type Leaf = Pick<Piece, 'kind' | 'text' | 'start' | 'end'>;
type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/** The breaks of a line, as everything that reads files counts them. */
export const lineBreak = /\r\n|\r|\n/;

/** Takes a file apart, in reading order. */
export function piecesOf({ textDocument, parseResult }: LangiumDocument): Piece[] {
    const text = textDocument.getText();
    const isWhole = wholeness(parseResult, text.length);
    const pieces: Mutable<Piece>[] = [];
    const starts = new Map<number, number>();
    let end = 0;
    for (const leaf of withVerbatim(leavesOf(parseResult.value), text)) {
        const gap = text.slice(end, leaf.start);
        const breaks = gap.split(lineBreak).length - 1;
        starts.set(leaf.start, pieces.length);
        pieces.push({ ...leaf, gap, breaks, depth: 0, whole: isWhole(leaf.start) });
        end = leaf.end;
    }
    pairBraces(pieces, parseResult.value);
    forEachNode(parseResult.value, (node) => {
        const index = node.$container && starts.get(node.$cstNode?.offset ?? -1);
        if (index !== undefined && isItem(node, pieces[index]!, pieces)) {
            pieces[index]!.begins = node;
        }
    });
    return pieces;
}

/** Whether nothing but a block, or the file, is around a node within the node that contains it. */
function isItem({ $container }: AstNode, { around }: Piece, pieces: readonly Piece[]): boolean {
    if (!$container?.$container) {
        return true;
    }
    return around !== undefined && pieces[around]!.start >= ($container.$cstNode?.offset ?? Infinity);
}

function leavesOf(root: AstNode): LeafCstNode[] {
    return root.$cstNode ? CstUtils.flattenCst(root.$cstNode).toArray() : [];
}

/** Adds what the parser did not read, such as the rest of a declaration of a later version, with comments in it. */
function withVerbatim(leaves: readonly LeafCstNode[], text: string): Leaf[] {
    const all: Leaf[] = [];
    let comments: Leaf[] = [];
    let end = 0;
    const upTo = (start: number) => {
        const unread = blankOut(comments, text, end, start);
        if (unread.trim() === '') {
            all.push(...comments);
        } else {
            const from = end + unread.length - unread.trimStart().length;
            const to = end + unread.trimEnd().length;
            all.push(...comments.filter((comment) => comment.end <= from));
            all.push({ kind: 'verbatim', text: text.slice(from, to), start: from, end: to });
            all.push(...comments.filter((comment) => comment.start >= to));
        }
        comments = [];
    };
    for (const { text, offset, end: leafEnd, hidden } of leaves) {
        const leaf = { text, start: offset, end: leafEnd };
        if (hidden) {
            comments.push({ ...leaf, kind: text.startsWith('//') ? 'line comment' : 'block comment' });
        } else {
            upTo(offset);
            all.push({ ...leaf, kind: 'word' });
            end = leafEnd;
        }
    }
    upTo(text.length);
    return all;
}

function blankOut(comments: readonly Leaf[], text: string, start: number, end: number): string {
    let rest = '';
    let at = start;
    for (const comment of comments) {
        rest += text.slice(at, comment.start) + ' '.repeat(comment.end - comment.start);
        at = comment.end;
    }
    return rest + text.slice(at, end);
}

/** Finds the pairs of braces, and what is inside which. */
function pairBraces(pieces: Mutable<Piece>[], root: AstNode): void {
    const declarations = new Set<number | undefined>();
    forEachNode(root, (node) => {
        if (node.$container === root) {
            declarations.add(node.$cstNode?.offset);
        }
    });
    let open: number[] = [];
    for (const [index, piece] of pieces.entries()) {
        if (declarations.has(piece.start)) {
            open = []; // a brace that is missing above does not count here
        }
        const partner = closes(piece) ? open.pop() : undefined;
        if (partner !== undefined) {
            piece.partner = partner;
            pieces[partner]!.partner = index;
        }
        piece.depth = open.length;
        const around = open.at(-1);
        if (around !== undefined) {
            piece.around = around;
        }
        if (opens(piece)) {
            open.push(index);
        }
    }
}

export function opens({ kind, text }: Piece): boolean {
    return kind === 'word' && text === '{';
}

export function closes({ kind, text }: Piece): boolean {
    return kind === 'word' && text === '}';
}

export function isComment({ kind }: Piece): boolean {
    return kind === 'line comment' || kind === 'block comment';
}
