import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A fenced block of a page. */
export interface Example {
    /** The line of the page on which its text begins, from 1. */
    readonly line: number;
    /** What stands behind the language, as in a block tagged `tsbtopo bad`. */
    readonly tag: string;
    /** The last heading of the second level above it. */
    readonly section: string;
    readonly text: string;
    /** What the reader does not see: declarations of the names that the example uses. */
    readonly setting: string;
}

/** The text of a page in docs/. */
export function readPage(name: string): string {
    return readFileSync(pagePath(name), 'utf8');
}

export function pagePath(name: string): string {
    return resolve(import.meta.dirname, '../../docs', name);
}

/**
 * The blocks of a page that are tagged `tsbtopo`. Comments `<!-- with: … -->` right before a block declare what it uses
 * from elsewhere.
 */
export function examplesIn(page: string): Example[] {
    const headings = [...page.matchAll(/^## (.+)$/gm)];
    return [...page.matchAll(/((?:^<!-- with: .* -->\n)*)^```tsbtopo(.*)\n([^]*?)^```$/gm)].map((match) => {
        const [, setting = '', tag = '', text = ''] = match;
        const start = match.index + match[0].length - text.length - 3;
        return {
            line: page.slice(0, start).split('\n').length,
            tag: tag.trim(),
            section: headings.filter((heading) => heading.index < start).at(-1)?.[1] ?? '',
            text,
            setting: [...setting.matchAll(/<!-- with: (.*) -->/g)]
                .map(([, declarations]) => `${declarations}\n`)
                .join(''),
        };
    });
}

/** An example of several files has a line `// file: NAME` before each. */
export function filesOf(text: string): Record<string, string> {
    const [first, ...parts] = text.split(/^\/\/ file: (\S+)\n/m);
    if (parts.length === 0) {
        return { 'main.tsbtopo': first! };
    }
    return Object.fromEntries(parts.flatMap((name, index) => (index % 2 === 0 ? [[name, parts[index + 1]!]] : [])));
}
