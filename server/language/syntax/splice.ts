import { isCompositeCstNode, RootCstNodeImpl, type CstNode } from 'langium';
import type * as ast from '../generated/ast.js';
import { noteOddBraces, oddBracesIn } from './braces.js';
import { isBetween, mistakesIn, offsetOf, windowAround, type Reading, type Window } from './edit-window.js';
import { maximalSyntaxErrors } from './recovery.js';
import { shiftCst, shifted, shiftErrors, type Shift } from './shift.js';
import { carryLines } from './tree-builder.js';

/** Recovery gives up after so many mistakes of a whole file; long before, each file is read as a whole. */
const mostMistakes = maximalSyntaxErrors / 2;

/**
 * Reads a file after an edit: only the declarations that the edit touches are read, with one on each side, and put
 * between those that were read before, which move with their text. The result is what reading all of it gives.
 *
 * A declaration is read without a look at others, but for blocks that stay open. So what is read begins and ends with
 * one that the edit left alone: if those come out as they were, everything before and after them would, too.
 *
 * @param before what the file was; where there is a result, its nodes are part of that, and it must not be used any more
 * @param read the parser
 * @returns undefined where all of the text has to be read
 */
export function spliced(before: Reading, text: string, read: (text: string) => Reading): Reading | undefined {
    const textBefore = before.value.$cstNode?.root.fullText;
    if (textBefore === undefined) return undefined;
    for (let further = 0; further <= mostFurther; further++) {
        const window = windowAround(before, textBefore, text, further);
        const result = window && splicedIn(window, before, { textBefore, text }, read);
        if (result !== 'further') return result;
    }
    return undefined;
}

/** A block that is left open takes the beginning of the next declaration along: then one behind that is read, too. */
const mostFurther = 2;

/** @returns `further` where the last declaration of the window does not come out as it was */
function splicedIn(
    { start, end, opening, closing, edit }: Window,
    before: Reading,
    { textBefore, text }: { readonly textBefore: string; readonly text: string },
    read: (text: string) => Reading,
): Reading | 'further' | undefined {
    const longer = text.length - textBefore.length;
    const part = read(text.slice(start, end + longer));
    const odd = oddBracesIn([before, part]);
    // one may close what another one has opened, however far away: no declaration can be read without the others
    if (odd.areOpen && odd.areClosed) return undefined;

    const { declarations } = before.value;
    const found = part.value.declarations;
    const first = opening === undefined ? undefined : declarations[opening];
    const last = closing === undefined ? undefined : declarations[closing];
    const mistakes = mistakesIn(part);
    if (first && !isAsBefore(first, found[0], start, mistakes, found[1])) return undefined;
    if (last && !isAsBefore(last, found.at(-1), start - longer, mistakes)) return 'further';
    if (first && last && found.length < 2) return 'further';

    const toPlace = { offset: start, lines: first ? lineOf(first) : 0 };
    const behind = { offset: longer, lines: last ? lineOf(found.at(-1)!) + toPlace.lines - lineOf(last) : 0 };
    const errors = errorsOf(before, part, {
        isBefore: (offset) => first !== undefined && offset < start,
        isBehind: (offset) => last !== undefined && offset >= end,
        toPlace,
        behind,
    });
    if (errors.parserErrors.length + errors.lexerErrors.length > mostMistakes) return undefined;
    const value = joined(before, part, text, { first, last, toPlace, behind });
    if (errors.parserErrors.length > 0) noteOddBraces(value, odd);
    const by = text.slice(edit.start, edit.end + longer);
    carryLines(before.value.$cstNode!.root, value.$cstNode!.root, { ...edit, by });
    return { ...part, ...errors.moved(), value };
}

