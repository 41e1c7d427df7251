import type { Shape } from './shape.js';

/** Lines of a file, `from` the first of them (counted from 0) up to `to`, without it. */
export interface Range {
    readonly from: number;
    readonly to: number;
}

/** A key at the left edge of a block, with all lines that belong to it. */
export interface KeyLines extends Range {
    readonly key: string;
    /** What stands behind the colon, without a comment. */
    readonly rest: string;
}

/** The documents of a file of YAML, split at `---`. */
export function documentsIn(lines: readonly string[]): Range[] {
    const documents: Range[] = [];
    let from = 0;
    lines.forEach((line, at) => {
        if (!/^(?:---|\.\.\.)(?:\s|$)/.test(line)) return;
        documents.push({ from, to: at });
        from = at + 1;
    });
    documents.push({ from, to: lines.length });
    return documents.filter((document) => firstLine(lines, document) !== undefined);
}

/** The first line that says something. */
function firstLine(lines: readonly string[], { from, to }: Range): number | undefined {
    for (let at = from; at < to; at++) if (!/^\s*(?:#.*|%.*)?$/.test(lines[at] ?? '')) return at;
    return undefined;
}

const keyLine =
    /^( *)(?:"([^"\\]*)"|'([^']*)'|([^\s"'#&*!|>{}[\],%@`-][^\s:#]*|-[^\s:#][^\s:#]*))\s*:(?:(?:\s+|(?=\ue000))(.*))?$/;

/**
 * The keys of a block map, told by how far they are indented.
 *
 * @returns undefined where the lines are something else, such as `{ a: 1 }`
 */
export function keysIn(lines: readonly string[], range: Range): KeyLines[] | undefined {
    const first = firstLine(lines, range);
    if (first === undefined) return undefined;
    const indent = keyLine.exec(lines[first] ?? '')?.[1];
    if (indent === undefined) return undefined;
    const keys: { key: string; rest: string; from: number; to: number }[] = [];
    for (let at = first; at < range.to; at++) {
        const line = lines[at] ?? '';
        const last = keys.at(-1);
        if (line.startsWith(indent) && line.charCodeAt(indent.length) !== 0x20) {
            const match = keyLine.exec(line);
            if (match && match[1] === indent) {
                if (last) last.to = at;
                const key = match[2] ?? match[3] ?? match[4] ?? '';
                keys.push({ key, rest: (match[5] ?? '').replace(/(^|\s)#.*$/, '').trim(), from: at, to: range.to });
            }
        }
    }
    return keys;
}

/**
 * The items of a block list.
 *
 * @returns undefined where the lines are no such list
 */
export function itemsIn(lines: readonly string[], range: Range): Range[] | undefined {
    const first = firstLine(lines, range);
    const indent = first === undefined ? undefined : /^( *)-(?:\s|$)/.exec(lines[first] ?? '')?.[1];
    if (first === undefined || indent === undefined) return undefined;
    const begins: number[] = [];
    for (let at = first; at < range.to; at++) {
        const line = lines[at] ?? '';
        if (line.startsWith(indent) && /^-(?:\s|$)/.test(line.slice(indent.length, indent.length + 2))) begins.push(at);
    }
    return begins.map((from, number) => ({ from, to: begins[number + 1] ?? range.to }));
}

/** Makes a map of an item: its dash becomes a blank. */
export function undash(lines: string[], { from }: Range): void {
    lines[from] = (lines[from] ?? '').replace(/^( *)-/, '$1 ');
}

/** Empties all lines of fields that a shape does not ask for, so that nobody ever parses them. */
export function prune(lines: string[], range: Range, shape: Shape): void {
    if (typeof shape === 'string' || 'texts' in shape) {
        if (typeof shape !== 'string' && shape.texts !== 'all') pruneTexts(lines, range, shape.texts);
        return;
    }
    if ('list' in shape) {
        for (const item of itemsIn(lines, range) ?? []) {
            const dashed = lines[item.from] ?? '';
            undash(lines, item);
            prune(lines, item, shape.list);
            const dash = dashed.indexOf('-');
            const rest = lines[item.from] ?? '';
            lines[item.from] = `${dashed.slice(0, dash)}-${rest.slice(dash + 1)}`;
        }
        return;
    }
    for (const key of keysIn(lines, range) ?? []) {
        const inner = shape.byName.get(key.key);
        if (inner === undefined) empty(lines, key);
        else if (key.rest === '') prune(lines, { from: key.from + 1, to: key.to }, inner);
    }
}

function pruneTexts(lines: string[], range: Range, wanted: readonly string[]): void {
    for (const key of keysIn(lines, range) ?? []) if (!wanted.includes(key.key)) empty(lines, key);
}

export function empty(lines: string[], { from, to }: Range): void {
    for (let at = from; at < to; at++) lines[at] = '';
}

/** The names of all aliases (`*name`). */
export function aliasesIn(lines: readonly string[], { from, to }: Range): string[] {
    const found: string[] = [];
    for (let at = from; at < to; at++) {
        const line = lines[at] ?? '';
        if (line.includes('*')) for (const [, name] of line.matchAll(alias)) found.push(name!);
    }
    return found;
}

const alias = /(?<=^|[\s:[,])\*([A-Za-z_][\w-]*)\s*(?=$|[\s,\]}])/g;

/** Whether aliases of an item lead to what stands in another one, so that it cannot be read by itself. */
export function leansOnOthers(lines: readonly string[], item: Range): boolean {
    const aliases = aliasesIn(lines, item);
    if (aliases.length === 0) return false;
    const own = lines.slice(item.from, item.to).join('\n');
    return aliases.some((name) => !new RegExp(`&${name}(?![\\w-])`).test(own));
}
