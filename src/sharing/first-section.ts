/** A page of Markdown up to the end of its first section: a page begins with its answer. */
export function firstSection(markdown: string): string {
    const [beginning = '', first, ...others] = markdown.split(/^(?=## )/m);
    if (first === undefined || others.length === 0) return markdown;
    return `${(beginning + first).trimEnd()}\n`;
}
