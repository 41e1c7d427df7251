import { readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { isAstNode } from 'langium';
import { describe, expect, test } from 'vitest';
import { examplesIn, readPage } from '../../docs/examples.js';
import { format, formatRange, parse } from './format.js';
import { words, written } from './random-file.js';
import { share } from '../../share.js';

const root = resolve(import.meta.dirname, '../../..');

/** Every example of the repository, by where it stands. */
const examples: [where: string, text: string][] = [
    ...filesIn('examples'),
    ...filesIn('test'),
    ...['language.md', 'diagnostics.md', 'model.md', '../README.md'].flatMap((page) =>
        examplesIn(readPage(page)).map(({ line, text }): [string, string] => [`${page}:${line}`, text]),
    ),
];

function filesIn(folder: string): [string, string][] {
    return readdirSync(resolve(root, folder)).flatMap((name) => {
        const path = `${folder}/${name}`;
        if (name === 'node_modules' || name === 'corpus') return []; // the corpus has a test of its own
        if (statSync(resolve(root, path)).isDirectory()) return filesIn(path);
        return name.endsWith('.tsbtopo') ? [[path, readFileSync(resolve(root, path), 'utf8')] as [string, string]] : [];
    });
}

/** The syntax tree, without where things stand. */
function meaning(text: string): string {
    return JSON.stringify(parse(text).parseResult.value, (key, value: unknown) => {
        if (key.startsWith('$') && key !== '$type') return undefined;
        return isReference(value) ? value.$refText : value;
    });
}

function isReference(value: unknown): value is { $refText: string } {
    return typeof value === 'object' && value !== null && '$refText' in value && !isAstNode(value);
}

/** Everything but white space, comments included. */
function ink(text: string): string {
    return text.replace(/\s+/g, '');
}

function mistakes(text: string): string[] {
    const { lexerErrors, parserErrors } = parse(text).parseResult;
    return [...lexerErrors, ...parserErrors].map(({ message }) => message);
}

async function expectSound(text: string): Promise<string> {
    const formatted = await format(text);
    expect(ink(formatted)).toBe(ink(text));
    expect(meaning(formatted)).toBe(meaning(text));
    expect(mistakes(formatted)).toEqual(mistakes(text));
    expect(await format(formatted)).toBe(formatted);
    expect(await formatRange(`<|${text}|>`)).toBe(formatted);
    return formatted;
}

describe('every example', () => {
    test('is found', () => {
        expect(examples.length).toBeGreaterThan(100);
    });

    test.each(examples)('%s keeps its meaning', async (_, text) => {
        await expectSound(text);
    });

    test.each(examples.filter(([where, text]) => /^(examples|language.md)/.test(where) && mistakes(text).length === 0))(
        '%s is formatted',
        async (_, text) => {
            expect(await format(text)).toBe(text);
        },
    );
});

describe('any file', () => {
    const files = words.chain(written);

    test('keeps its meaning, and is tidy', async () => {
        const runs = share(300);
        let sound = 0;
        await fc.assert(
            fc.asyncProperty(files, async (text) => {
                const formatted = await expectSound(text);
                if (mistakes(text).length > 0) return;
                sound++;
                expect(formatted).not.toMatch(/^\n|[ \t]\n|\t|\n{3}|\{\n\n|\n\n *\}|\n\n$|[^\n]$/);
            }),
            { numRuns: runs },
        );
        // about half are: some names come to stand where they mean something else, and what an `about` is about ends with its line
        expect(sound).toBeGreaterThan(runs / 4);
    });

    test('with a mistake keeps its words', async () => {
        const broken = fc
            .tuple(words, fc.nat(), fc.constantFrom([], ['{'], ['}'], ['service'], [','], ['"'], ['/*']))
            .chain(([some, at, instead]) => written(some.toSpliced(at % some.length, 1, ...instead)));
        await fc.assert(
            fc.asyncProperty(broken, async (text) => {
                await expectSound(text);
            }),
            { numRuns: share(300) },
        );
    });
});
