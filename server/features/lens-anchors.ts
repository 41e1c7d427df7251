import type { AstNode } from 'langium';
import type { Position, Range } from 'vscode-languageserver';
import * as ast from '../language/generated/ast.js';
import { nameRangeOf } from '../language/naming/location.js';
import { declarationsIn, declaresElement } from './places.js';

/** `elements`: only what stands at the top level of a file, and planes; `all`: stores and gateways, too. */
export type CodeLensSetting = 'all' | 'elements' | 'off';

/** `simulate` one element, or one of its `components`; `one-of` several that share a line of lenses; what it does. */
export type LensPart = 'simulate' | 'components' | 'one-of' | 'summary' | 'promise';

/** A line of lenses. */
export interface LensAnchor {
    readonly range: Range;
    readonly parts: readonly LensPart[];
    /** Where the names of the declarations begin that share the line; the first of them is that of `range`. */
    readonly names: readonly Position[];
}

/** From so many declarations in a row on, each on one line, they share their lenses: a list stays a list. */
const shortestRun = 3;

/** Whether lenses lead to commands that ask the user something; without, each declaration has its own. */
export interface LensLook {
    readonly setting: Exclude<CodeLensSetting, 'off'>;
    readonly hasCommands: boolean;
}

/** Where lenses stand: above each declaration that can fail, from the syntax alone. Linear in the file. */
export function anchorsIn(file: ast.File, { setting, hasCommands }: LensLook): LensAnchor[] {
    const shown: AstNode[] = [];
    for (const node of declarationsIn(file))
        if (declaresElement(node) && (setting === 'all' || isProminent(node))) shown.push(node);
    const anchors: LensAnchor[] = [];
    for (let first = 0; first < shown.length;) {
        const end = endOfRun(shown, first);
        if (hasCommands && end - first >= shortestRun)
            anchors.push(anchorOf(shown.slice(first, end), ['one-of', 'summary']));
        else for (const node of shown.slice(first, end)) anchors.push(anchorOfOne(node, hasCommands));
        first = end;
    }
    for (const each of file.declarations)
        if (ast.isScenario(each) || ast.isObjective(each)) anchors.push(anchorOf([each], ['promise']));
    return anchors.sort((a, b) => a.range.start.line - b.range.start.line);
}

interface LastAnchor {
    readonly anchor: LensAnchor;
    readonly line: number;
    readonly hasCommands: boolean;
}

const lastAnchors = new WeakMap<AstNode, LastAnchor>();

/** The anchor of a declaration, kept as long as that stands on the line where it stood: an edit moves what it leaves as whole lines. */
function anchorOfOne(node: AstNode, hasCommands: boolean): LensAnchor {
    const line = node.$cstNode?.range.start.line ?? 0;
    const last = lastAnchors.get(node);
    if (last?.hasCommands === hasCommands && last.line === line) return last.anchor;
    const anchor = anchorOf([node], partsOf(node, hasCommands));
    lastAnchors.set(node, { anchor, line, hasCommands });
    return anchor;
}

function anchorOf(nodes: readonly AstNode[], parts: readonly LensPart[]): LensAnchor {
    const ranges = nodes.map((node) => nameRangeOf(node));
    const [range] = ranges as [Range];
    return { range, parts, names: ranges.map(({ start }) => start) };
}

function partsOf(node: AstNode, hasCommands: boolean): LensPart[] {
    return hasCommands && hasComponents(node) ? ['simulate', 'components', 'summary'] : ['simulate', 'summary'];
}

/** Behind the last of declarations of the same construct in the same block, each on one line, on lines that follow each other. */
function endOfRun(nodes: readonly AstNode[], first: number): number {
    let end = first + 1;
    while (end < nodes.length && follows(nodes[end - 1]!, nodes[end]!)) end++;
    return end;
}

function follows(last: AstNode, node: AstNode): boolean {
    const before = last.$cstNode?.range;
    const range = node.$cstNode?.range;
    if (!before || !range || node.$type !== last.$type || node.$container !== last.$container) return false;
    return (
        before.start.line === before.end.line &&
        range.start.line === range.end.line &&
        range.start.line === before.start.line + 1
    );
}

function hasComponents(node: AstNode): boolean {
    return !(
        ast.isGateway(node) ||
        ast.isPostgres(node) ||
        ast.isTelemetryStore(node) ||
        ast.isSecret(node) ||
        ast.isIdentityProvider(node) ||
        ast.isExternalService(node) ||
        ast.isSharedFate(node) ||
        ast.isCentralControlPlane(node)
    );
}

function isProminent(node: AstNode): boolean {
    return ast.isFile(node.$container) || ast.isManagementPlane(node) || ast.isCentralControlPlane(node);
}

/** The lenses of a file as they were last, and the text of then, by whose lines they are found again. */
export interface LastAnchors {
    readonly anchors: readonly LensAnchor[];
    readonly text: string;
}

/** Lenses of lines that are unchanged, but whose declarations the parser did not find this time. */
export function stillThere(last: LastAnchors, present: readonly LensAnchor[], lines: readonly string[]): LensAnchor[] {
    const taken = new Set(present.flatMap(({ names }) => names.map(({ line }) => line)));
    const linesBefore = last.text.split('\n');
    const textOf = ({ range }: LensAnchor) => linesBefore[range.start.line] ?? '';
    const linesOfText = new Map<string, number[]>();
    const wanted = new Set(last.anchors.map(textOf));
    for (const [line, text] of lines.entries()) {
        if (!wanted.has(text)) continue;
        const others = linesOfText.get(text);
        if (others) others.push(line);
        else linesOfText.set(text, [line]);
    }
    return last.anchors.flatMap((anchor) => {
        const { start, end } = anchor.range;
        const free = (linesOfText.get(textOf(anchor)) ?? []).filter((line) => !taken.has(line));
        const line = free.sort((a, b) => Math.abs(a - start.line) - Math.abs(b - start.line))[0];
        if (line === undefined) return [];
        taken.add(line);
        const moved = line - start.line;
        return [
            {
                ...anchor,
                range: { start: { ...start, line }, end: { ...end, line } },
                names: anchor.names.map((name) => ({ ...name, line: name.line + moved })),
            },
        ];
    });
}
