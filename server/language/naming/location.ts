import { AstUtils, type AstNode, type CstNode, type LangiumDocument } from 'langium';
import type { Range } from 'vscode-languageserver-types';
import { AnchoredPlace } from '../../topology/place.js';
import type { SourceLocation, SourceRange } from '../../topology/topology.js';
import * as ast from '../generated/ast.js';
import { anchorAround } from './anchors.js';
import { nodeOfProperty } from './names.js';

const nowhere: SourceRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Where a node stands, as a whole; what edits elsewhere move moves with its declaration. */
export function locationOf(node: AstNode): SourceLocation {
    return placeIn(node, node.$cstNode?.range ?? nowhere);
}

/** Where a declaration shows its name; its first word where it has none. What edits elsewhere move moves with it. */
export function nameLocationOf(node: AstNode, property = 'name'): SourceLocation {
    return placeIn(node, nameRangeOf(node, property));
}

/** The same as it is now, for whom does not keep it. */
export function nameRangeOf(node: AstNode, property = 'name'): SourceRange {
    const text = nodeOfProperty(node, property) ?? firstWord(node.$cstNode);
    return text?.range ?? nowhere;
}

/** A range in a file, as a place in the declaration in which it is. */
export function placeAt({ parseResult: { value }, textDocument }: LangiumDocument, range: Range): SourceLocation {
    const declarations = ast.isFile(value) ? value.declarations : [];
    const offset = textDocument.offsetAt(range.start);
    let [from, to] = [0, declarations.length];
    while (from < to) {
        const middle = (from + to) >> 1;
        if ((declarations[middle]!.$cstNode?.offset ?? 0) <= offset) from = middle + 1;
        else to = middle;
    }
    return placeIn(declarations[from - 1] ?? value, range);
}

function placeIn(node: AstNode, range: SourceRange): SourceLocation {
    const anchor = anchorAround(node, () => uriOf(node));
    return anchor ? AnchoredPlace.at(anchor, range) : { uri: uriOf(node), range };
}

function firstWord(text: CstNode | undefined): CstNode | undefined {
    return text && 'content' in text ? firstWord((text.content as CstNode[]).find((child) => !child.hidden)) : text;
}

const uris = new WeakMap<AstNode, string>();

/** The address of a node's file, remembered by the file's tree, since it is asked for each of thousands of nodes. */
function uriOf(node: AstNode): string {
    const root = AstUtils.findRootNode(node);
    let uri = uris.get(root);
    if (uri === undefined) {
        uri = AstUtils.getDocument(root).uri.toString();
        uris.set(root, uri);
    }
    return uri;
}
