import { expect, it } from 'vitest';
import { headingLines } from '../../src/diagnostics/headings.js';

it('finds the chapter of each code, in backticks or not', () => {
    const lines = headingLines('# Diagnostics\n\n## `postgres-unprotected`\ntext\r\n### other-code ##\n\nno heading\n');
    expect(Object.fromEntries(lines)).toEqual({ Diagnostics: 1, 'postgres-unprotected': 3, 'other-code': 5 });
});

it('takes the first of two chapters of one name', () => {
    expect(headingLines('## a\n## a').get('a')).toBe(1);
});
