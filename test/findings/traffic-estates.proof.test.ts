import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../server/findings/findings.js';
import { estate } from '../fixture.js';
import { shareOf } from '../share.js';
import { everything } from './everything.js';

describe('a file that is being written', () => {
    const words = [...everything.matchAll(/\S+\s*/g)];
    const ends = words.map(({ index, 0: word }) => [index, index + word.length] as const);
    const isRead = async (text: string) => expect(findingsOf((await estate(text)).topology)).toBeDefined();

    test('is read at every second word', async () => {
        for (const [start] of shareOf(ends.filter((_, index) => index % 2 === 0)))
            await isRead(everything.slice(0, start));
    });

    test('is read without any one of the other words', async () => {
        for (const [start, end] of shareOf(ends.filter((_, index) => index % 2 === 1))) {
            await isRead(everything.slice(0, start) + everything.slice(end));
        }
    });
});
