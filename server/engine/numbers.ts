import type { Numbers } from './builder.js';
import type { NodeIndex } from './graph.js';
import { endOf, type Piece } from './piece.js';

/** Numbers for the nodes of new pieces, among those of pieces that stay. */
export interface NumbersBeside extends Numbers {
    /** Leaves a piece its numbers. @returns whether it has them for itself; if not, nothing is left to it */
    keep(piece: Piece<unknown>): boolean;
}

/**
 * Gives each node the number that one like it has in a piece, and others numbers behind all of these.
 *
 * @param keyOf the same for nodes that are alike: those are told apart by their order
 */
export function numbersLike<Node>({ rows, stretches }: Piece<Node>, keyOf: (node: Node) => string): Numbers {
    const known = new Map<string, NodeIndex[]>();
    for (const { first, count, is } of rows) {
        const key = keyOf(is as Node);
        const numbers = known.get(key) ?? [];
        for (let node = first; node < first + count; node++) numbers.push(node);
        known.set(key, numbers);
    }
    for (const numbers of known.values()) numbers.reverse();
    let next = endOf([{ stretches }]);
    return {
        take: (count, is) => (count === 1 ? known.get(keyOf(is as Node))?.pop() : undefined) ?? (next += count) - count,
    };
}

/** How many numbers up to its last one no node of a piece has. */
export function unusedIn({ stretches }: Pick<Piece<unknown>, 'stretches'>): number {
    return endOf([{ stretches }]) - stretches.reduce((sum, { count }) => sum + count, 0);
}

/**
 * All numbers are free at first. What a piece leaves is given to others, so that numbers do not grow with each change.
 *
 * @param pieces that may be kept: room for their numbers is made once, and not again and again
 */
export function numbersBeside(pieces: readonly Pick<Piece<unknown>, 'stretches'>[] = []): NumbersBeside {
    let used = new Uint8Array(Math.max(1_024, endOf(pieces)));
    let next = 0;
    const reserve = (length: number) => {
        if (length <= used.length) return;
        const larger = new Uint8Array(Math.max(length, 2 * used.length));
        larger.set(used);
        used = larger;
    };
    return {
        keep({ stretches }) {
            if (stretches.some(({ first, count }) => used.subarray(first, first + count).includes(1))) return false;
            for (const { first, count } of stretches) {
                reserve(first + count);
                used.fill(1, first, first + count);
            }
            return true;
        },
        take(count) {
            if (count === 0) return next;
            let free = 0;
            // beyond the end all are free
            for (let node = next; ; node++) {
                free = used[node] === 1 ? 0 : free + 1;
                if (free < count && node < used.length) continue;
                const first = node + 1 - free;
                reserve(first + count);
                used.fill(1, first, first + count);
                next = first + count;
                return first;
            }
        },
    };
}
