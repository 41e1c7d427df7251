/**
 * A value as JSON for people and programs alike: a terminal that shows it obeys nothing in it, and a reader gets back
 * exactly the value.
 */
export function json(value: unknown): string {
    return `${JSON.stringify(value, undefined, 2).replace(unseenInText, escaped)}\n`;
}

/** `JSON.stringify` escapes the control characters up to U+001F itself, and lays out with line ends only. */
const unseenInText = /[\p{Cf}\p{Zl}\p{Zp}\x7f-\x9f]/gu;

function escaped(character: string): string {
    return Array.from({ length: character.length }, (_, at) => {
        return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
    }).join('');
}
