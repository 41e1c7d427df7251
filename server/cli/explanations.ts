import diagnosticsPage from '../../docs/diagnostics.md';
import { readable, sectionsOf } from './pages.js';

/** What the documentation says of the code of a diagnostic. */
export interface Explanation {
    /** Its first paragraph as plain text. */
    readonly first: string;
    /** All of it as plain text, and as Markdown without links to pages that are not there. */
    readonly text: string;
    readonly markdown: string;
}

let known: ReadonlyMap<string, string> | undefined;

/** Of one code; what is not documented says only what it is called. */
export function explanationOf(code: string): Explanation {
    known ??= new Map(sectionsOf(diagnosticsPage).map(({ title, text }) => [title, text]));
    const markdown = (known.get(code) ?? code)
        .replace(/<!--.*?-->\n?/gs, '')
        .replace(/\[([^\]]+)\]\((?!https:)[^)]*\)/g, '$1')
        .trim();
    const text = readable(markdown);
    return { first: text.split('\n\n')[0]!.replace(/\s+/g, ' '), text, markdown };
}
