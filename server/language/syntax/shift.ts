import { isCompositeCstNode, type CstNode, type ParseResult } from 'langium';
import { isInFile, type SyntaxMistake } from './recovery.js';
import { Leaf } from './tree-builder.js';

/** How far text moves in its file; columns stay, since only whole lines do. */
export interface Shift {
    readonly offset: number;
    readonly lines: number;
}

/** Moves a piece of text with everything in it. */
export function shiftCst(node: CstNode, shift: Shift): void {
    if (shift.offset === 0 && shift.lines === 0) return;
    if (node instanceof Leaf) {
        node.offset += shift.offset;
    } else if (isCompositeCstNode(node)) {
        if (shift.lines !== 0) Object.assign(node, { _rangeCache: undefined });
        for (const child of node.content) shiftCst(child, shift);
    }
}

/** Moves errors of the parser, by the tokens that they are about. */
export function shiftErrors(errors: ParseResult['parserErrors'], { offset, lines }: Shift): void {
    const moved = new Set<object>();
    for (const { token, previousToken } of errors as readonly SyntaxMistake[]) {
        for (const each of [token, previousToken]) {
            if (!isInFile(each) || moved.has(each)) continue;
            moved.add(each);
            each.startOffset += offset;
            each.endOffset! += offset;
            each.startLine! += lines;
            each.endLine! += lines;
        }
    }
}

type LexerError = ParseResult['lexerErrors'][number];

/** An error of the lexer at its new place. */
export function shifted(error: LexerError, { offset, lines }: Shift): LexerError {
    return { ...error, offset: error.offset + offset, ...(error.line !== undefined && { line: error.line + lines }) };
}
