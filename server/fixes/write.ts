import { AstUtils, CstUtils, GrammarUtils, type AstNode, type CstNode, type LangiumDocument } from 'langium';
import { nodeOfProperty } from '../language/naming/names.js';
import * as ast from '../language/generated/ast.js';
import type { SourceLocation } from '../topology/topology.js';
import type { Change } from '../estate/change.js';
import type { Surroundings } from './fix.js';
import { fileOf, fileTextOf } from '../estate/file-text.js';
import {
    beginsLine,
    endsLine,
    indentationAt,
    indented,
    insertion,
    lineEnd,
    lineStart,
    removal,
    replacement,
} from './text.js';

/** Something with a block `{ … }`. */
export type Owner = AstNode & { readonly items: readonly AstNode[] };

/** The node that begins at a place: of a name its declaration, of the first word of an item that item. */
export function nodeAt(document: LangiumDocument, at: SourceLocation['range']['start']): AstNode | undefined {
    const root = document.parseResult.value.$cstNode;
    const leaf = root && CstUtils.findLeafNodeAtOffset(root, fileTextOf(document).places.offsetAt(at));
    return leaf?.astNode;
}

/** The node of a type at or around a place in any file of the estate. */
export function nodeOf<T extends AstNode>(
    { estate }: Pick<Surroundings, 'estate'>,
    at: SourceLocation | undefined,
    isType: (node: AstNode) => node is T,
): T | undefined {
    const document = at && estate.documents.find(({ uri }) => uri.toString() === at.uri);
    const node = document && nodeAt(document, at.range.start);
    return node && AstUtils.getContainerOfType(node, isType);
}

/** The text of a node. */
export function textOf(node: AstNode): string {
    return node.$cstNode?.text ?? '';
}

/** Replaces a node. */
export function replaced(node: AstNode, text: string): Change[] {
    return node.$cstNode ? [replacement(fileOf(node), node.$cstNode, text)] : [];
}

/** Replaces what a property of a node was read from. */
export function replacedProperty(node: AstNode, property: string, text: string, index = 0): Change[] {
    const piece = nodeOfProperty(node, property, index);
    return piece ? [replacement(fileOf(node), piece, text)] : [];
}

/** Puts a text behind a node, or behind what one of its properties was read from. */
export function appended(node: AstNode, text: string, property?: string, index = 0): Change[] {
    const piece = property === undefined ? node.$cstNode : nodeOfProperty(node, property, index);
    return piece ? [insertion(fileOf(node), piece.end, text)] : [];
}

function brace(node: AstNode, sign: '{' | '}'): CstNode | undefined {
    return GrammarUtils.findNodeForKeyword(node.$cstNode, sign);
}

/** What some changes add to something, without where they put it. */
export interface Addition {
    readonly owner: AstNode;
    /** Words of the blocks inside of it, the innermost last. */
    readonly blocks: readonly string[];
    readonly item: string;
}

const additions = new WeakMap<Change, Addition>();

/** What a change is a part of, if it adds an item to something. */
export function additionOf(change: Change): Addition | undefined {
    return additions.get(change);
}

function adding(addition: Addition, changes: Change[]): Change[] {
    for (const change of changes) additions.set(change, addition);
    return changes;
}

/**
 * Adds a line to the block of something, behind what stands there; makes the block where there is none. A block on one
 * line stays on one line, and a new block is written over several lines at the top level of a file only.
 *
 * @param item may have several lines, indented as at the beginning of a line
 */
export function withItem(owner: Owner, item: string): Change[] {
    return adding({ owner, blocks: [], item }, itemAdded(owner, item));
}

