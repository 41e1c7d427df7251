import {
    isAlias,
    isMap,
    isScalar,
    isSeq,
    LineCounter,
    parseDocument,
    visit,
    type Node as YamlNode,
    type YAMLMap,
} from 'yaml';
import type { Cursor } from './shape.js';

/** What cannot be read of a piece of YAML: words of ours, never a part of the text. */
export interface Unreadable {
    /** Counted from 1, in the piece. */
    readonly line: number | undefined;
    readonly why: string;
}

/**
 * Reads one document of YAML as a tree. Tags mean nothing, aliases lead to what they name, keys may stand twice.
 *
 * @param firstLine of the text in its file, counted from 1; undefined where lines mean nothing
 */
export function yamlCursor(text: string, firstLine: number | undefined): Cursor | Unreadable {
    if (isTooDeep(text)) return { line: undefined, why: `it is nested deeper than ${mostDepth} levels` };
    const lines = new LineCounter();
    try {
        const document = parseDocument(text, {
            lineCounter: lines,
            prettyErrors: false,
            logLevel: 'silent',
            strict: false,
            uniqueKeys: false,
            keepSourceTokens: false,
        });
        const mistake = document.errors.find(({ code }) => !harmless.has(code));
        if (mistake) {
            const why = whys.get(mistake.code) ?? 'it is no YAML';
            return { line: firstLine && lines.linePos(mistake.pos[0]).line + firstLine - 1, why };
        }
        const anchors = new Map<string, YamlNode>();
        visit(document, {
            Node: (_, node) => {
                if (!isAlias(node) && node.anchor) anchors.set(node.anchor, node);
            },
        });
        const lineOf = (node: YamlNode) =>
            node.range && firstLine !== undefined ? lines.linePos(node.range[0]).line + firstLine - 1 : undefined;
        const { contents } = document;
        return contents ? cursorOf(contents, { anchors, lineOf }) : nothing;
    } catch {
        return { line: undefined, why: 'it cannot be read' };
    }
}

export function isUnreadable(read: Cursor | Unreadable): read is Unreadable {
    return 'why' in read;
}

const harmless: ReadonlySet<string> = new Set(['BAD_INDENT', 'TAG_RESOLVE_FAILED', 'DUPLICATE_KEY', 'BAD_DIRECTIVE']);

const whys: ReadonlyMap<string, string> = new Map([
    ['TAB_AS_INDENT', 'a tab indents it'],
    ['MULTIPLE_DOCS', 'it has more than one document'],
    ['MISSING_CHAR', 'a closing sign or a blank is missing'],
    ['BLOCK_AS_IMPLICIT_KEY', 'a block stands where a single value has to'],
    ['UNEXPECTED_TOKEN', 'something stands there that does not fit'],
]);

/** Deeper than anything that Kubernetes takes. */
export const mostDepth = 100;

/** Counts brackets, and what indents; brackets within texts count, too, but close again there. */
function isTooDeep(text: string): boolean {
    let depth = 0;
    for (let at = 0; at < text.length; at++) {
        const character = text.charCodeAt(at);
        if (character === 0x7b || character === 0x5b) {
            if (++depth > mostDepth) return true;
        } else if ((character === 0x7d || character === 0x5d) && depth > 0) depth--;
    }
    return new RegExp(`^(?:[ ]*[-?][ ]){${mostDepth},}`, 'm').test(text);
}

interface Around {
    readonly anchors: ReadonlyMap<string, YamlNode>;
    readonly lineOf: (node: YamlNode) => number | undefined;
}

const nothing: Cursor = {
    line: undefined,
    scalar: () => undefined,
    items: () => undefined,
    keys: () => undefined,
    field: () => undefined,
};

/** An alias leads to what it names, and never to another alias for ever. */
function resolved(node: YamlNode, { anchors }: Around): YamlNode | undefined {
    let at: YamlNode | undefined = node;
    for (let steps = 0; steps < 10 && isAlias(at); steps++) at = anchors.get(at.source);
    return isAlias(at) ? undefined : at;
}

function cursorOf(given: YamlNode, around: Around): Cursor {
    const node = resolved(given, around);
    if (!node || (isScalar(node) && node.value === null)) return nothing;
    const map = isMap(node) ? node : undefined;
    return {
        line: around.lineOf(node),
        scalar: () => (isScalar(node) ? scalarOf(node.value, node.source) : undefined),
        items: () =>
            isSeq(node)
                ? node.items.map((item) => cursorOf(item as YamlNode, around)).filter((item) => item !== nothing)
                : undefined,
        keys: () => map && [...new Set(pairsOf(map, around).map(([key]) => key))],
        field: (name) => {
            const found = map && pairsOf(map, around).findLast(([key]) => key === name)?.[1];
            const cursor = found && cursorOf(found, around);
            return cursor === nothing ? undefined : cursor;
        },
    };
}

/** What stands in a map, behind what it merges into itself (`<<`). */
function pairsOf(map: YAMLMap, around: Around, depth = 0): [string, YamlNode][] {
    const own: [string, YamlNode][] = [];
    const merged: [string, YamlNode][] = [];
    for (const { key, value } of map.items) {
        const name = isScalar(key) ? String(key.source ?? key.value) : undefined;
        if (name === undefined || !value) continue;
        if (name !== '<<') own.push([name, value as YamlNode]);
        else if (depth < 10) {
            const from = resolved(value as YamlNode, around);
            const maps = isSeq(from) ? from.items.map((item) => resolved(item as YamlNode, around)) : [from];
            for (const each of maps.reverse()) if (isMap(each)) merged.push(...pairsOf(each, around, depth + 1));
        }
    }
    return [...merged, ...own];
}

/** Numbers as they are written, so that a version stays one. */
function scalarOf(value: unknown, source: string | undefined): string | number | boolean | undefined {
    if (typeof value === 'number') return source ?? value;
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    return value === null || value === undefined ? undefined : (source ?? undefined);
}
