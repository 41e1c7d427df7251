import { CstUtils, GrammarUtils, isCompositeCstNode, type AstNode, type CstNode, type LangiumDocument } from 'langium';
import type { Position, SelectionRange } from 'vscode-languageserver';

/** From the word at a position outwards: its item, the block around it, the declaration, the file. */
export function selectionRangeAt({ parseResult, textDocument }: LangiumDocument, position: Position): SelectionRange {
    const offset = textDocument.offsetAt(position);
    const text = textDocument.getText();
    const root = parseResult.value.$cstNode;
    const spans: Span[] = [[0, text.length]];
    for (const node of root ? nodesAround(root, offset) : []) {
        const { $cstNode } = node;
        if ($cstNode) spans.push([$cstNode.offset, $cstNode.end], ...blockAround(node, offset, text));
    }
    const word = root && wordAt(root, offset);
    if (word) spans.push([word.offset, word.end]);
    if (word?.text.startsWith('"') && word.length > 2) spans.push([word.offset + 1, word.end - 1]);
    return nested(spans.filter(([start, end]) => start <= offset && offset <= end)).reduce<SelectionRange | undefined>(
        (parent, [start, end]) => ({
            range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
            ...(parent && { parent }),
        }),
        undefined,
    )!;
}

type Span = readonly [start: number, end: number];

/** The syntax around an offset, outermost first. */
function nodesAround(root: CstNode, offset: number): AstNode[] {
    const nodes: AstNode[] = [];
    let at: CstNode | undefined = root;
    while (at) {
        if (at.astNode !== nodes.at(-1)) nodes.push(at.astNode);
        const children: readonly CstNode[] = isCompositeCstNode(at) ? at.content : [];
        at = children.find((child) => !child.hidden && child.offset <= offset && offset <= child.end);
    }
    return nodes;
}

/** What stands between the braces of a node, if the offset is there; and that with the braces. */
function blockAround({ $cstNode }: AstNode, offset: number, text: string): Span[] {
    const open = GrammarUtils.findNodeForKeyword($cstNode, '{');
    const close = GrammarUtils.findNodeForKeyword($cstNode, '}');
    if (!open || !close || offset < open.end || offset > close.offset) return [];
    const inside = text.slice(open.end, close.offset);
    const start = open.end + inside.length - inside.trimStart().length;
    return [
        [open.offset, close.end],
        [open.end, close.offset],
        [start, start + inside.trim().length],
    ];
}

/** The word at an offset, or the one that ends there; comments are words, too. */
function wordAt(root: CstNode, offset: number): CstNode | undefined {
    return [offset, offset - 1]
        .map((at) => CstUtils.findLeafNodeAtOffset(root, at))
        .find((leaf) => leaf && leaf.text.trim() !== '');
}

/** Without those that are no smaller than the one before. */
function nested(spans: readonly Span[]): Span[] {
    const kept: Span[] = [];
    for (const [start, end] of spans) {
        const outer = kept.at(-1);
        const fits = !outer || (outer[0] <= start && end <= outer[1] && end - start < outer[1] - outer[0]);
        if (fits) kept.push([start, end]);
    }
    return kept;
}