function itemAdded(owner: Owner, item: string): Change[] {
    const file = fileOf(owner);
    const cst = owner.$cstNode;
    if (!cst) return [];
    const open = brace(owner, '{');
    const close = brace(owner, '}');
    const outer = indentationAt(file, cst.offset);
    const inner = outer + file.step;
    const lines = (indent: string) => indented(item, '', indent, file.eol);
    const oneLine = item.replace(/(?<!\{)\n\s*(?![\s}])/g, '  ').replace(/\s*\n\s*/g, ' ');
    if (open && !close) return [];
    if (!open || !close) {
        if (ast.isFile(owner.$container) && beginsLine(file, cst.offset) && endsLine(file, cst.end)) {
            const end = lineEnd(file, cst.end);
            return [
                insertion(file, cst.end, ' {'),
                insertion(file, end, `${file.eol}${inner}${lines(inner)}${file.eol}${outer}}`),
            ];
        }
        return [
            insertion(
                file,
                cst.end,
                item.includes('\n') ? ` {${file.eol}${inner}${lines(inner)}${file.eol}${outer}}` : ` { ${item} }`,
            ),
        ];
    }
    const last = owner.items.at(-1)?.$cstNode;
    if (file.text.slice(open.end, close.offset).includes('\n')) {
        const indent = last && beginsLine(file, last.offset) ? indentationAt(file, last.offset) : inner;
        const behind = last && last.end > open.end ? last.end : open.end;
        // behind a comment at the end of that line, if nothing else follows there
        const end = endsLine(file, behind) ? lineEnd(file, behind) : behind;
        const onLineOfBrace = lineStart(file, end) === lineStart(file, close.offset);
        return [insertion(file, end, `${file.eol}${indent}${lines(indent)}${onLineOfBrace ? file.eol + outer : ''}`)];
    }
    const isEmpty = file.text.slice(open.end, close.offset).trim() === '';
    return isEmpty
        ? [{ uri: file.uri, start: open.end, end: close.offset, text: ` ${oneLine} ` }]
        : [insertion(file, file.text.slice(0, close.offset).trimEnd().length, `  ${oneLine}`)];
}

/** Takes an item out of its block, together with a block in which nothing is left; or a declaration out of its file. */
export function withoutItem(item: AstNode): Change[] {
    const file = fileOf(item);
    const owner = item.$container;
    const { items } = (owner ?? {}) as Partial<Owner>;
    const open = owner && brace(owner, '{');
    const close = owner && brace(owner, '}');
    if (!item.$cstNode) return [];
    if (open && close && items?.length === 1 && items[0] === item) {
        const rest = file.text.slice(open.end, item.$cstNode.offset) + file.text.slice(item.$cstNode.end, close.offset);
        if (rest.trim() === '') {
            const start = file.text.slice(0, open.offset).trimEnd().length;
            return [{ uri: file.uri, start, end: close.end, text: '' }];
        }
    }
    return [removal(file, item.$cstNode)];
}

/** Takes one name out of a list `a, b`, with its comma; the whole item if nothing else is listed. */
export function withoutListed(item: AstNode, property: string, index: number): Change[] {
    const file = fileOf(item);
    const piece = nodeOfProperty(item, property, index);
    const before = index > 0 ? nodeOfProperty(item, property, index - 1) : undefined;
    const after = nodeOfProperty(item, property, index + 1);
    if (!piece) return [];
    if (before) return [{ uri: file.uri, start: before.end, end: piece.end, text: '' }];
    if (after) return [{ uri: file.uri, start: piece.offset, end: after.offset, text: '' }];
    return withoutItem(item);
}

/** The place of a node in the list of its container that holds it. */
export function placeInList(node: AstNode): { owner: AstNode; property: string; index: number } | undefined {
    const { $container: owner, $containerProperty: property, $containerIndex: index } = node;
    return owner && property !== undefined && index !== undefined ? { owner, property, index } : undefined;
}

/** Takes a node out of the list in which it stands. */
export function withoutEntry(node: AstNode): Change[] {
    const place = placeInList(node);
    return place ? withoutListed(place.owner, place.property, place.index) : [];
}

/** Adds a name to the end of a list `a, b`. */
export function withListed(item: AstNode, property: string, name: string): Change[] {
    const list: unknown = item[property as keyof AstNode];
    return Array.isArray(list) && list.length > 0 ? appended(item, `, ${name}`, property, list.length - 1) : [];
}

/** A block on the way from an owner to an item: the type of its node, and how it begins. */
export interface Level {
    readonly isType: (node: AstNode) => boolean;
    readonly words: string;
}

/** Adds an item to a block inside of a block, making those that are not there yet. */
export function withNested(owner: Owner, levels: readonly Level[], item: string): Change[] {
    const [level, ...deeper] = levels;
    if (!level) return withItem(owner, item);
    const inner = owner.items.find(level.isType);
    if (inner) return withNested(inner as Owner, deeper, item);
    const { step } = fileOf(owner);
    const text = [...levels].reverse().reduce((content, { words }, depth) => {
        return depth === 0 && !content.includes('\n')
            ? `${words} { ${content} }`
            : `${words} {\n${indented(step + content, '', step, '\n')}\n}`;
    }, item);
    const blocks = levels.map(({ words }) => words);
    return adding({ owner, blocks, item }, withItem(owner, text));
}

export const managementPlane: Level = { isType: ast.isManagementPlane, words: 'management plane' };
export const centralControlPlane: Level = { isType: ast.isCentralControlPlane, words: 'central control plane' };
export const edgeControlPlane: Level = { isType: ast.isEdgeControlPlane, words: 'edge control plane' };
