import type { Cursor } from './shape.js';

/** A value of JSON as a tree. */
export function jsonCursor(value: unknown): Cursor {
    const fieldsOf = isObject(value) ? value : undefined;
    const valueOf = (name: string): unknown =>
        fieldsOf && Object.hasOwn(fieldsOf, name) ? Reflect.get(fieldsOf, name) : undefined;
    return {
        line: undefined,
        scalar: () => (typeof value === 'object' ? undefined : (value as string | number | boolean | undefined)),
        items: () => (Array.isArray(value) ? value.filter((item) => item !== null).map(jsonCursor) : undefined),
        keys: () => fieldsOf && Object.keys(fieldsOf),
        field: (name) => {
            const found = valueOf(name);
            return found === undefined || found === null ? undefined : jsonCursor(found);
        },
    };
}

function isObject(value: unknown): value is object {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The values of a text of JSON: one, or several behind each other, as when answers were appended to a file.
 *
 * @returns undefined where it is no JSON
 */
export function jsonValues(text: string): readonly unknown[] | undefined {
    const whole = parsed(text);
    if (whole) return [whole.value];
    const pieces = jsonPieces(text);
    if (pieces.length < 2) return undefined;
    const values = pieces.map(parsed);
    return values.every((value) => value !== undefined) ? values.map(({ value }) => value) : undefined;
}

/** What `JSON.parse` says of a mistake quotes the text, so nobody sees it. */
function parsed(text: string): { readonly value: unknown } | undefined {
    try {
        return { value: JSON.parse(text) as unknown };
    } catch {
        return undefined;
    }
}

function jsonPieces(text: string): string[] {
    const pieces: string[] = [];
    let depth = 0;
    let begin = 0;
    for (let at = 0; at < text.length; at++) {
        const character = text[at];
        if (character === '"') {
            at++;
            while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
        } else if (character === '{' || character === '[') {
            if (depth++ === 0) begin = at;
        } else if ((character === '}' || character === ']') && --depth === 0) pieces.push(text.slice(begin, at + 1));
    }
    return pieces;
}
