import { describe, expect, test } from 'vitest';
import {
    beginningFrom,
    secondsAfter,
    secondsSince,
    wallTime,
    type Beginning,
} from '../../server/knowledge/wall-clock.js';

const began = (text: string): Beginning => {
    const found = beginningFrom(text);
    if (found === undefined) throw new Error(`${text} is no beginning`);
    return found;
};

describe('a time of the clock', () => {
    test.each([
        ['14:05', '14:05'],
        [' 9:30:15 ', '09:30:15'],
        ['2026-11-28T14:05', '2026-11-28T14:05'],
        ['2026-11-28 14:05:00z', '2026-11-28T14:05Z'],
        ['2026-11-28T14:05+0130', '2026-11-28T14:05+01:30'],
        ['14:05Z', '14:05Z'],
        ['24:00', undefined],
        ['14:60', undefined],
        ['2026-02-30T10:00', undefined],
        ['2026-13-01T10:00', undefined],
        ['14:05+99:99', undefined],
        ['14:05+14:75', undefined],
        ['14', undefined],
        ['90m', undefined],
        ['', undefined],
    ])('%j', (text, expected) => expect(beginningFrom(text)).toBe(expected));

    test.each([
        ['14:05', 0, '14:05'],
        ['14:05', 3600, '15:05'],
        ['14:05', 30, '14:05:30'],
        ['14:05', 12 * 3600, '02:05 (+1 d)'],
        ['2026-11-28T23:59:59Z', 1, '00:00 (+1 d)'],
        ['2026-11-28T14:05+01:00', 3 * 86_400, '14:05 (+3 d)'],
    ])('%s, %d s later', (text, seconds, expected) => expect(wallTime(began(text), seconds)).toBe(expected));

    test.each([
        ['14:05', '15:10', 3900],
        ['14:05', '14:05', 0],
        ['14:05', '2:05', 12 * 3600],
        ['2026-11-28T14:05Z', '15:10', 3900],
        ['2026-11-28T14:05Z', '2026-11-29T14:05Z', 86_400],
        ['2026-11-28T14:05Z', '2026-11-28T16:05+01:00', 3600],
        ['2026-11-28T14:05+02:00', '2026-11-28T14:35', 1800],
        ['2026-11-28T14:05Z', '2026-11-28T14:04Z', undefined],
        ['14:05', 'soon', undefined],
        ['2026-11-28T14:05Z', '15:05+01:00', 0],
        ['14:05+02:00', '13:05Z', 3600],
        ['14:05', '15:05Z', undefined],
        ['14:05', '2026-11-28T15:05', undefined],
    ])('from %s until %s', (text, then, expected) => expect(secondsAfter(began(text), then)).toBe(expected));

    test.each([
        ['2026-11-28T14:05Z', '2026-11-28T14:47:00Z', 2520],
        ['2026-11-28T14:05+01:00', '2026-11-28T13:35:00Z', 1800],
        ['2026-11-28T14:05Z', '2026-11-28T14:04:59Z', undefined],
        ['14:05Z', '2026-11-28T14:47:00Z', 2520],
        ['14:05Z', '2026-11-28T14:00:00Z', 86_100],
        ['14:05+01:00', '2026-11-28T13:05:10Z', 10],
    ])('since %s at %s', (text, now, expected) => expect(secondsSince(began(text), new Date(now))).toBe(expected));

    test('one without a zone is that of this machine', () => {
        const now = new Date(2026, 10, 28, 14, 47);
        expect(secondsSince(began('14:05'), now)).toBe(2520);
        expect(secondsSince(began('2026-11-28T14:05'), now)).toBe(2520);
    });
});
