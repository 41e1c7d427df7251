import { code } from '../encoding/markdown.js';

/** "`a`", "`a` and `b`", "`a`, `b` and 3 more". */
export function listing(names: readonly string[], most = 3): string {
    return enumerated(names.map(code), { most });
}

/** "x", "x and y", "x, y and 3 more": any phrases, where `listing` takes names. */
export function enumerated(
    items: readonly string[],
    { last = 'and', most = 3 }: { readonly last?: 'and' | 'or'; readonly most?: number } = {},
): string {
    const shown = items.length > most && !tellsAll ? items.slice(0, most - 1) : items;
    const rest = items.length - shown.length;
    const all = rest > 0 ? [...shown, `${rest} more`] : shown;
    return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} ${last} ${all.at(-1)}`;
}

/** "x", "x or y": things of which one will do. */
export function oneOf(items: readonly string[]): string {
    return enumerated(items, { last: 'or' });
}

/** Whether enumerations tell every name, rather than count the rest. */
let tellsAll = false;

/**
 * Texts for somebody who works through them, such as a runbook: no enumeration in them ends with "and 3 more", wherever its
 * sentence comes from.
 */
export function withAllNames<T>(tell: () => T): T {
    const before = tellsAll;
    tellsAll = true;
    try {
        return tell();
    } finally {
        tellsAll = before;
    }
}

/** "1 cluster", "2 clusters". */
export function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** "is" or "are", "loses" or "lose": the form of a verb that goes with so many. */
export function verb(number: number, one: string, several: string): string {
    return number === 1 ? one : several;
}

/** A sentence with its gaps filled: `{name}` with what stands for it, whatever that is. */
export function filled(template: string, gaps: ReadonlyMap<string, string>): string {
    return template.replace(/\{(\w+)\}/g, (gap, name: string) => gaps.get(name) ?? gap);
}

/** The first letter large. Leaves a name in backticks as it is. */
export function capitalized(sentence: string): string {
    return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** "50 %" for a share from 0 to 1; a part is never said to be nothing or all. */
export function percent(share: number): string {
    const rounded = Math.round(share * 100);
    if (rounded === 0 && share > 0) return 'less than 1 %';
    return rounded === 100 && share < 1 ? 'more than 99 %' : `${rounded} %`;
}
