export type Path = readonly (string | number)[];

/** Where things are written, how they are known, and what only messages speak of. */
const meaningless = /^(at|nameAt|hostAt|origin|owner|labels|files|named|unknown|hasUnknown.*)$/;

/** Where numbers and yes-or-nos stand in plain data. */
export function* valuesIn(value: unknown, path: Path = []): Generator<Path> {
    if (typeof value === 'number' || typeof value === 'boolean') yield path;
    if (typeof value !== 'object' || value === null || value instanceof Map) return;
    for (const [key, each] of Object.entries(value)) {
        if (!meaningless.test(key)) yield* valuesIn(each, [...path, key]);
    }
}

export function withOther(value: unknown, [key, ...rest]: Path): unknown {
    if (key === undefined) return typeof value === 'number' ? value + 1 : !value;
    if (Array.isArray(value)) {
        return (value as unknown[]).map((each, index) => (String(index) === key ? withOther(each, rest) : each));
    }
    return { ...(value as object), [key]: withOther((value as Record<string, unknown>)[key], rest) };
}

/** Where lists stand that have anything in them. */
export function* listsIn(value: unknown, path: Path = []): Generator<Path> {
    if (typeof value !== 'object' || value === null || value instanceof Map) return;
    if (Array.isArray(value) && value.length > 0) yield path;
    for (const [key, each] of Object.entries(value)) {
        if (!meaningless.test(key)) yield* listsIn(each, [...path, key]);
    }
}

/** Without one of the things in a list. */
export function withoutOne(value: unknown, [key, ...rest]: Path, place: number): unknown {
    if (key === undefined) return (value as unknown[]).filter((_, index) => index !== place);
    if (Array.isArray(value)) {
        return (value as unknown[]).map((each, index) =>
            String(index) === key ? withoutOne(each, rest, place) : each,
        );
    }
    return { ...(value as object), [key]: withoutOne((value as Record<string, unknown>)[key], rest, place) };
}
