import type { Change } from '../estate/change.js';
import type { Fix } from './fix.js';

/** A fix; nothing where there is nothing to change. */
export function fix(title: string, ...changes: readonly Change[][]): Fix | undefined {
    return changes.some((each) => each.length === 0) ? undefined : { title, changes: changes.flat() };
}

/** "`a`", "`a` and `b`", "`a`, `b` and `c`". */
export function all(names: readonly string[]): string {
    const quoted = names.map((name) => `\`${name}\``);
    return quoted.length < 2 ? (quoted[0] ?? '') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}

/** No problem offers more than so many variants of one fix. */
export const mostVariants = 3;
