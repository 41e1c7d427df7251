import { xml } from './xml.js';

/**
 * A sentence of Markdown, as this tool writes them, as HTML: names, emphasis, references to characters, and links to public
 * pages become elements; all else is text.
 */
export function html(markdown: string): string {
    return markdown
        .split(marks)
        .map((part, index) => (index % 2 === 0 ? xml(part) : marked(part)))
        .join('');
}

/** What means something in our sentences. Names stand in backticks, in which nothing else does. */
const marks = /(`[^`]*`|&#\d+;|\*\*[^*]+\*\*|\*\([a-z]+\)\*|\[[^\]]*\]\(https:[^()\s]*\))/;

function marked(part: string): string {
    if (part.startsWith('`')) return `<code>${xml(part.slice(1, -1))}</code>`;
    if (part.startsWith('&#')) return xml(String.fromCodePoint(Number(part.slice(2, -1))));
    if (part.startsWith('**')) return `<strong>${html(part.slice(2, -2))}</strong>`;
    if (part.startsWith('*(')) return `<em>${xml(part.slice(1, -1))}</em>`;
    const [, title = '', address = ''] = /^\[([^\]]*)\]\((.*)\)$/.exec(part) ?? [];
    return `<a href="${xml(address)}" rel="noreferrer">${xml(title)}</a>`;
}
