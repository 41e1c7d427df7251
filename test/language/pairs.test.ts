import { expect, test } from 'vitest';
import { blocks, eatenIn } from './eaten-lines.js';

test('an unfinished line of a gateway leaves the next one whole', () => {
    const { eaten, count } = eatenIn(blocks.find(({ opens }) => opens.includes('gateway ingress'))!);
    expect(count).toBeGreaterThan(50);
    expect(eaten).toEqual([]);
});
