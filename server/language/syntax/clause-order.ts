import { table, type Table } from '../../knowledge/table.js';

/** The parts of an item that stand in one order, by the word with which the item begins; each by its first word. */
const orders: Table<{ readonly form: string; readonly parts: readonly (readonly string[])[] }> = table({
    backup: {
        form: 'backup every 1h in REGION restored within 2h',
        parts: [['every'], ['in'], ['restored']],
    },
    copy: {
        form: 'copy every 15m in REGION promoted within 30m',
        parts: [['every'], ['in'], ['promoted', 'promotes']],
    },
});

/** A part that stands behind one before which it belongs. */
export interface OutOfOrder {
    /** The first part before which it belongs, by its first word. */
    readonly before: string;
    /** How such an item is written. */
    readonly form: string;
}

/**
 * Whether a word begins a part of an item that belongs further to the left.
 *
 * @param before what stands before it on its line
 */
export function outOfOrder(image: string, before: readonly string[]): OutOfOrder | undefined {
    const head = before.findLastIndex((word) => orders.has(word));
    const order = orders.get(before[head] ?? '');
    const item = before.slice(head + 1);
    if (!order || item.some((word) => word === '{' || word === '}')) return undefined;
    const rank = rankIn(order.parts, image);
    const later = item.find((word) => rankIn(order.parts, word) > rank);
    const isSaid = item.includes(image);
    return rank < 0 || isSaid || later === undefined ? undefined : { before: later, form: order.form };
}

/** A piece of a text, and what it is in the right order. */
export interface Reordered {
    readonly offset: number;
    readonly end: number;
    readonly text: string;
}

/** The item of a line in which something is out of order, in the right one; undefined where nothing is. */
export function reordered(line: string, at: number): Reordered | undefined {
    const words = [...line.matchAll(/"(?:[^"\\]|\\.)*"|\/\/.*|[{}]|[^\s{}"]+/g)];
    const head = words.findLastIndex((word) => word.index < at && orders.has(word[0]));
    const order = orders.get(words[head]?.[0] ?? '');
    if (!order) return undefined;
    const behind = words.slice(head + 1);
    const end = behind.findIndex(([word]) => /^([{}]|\/\/)/.test(word));
    const item = end < 0 ? behind : behind.slice(0, end);
    const parts: { readonly rank: number; readonly words: string[] }[] = [];
    for (const [word] of item) {
        const rank = rankIn(order.parts, word);
        if (rank >= 0) parts.push({ rank, words: [word] });
        else if (parts.length > 0) parts.at(-1)!.words.push(word);
        else return undefined;
    }
    const sorted = parts.toSorted((a, b) => a.rank - b.rank);
    if (sorted.every((part, index) => part === parts[index])) return undefined;
    const last = item.at(-1)!;
    return {
        offset: item[0]!.index,
        end: last.index + last[0].length,
        text: sorted.flatMap((part) => part.words).join(' '),
    };
}

function rankIn(parts: readonly (readonly string[])[], word: string): number {
    return parts.findIndex((firstWords) => firstWords.includes(word));
}
