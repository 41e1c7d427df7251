import { alignColumns } from './alignment.js';
import { clauseWords, type Gap } from './gap.js';
import { closes, isComment, lineBreak, opens, type Piece } from './pieces.js';

/** A block that was written on one line stays there as long as its line is not longer than this. */
const maximalWidth = 120;

/**
 * How a file should look: one item a line, what is inside a block one level deeper, lists that the author broke one
 * level deeper than their beginning, everything else on one line.
 *
 * @param tabSize how wide one level of indentation is
 */
export function layOut(pieces: readonly Piece[], tabSize: number): Gap[] {
    const spread = spreadBlocks(pieces);
    const gaps: Gap[] = [];
    const wide = new Set<number>();
    const codes = codeFrom(pieces);
    let column = 0;
    let inClause = false;
    let isContinued = false;
    let afterBrace = false;
    for (const [index, piece] of pieces.entries()) {
        if (opens(piece) && !spread(index) && column + widthOfBlock(index, pieces) > maximalWidth) {
            wide.add(index);
        }
        const context = { pieces, gaps, code: codes[index], inClause, isContinued, afterBrace };
        const gap = gapBefore(index, { ...context, isSpread: (brace) => spread(brace) || wide.has(brace) });
        gaps.push(gap);
        inClause = !piece.begins && (inClause || (gap.breaks > 0 && clauseWords.has(piece.text)));
        isContinued = !piece.begins && (isContinued || gap.breaks > 0);
        afterBrace = opens(piece) || (afterBrace && isComment(piece) && gap.breaks === 0);
        const lines = piece.text.split(lineBreak);
        const start = gap.breaks > 0 ? gap.level * tabSize : column + gap.spaces;
        // of a comment over several lines the last one counts, wherever it begins
        column = (lines.length > 1 ? 0 : start) + lines.at(-1)!.trim().length;
    }
    alignColumns(pieces, gaps);
    return gaps;
}

/** Tells of a brace whether its block was written over several lines. An empty one needs no more than one. */
function spreadBlocks(pieces: readonly Piece[]): (brace: number) => boolean {
    let breaks = 0;
    const breaksUpTo = pieces.map((piece) => {
        breaks += piece.breaks + (isComment(piece) ? piece.text.split(lineBreak).length - 1 : 0);
        return breaks;
    });
    return (brace) => {
        const end = pieces[brace]!.partner;
        return end === undefined || (end > brace + 1 && breaksUpTo[end] !== breaksUpTo[brace]);
    };
}

/** How long a block is on one line, with what is between its brace and the word before. */
function widthOfBlock(brace: number, pieces: readonly Piece[]): number {
    let width = 0;
    for (let index = brace; index <= pieces[brace]!.partner!; index++) {
        width += spacesBefore(index, pieces) + pieces[index]!.text.length;
    }
    return width;
}

interface Context {
    readonly pieces: readonly Piece[];
    /** Those in front of earlier pieces. */
    readonly gaps: readonly Gap[];
    /** The piece itself, or what follows the comments that it begins; none at the end of the file. */
    readonly code: Piece | undefined;
    /** Whether the author has broken the item before a clause, such as `via`. */
    readonly inClause: boolean;
    /** Whether a line has broken within the item. */
    readonly isContinued: boolean;
    /** Whether nothing but comments has followed an opening brace on its line. */
    readonly afterBrace: boolean;
    /** Whether the block that a brace opens takes several lines. */
    readonly isSpread: (brace: number) => boolean;
}

function gapBefore(index: number, context: Context): Gap {
    const { pieces, code, afterBrace, inClause } = context;
    const piece = pieces[index]!;
    const between = !code || !!code.begins || closes(code);
    const canBeBlank = between && !closes(piece) && !afterBrace;
    const isList = !between && inClause && !clauseWords.has(code.text);
    return {
        breaks: !isBroken(index, context) ? 0 : canBeBlank && piece.breaks > 1 ? 2 : 1,
        level: piece.depth + (between || opens(piece) ? 0 : isList ? 2 : 1),
        spaces: spacesBefore(index, pieces),
        between,
    };
}

function isBroken(index: number, { pieces, gaps, isContinued, isSpread }: Context): boolean {
    const piece = pieces[index]!;
    const previous = pieces[index - 1];
    if (!previous || previous.kind === 'line comment') {
        return !!previous;
    }
    if (isComment(piece)) {
        return piece.breaks > 0 || (opens(previous) && isSpread(index - 1) && leadsItem(index, pieces));
    }
    if (piece.begins) {
        const leader = isComment(previous) && piece.breaks === 0 && beginsLine(index - 1, pieces, gaps);
        return !leader && (piece.around === undefined || isSpread(piece.around));
    }
    if (closes(piece)) {
        return piece.partner !== undefined && isSpread(piece.partner);
    }
    if (opens(piece)) {
        return isContinued && isSpread(index);
    }
    const mayBreak = previous.text === ',' || isComment(previous) || clauseWords.has(piece.text);
    return piece.breaks > 0 && mayBreak && spacesBefore(index, pieces) > 0;
}

function spacesBefore(index: number, pieces: readonly Piece[]): number {
    const piece = pieces[index]!;
    const previous = pieces[index - 1];
    if (!previous || piece.text === ',' || piece.text === ';') {
        return 0;
    }
    if (isComment(piece) || isComment(previous)) {
        return 1;
    }
    // what happens stands apart from the time at which it does
    const line = pieces[index - 2];
    if (line?.text === 'at' && line.begins?.$type === 'ScenarioLine') {
        return 2;
    }
    if (piece.begins) {
        return opens(previous) || previous.text === ';' ? 1 : 2;
    }
    if (opens(previous) && closes(piece)) {
        return 0;
    }
    if (isJoint(piece)) {
        return canJoin(previous) || piece.gap === '' ? 0 : 1;
    }
    if (isJoint(previous)) {
        return canJoin(pieces[index - 2]) || piece.gap === '' ? 0 : 1;
    }
    return 1;
}

/** Whether a piece holds two names together, as in `us-east/a` and `west.ingress`. */
function isJoint({ kind, text }: Piece): boolean {
    return kind === 'word' && (text === '.' || text === '/');
}

/** `2 . a` would mean something else without the spaces. */
function canJoin(before: Piece | undefined): boolean {
    return !!before && /^["\p{L}_]/u.test(before.text);
}

/** For each piece the first one from there on that is no comment. */
function codeFrom(pieces: readonly Piece[]): (Piece | undefined)[] {
    let code: Piece | undefined;
    return pieces
        .toReversed()
        .map((piece) => (code = isComment(piece) ? code : piece))
        .reverse();
}

/** Whether a comment stands on one line with the item behind it. */
function leadsItem(index: number, pieces: readonly Piece[]): boolean {
    let next = index + 1;
    while (pieces[next]?.breaks === 0 && isComment(pieces[next]!)) {
        next++;
    }
    return pieces[next]?.breaks === 0 && !!pieces[next]!.begins;
}

/** Whether only comments are in front of a piece on its line. */
function beginsLine(index: number, pieces: readonly Piece[], gaps: readonly Gap[]): boolean {
    let first = index;
    while (first > 0 && gaps[first]!.breaks === 0 && isComment(pieces[first]!)) {
        first--;
    }
    return isComment(pieces[first]!);
}
