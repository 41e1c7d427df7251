import type { AstNode } from 'langium';
import type { Position, Range } from 'vscode-languageserver';
import * as ast from '../language/generated/ast.js';
import { nameLocationOf } from '../language/naming/location.js';
import { sameItems } from '../topology/unchanged.js';
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
    /** The line's text, by which the lens is found again while the file is broken. */
    readonly text: string;
}

/** From so many declarations in a row on, each on one line, they share their lenses: a list stays a list. */
const shortestRun = 3;

/** Whether lenses lead to commands that ask the user something; without, each declaration has its own. */
export interface LensLook {
    readonly setting: Exclude<CodeLensSetting, 'off'>;
    readonly hasCommands: boolean;
}

/** Where lenses stand: above each declaration that can fail, from the syntax alone. Linear in the file. */
export function anchorsIn(file: ast.File, lines: readonly string[], { setting, hasCommands }: LensLook): LensAnchor[] {
    const shown: AstNode[] = [];
    for (const node of declarationsIn(file))
        if (declaresElement(node) && (setting === 'all' || isProminent(node))) shown.push(node);
    const promises = file.declarations.filter((each) => ast.isScenario(each) || ast.isObjective(each));
    const ofPromises = promises.map((node) => anchorOf([node], ['promise'], lines));
    const ofElements = runsOf(shown).flatMap((run) =>
        hasCommands && run.length >= shortestRun
            ? [anchorOf(run, ['one-of', 'summary'], lines)]
            : run.map((node) => anchorOfOne(node, hasCommands, lines)),
    );
    return [...ofElements, ...ofPromises].sort((a, b) => a.range.start.line - b.range.start.line);
}

const lastAnchors = new WeakMap<AstNode, { readonly anchor: LensAnchor; readonly of: readonly unknown[] }>();

/** The anchor of a declaration, kept as long as that stands where it stood: an edit moves only what is behind it. */
function anchorOfOne(node: AstNode, hasCommands: boolean, lines: readonly string[]): LensAnchor {
    const { line, character } = node.$cstNode?.range.start ?? { line: 0, character: 0 };
    const last = lastAnchors.get(node);
    const of = [line, character, hasCommands];
    if (last && sameItems(last.of, of) && lines[last.anchor.range.start.line] === last.anchor.text) return last.anchor;
    const anchor = anchorOf([node], partsOf(node, hasCommands), lines);
    lastAnchors.set(node, { anchor, of });
    return anchor;
}

function anchorOf(nodes: readonly AstNode[], parts: readonly LensPart[], lines: readonly string[]): LensAnchor {
    const ranges = nodes.map((node) => nameLocationOf(node).range);
    const [range] = ranges as [Range];
    return { range, parts, names: ranges.map(({ start }) => start), text: lines[range.start.line] ?? '' };
}

function partsOf(node: AstNode, hasCommands: boolean): LensPart[] {
    return hasCommands && hasComponents(node) ? ['simulate', 'components', 'summary'] : ['simulate', 'summary'];
}

/** Declarations of the same construct in the same block, each on one line, on lines that follow each other. */
function runsOf(nodes: readonly AstNode[]): AstNode[][] {
    const runs: AstNode[][] = [];
    for (const node of nodes) {
        const run = runs.at(-1);
        const last = run?.at(-1);
        if (last && follows(last, node)) run!.push(node);
        else runs.push([node]);
    }
    return runs;
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

/** Lenses of lines that are unchanged, but whose declarations the parser did not find this time. */
export function stillThere(
    last: readonly LensAnchor[],
    present: readonly LensAnchor[],
    lines: readonly string[],
): LensAnchor[] {
    const taken = new Set(present.flatMap(({ names }) => names.map(({ line }) => line)));
    const linesOfText = new Map<string, number[]>();
    const wanted = new Set(last.map((anchor) => anchor.text));
    for (const [line, text] of lines.entries()) {
        if (wanted.has(text)) linesOfText.set(text, [...(linesOfText.get(text) ?? []), line]);
    }
    return last.flatMap((anchor) => {
        const { start, end } = anchor.range;
        const free = (linesOfText.get(anchor.text) ?? []).filter((line) => !taken.has(line));
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
