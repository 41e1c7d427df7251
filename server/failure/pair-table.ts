/** A number for each of some pairs of things, which have numbers themselves, from 0 on. */
export interface PairTable {
    /** The same from either end; undefined where none was set. */
    readonly get: (one: number, other: number) => number | undefined;
    /** @param value not negative, nor larger than 2³¹ - 2 */
    readonly set: (one: number, other: number, value: number) => void;
}

/** A thing that has pairs with one in so many others gets a row for all: it takes less room then than a map. */
const sparse = 8;

/** An empty table. What it holds takes room, and what it could hold does not. */
export function createPairTable(count: number): PairTable {
    const rows = new Map<number, Map<number, number> | Int32Array>();
    const setIn = (row: number, column: number, value: number) => {
        let known = rows.get(row);
        if (!known) rows.set(row, (known = new Map()));
        if (known instanceof Map && known.size * sparse >= count) rows.set(row, (known = wholeRow(known, count)));
        if (known instanceof Map) known.set(column, value);
        else known[column] = value + 1;
    };
    return {
        get(one, other) {
            const row = rows.get(one);
            if (!(row instanceof Int32Array)) return row?.get(other);
            const value = row[other]!;
            return value === 0 ? undefined : value - 1;
        },
        set(one, other, value) {
            setIn(one, other, value);
            setIn(other, one, value);
        },
    };
}

/** One more than each value, and 0 where there is none. */
function wholeRow(values: ReadonlyMap<number, number>, count: number): Int32Array {
    const row = new Int32Array(count);
    for (const [column, value] of values) row[column] = value + 1;
    return row;
}
