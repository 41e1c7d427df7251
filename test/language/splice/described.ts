import { CstUtils, isLeafCstNode, isReference, type AstNode, type CstNode } from 'langium';
import type { Reading } from '../../../server/language/syntax/edit-window.js';
import { problemOf } from '../../../server/language/syntax/parser.js';
import type { SyntaxMistake } from '../../../server/language/syntax/recovery.js';

/** All that can be seen of a reading, as plain data to compare. */
export function described(reading: Reading): unknown {
    const { value, parserErrors, lexerErrors } = reading;
    return {
        tree: nodeDescribed(value, undefined),
        text: value.$cstNode!.root.fullText,
        pieces: [...CstUtils.streamCst(value.$cstNode!)].map(pieceDescribed),
        parserErrors: (parserErrors as SyntaxMistake[]).map((error) => ({
            says: error.message,
            token: tokenDescribed(error.token),
            previous: tokenDescribed(error.previousToken),
            rules: error.context?.ruleStack,
            insideClosedBlock: error.insideClosedBlock,
            lineBefore: error.lineBefore,
            depth: error.depth,
            isWholeLine: error.isWholeLine,
            isFollowUp: error.isFollowUp,
            problem: problemOf(error),
        })),
        lexerErrors: lexerErrors.map((error) => ({ ...error })),
    };
}

function nodeDescribed(node: AstNode, container: AstNode | undefined): unknown {
    const { $type, $cstNode, $containerProperty, $containerIndex, ...rest } = node;
    const properties = Object.entries(rest).filter(([key]) => !key.startsWith('$'));
    const valueOf = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(valueOf);
        if (isReference(value)) return { written: value.$refText, at: value.$refNode && placeOf(value.$refNode) };
        if (typeof value === 'object' && value !== null && '$type' in value)
            return nodeDescribed(value as AstNode, node);
        return value;
    };
    return {
        $type,
        at: $cstNode && placeOf($cstNode),
        isOwn: $cstNode?.astNode === node,
        isHere: node.$container === container,
        in: `${$containerProperty}@${$containerIndex}`,
        ...Object.fromEntries(properties.map(([key, value]) => [key, valueOf(value)])),
    };
}

function placeOf({ offset, end, range, text }: CstNode) {
    return { offset, end, range, text };
}

function pieceDescribed(node: CstNode) {
    const { grammarSource, hidden, astNode, container } = node;
    return {
        ...placeOf(node),
        hidden,
        type: astNode.$type,
        under: container && placeOf(container).offset,
        grammar: grammarSource?.$type,
        ...(isLeafCstNode(node) && { token: node.tokenType.name }),
    };
}

function tokenDescribed(token: SyntaxMistake['token'] | undefined) {
    if (!token) return undefined;
    const { image, startOffset, endOffset, startLine, endLine, startColumn, endColumn, tokenType } = token;
    return { image, startOffset, endOffset, startLine, endLine, startColumn, endColumn, type: tokenType.name };
}
