import { type AstNode } from 'langium';
import type { Anchor } from '../../topology/place.js';
import { changeBetween, type ListChange } from '../../topology/unchanged.js';
import * as ast from '../generated/ast.js';
import { signatureOf } from './signature.js';

const anchors = new WeakMap<AstNode, Anchor>();
const arrangements = new WeakMap<ast.File, object>();

/** That of the declaration in which a node stands; undefined for a file. */
export function anchorAround(node: AstNode, uri: () => string): Anchor | undefined {
    const declaration = declarationAround(node);
    if (!declaration) return undefined;
    let anchor = anchors.get(declaration);
    if (!anchor) anchors.set(declaration, (anchor = { uri: uri(), line: lineOf(declaration) }));
    return anchor;
}

/** Those of the declarations of a file of which anything is known. */
export function anchorsIn({ declarations }: ast.File): Anchor[] {
    return declarations.flatMap((each) => anchors.get(each) ?? []);
}

/** The same object as long as what is known of the declarations of a file stands on the lines on which it stood. */
export function arrangementOf(file: ast.File): object {
    return arrangements.get(file) ?? file;
}

/**
 * Moves the anchors of a file with its text after an edit. A declaration that is read anew takes over the anchor of the one
 * that it replaces, so that what it says as before is at places that are the same.
 *
 * @param now the tree that takes the place of the other one; of this, all nodes stand where they stand now
 */
export function moveAnchors(before: ast.File, now: ast.File): void {
    takeOver(changeBetween(before.declarations, now.declarations));
    let hasMoved = false;
    for (const declaration of now.declarations) {
        const anchor = anchors.get(declaration);
        const line = anchor ? lineOf(declaration) : 0;
        if (!anchor || anchor.line === line) continue;
        anchor.line = line;
        hasMoved = true;
    }
    if (!hasMoved) arrangements.set(now, arrangementOf(before));
}

/** Those that declare the same, from both ends on; the others one by one, where there are as many. */
function takeOver({ gone, instead }: ListChange<ast.Declaration>): void {
    const unlike = changeBetween(gone.map(signatureOf), instead.map(signatureOf));
    const longer = instead.length - gone.length;
    for (const [index, declaration] of instead.entries()) {
        const isBehind = index >= unlike.start + unlike.instead.length;
        if (longer !== 0 && !isBehind && index >= unlike.start) continue;
        const replaced = gone[isBehind ? index - longer : index]!;
        const anchor = replaced.$type === declaration.$type && anchors.get(replaced);
        if (anchor) anchors.set(declaration, anchor);
    }
}

/** What `about` says elsewhere is put into copies of declarations, which stand where the declarations stand. */
function declarationAround(node: AstNode): ast.Declaration | undefined {
    let each = node;
    while (each.$container && !ast.isFile(each.$container)) each = each.$container;
    const file = each.$container;
    return ast.isFile(file) ? file.declarations[each.$containerIndex ?? NaN] : undefined;
}

function lineOf({ $cstNode }: AstNode): number {
    return $cstNode?.range.start.line ?? 0;
}
