import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPairTable } from '../../server/failure/pair-table.js';

test('a pair has its number from either end, however many pairs there are', () => {
    const count = 40;
    const index = fc.nat({ max: count - 1 });
    fc.assert(
        fc.property(fc.array(fc.tuple(index, index, fc.nat())), (pairs) => {
            const table = createPairTable(count);
            const known = new Map<string, number>();
            for (const [one, other, value] of pairs) {
                table.set(one, other, value);
                known.set([one, other].sort((a, b) => a - b).join(), value);
            }
            for (let one = 0; one < count; one++) {
                for (let other = one; other < count; other++) {
                    const expected = known.get([one, other].join());
                    expect([table.get(one, other), table.get(other, one)]).toEqual([expected, expected]);
                }
            }
        }),
        { numRuns: 20 },
    );
});
