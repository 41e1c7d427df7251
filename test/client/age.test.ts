import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Age, type AgeOfResults } from '../../src/client/age.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function followed(): { age: Age; told: AgeOfResults[]; wait: (milliseconds: number) => void } {
    const told: AgeOfResults[] = [];
    return {
        age: new Age((age) => told.push(age)),
        told,
        wait: (milliseconds) => void vi.advanceTimersByTime(milliseconds),
    };
}

describe('the age of results', () => {
    test('what is answered quickly never looks old', () => {
        const { age, told, wait } = followed();
        age.edit('a', 2);
        wait(90);
        age.end([['a', 2]]);
        wait(5_000);
        expect(told).toEqual([]);
    });

    test('older after a moment, long after a second, new once all is read', () => {
        const { age, told, wait } = followed();
        age.edit('a', 2);
        wait(110);
        expect(told).toEqual(['older']);
        wait(1_000);
        expect(told).toEqual(['older', 'long']);
        age.end([['a', 2]]);
        wait(5_000);
        expect(told).toEqual(['older', 'long', 'new']);
    });

    test('it counts from the first edit that is not answered, however quickly others follow', () => {
        const { age, told, wait } = followed();
        for (let version = 2; version < 6; version++) {
            age.edit('a', version);
            wait(30);
        }
        expect(told).toEqual(['older']);
    });

    test('an answer about an older text is none', () => {
        const { age, told, wait } = followed();
        age.edit('a', 3);
        wait(110);
        age.end([
            ['a', 2],
            ['b', 9],
        ]);
        expect(age.isUpToDate).toBe(false);
        expect(told).toEqual(['older']);
        age.end([['a', 4]]);
        expect(age.isUpToDate).toBe(true);
        expect(told).toEqual(['older', 'new']);
    });

    test('the server may read of its own accord, when files change on disk', () => {
        const { age, told, wait } = followed();
        age.begin();
        wait(110);
        age.end([]);
        expect(told).toEqual(['older', 'new']);
    });

    test('nothing is waited for when a document is closed, or when there is no server', () => {
        const { age, told, wait } = followed();
        age.edit('a', 2);
        age.close('a');
        age.begin();
        age.edit('b', 2);
        age.forget();
        wait(5_000);
        expect([age.isUpToDate, told]).toEqual([true, []]);
    });
});
