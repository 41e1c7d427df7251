import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { problemsIn } from '../../server/estate/problem.js';
import { refactoringsAt } from '../../server/fixes/refactorings/refactorings.js';
import { surroundingsIn } from '../../server/fixes/surroundings.js';
import { remedyFor } from '../../server/fixes/table.js';
import { areDisjoint, byFile } from '../../server/estate/change.js';
import { examplesIn, readPage } from '../docs/examples.js';
import { estate } from '../fixture.js';
import { share } from '../share.js';

const root = resolve(import.meta.dirname, '../..');
const texts = [
    ...globSync('examples/**/*.tsbtopo', { cwd: root }).map((name) => readFileSync(resolve(root, name), 'utf8')),
    ...examplesIn(readPage('diagnostics.md')).map(({ text, setting }) => text + setting),
    ...examplesIn(readPage('language.md')).map(({ text, setting }) => text + setting),
];

/** A sequence that is the same in each run. */
function* numbers(seed: number): Generator<number> {
    for (let state = seed; ; state = (state * 1_103_515_245 + 12_345) % 2 ** 31) yield state / 2 ** 31;
}

test('whatever is missing from a file, nothing that is proposed fails', async () => {
    const random = numbers(7);
    const below = (limit: number) => Math.floor(random.next().value! * limit);
    const failures: string[] = [];
    for (let round = 0; round < share(200); round++) {
        const words = texts[below(texts.length)]!.split(/(\s+|[{}/,])/);
        for (let cut = below(3); cut >= 0; cut--) words.splice(below(words.length), 1 + below(2));
        const text = words.join('');
        const { document, services } = await estate(text);
        const around = surroundingsIn(services)(document)!;
        try {
            for (const problem of problemsIn(document, services)) {
                for (const fix of remedyFor(problem.code)?.fixer(problem, around) ?? []) {
                    expect(fix?.title ?? '').not.toContain('undefined');
                }
            }
            for (let line = 0; line < document.textDocument.lineCount; line++) {
                for (const { changes } of refactoringsAt(around, { line, character: 6 }, () => false)) {
                    expect([...byFile(changes).values()].every(areDisjoint)).toBe(true);
                }
            }
        } catch (error) {
            failures.push(`${String(error)} in:\n${text}`);
        }
    }
    expect(failures).toEqual([]);
});
