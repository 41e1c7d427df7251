/** How many changes a name may be away from what was written, to be what was meant. */
export function tolerance(length: number): number {
    return length < 4 ? 1 : length < 8 ? 2 : 3;
}

/**
 * The names that were probably meant: those that need the fewest letters added, left out, changed or swapped. At most
 * three, and only if they are close.
 */
export function similarNames(written: string, names: Iterable<string>): string[] {
    let best = tolerance(written.length);
    let similar = new Set<string>();
    const lowerCase = written.toLowerCase();
    for (const name of names) {
        if (Math.abs(name.length - written.length) > best || name === written) {
            continue;
        }
        const distance = editDistance(lowerCase, name.toLowerCase(), best);
        if (distance < best) {
            best = distance;
            similar = new Set();
        }
        if (distance <= best && distance < written.length) {
            similar.add(name);
        }
    }
    return [...similar].sort().slice(0, 3);
}

/** Edit distance with neighbouring letters swapped as one change; anything above `limit` is as good as infinite. */
export function editDistance(a: string, b: string, limit: number): number {
    let beforeLast: number[] = [];
    let last = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let row = 1; row <= a.length; row++) {
        const current = [row];
        for (let column = 1; column <= b.length; column++) {
            const same = a[row - 1] === b[column - 1];
            let distance = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
            if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
                distance = Math.min(distance, beforeLast[column - 2]! + 1);
            }
            current.push(distance);
        }
        if (Math.min(...current) > limit) {
            return Infinity;
        }
        beforeLast = last;
        last = current;
    }
    return last[b.length]!;
}
