export { durationInSeconds } from '../../knowledge/durations.js';

/** The value of a whole number without sign; undefined where it is none. */
export function wholeNumber(text: string | undefined): number | undefined {
    const value = text && /^\d+$/.test(text) ? Number(text) : undefined;
    return Number.isSafeInteger(value) ? value : undefined;
}
