import { writeFileSync } from 'node:fs';
import { AstUtils, EmptyFileSystem, GrammarAST } from 'langium';
import { describe, expect, test } from 'vitest';
import { allDefaults } from '../../server/knowledge/defaults.js';
import { knownVersions } from '../../server/knowledge/versions.js';
import { createTsbtopoServices } from '../../server/language/create-services.js';
import { nameWriter } from '../../server/language/naming/written-names.js';
import { findElement } from '../../server/topology/element-names.js';
import { elementsOf } from '../../server/topology/elements.js';
import { wordsOfLaterVersions } from '../../server/language/syntax/promise-words.js';
import { estate } from '../fixture.js';
import { examplesIn, pagePath, readPage } from './examples.js';
import { table, withSections } from './generated-sections.js';

const page = readPage('language.md');
const examples = examplesIn(page);
const grammar = createTsbtopoServices(EmptyFileSystem).tsbtopo.Grammar;
const words = [
    ...new Set(
        AstUtils.streamAllContents(grammar)
            .filter(GrammarAST.isKeyword)
            .map((keyword) => keyword.value)
            .filter((keyword) => /^\w/.test(keyword)),
    ),
];

describe('the examples of docs/language.md', () => {
    test('are found', () => {
        expect(examples.length).toBe(page.match(/^```tsbtopo/gm)?.length);
        expect(examples.length).toBeGreaterThan(15);
    });

    test.each(examples)('line $line: $section', async ({ text, setting }) => {
        // the setting comes last, since `topology` stands at the beginning of a file
        const { diagnostics } = await estate(text + setting);
        expect(diagnostics.map(({ message }) => message)).toEqual([]);
    });

    test('show every word of the language', () => {
        const shown = new Set(examples.flatMap(({ text }) => text.match(/[a-z0-9]+(-[a-z0-9]+)*/g)));
        expect(words.filter((word) => !shown.has(word) && !wordsOfLaterVersions.has(word))).toEqual([]);
    });
});

test('the page names every default, as it is', () => {
    const lines = page.split('\n- ');
    for (const { id, says } of allDefaults) {
        const line = lines.find((each) => each.includes(`[${id}](model.md#defaults)`));
        expect(line, id).toBeDefined();
        expect(line, id).toContain(`\`${says}\``);
    }
});

test('the page names the known versions', () => {
    expect(page).toContain(`Known are ${knownVersions[0]} to ${knownVersions.at(-1)}.`);
});

test('the names of elements are names of elements', async () => {
    const section = page.slice(page.indexOf('\n## Names of elements'));
    const example = examples.find((each) => each.section === 'Names of elements')!;
    const elements = elementsOf((await estate(example.text)).topology);
    const [full, short] = [...section.matchAll(/(?:^\|.*\n)+/gm)].map(([rows]) => firstCells(rows));
    for (const name of full!) expect(findElement(elements, name).found?.name).toBe(name);
    for (const name of short!) expect(findElement(elements, name).found, name).toBeDefined();
});

/** The texts in backquotes in the first cells of the rows of a table. */
function firstCells(rows: string): string[] {
    return rows
        .split('\n')
        .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
}

test('docs/language.md lists the words that need quotes (UPDATE_DOCS=1 writes them anew)', () => {
    const current = withSections(page, { words: wordTable() });
    if (process.env['UPDATE_DOCS']) {
        writeFileSync(pagePath('language.md'), current);
    } else {
        expect(page).toBe(current);
    }
});

function wordTable(): string {
    const write = nameWriter(grammar);
    const quotedIn = (rule: string) => words.filter((word) => write(word, rule) !== word);
    const everywhere = quotedIn('ServiceName');
    const places = quotedIn('RegionName').filter((word) => !everywhere.includes(word));
    const gateways = quotedIn('GatewayName').filter((word) => !everywhere.includes(word) && !places.includes(word));
    const list = (some: readonly string[]) => some.map((word) => `\`${word}\``).join(' ');
    return table(
        ['these words need quotes', 'where they are names'],
        [
            [list(everywhere), 'of anything'],
            [list(places), 'of a region, a zone or a gateway'],
            [list(gateways), 'of a gateway'],
        ],
    );
}
