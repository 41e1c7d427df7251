import { describe, expect, it } from 'vitest';
import { columnsOf, gap, widthOf } from '../../src/simulation/layout.js';

/** The columns of the results of a file, one width a line; undefined: a line without a result, '' one that ends a block. */
function columns(...lines: (number | undefined | '')[]): (number | undefined)[] {
    const results = lines.flatMap((width, line) => (typeof width === 'number' ? [{ line, width }] : []));
    const found = columnsOf(results, (line) => lines[line] === '');
    return lines.map((_, line) => found.get(line));
}

describe('where results begin', () => {
    it('one column for all lines of a block', () => {
        expect(columns(20, 45, undefined, 30)).toEqual([52, 52, undefined, 52]);
        expect(columns(20, '', 45)).toEqual([44, undefined, 52]);
    });

    it('a line that is too long has its result behind it, and moves no other', () => {
        expect(columns(20, 120, 30)).toEqual([44, 120 + gap, 44]);
    });

    it('never closer to the line than the gap', () => {
        for (let width = 0; width < 140; width++) {
            const [first, second] = columns(width, 10);
            expect(first! - width).toBeGreaterThanOrEqual(gap);
            expect(second! - 10).toBeGreaterThanOrEqual(gap);
        }
    });

    it('seldom move while a line grows', () => {
        const seen = Array.from({ length: 90 }, (_, width) => columns(width, 10)[1]);
        // at last it is too long to push anybody
        expect(seen.filter((column, width) => column !== seen[width - 1])).toEqual([44, 52, 60, 44]);
    });
});

it('counts a tab up to the next stop', () => {
    expect([widthOf('\tab', 4), widthOf('ab\tc', 4), widthOf('', 4)]).toEqual([6, 5, 0]);
});