/** Whether a declaration came out as it was, and nothing is wrong in it. @param offset how far it was moved */
function isAsBefore(
    before: ast.Declaration,
    now: ast.Declaration | undefined,
    offset: number,
    mistakes: readonly number[],
    next?: ast.Declaration,
): boolean {
    const [was, is] = [before.$cstNode, now?.$cstNode];
    if (!was || !is || before.$type !== now!.$type) return false;
    if (is.offset + offset !== was.offset || is.end + offset !== was.end) return false;
    return !mistakes.some((place) => isBetween(place, is.offset, next?.$cstNode?.offset));
}

function lineOf({ $cstNode }: ast.Declaration): number {
    return $cstNode!.range.start.line;
}

interface Moves {
    /** From the place in the part to that in the file. */
    readonly toPlace: Shift;
    /** Of what stands behind the part. */
    readonly behind: Shift;
}

interface Parts extends Moves {
    readonly isBefore: (offset: number) => boolean;
    readonly isBehind: (offset: number) => boolean;
}

/** What is wrong before, in and behind the part. Nothing is moved before somebody says so. */
function errorsOf(before: Reading, part: Reading, { isBefore, isBehind, toPlace, behind }: Parts) {
    const parser = {
        before: before.parserErrors.filter((error) => isBefore(offsetOf(error))),
        behind: before.parserErrors.filter((error) => isBehind(offsetOf(error))),
    };
    const lexer = {
        before: before.lexerErrors.filter(({ offset }) => isBefore(offset)),
        behind: before.lexerErrors.filter(({ offset }) => isBehind(offset)),
    };
    return {
        parserErrors: [...parser.before, ...part.parserErrors, ...parser.behind],
        lexerErrors: [
            ...lexer.before,
            ...part.lexerErrors.map((error) => shifted(error, toPlace)),
            ...lexer.behind.map((error) => shifted(error, behind)),
        ],
        moved(): Pick<Reading, 'parserErrors' | 'lexerErrors'> {
            shiftErrors(part.parserErrors, toPlace);
            shiftErrors(parser.behind, behind);
            return { parserErrors: this.parserErrors, lexerErrors: this.lexerErrors };
        },
    };
}

interface Ends extends Moves {
    /** The declarations at the ends of the part, as they were; undefined where the file begins or ends there. */
    readonly first: ast.Declaration | undefined;
    readonly last: ast.Declaration | undefined;
}

/** One tree of what stands before, in and behind the part. */
function joined(before: Reading, part: Reading, text: string, { first, last, toPlace, behind }: Ends): ast.File {
    const all = before.value.declarations;
    const found = part.value.declarations;
    const [was, read] = [contentOf(before), contentOf(part)];
    for (const node of read) shiftCst(node, toPlace);
    const tail = last ? was.slice(was.indexOf(topOf(last))) : [];
    for (const node of tail) shiftCst(node, behind);

    const root = new RootCstNodeImpl(text);
    const file: ast.File = {
        ...before.value,
        declarations: [
            ...(first ? all.slice(0, all.indexOf(first) + 1) : []),
            ...found.slice(first ? 1 : 0, last ? -1 : undefined),
            ...(last ? all.slice(all.indexOf(last)) : []),
        ],
        $cstNode: root,
    };
    const content = [
        ...(first ? was.slice(0, was.indexOf(topOf(first)) + 1) : []),
        ...read.slice(first ? read.indexOf(topOf(found[0]!)) + 1 : 0, last && read.indexOf(topOf(found.at(-1)!))),
        ...tail,
    ];
    Object.assign(root, { content, astNode: file });
    for (const node of content) Object.assign(node, { container: root });
    for (const [index, declaration] of file.declarations.entries()) {
        Object.assign(declaration, { $container: file, $containerIndex: index });
    }
    return file;
}

function contentOf({ value: { $cstNode } }: Reading): readonly CstNode[] {
    return $cstNode && isCompositeCstNode($cstNode) ? $cstNode.content : [];
}

/** The piece of text right below the root that a declaration is. */
function topOf({ $cstNode }: ast.Declaration): CstNode {
    let node: CstNode = $cstNode!;
    while (node.container?.container) node = node.container;
    return node;
}
