/** A section of a page of the documentation, which is called by what it is about. */
export interface Section {
    readonly title: string;
    /** Markdown. */
    readonly text: string;
}

/** The sections of a page. */
export function sectionsOf(page: string): Section[] {
    return page
        .split(/^## /m)
        .slice(1)
        .map((section) => {
            const [title = '', ...lines] = section.split('\n');
            return { title, text: lines.join('\n') };
        });
}

/** Markdown as a terminal shows it: without comments and marks, links with their addresses. */
export function readable(markdown: string): string {
    return markdown
        .replace(/<!--.*?-->\n?/gs, '')
        .replace(/^```.*\n/gm, '\n')
        .replace(/\[([^\]]+)\]\((https?:[^)]+)\)/g, '$1 ($2)')
        .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
        .replace(/\*\*([^*]+)\*\*/g, '$1')
        .replace(/(?<![\w*])([*_])(?! )([^*_\n]+)\1(?![\w*])/g, '$2')
        .replace(/`([^`\n]+)`/g, '$1')
        .replace(/\n{3,}/g, '\n\n')
        .trim();
}
