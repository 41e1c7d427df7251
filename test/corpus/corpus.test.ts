import { existsSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { estate, type Fixture } from '../fixture.js';
import { format } from '../language/formatting/format.js';
import { baselinesOf, failuresIn } from './baselines.js';

/**
 * Estates as people write them, and beside each file what the tool makes of it. `UPDATE_CORPUS=1 npx vitest run
 * test/corpus` writes all of that anew; then look at the difference.
 */
const corpus = import.meta.dirname;
const isUpdate = !!process.env['UPDATE_CORPUS'];
const isBaseline = (file: string) => /\.(diagnostics|formatted|symbols|tokens)\.tsbtopo$|\.failures\.txt$/.test(file);

const estates = readdirSync(corpus, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

function filesIn(folder: string): string[] {
    return globSync('**/*.{tsbtopo,txt}', { cwd: folder })
        .map((file) => file.replaceAll('\\', '/'))
        .sort();
}

test('there are estates of many kinds', () => {
    expect(estates.length).toBeGreaterThanOrEqual(32);
});

describe.each(estates)('%s', (name) => {
    const folder = join(corpus, name);
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    const files = filesIn(folder);
    const sources = Object.fromEntries(files.filter((file) => !isBaseline(file)).map((file) => [file, read(file)]));

    test('is as expected (UPDATE_CORPUS=1 writes it anew)', async () => {
        const expected = await baselinesOf(sources);
        for (const [file, text] of expected) {
            if (isUpdate) writeFileSync(join(folder, file), text);
            expect(existsSync(join(folder, file)), `${file} is missing`).toBe(true);
            expect(read(file), file).toBe(text);
        }
        expect(files.filter((file) => isBaseline(file) && !expected.has(file))).toEqual([]);
    });

    test('is the same estate when it is formatted', async () => {
        const formatted = Object.fromEntries(
            await Promise.all(
                Object.entries(sources).map(async ([file, text]) => [file, await format(text)] as [string, string]),
            ),
        );
        for (const text of Object.values(formatted)) expect(await format(text)).toBe(text);
        const [after, before] = await Promise.all([estate(formatted), estate(sources)]);
        const messages = ({ diagnostics }: Fixture) => diagnostics.map(({ message }) => message);
        expect(messages(after)).toEqual(messages(before));
        expect(failuresIn(after)).toBe(read('main.failures.txt'));
    });
});
