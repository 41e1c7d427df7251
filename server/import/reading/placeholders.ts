/**
 * What a template leaves open: `${region}`, `$REGION`, `{{ .Values.region }}`. It equals itself wherever it stands, and
 * nothing else. While a file is read, one sign stands for it which no file has.
 */
export interface Placeholders {
    /** A text with what is known filled in, and a sign for each of the others. */
    hidden(this: void, text: string): string;
    /** How a person writes it: the text with its placeholders as they stand in files. */
    shown(this: void, text: string): string;
}

/** What values are known: of `$NAME` and `${NAME}`, and of `{{ .Values.a.b }}`. */
export interface KnownValues {
    readonly variables: ReadonlyMap<string, string>;
    readonly values: ReadonlyMap<string, string>;
}

const [opening, closing] = ['\ue000', '\ue001'];
const signs = new RegExp(`${opening}(\\d+)${closing}`, 'g');

/** Whether any placeholder is in a text that has been read. */
export function isOpen(text: string): boolean {
    return text.includes(opening);
}

/** Whether nothing but placeholders is in it. */
export function isWhollyOpen(text: string): boolean {
    return isOpen(text) && text.replace(signs, '').trim() === '';
}

/** A table of placeholders, for all files of one import. */
export function placeholders({ variables, values }: KnownValues): Placeholders {
    const numbers = new Map<string, number>();
    const written: string[] = [];
    const sign = (name: string) => {
        let number = numbers.get(name);
        if (number === undefined) {
            number = written.push(name) - 1;
            numbers.set(name, number);
        }
        return `${opening}${number}${closing}`;
    };
    return {
        hidden: (text) =>
            text
                .replaceAll(opening, '')
                .replaceAll(closing, '')
                .replace(/\{\{-?\s*(.*?)\s*-?\}\}/g, (_, expression: string) => {
                    const path = /^\.Values\.([\w.-]+?)(?:\s*\|\s*(?:quote|squote|trim))?$/.exec(expression)?.[1];
                    const simple = /^[.\w-]{1,100}$/.test(expression) ? ` ${expression} ` : path && ` .Values.${path} `;
                    return (path && values.get(path)) ?? sign(`{{${simple ?? ' … '}}}`);
                })
                .replace(/\$\{([^}\n]{1,200})\}|\$([A-Za-z_]\w*)/g, (_, braced?: string, bare?: string) => {
                    const name = braced ?? bare ?? '';
                    const isName = /^[A-Za-z_][\w.]*$/.test(name);
                    return variables.get(name) ?? values.get(name) ?? sign(isName ? `\${${name}}` : '${…}');
                }),
        shown: (text) => text.replace(signs, (_, number: string) => written[Number(number)] ?? ''),
    };
}

/** Lines of nothing but a template's own words, which mean nothing here. */
const directive = /^\s*(?:(?:\{\{-?(?!\s*\.Values).*?-?\}\}|%\{[^}]*\})\s*)+$/;

/** A text without the lines that only a template engine understands; the others stay where they are. */
export function withoutDirectives(text: string): { readonly text: string; readonly left: number } {
    if (!text.includes('{{') && !text.includes('%{')) return { text, left: 0 };
    let left = 0;
    const lines = text.split('\n').map((line) => {
        if (directive.test(line)) {
            left++;
            return '';
        }
        return line.replace(/%\{[^}\n]*\}/g, '');
    });
    return { text: lines.join('\n'), left };
}
