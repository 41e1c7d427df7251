/**
 * What cannot be seen, or moves what is seen: control characters and line ends, direction and zero-width marks, halves of
 * characters.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * A text of somebody else as one line of a terminal, a log or a label: it cannot end the line, colour it, link from it,
 * turn it round or hide in it. What cannot be seen is spelt out, `\u{1b}`.
 */
export function visible(text: string): string {
    return text.replace(unseen, spelt);
}

/** The path of a file as it begins a line `path:line:column severity …`: nothing in it reads like the place of another. */
export function visiblePath(path: string): string {
    return visible(path).replace(/:(?=\d+:\d+ )/g, spelt);
}

/** The characters of a text that cannot be seen, in their order. */
export function unseenIn(text: string): string[] {
    return text.match(unseen) ?? [];
}

export function withoutUnseen(text: string): string {
    return text.replace(unseen, '');
}

function spelt(character: string): string {
    return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
