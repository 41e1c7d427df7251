/**
 * What is read of an object: a list of fields, and nothing else. Types of what is read come from it, so that code cannot
 * look at a field which is not on the list.
 */
export type Shape = Scalar | ListOf<Shape> | Fields<Named> | TextMap;

/** Shapes by the names of their fields, which are ours; those of a file are looked up in `byName`. */
export interface Named {
    // eslint-disable-next-line no-restricted-syntax -- so that types know the fields; nothing is looked up in it
    readonly [field: string]: Shape;
}

/** `present` says only whether something other than null stands there. */
export type Scalar = 'text' | 'number' | 'flag' | 'present';

export interface ListOf<S extends Shape> {
    readonly list: S;
}

export interface Fields<F extends Named> {
    readonly fields: F;
    readonly byName: ReadonlyMap<string, Shape>;
}

/** Texts by their keys: all of them, as of labels, or those of a few keys, as of annotations. */
export interface TextMap {
    readonly texts: 'all' | readonly string[];
}

/** What has been read by a shape; all of it may be missing. `line` is where an object begins, counted from 1. */
export type Read<S extends Shape> = S extends 'text'
    ? string
    : S extends 'number'
      ? number
      : S extends 'flag'
        ? boolean
        : S extends 'present'
          ? true
          : S extends ListOf<infer Item>
            ? readonly Read<Item>[]
            : S extends TextMap
              ? ReadonlyMap<string, string>
              : S extends Fields<infer F>
                ? { readonly [K in keyof F]?: Read<F[K]> } & { readonly line?: number }
                : never;

export const list = <const S extends Shape>(item: S): ListOf<S> => ({ list: item });
export const fields = <const F extends Named>(of: F): Fields<F> => ({
    fields: of,
    byName: new Map(Object.entries(of)),
});
export const labels: TextMap = { texts: 'all' };
export const texts = (...keys: readonly string[]): TextMap => ({ texts: keys });

/** A place in a tree of values, whatever it was written in. Null counts as nothing. */
export interface Cursor {
    /** Counted from 1; unknown in JSON. */
    readonly line: number | undefined;
    scalar(): string | number | boolean | undefined;
    items(): readonly Cursor[] | undefined;
    /** The value of a field; the last one, where it is said several times. */
    field(name: string): Cursor | undefined;
    /** All of its fields; undefined where it is none. */
    keys(): readonly string[] | undefined;
}

/** What is odd about a tree: a field by its path, never by its value. */
export interface Oddity {
    readonly path: string;
    readonly line: number | undefined;
    readonly wanted: string;
}

/** So much of one object is looked at; aliases could make far more of it than anybody wrote. */
export const mostValues = 200_000;

/** More than {@link mostValues}. */
export class TooMuch extends Error {}

/**
 * Reads what a shape asks for. What is of another kind than asked for is left out and told.
 *
 * @throws TooMuch
 */
export function read<S extends Shape>(shape: S, at: Cursor, onOdd: (oddity: Oddity) => void): Read<S> | undefined {
    let left = mostValues;
    const odd = (path: string, { line }: Cursor, wanted: string) => void onOdd({ path, line, wanted });
    const look = (asked: Shape, cursor: Cursor, path: string): unknown => {
        if (--left < 0) throw new TooMuch();
        if (typeof asked === 'string') return scalarOf(asked, cursor, path, odd);
        if ('list' in asked) {
            const items = cursor.items();
            if (!items) return odd(path, cursor, 'a list');
            return items.flatMap((item) => {
                const value = look(asked.list, item, `${path}[]`);
                return value === undefined ? [] : [value];
            });
        }
        const keys = cursor.keys();
        if (!keys) return odd(path, cursor, 'fields');
        if ('texts' in asked) return textsOf(asked, cursor, keys);
        const found: [string, unknown][] = [];
        for (const [name, inner] of asked.byName) {
            const value = cursor.field(name);
            const taken = value && look(inner, value, path === '' ? name : `${path}.${name}`);
            if (taken !== undefined) found.push([name, taken]);
        }
        if (cursor.line !== undefined) found.push(['line', cursor.line]);
        return Object.fromEntries(found);
    };
    const textsOf = ({ texts: wanted }: TextMap, cursor: Cursor, keys: readonly string[]) => {
        const chosen = wanted === 'all' ? keys : keys.filter((key) => wanted.includes(key));
        return new Map(
            chosen.flatMap((key): [string, string][] => {
                if (--left < 0) throw new TooMuch();
                const value = cursor.field(key)?.scalar();
                return value === undefined ? [] : [[key, String(value)]];
            }),
        );
    };
    return look(shape, at, '') as Read<S> | undefined;
}

function scalarOf(
    asked: Scalar,
    cursor: Cursor,
    path: string,
    odd: (path: string, cursor: Cursor, wanted: string) => void,
): unknown {
    const value = cursor.scalar();
    if (asked === 'present') return value !== undefined || cursor.keys() || cursor.items() ? true : undefined;
    if (value === undefined) return cursor.keys() || cursor.items() ? odd(path, cursor, 'a single value') : undefined;
    if (asked === 'text') return String(value);
    if (asked === 'flag') {
        const word = String(value).toLowerCase();
        if (['true', 'yes', 'on'].includes(word)) return true;
        return ['false', 'no', 'off'].includes(word) ? false : odd(path, cursor, 'true or false');
    }
    const number = Number(value);
    return Number.isSafeInteger(number) && value !== '' ? number : odd(path, cursor, 'a whole number');
}
