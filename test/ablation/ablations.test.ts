import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ablations } from './mechanisms.js';

const root = resolve(import.meta.dirname, '../..');

describe('what `npm run ablate` switches off is there', () => {
    test.each(ablations)('$mechanism', ({ file, code, instead, test: proof }) => {
        const text = readFileSync(resolve(root, file), 'utf8');
        expect(text.split(code).length - 1, `${file} has exactly one \`${code}\``).toBe(1);
        expect(instead).not.toBe(code);
        expect(existsSync(resolve(root, proof)), `${proof} exists`).toBe(true);
    });

    test('each under a name of its own', () => {
        const names = ablations.map(({ mechanism }) => mechanism);
        expect(new Set(names).size).toBe(names.length);
    });
});
