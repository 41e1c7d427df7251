import diagnosticsPage from '../../docs/diagnostics.md';
import glossaryPage from '../../docs/glossary.md';
import { visible } from '../encoding/visible.js';
import { sourceLink } from '../impact/facts-markdown.js';
import { wordMarkdown } from '../impact/words.js';
import { componentKinds, type ComponentKind } from '../knowledge/components.js';
import { words } from '../knowledge/words.js';
import { shortForms } from '../topology/element-names.js';
import { similarNames } from '../topology/similar-names.js';
import { colours } from './colours.js';
import { print } from './output.js';
import { readable, sectionsOf } from './pages.js';
import { UsageError } from './usage-error.js';

/** A text of the documentation, and what one asks for to get it. */
interface Entry {
    readonly title: string;
    /** Of what kind it is: one name may stand for several things. */
    readonly kind: 'diagnostic' | 'glossary' | 'who notices' | 'language' | 'component';
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
    const name = nameOf(asked);
    const all = allEntries();
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
    await print(
        `${entries.map(({ title, kind, text }) => `${colours.bold(title)}${colours.dim(`  (${kind})`)}\n\n${readable(text)}`).join('\n\n')}\n`,
    );
    return 0;
}

/** Every name that is explained, in the order of the documentation. */
export function explainedNames(): string[] {
    return [...new Set(allEntries().flatMap(({ names }) => names))];
}

function allEntries(): Entry[] {
    return [
        ...diagnostics(),
        ...glossaryWords(glossaryPage),
        ...signs(glossaryPage),
        ...languageWords(),
        ...components(),
    ];
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

function diagnostics(): Entry[] {
    return sectionsOf(diagnosticsPage).map(({ title, text }) => ({
        title,
        kind: 'diagnostic',
        names: [nameOf(title)],
        text,
    }));
}

/** What somebody asks for, and what answers to it, written alike. */
function nameOf(text: string): string {
    return text.toLowerCase().replaceAll('\u{fe0f}', '').trim();
}

/** The cells of the rows of all tables of a page that have so many columns, without the heads. */
function rowsOf(page: string, columns: number): string[][] {
    return page
        .split('\n')
        .filter((line) => line.startsWith('| ') && !/^\| (word|sign) \|/.test(line))
        .map((line) =>
            line
                .split('|')
                .slice(1, -1)
                .map((cell) => cell.trim().replaceAll('`', '')),
        )
        .filter((cells) => cells.length === columns);
}

/** The rows of the glossary: "| word, other word | meaning |"; a word may have a sign behind it. */
function glossaryWords(page: string): Entry[] {
    return rowsOf(page, 2).map(([title = '', text = '']) => {
        const names = title.split(', ').flatMap((name) => {
            const [word = '', sign] = name.split(/ (?=[^\p{L}\p{N}]+$)/u);
            return [word, ...(sign === undefined ? [] : [sign])].map(nameOf);
        });
        return { title, kind: 'glossary', names, text };
    });
}

/** The signs for who notices, each by itself and by its name, and all of them together. */
function signs(page: string): Entry[] {
    const rows = rowsOf(page, 3);
    const all = rows.map((cells) => `${cells[0]} ${cells[1]}: ${cells[2]}`).join('\n\n');
    return [
        { title: 'who notices', kind: 'who notices', names: ['who notices'], text: all },
        ...rows.map(([sign = '', name = '', text = '']): Entry => ({
            title: `${sign} ${name}`,
            kind: 'who notices',
            names: [nameOf(sign), name],
            text,
        })),
    ];
}

/** What can fail, by the name of its kind, the last part of the names of its elements, and what people call it for short. */
function components(): Entry[] {
    return Object.entries<ComponentKind>(componentKinds).map(([id, { title, purpose, segment = id, source }]) => ({
        title: segment,
        kind: 'component',
        names: [
            ...new Set([
                id,
                segment,
                nameOf(title),
                ...[...shortForms].flatMap(([short, long]) => (long === id || long === segment ? [short] : [])),
            ]),
        ],
        text: `${purpose}\n\n${sourceLink(source)}`,
    }));
}

/**
 * The constructs of the language, and single words of them that mean something by themselves. Their names are what is
 * written as it is: `outlier detection`, `no outlier detection`.
 */
function languageWords(): Entry[] {
    return [...words].flatMap(([type, { form, parts }]): Entry[] => [
        {
            title: form,
            kind: 'language',
            names: form
                .split(/ {3}or {3}/)
                .map((each) => (/^[a-z][a-z -]*/.exec(each.replace(/ ?[{|"].*$/, '')) ?? [''])[0].trim())
                .filter((name) => name !== ''),
            text: (wordMarkdown(type) ?? '').replace(/^.*\n\n/, ''),
        },
        ...[...(parts ?? [])].map(([part, text]): Entry => ({
            title: `${part}, of ${form}`,
            kind: 'language',
            names: [part],
            text,
        })),
    ]);
}
