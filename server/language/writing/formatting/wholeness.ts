import { isAstNode, type ParseResult } from 'langium';
import type { SyntaxMistake } from '../../syntax/recovery.js';

/**
 * Where a file can be trusted to mean what it seems to: in declarations without a mistake in them, or between them and
 * the next one.
 *
 * @returns says of the offset of a word or comment whether it stands in such a part
 */
export function wholeness({ value, lexerErrors, parserErrors }: ParseResult, length: number): (at: number) => boolean {
    if (lexerErrors.length === 0 && parserErrors.length === 0) {
        return () => true;
    }
    const starts = declarationStarts(value);
    const broken = new Set<number>();
    // the end of a file has no offset
    const breakAt = (offset = -1) => broken.add(partAt(starts, offset >= 0 ? offset : length));
    for (const { offset } of lexerErrors) {
        breakAt(offset);
    }
    for (const { token, previousToken } of parserErrors as SyntaxMistake[]) {
        if (previousToken) breakAt(previousToken.startOffset);
        // what a declaration lacks is noticed at the first word of the next one
        if (!previousToken || starts[partAt(starts, token.startOffset)] !== token.startOffset) {
            breakAt(token.startOffset);
        }
    }
    return (at) => !broken.has(partAt(starts, at));
}

function declarationStarts(file: ParseResult['value']): number[] {
    const declarations = 'declarations' in file && Array.isArray(file.declarations) ? file.declarations : [];
    return declarations.filter(isAstNode).flatMap(({ $cstNode }) => ($cstNode ? [$cstNode.offset] : []));
}

/** The index of the declaration that begins last before an offset, or at it; -1 before the first. */
function partAt(starts: readonly number[], offset: number): number {
    let low = 0;
    let high = starts.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (starts[middle]! <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low - 1;
}
