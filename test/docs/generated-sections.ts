/** Where generated text begins and ends in a page: `<!-- generated: rules -->` … `<!-- end of rules -->`. */
const section = /<!-- generated: ([a-z-]+) -->\n([^]*?)<!-- end of \1 -->/g;

/** The names of the generated sections of a page, in order. */
export function sectionNames(page: string): string[] {
    return [...page.matchAll(section)].map(([, name]) => name!);
}

/** The page with each generated section written anew; a section of which nothing is known is an error. */
export function withSections(page: string, contents: Readonly<Record<string, string>>): string {
    return page.replace(section, (_, name: string) => {
        const content = contents[name];
        if (content === undefined) {
            throw new Error(`There is nothing to generate for the section "${name}".`);
        }
        return `<!-- generated: ${name} -->\n\n${content.trim()}\n\n<!-- end of ${name} -->`;
    });
}

/** The page with one generated section written anew; the others stay as they are. */
export function withSection(page: string, name: string, content: string): string {
    const present = Object.fromEntries([...page.matchAll(section)].map(([, each, text]) => [each!, text!]));
    return withSections(page, { ...present, [name]: content });
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
    return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
