/** Values by a text, which may come from a user: `constructor` and `__proto__` are texts like any other. */
export type Table<T> = ReadonlyMap<string, T>;

/** A table of what is written here. */
// eslint-disable-next-line no-restricted-syntax -- the one place where a table is written as an object
export function table<T>(entries: { readonly [key: string]: T }): Table<T> {
    return new Map(Object.entries(entries));
}
