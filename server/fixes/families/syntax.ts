import { CstUtils, GrammarUtils, type AstNode, type CstNode } from 'langium';
import * as ast from '../../language/generated/ast.js';
import type { Fix, Fixer, Surroundings } from '../fix.js';
import type { FileText } from '../../estate/file-text.js';
import { reordered } from '../../language/syntax/clause-order.js';
import {
    beginsLine,
    endsLine,
    indentationAt,
    indented,
    insertion,
    lineEnd,
    lineStart,
    nextLine,
    removal,
    replacement,
} from '../text.js';
import { fix } from '../words.js';
import {
    centralControlPlane,
    edgeControlPlane,
    managementPlane,
    withNested,
    type Level,
    type Owner,
} from '../write.js';
import { changed, pieceAt } from './suggestions.js';

/** A word that nobody knows: what was probably meant, or the place in which it would be known. */
export const unknownWord: Fixer = function* (problem, around) {
    yield* phrases(problem, around);
    const { file, offset, end, written } = pieceAt(problem, around);
    for (const text of problem.insertions) {
        const at = file.text.slice(0, offset).trimEnd().length;
        yield fix(`Put \`${text}\` before \`${written}\``, [insertion(file, at, text)]);
    }
    if (written === '}') yield fix('Take this `}` out', [removal(file, { offset, end })]);
    const ordered = inOrder(file, offset);
    if (ordered) {
        yield ordered;
        return;
    }
    yield beforeBrace(file, offset, around);
    yield inItsBlock(file, offset, around);
    yield outOfBlock(file, offset);
};

/** The parts of an item in the order in which they are read. */
function inOrder(file: FileText, offset: number): Fix | undefined {
    const start = lineStart(file, offset);
    const item = reordered(file.text.slice(start, lineEnd(file, offset)), offset - start);
    if (!item) return undefined;
    const piece = { offset: start + item.offset, end: start + item.end };
    return fix(`Write it in this order: \`${item.text}\``, [replacement(file, piece, item.text)]);
}

/** As {@link changed}; of a phrase that stands there in part, the rest of the words goes with it. */
const phrases: Fixer = function* (problem, around) {
    const { file, offset, end, written } = pieceAt(problem, around);
    for (const text of problem.suggestions) {
        const words = text.split(' ');
        let last = end;
        for (const word of words.slice(words.indexOf(written) + 1)) {
            const [gap = ''] = /^[ \t]*/.exec(file.text.slice(last, nextLine(file, last))) ?? [];
            const after = last + gap.length + word.length;
            const isNext = gap !== '' && file.text.startsWith(word, last + gap.length);
            if (isNext && !/[\w-]/.test(file.text.charAt(after))) last = after;
        }
        const piece = file.text.slice(offset, last);
        yield fix(`Change \`${piece}\` to \`${text}\``, [replacement(file, { offset, end: last }, text)]);
    }
};

/** A word that is missing: those that can stand there. */
export const missingWord: Fixer = function* (problem, around) {
    yield* changed(problem, around);
    yield* inserted(problem, around);
};

/** A value or a role that is missing: what is mostly said. */
export const inserted: Fixer = function* (problem, around) {
    const { file, offset, end } = pieceAt(problem, around);
    for (const text of problem.insertions) {
        const change = problem.behind ? insertion(file, end, ` ${text}`) : insertion(file, offset, `${text} `);
        yield fix(`Add \`${text}\``, [change]);
    }
};

/** A word of the language in the place of a name. */
export const missingName: Fixer = function* (problem, around) {
    for (const text of problem.suggestions) {
        const { file, offset, end } = pieceAt(problem, around);
        yield fix(`Write it in quotes: \`${text}\``, [replacement(file, { offset, end }, text)]);
    }
    const { file, offset, end, written } = pieceAt(problem, around);
    if (/^(cluster|region|zones?|gateway|service|namespace)$/.test(written)) {
        yield fix(`Take \`${written}\` out`, [removal(file, { offset, end })]);
    }
};

