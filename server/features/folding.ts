import { CstUtils, GrammarUtils, isLeafCstNode, type AstNode, type CstNode, type LangiumDocument } from 'langium';
import type { FoldingRangeProvider } from 'langium/lsp';
import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver';
import type * as ast from '../language/generated/ast.js';
import { forEachNode } from '../language/syntax/tree.js';

/** Folds blocks, items of several lines, comments, `#region`s, and runs of one-line declarations of the same kind. */
export class TsbtopoFolding implements FoldingRangeProvider {
    getFoldingRanges({ parseResult: { value: file } }: LangiumDocument): FoldingRange[] {
        const folds: FoldingRange[] = [];
        const add = (startLine: number, endLine: number, kind?: FoldingRangeKind) => {
            if (endLine > startLine) folds.push({ startLine, endLine, ...(kind && { kind }) });
        };
        forEachNode(file, (node) => foldNode(node, add));
        foldRuns((file as ast.File).declarations, add);
        foldComments(file.$cstNode, add);
        return folds;
    }
}

/** @param endLine the last line that disappears */
type Add = (startLine: number, endLine: number, kind?: FoldingRangeKind) => void;

function foldNode({ $cstNode, $container }: AstNode, add: Add): void {
    if (!$cstNode || !$container || $cstNode.range.start.line === $cstNode.range.end.line) return;
    const open = GrammarUtils.findNodeForKeyword($cstNode, '{');
    const { end } = $cstNode.range;
    if (open) {
        const isClosed = $cstNode.text.endsWith('}');
        add(open.range.start.line, isClosed ? end.line - 1 : end.line);
    } else if ('items' in $container) {
        add($cstNode.range.start.line, end.line);
    }
}

/** So many declarations in a row are worth folding. */
const shortestRun = 3;

function foldRuns(declarations: readonly AstNode[], add: Add): void {
    let run: AstNode[] = [];
    const end = () => {
        const [first, last] = [run[0]?.$cstNode, run.at(-1)?.$cstNode];
        if (first && last && run.length >= shortestRun) add(first.range.start.line, last.range.end.line);
        run = [];
    };
    for (const declaration of declarations) {
        const range = declaration.$cstNode?.range;
        const previous = run.at(-1);
        const follows =
            previous?.$type === declaration.$type && previous.$cstNode?.range.end.line === (range?.start.line ?? 0) - 1;
        if (!follows) end();
        if (range?.start.line === range?.end.line) run.push(declaration);
    }
    end();
}

function foldComments(root: CstNode | undefined, add: Add): void {
    const opened: number[] = [];
    let group: { first: number; last: number } | undefined;
    const endGroup = () => {
        if (group) add(group.first, group.last, FoldingRangeKind.Comment);
        group = undefined;
    };
    let lastLine = -1;
    for (const leaf of root ? CstUtils.streamCst(root).filter(isLeafCstNode) : []) {
        const { start, end } = leaf.range;
        const standsAlone = start.line > lastLine;
        lastLine = end.line;
        if (!leaf.hidden || !leaf.tokenType.name.endsWith('_COMMENT')) continue;
        const [, marker] = /^\/\/\s*#(region|endregion)\b/.exec(leaf.text) ?? [];
        if (marker === 'region') {
            opened.push(start.line);
        } else if (marker === 'endregion') {
            const from = opened.pop();
            if (from !== undefined) add(from, end.line, FoldingRangeKind.Region);
        } else if (leaf.text.startsWith('/*')) {
            add(start.line, end.line, FoldingRangeKind.Comment);
        } else if (standsAlone && group?.last === start.line - 1) {
            group.last = start.line;
            continue;
        }
        endGroup();
        if (standsAlone && !marker && leaf.text.startsWith('//')) group = { first: start.line, last: start.line };
    }
    endGroup();
}
