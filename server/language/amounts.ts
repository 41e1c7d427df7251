const secondsPerUnit: Readonly<Record<string, number>> = {
    s: 1,
    m: 60,
    h: 3600,
    d: 86_400,
    y: 365 * 86_400,
};

/** Seconds of a duration such as `90s`, `1h30m` or `7d` (a year has 365 days); undefined where it is none. */
export function durationInSeconds(text: string | undefined): number | undefined {
    if (!text || !/^(\d+[smhdy])+$/.test(text)) {
        return undefined;
    }
    let seconds = 0;
    for (const [, count, unit] of text.matchAll(/(\d+)([smhdy])/g)) {
        seconds += Number(count) * secondsPerUnit[unit!]!;
    }
    return Number.isSafeInteger(seconds) ? seconds : undefined;
}

/** The value of a whole number without sign; undefined where it is none. */
export function wholeNumber(text: string | undefined): number | undefined {
    const value = text && /^\d+$/.test(text) ? Number(text) : undefined;
    return Number.isSafeInteger(value) ? value : undefined;
}
