/**
 * Texts with places to be filled in, in the syntax of the Language Server Protocol: `$1`, `${1:text}`, `${1|a,b|}`.
 */

/** More choices than this are no help. */
const mostChoices = 20;

/** A place with a text that can be typed over. */
export function field(number: number, text: string): string {
    return `\${${number}:${escaped(text)}}`;
}

/** A place with several texts to choose from, the first one first; with one, or none, it is a plain field. */
export function choice(number: number, texts: readonly string[], otherwise = ''): string {
    const offered = texts.slice(0, mostChoices);
    return offered.length > 1
        ? `\${${number}|${offered.map((text) => text.replace(/[\\,|]/g, '\\$&')).join(',')}|}`
        : field(number, offered[0] ?? otherwise);
}

/** A text that stands as it is. */
function escaped(text: string): string {
    return text.replace(/[\\$}]/g, '\\$&');
}

/** The text that a snippet is before anything is filled in; places with the same number have the same text. */
export function plainText(snippet: string): string {
    const texts = new Map<string, string>();
    return snippet
        .replace(
            /\$\{(\d+):((?:\\.|[^\\}])*)\}|\$\{(\d+)\|((?:\\.|[^\\,|])*)(?:,(?:\\.|[^\\|])*)?\|\}|\$\{?(\d+)\}?/g,
            (_, field?: string, text?: string, choice?: string, first?: string, mirror?: string) => {
                const own = unescaped(text ?? first ?? '');
                const number = field ?? choice;
                if (number !== undefined) {
                    texts.set(number, own);
                }
                return number === undefined ? (texts.get(mirror ?? '') ?? '') : own;
            },
        )
        .replace(/\t/g, '    ');
}

function unescaped(text: string): string {
    return text.replace(/\\(.)/g, '$1');
}
