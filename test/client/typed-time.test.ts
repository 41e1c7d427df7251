import { describe, expect, test } from 'vitest';
import { beginningFrom } from '../../server/knowledge/wall-clock.js';
import { typedTime } from '../../src/simulation/typed-time.js';

const choices = ['from 4 h 48 min', 'The workload certificates of east run out.'];
const typed = (text: string) => {
    const found = typedTime(text, choices);
    return found.kind === 'time' ? found.seconds : found.kind;
};

describe('what is typed where a time is asked for', () => {
    test.each([
        ['90m', 5400],
        [' 36h ', 129_600],
        ['4 h 48 min', 17_280],
        ['1D 12H', 129_600],
        ['0s', 0],
        ['', 'search'],
        ['cert', 'search'],
        ['FROM', 'search'],
        ['later', 'unclear'],
        ['9', 'unclear'],
        ['4 h 4', 'unclear'],
        ['90 minutes', 'unclear'],
        ['-5m', 'unclear'],
    ])('%j', (text, expected) => expect(typed(text)).toBe(expected));

    test('a time of the clock is one where somebody has said when it began', () => {
        expect(typed('15:10')).toBe('unclear');
        expect(typedTime('15:10', choices, beginningFrom('14:05'))).toEqual({ kind: 'time', seconds: 3900 });
        expect(typedTime('90m', choices, beginningFrom('14:05'))).toEqual({ kind: 'time', seconds: 5400 });
    });
});
