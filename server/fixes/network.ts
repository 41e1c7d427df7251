import * as ast from '../language/generated/ast.js';
import { nodeOfProperty } from '../language/naming/names.js';
import type { Way } from '../findings/finding.js';
import type { Change } from '../estate/change.js';
import type { Surroundings } from './fix.js';
import { fileOf } from '../estate/file-text.js';
import { isGenerated } from '../language/lower/joined.js';
import { saidBeside } from './beside.js';
import { insertion, lineEnd, replacement } from './text.js';
import { all } from './words.js';
import { appended, withListed } from './write.js';

/** Opens ways in the network of the estate: adds to lines that fit, and else writes lines of its own. */
export function withWays(around: Surroundings, ways: readonly Way[]): Change[] {
    const { estate, write } = around;
    const everywhere = estate.documents.flatMap(({ parseResult }) =>
        parseResult.value.declarations.filter(ast.isNetwork),
    );
    if (everywhere.length === 0) return [];
    const blocks = everywhere.filter((each) => !isGenerated(fileOf(each).uri));
    const links = blocks.flatMap((block) => block.links);
    const [block] = blocks;
    const name = (cluster: string) => write(cluster, 'ClusterName');
    const changes: Change[] = [];
    const lines: string[] = [];
    const { pairs, single } = pairsAmong(ways);
    for (const [a, b] of pairs) lines.push(`${name(a)} <-> ${name(b)}`);
    const unwritten = new Map<string, { from: readonly string[]; to: string[] }>();
    for (const { from, to } of byTarget(single)) {
        const change =
            bothWays(links, from, to) ??
            addedToTargets(links, from, to, name(to)) ??
            addedToSources(links, from.map(name), to);
        if (change) changes.push(...change);
        else entry(unwritten, from).to.push(to);
    }
    for (const { from, to } of unwritten.values()) {
        lines.push(`${from.map(name).join(', ')} -> ${to.map(name).join(', ')}`);
    }
    if (lines.length === 0) return changes;
    const said = block
        ? withLines(block, lines)
        : saidBeside(around, undefined, `network {\n    ${lines.join('\n    ')}\n}`);
    return [...changes, ...said];
}

/** "Let `east` reach `west`", "Let `east` and `west` reach each other". */
export function titleOfWays(ways: readonly Way[]): string {
    const { pairs, single } = pairsAmong(ways);
    const [pair] = pairs;
    if (pair && pairs.length === 1 && single.length === 0) return `Let ${all(pair)} reach each other`;
    const from = [...new Set(ways.map((way) => way.from))];
    const to = [...new Set(ways.map((way) => way.to))];
    const isProduct = ways.length === from.length * to.length && pairs.length === 0;
    if (isProduct) return `Let ${all(from)} reach ${all(to)}`;
    return `Let ${ways.map((way) => `\`${way.from}\` reach \`${way.to}\``).join(', and ')}`;
}

/** Two ways that lead there and back again are one line. */
function pairsAmong(ways: readonly Way[]): { pairs: [string, string][]; single: Way[] } {
    const pairs: [string, string][] = [];
    const single: Way[] = [];
    const keys = new Set(ways.map(({ from, to }) => JSON.stringify([from, to])));
    for (const way of ways) {
        const isPair = keys.has(JSON.stringify([way.to, way.from]));
        if (!isPair) single.push(way);
        else if (!pairs.some(([a, b]) => a === way.to && b === way.from)) pairs.push([way.from, way.to]);
    }
    return { pairs, single };
}

function byTarget(ways: readonly Way[]): { from: string[]; to: string }[] {
    const targets = new Map<string, { from: string[]; to: string }>();
    for (const { from, to } of ways) {
        const known = targets.get(to);
        if (known) known.from.push(from);
        else targets.set(to, { from: [from], to });
    }
    return [...targets.values()];
}

function entry(lines: Map<string, { from: readonly string[]; to: string[] }>, from: readonly string[]) {
    const key = JSON.stringify(from);
    const line = lines.get(key) ?? { from, to: [] };
    lines.set(key, line);
    return line;
}

/** `b -> a` becomes `b <-> a`. */
function bothWays(links: readonly ast.Link[], from: readonly string[], to: string): Change[] | undefined {
    const link = links.find(
        (each) => each.direction === '->' && isSame(namesIn(each.from), [to]) && isSame(namesIn(each.to), from),
    );
    const arrow = link && nodeOfProperty(link, 'direction');
    return arrow && [replacement(fileOf(link), arrow, '<->')];
}

/** `a -> b` becomes `a -> b, c`. */
function addedToTargets(links: readonly ast.Link[], from: readonly string[], to: string, written: string) {
    const link = links.find((each) => each.direction === '->' && isSame(namesIn(each.from), from));
    return link && !namesIn(link.to).includes(to) ? withListed(link, 'to', written) : undefined;
}

/** `a -> c` becomes `a, b -> c`. */
function addedToSources(links: readonly ast.Link[], written: readonly string[], to: string) {
    const link = links.find((each) => each.direction === '->' && isSame(namesIn(each.to), [to]));
    return link && withListed(link, 'from', written.join(', '));
}

function namesIn(list: readonly { readonly ref?: ast.Cluster }[]): string[] {
    return list.flatMap(({ ref }) => ref?.name ?? []);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
    return a.length === b.length && a.every((name) => b.includes(name));
}

function withLines(block: ast.Network, lines: readonly string[]): Change[] {
    const last = block.links.at(-1);
    const file = fileOf(block);
    if (!last?.$cstNode || !block.$cstNode) {
        const inner = lines.map((line) => `${file.eol}${file.step}${line}`).join('');
        return [replacement(file, block.$cstNode!, `network {${inner}${file.eol}}`)];
    }
    if (!block.$cstNode.text.includes('\n')) return appended(last, lines.map((line) => `; ${line}`).join(''));
    const { offset, end } = last.$cstNode;
    const lineBegin = file.text.lastIndexOf('\n', offset - 1) + 1;
    const indent = /^[ \t]*/.exec(file.text.slice(lineBegin, offset))![0];
    // the block may close on the line of its last link
    const rest = file.text.slice(end, lineEnd(file, end));
    const at = rest.includes('}') ? end : lineEnd(file, end);
    return [insertion(file, at, lines.map((line) => `${file.eol}${indent}${line}`).join(''))];
}
