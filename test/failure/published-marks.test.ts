import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { marksOf, publishedArchitecture, publishedMarks } from './check.js';

const reference = readFileSync(new URL('../../examples/reference.tsbtopo', import.meta.url), 'utf8');

describe('the 24 published marks follow from the rules', () => {
    test.each(publishedMarks)('%s: %s fails', async (_, failure, expected) => {
        expect(await marksOf(publishedArchitecture, [failure])).toBe(expected);
    });

    test.each(publishedMarks)('%s, with every default said', async (_, failure, expected) => {
        expect(await marksOf(reference, [failure])).toBe(expected);
    });
});
