import { AstUtils, type AstNode, type CstNode } from 'langium';
import type { SourceLocation } from '../../topology/topology.js';
import { nodeOfProperty } from './names.js';

const nowhere: SourceLocation['range'] = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Where a node stands, as a whole. */
export function locationOf(node: AstNode): SourceLocation {
    return { uri: uriOf(node), range: node.$cstNode?.range ?? nowhere };
}

/** Where a declaration shows its name; its first word where it has none. */
export function nameLocationOf(node: AstNode, property = 'name'): SourceLocation {
    const text = nodeOfProperty(node, property) ?? firstWord(node.$cstNode);
    return { uri: uriOf(node), range: text?.range ?? nowhere };
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
