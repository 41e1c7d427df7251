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

/** The same object as long as what is known of the declarations of a file stands on the lines on which it stood. */
export function arrangementOf(file: ast.File): object {
    return arrangements.get(file) ?? file;
}

/**
 * Moves the anchors of a file with its text after an edit. A declaration that is read anew takes over the anchor of the one
 * that it replaces, so that what it says as before is at places that are the same.
 */
export function moveAnchors(before: ast.File | undefined, now: ast.File): void {
    if (before) takeOver(changeBetween(before.declarations, now.declarations));
    let hasMoved = before === undefined;
    for (const declaration of now.declarations) {
        const anchor = anchors.get(declaration);
        const line = anchor ? lineOf(declaration) : 0;
        if (!anchor || anchor.line === line) continue;
        anchor.line = line;
        hasMoved = true;
    }
    if (before && !hasMoved) arrangements.set(now, arrangementOf(before));
}

/** Those that declare the same, from both ends on; the others one by one, where there are as many. */
function takeOver({ gone, instead }: ListChange<ast.Declaration>): void {
    const stay = new Set(instead);
    // between two edits some may stand as they stood, and nobody else gets their anchors
    const left = gone.filter((each) => anchors.has(each) && !stay.has(each));
    const taken = new Set(gone);
    const come = instead.filter((each) => !anchors.has(each) && !taken.has(each));
    const unlike = changeBetween(left.map(signatureOf), come.map(signatureOf));
    const shift = come.length - left.length;
    for (const [index, declaration] of come.entries()) {
        const isBehind = index >= unlike.start + unlike.instead.length;
        if (shift !== 0 && !isBehind && index >= unlike.start) continue;
        anchors.set(declaration, anchors.get(left[isBehind ? index - shift : index]!)!);
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
