import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { words } from '../../server/knowledge/words.js';

const root = resolve(import.meta.dirname, '../..');

/** Words that users do not read, since another one stands for the thing: see docs/glossary.md. */
const replaced: readonly (readonly [word: RegExp, instead: string])[] = [
    [/\bgone\b/, 'down, or lost for good'],
    [/\bdead\b/, 'down'],
    [/\bhomes?\b/, 'cluster'],
    [/\bmoves?\b/, 'fails over'],
    [/\bgo(es)? on to\b/, 'fails over'],
    [/\bpart…/, 'component…'],
    [/\btotally lost\b/, 'lost'],
    [/\bafter a gap of\b/, 'down for'],
    [/\bheld by\b/i, 'stays up thanks to'],
    [/\b(two|both) readings\b/i, 'at the earliest, at the latest'],
    [/\bcomplain\b/, 'No findings.'],
    [/(?<!There )is no (\.tsbtopo|topology) file/, 'is not a .tsbtopo file'],
];

/** Those of them that have no other meaning in a text about an estate. */
const replacedInDocs = replaced
    .filter(([word]) => ['gone', 'dead', 'homes?'].some((source) => word.source === `\\b${source}\\b`))
    .concat([[/\b(message|warning|finding) is down\b/, 'goes away']]);

/** Where sentences for users stand. */
const rooms = [
    'impact',
    'findings',
    'diagram',
    'matrix',
    'report',
    'features',
    'cli',
    'import',
    'fixes',
    'language',
    'simulation',
].map((room) => `server/${room}`);

describe('one word for one thing', () => {
    test.each([...rooms, 'src'])('in %s', (room) => {
        const wrong = filesIn(join(root, room)).flatMap((file) =>
            sentencesIn(file).flatMap(({ text, line }) =>
                replaced
                    .filter(([word]) => word.test(text))
                    .map(([, instead]) => `${file.slice(root.length + 1)}:${line} "${text}": ${instead}`),
            ),
        );
        expect(wrong).toEqual([]);
    });

    test.each(['diagnostics', 'tutorial', 'how-to', 'faq', 'time', 'cli'])('in the prose of docs/%s.md', (name) => {
        const wrong = proseIn(readFileSync(join(root, `docs/${name}.md`), 'utf8')).flatMap(({ text, line }) =>
            replacedInDocs
                .filter(([word]) => word.test(text))
                .map(([, instead]) => `${name}.md:${line} "${text}": ${instead}`),
        );
        expect(wrong).toEqual([]);
    });

    test('in the meanings of words of the language', () => {
        const wrong = [...words].filter(([, { says }]) => replacedInDocs.some(([word]) => word.test(says)));
        expect(wrong).toEqual([]);
    });

    test.each(['package.nls.json'])('in %s', (name) => {
        const texts = Object.values(JSON.parse(readFileSync(join(root, name), 'utf8')) as Record<string, string>);
        const wrong = texts.flatMap((text) =>
            replaced.filter(([word]) => word.test(text)).map(([, instead]) => `"${text}": ${instead}`),
        );
        expect(wrong).toEqual([]);
    });
});

function filesIn(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
        .map(({ parentPath, name }) => join(parentPath, name))
        .filter((file) => !file.includes('generated'));
}

/** The lines of a page without what is code, a comment or the address of a link. */
function proseIn(page: string): Sentence[] {
    const blank = (text: string) => text.replace(/[^\n]/g, '');
    return page
        .replace(/^```.*?^```/gms, blank)
        .replace(/<!--.*?-->/gs, blank)
        .replace(/^#.*$/gm, blank)
        .replace(/`[^`\n]*`/g, '')
        .replace(/\[[\w-]+\]\([^)]*\)/g, '')
        .split('\n')
        .map((text, index) => ({ text, line: index + 1 }));
}

interface Sentence {
    readonly text: string;
    readonly line: number;
}

/** Every literal with more than a word in it, and the pieces of templates: what is shown; names and codes have no spaces. */
function sentencesIn(file: string): Sentence[] {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const found: Sentence[] = [];
    const visit = (node: ts.Node): void => {
        if (ts.isImportDeclaration(node)) return;
        const isText =
            ts.isStringLiteral(node) ||
            ts.isNoSubstitutionTemplateLiteral(node) ||
            ts.isTemplateHead(node) ||
            ts.isTemplateMiddle(node) ||
            ts.isTemplateTail(node);
        if (isText && /\s/.test(node.text))
            found.push({ text: node.text, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
        ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
}
