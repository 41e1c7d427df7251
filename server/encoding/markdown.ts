import { visible } from './visible.js';

/**
 * A name as it stands in a sentence. Sentences are Markdown; this is how names enter them, and nothing in a name can act
 * there: not in a paragraph, a heading or a list, and not in the cell of a table. {@link plain} takes the marks out again.
 */
export function code(name: string): string {
    // neither a backtick nor a `|` can be written inside of backticks everywhere; a character reference is only itself
    return visible(name).replace(/([^`|]+)|[`|]/g, (mark, rest?: string) => (rest ? `\`${rest}\`` : reference(mark)));
}

/** Plain text, such as a headline, as a part of a Markdown sentence; without the look of a name. */
export function text(plainText: string): string {
    return visible(plainText).replace(active, (marks) => Array.from(marks, reference).join(''));
}

/** What means something anywhere in Markdown; what does in an address; what does at the beginning of a line. */
const active = /[$&*<>@[\\\]_`|~]|(?<=www)\.|(?<=\/)\/|^\s*[#+=-]+|^\s+|(?<=^\d+)[.)]/gi;

/** Lines as a block that shows them as they are. */
export function fenced(lines: readonly string[]): string {
    const shown = lines.map(visible);
    const longest = Math.max(2, ...shown.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
    const fence = '`'.repeat(longest + 1);
    return [`${fence}text`, ...shown, fence].join('\n');
}

/** A link to a command of ours. @param title Markdown */
export function commandLink(title: string, command: string, ...args: readonly unknown[]): string {
    return `[${title}](command:${command}${args.length > 0 ? `?${inAddress(JSON.stringify(args))}` : ''})`;
}

function inAddress(argument: string): string {
    return encodeURIComponent(argument).replace(/[!'()*]/g, (mark) => `%${codeOf(mark).toString(16)}`);
}

/** The sentence without Markdown, for terminals and for the end of a line: what went into {@link code}, as one line. */
export function plain(markdown: string): string {
    return markdown.replace(
        /`([^`]*)`|&#(\d+);|\*\*|\*(\([a-z]+\))\*/g,
        (_, name?: string, character?: string, note?: string) =>
            name ?? (character === undefined ? (note ?? '') : String.fromCodePoint(Number(character))),
    );
}

function reference(character: string): string {
    return `&#${codeOf(character)};`;
}

function codeOf(character: string): number {
    return character.codePointAt(0)!;
}
