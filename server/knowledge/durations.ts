import { table, type Table } from './table.js';

const secondsPerUnit: Table<number> = table({
    s: 1,
    m: 60,
    h: 3600,
    d: 86_400,
    y: 365 * 86_400,
});

/** Seconds of a duration such as `90s`, `1h30m` or `7d` (a year has 365 days); undefined where it is none. */
export function durationInSeconds(text: string | undefined): number | undefined {
    if (!text || !/^(\d+[smhdy])+$/.test(text)) {
        return undefined;
    }
    let seconds = 0;
    for (const [, count, unit] of text.matchAll(/(\d+)([smhdy])/g)) {
        seconds += Number(count) * secondsPerUnit.get(unit!)!;
    }
    return Number.isSafeInteger(seconds) ? seconds : undefined;
}

/** Seconds as a duration that can be read again: `1h30m`, `0s`. */
export function writtenDuration(seconds: number): string {
    let rest = seconds;
    const parts = (['d', 'h', 'm', 's'] as const).map((unit) => {
        const size = secondsPerUnit.get(unit)!;
        const amount = Math.floor(rest / size);
        rest -= amount * size;
        return amount > 0 ? `${amount}${unit}` : '';
    });
    return parts.join('') || '0s';
}

/** Seconds of what a person types, who may write it as it is shown: `4 h 48 min`. */
export function typedDuration(text: string): number | undefined {
    return durationInSeconds(text.toLowerCase().replaceAll('min', 'm').replace(/\s/g, ''));
}

/** How to say a duration, for messages about one that could not be read. */
export const durationExamples = '90s, 30m, 4h, 1h30m or 7d';
