/**
 * How wide a text is in the fonts of user interfaces, in px: from a table, so that the same text makes the same picture on
 * every machine. On the safe side of Segoe UI, SF, Inter and DejaVu.
 */
export function textWidth(text: string, size: number, bold = false): number {
    let width = 0;
    for (const character of text) width += widthOf(character);
    return Math.ceil(width * size * (bold ? 1.2 : 1.1));
}

/** A text that fits, with its end left out where it does not. */
export function fitted(text: string, width: number, size: number, bold = false): string {
    if (textWidth(text, size, bold) <= width) return text;
    const characters = [...text];
    while (characters.length > 1 && textWidth(`${characters.join('')}…`, size, bold) > width) characters.pop();
    return `${characters.join('').trimEnd()}…`;
}

/** In parts of the size of the font. */
function widthOf(character: string): number {
    if (/[iljI.,:;|!'’`]/.test(character)) return 0.28;
    if (/[ftr()[\]{}/\\\-"* ]/.test(character)) return 0.36;
    if (/[mwMW@%…—]/.test(character)) return 0.88;
    if (/[A-Z&#+=<>~^]/.test(character)) return 0.68;
    if (/[0-9a-z_$?]/.test(character)) return 0.56;
    // East Asian and pictures are as wide as high
    return character.codePointAt(0)! > 0x2e7f ? 1.05 : 0.66;
}
