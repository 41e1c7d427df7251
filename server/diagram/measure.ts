/**
 * How wide a text is in the fonts of user interfaces, in px: from a table, so that the same text makes the same picture on
 * every machine. On the safe side of Segoe UI, SF, Inter and DejaVu.
 */
export function textWidth(text: string, size: number, bold = false): number {
    let width = 0;
    for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index);
        // both halves of a character beyond the first plane are one
        if (code >= 0xd800 && code < 0xdc00) {
            const whole = text.codePointAt(index)!;
            if (whole > 0xffff) index++;
            width += widthOf(whole);
        } else width += code < widths.length ? widths[code]! : widthOf(code);
    }
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
function widthOf(code: number): number {
    const character = String.fromCodePoint(code);
    if (/[iljI.,:;|!'’`]/.test(character)) return 0.28;
    if (/[ftr()[\]{}/\\\-"* ]/.test(character)) return 0.36;
    if (/[mwMW@%…—]/.test(character)) return 0.88;
    if (/[A-Z&#+=<>~^]/.test(character)) return 0.68;
    if (/[0-9a-z_$?]/.test(character)) return 0.56;
    // East Asian and pictures are as wide as high
    return code > 0x2e7f ? 1.05 : 0.66;
}

/** Of the characters that names are mostly made of. */
const widths = Float64Array.from({ length: 0x250 }, (_, code) => widthOf(code));