/** A block that is not closed: before the declaration that cannot be part of it, or at the end. */
export const missingBrace: Fixer = function* (problem, around) {
    const { file, offset, end, written } = pieceAt(problem, around);
    const isWord = /^[a-z]/.test(written) && beginsLine(file, offset);
    // comments right above a declaration belong to it
    const before = file.text.slice(0, isWord ? offset : end).replace(/(\n[ \t]*(\/\/[^\n]*)?)*$/, '');
    const outer = isWord ? indentationAt(file, offset) : '';
    const change = isWord
        ? insertion(file, lineEnd(file, before.length), `${file.eol}${outer}}`)
        : insertion(file, file.text.trimEnd().length, `${file.eol}}`);
    yield fix('Close the block', [change]);
    const other = insertion(file, file.text.trimEnd().length, `${file.eol}}`);
    if (isWord) yield fix('Close the block at the end of the file', [other]);
};

/** A comment or a text without an end. */
export const unreadable: Fixer = function* (problem, around) {
    const { file, offset, end, written } = pieceAt(problem, around);
    if (written.startsWith('/*')) {
        yield fix('Close the comment at the end of the line', [insertion(file, lineEnd(file, offset), ' */')]);
        yield fix('Close the comment at the end of the file', [
            insertion(file, file.text.trimEnd().length, `${file.eol}*/`),
        ]);
    } else if (written.startsWith("'")) {
        const text = `"${written.slice(1).replace(/'$/, '')}"`;
        yield fix(`Write it in double quotes: \`${text}\``, [replacement(file, { offset, end }, text)]);
    } else {
        const first = /^"[^\s{},]+/.exec(written)?.[0] ?? written;
        const whole = written.replace(/\s*\{?\s*$/, '');
        for (const text of new Set([first, whole])) {
            yield fix(`Close the quotes: \`${text}"\``, [insertion(file, offset + text.length, '"')]);
        }
    }
};

/** Something of a later version: its line stays in the file, as a comment. */
export const laterVersion: Fixer = function* (problem, around) {
    const { file, offset } = pieceAt(problem, around);
    const start = lineStart(file, offset);
    const line = file.text.slice(start, nextLine(file, offset));
    // a block that begins on the line would be left without its beginning
    if (/[{}]/.test(line.replace(/"[^"]*"/g, ''))) return;
    const indentation = line.length - line.trimStart().length;
    yield fix('Make this line a comment', [insertion(file, start + indentation, '// ')]);
};

/** `exposed "…" { gslb } via a`, or `workload cluster east { in us-east }`: what belongs before the block goes there. */
function beforeBrace(file: FileText, offset: number, { document }: Surroundings): Fix | undefined {
    const owner = blockAround(document.parseResult.value, offset);
    const open = owner && braceOf(owner, '{');
    const word = /^[a-z-]+/.exec(file.text.slice(offset))?.[0] ?? '';
    if (!open || !/^(in|via|through|to|direct|internal|external)$/.test(word)) return undefined;
    const end = endOfItem(file, offset);
    const text = file.text.slice(offset, end);
    const at = file.text.slice(0, open.offset).trimEnd().length;
    return fix(
        `Move \`${text}\` before the block`,
        [insertion(file, at, ` ${text}`)],
        [removal(file, { offset, end })],
    );
}

type Target = readonly [owner: Owner, levels: readonly Level[], name: string];

/** An item in the wrong block: it goes to the block around, or to one inside, that knows it. */
function inItsBlock(file: FileText, offset: number, { document }: Surroundings): Fix | undefined {
    const owner = blockAround(document.parseResult.value, offset);
    const word = /^[a-z0-9-]+/.exec(file.text.slice(offset))?.[0] ?? '';
    const target = owner && targetOf(word, owner);
    if (!target) return undefined;
    const end = endOfItem(file, offset);
    const text = indented(file.text.slice(offset, end), indentationAt(file, offset), '', '\n');
    const [into, levels, name] = target;
    const title = `Move \`${text.split(/\s*[{\n]/, 1)[0]}\` to ${name}`;
    return fix(title, withNested(into, levels, text), [removal(file, { offset, end })]);
}

const edgeWords = /^(token|leaf|certificate|metrics|gitops)$/;
const planeWords = /^(postgres|elasticsearch|banyandb|iam-signing-key|root-ca|identity-provider)$/;

function targetOf(word: string, owner: Owner): Target | undefined {
    if (ast.isCluster(owner)) {
        if (edgeWords.test(word)) return [owner, [edgeControlPlane], 'the edge control plane'];
        if (planeWords.test(word)) return [owner, [managementPlane], 'the management plane'];
        return word === 'listener' ? [owner, [centralControlPlane], 'the central control plane'] : undefined;
    }
    if (ast.isWorkloadDefaults(owner) && edgeWords.test(word))
        return [owner, [edgeControlPlane], 'the edge control plane'];
    if (ast.isService(owner) && word === 'gslb') {
        const exposure = owner.items.findLast(ast.isExposure);
        return exposure && [exposure, [], `\`exposed "${exposure.host}"\``];
    }
    return undefined;
}

/** An item of an outer block in an inner one: it goes behind the inner one, which ends at the next `}` left open. */
function outOfBlock(file: FileText, offset: number): Fix | undefined {
    const end = endOfItem(file, offset);
    const close = endOfBlock(file, end);
    if (close === undefined) return undefined;
    const inner = indentationAt(file, offset);
    const outer = indentationAt(file, blockStart(file, offset) ?? offset);
    const text = indented(file.text.slice(offset, end), inner, outer, file.eol);
    const at = endsLine(file, close) ? lineEnd(file, close) : close;
    return fix(
        `Move \`${text.split(/\s*[{\n]/, 1)[0]}\` behind this block`,
        [removal(file, { offset, end })],
        [insertion(file, at, `${file.eol}${outer}${text}`)],
    );
}

/** The offset behind the `}` that closes the block in which an offset lies; comments and texts are not looked into. */
function endOfBlock({ text }: FileText, offset: number): number | undefined {
    let depth = 0;
    for (const { 0: sign, index } of text.slice(offset).matchAll(signs)) {
        if (sign === '{') depth++;
        else if (sign === '}' && depth-- === 0) return offset + index + 1;
    }
    return undefined;
}

/** Where the block begins in which an offset lies. */
function blockStart({ text }: FileText, offset: number): number | undefined {
    const open: number[] = [];
    for (const { 0: sign, index } of text.slice(0, offset).matchAll(signs)) {
        if (sign === '{') open.push(index);
        else if (sign === '}') open.pop();
    }
    return open.at(-1);
}

const signs = /[{}]|"(?:\\.|[^"\\\r\n])*"|\/\/[^\n]*|\/\*[^]*?\*\//g;

/** The innermost thing in whose block an offset lies. */
function blockAround(root: AstNode, offset: number): Owner | undefined {
    const leaf = root.$cstNode && CstUtils.findLeafNodeBeforeOffset(root.$cstNode, offset);
    let node: AstNode | undefined = leaf?.astNode;
    while (node && !isAround(node, offset)) node = node.$container;
    return node as Owner | undefined;
}

function isAround(node: AstNode, offset: number): boolean {
    const open = braceOf(node, '{');
    const close = braceOf(node, '}');
    return 'items' in node && !!open && !!close && open.end <= offset && offset < close.offset;
}

function braceOf(node: AstNode, sign: '{' | '}'): CstNode | undefined {
    return GrammarUtils.findNodeForKeyword(node.$cstNode, sign);
}

/** Where an item ends: with its line, or with the block that it opens there. */
function endOfItem(file: FileText, offset: number): number {
    const end = lineEnd(file, offset);
    let depth = 0;
    for (const { 0: sign, index } of file.text.slice(offset).matchAll(signs)) {
        const at = offset + index;
        const isDone = depth === 0 && (at > end || sign === '}' || sign.startsWith('/'));
        if (isDone) return file.text.slice(0, Math.min(at, end)).trimEnd().length;
        if (sign === '{') depth++;
        else if (sign === '}' && --depth === 0) return at + 1;
    }
    return file.text.slice(0, end).trimEnd().length;
}
