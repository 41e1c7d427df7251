import { expect, test } from 'vitest';
import { blocks, eatenIn } from './eaten-lines.js';

test('an unfinished line leaves the next one whole', () => {
    const all = blocks.map(eatenIn);
    expect(all.flatMap(({ eaten }) => eaten)).toEqual([]);
    expect(all.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(2_000);
});
