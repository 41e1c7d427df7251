import { CstUtils, type CstNode, type LangiumDocument } from 'langium';
import type { CompletionContext } from 'langium/lsp';

/** What is typed already of the word at the cursor. */
export function typedText({ textDocument, tokenOffset, offset }: CompletionContext): string {
    return textDocument.getText().slice(tokenOffset, offset);
}

/** Whether a proposal goes with what is typed: the letters in their order, the first of them at the start of a word. */
export function fits(typed: string, proposal: string): boolean {
    const wanted = typed.toLowerCase();
    const text = proposal.toLowerCase();
    if (wanted === '') {
        return true;
    }
    for (let start = text.indexOf(wanted[0]!); start >= 0; start = text.indexOf(wanted[0]!, start + 1)) {
        if (start === 0 || !/[\p{L}\d]/u.test(text[start - 1]!)) {
            return isSubsequence(wanted, text, start);
        }
    }
    return false;
}

function isSubsequence(wanted: string, text: string, start: number): boolean {
    let at = start - 1;
    for (const letter of wanted) {
        at = text.indexOf(letter, at + 1);
        if (at < 0) {
            return false;
        }
    }
    return true;
}

/** The line of the cursor before and after the word at the cursor. */
export function lineAround(context: CompletionContext): { readonly before: string; readonly after: string } {
    const text = context.textDocument.getText();
    const start = text.lastIndexOf('\n', context.tokenOffset - 1) + 1;
    const end = text.indexOf('\n', context.tokenEndOffset);
    return {
        before: text.slice(start, context.tokenOffset),
        after: text.slice(context.tokenEndOffset, end < 0 ? undefined : end).trim(),
    };
}

/** Whether a declaration or item rather begins at the cursor than goes on there. */
export function canBegin(context: CompletionContext): boolean {
    return /(^|[{};])\s*$/.test(lineAround(context).before);
}

/** The `cluster.` or `namespace/` right before the word at the cursor, without quotes. */
export function prefixBefore({ textDocument, tokenOffset }: CompletionContext): string | undefined {
    const before = textDocument.getText().slice(Math.max(0, tokenOffset - 200), tokenOffset);
    const [, name, separator] = /([^\s,;{}"./]+|"[^"\n]*")\s*([./])\s*$/.exec(before) ?? [];
    return name && separator && name.replace(/"/g, '') + separator;
}

/** Whether a piece of text is the word at the cursor, or around it. */
export function isAtCursor(text: CstNode | undefined, { tokenOffset, offset }: CompletionContext): boolean {
    return text !== undefined && text.offset <= offset && tokenOffset <= text.end && offset <= text.end;
}

/** Whether an offset lies in a comment. */
export function isInComment({ parseResult }: LangiumDocument, offset: number): boolean {
    const root = parseResult.value.$cstNode;
    const leaf = root && CstUtils.findLeafNodeAtOffset(root, offset - 1);
    return leaf !== undefined && leaf.hidden && leaf.tokenType.name.endsWith('_COMMENT') && !isPastBlock(leaf, offset);
}

/** A block comment ends with its last character, a line comment only with the line. */
function isPastBlock(comment: CstNode, offset: number): boolean {
    return comment.text.startsWith('/*') && comment.end === offset && comment.text.endsWith('*/');
}
