import diagnosticsPage from '../../docs/diagnostics.md';
import glossaryPage from '../../docs/glossary.md';
import { visible } from '../encoding/visible.js';
import { wordMarkdown } from '../features/words.js';
import { words } from '../knowledge/words.js';
import { similarNames } from '../topology/similar-names.js';
import { colours } from './colours.js';
import { print } from './output.js';
import { UsageError } from './usage-error.js';

/** A text of the documentation, and what one asks for to get it. */
interface Entry {
    readonly title: string;
    /** In small letters. */
    readonly names: readonly string[];
    /** Markdown. */
    readonly text: string;
}

/**
 * `tsbtopo explain`: what the documentation says of the code of a diagnostic, or of a word.
 *
 * @returns the exit code
 * @throws UsageError where it says nothing, with what could have been meant
 */
export async function explain(asked: string): Promise<number> {
    const name = asked.toLowerCase().trim();
    const all = [...sectionsOf(diagnosticsPage), ...glossaryWords(glossaryPage), ...languageWords()];
    const found = all.filter(({ names }) => names.includes(name));
    const entries = found.length > 0 ? found : all.filter(({ names }) => names.some((each) => isIn(name, each)));
    if (entries.length === 0) {
        const meant = probablyMeant(
            name,
            all.flatMap(({ names }) => names),
        );
        throw new UsageError(
            `Nothing here is called '${visible(asked)}'.${meant.length > 0 ? ` Did you mean ${meant.join(' or ')}?` : ''}`,
        );
    }
    await print(`${entries.map(({ title, text }) => `${colours.bold(title)}\n\n${readable(text)}`).join('\n\n')}\n`);
    return 0;
}

/** Names that are spelt alike, or have a word that is, or go on like this. */
function probablyMeant(name: string, names: readonly string[]): string[] {
    const similar = similarNames(name, new Set([...names, ...names.flatMap((each) => each.split(' '))]));
    return similar.length > 0 || name === '' ? similar : names.filter((each) => each.startsWith(name)).slice(0, 3);
}

/** Whether all words of one name stand in another, in this order. */
function isIn(name: string, other: string): boolean {
    return name !== '' && ` ${other} `.includes(` ${name} `);
}

/** The sections of a page, which are called by what they are about. */
function sectionsOf(page: string): Entry[] {
    return page
        .split(/^## /m)
        .slice(1)
        .map((section) => {
            const [title = '', ...lines] = section.split('\n');
            return { title, names: [title.toLowerCase()], text: lines.join('\n') };
        });
}

/** The rows of the glossary: "| word, other word | meaning |", or with a sign before them. */
function glossaryWords(page: string): Entry[] {
    return page
        .split('\n')
        .filter((line) => line.startsWith('| ') && !line.startsWith('| word |') && !line.startsWith('| sign |'))
        .map((line) => {
            const cells = line.split('|').map((cell) => cell.trim());
            const [title = '', text = ''] = cells.filter((cell) => cell !== '').slice(-2);
            const names = title.split(', ').map((name) =>
                name
                    .replace(/[^\p{L}\p{N} -]/gu, '')
                    .trim()
                    .toLowerCase(),
            );
            return { title: title.replaceAll('`', ''), names, text };
        });
}

/** The constructs of the language. Their names are what is written as it is: `outlier detection`, `no outlier detection`. */
function languageWords(): Entry[] {
    return [...words].map(([type, { form }]) => ({
        title: form,
        names: form
            .split(/ {3}or {3}/)
            .map((each) => (/^[a-z][a-z -]*/.exec(each.replace(/ ?[{|"].*$/, '')) ?? [''])[0].trim())
            .filter((name) => name !== ''),
        text: (wordMarkdown(type) ?? '').replace(/^.*\n\n/, ''),
    }));
}

/** Markdown as a terminal shows it: without comments and marks, links with their addresses. */
function readable(markdown: string): string {
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
