import { wallTime, type Beginning } from '../knowledge/wall-clock.js';

/**
 * Seconds as a person writes them: "60 s", "1 h 30 min"; published figures up to two minutes stay in seconds.
 *
 * @param most how many units are written; what is smaller is left out
 */
export function duration(seconds: number, most = 2): string {
    if (seconds <= 120) return `${seconds} s`;
    const units = [
        ['d', 86_400],
        ['h', 3_600],
        ['min', 60],
        ['s', 1],
    ] as const;
    const parts: string[] = [];
    let rest = seconds;
    for (const [unit, size] of units) {
        const amount = Math.floor(rest / size);
        if (amount > 0) parts.push(`${amount} ${unit}`);
        rest -= amount * size;
    }
    return parts.slice(0, most).join(' ');
}

/**
 * A time of a scenario, exact to the second: "at once", "60 s", "1 d 12 h 15 min". Of one of which somebody has said when it
 * began, what the clock on the wall shows then: "15:05".
 */
export function momentLabel(seconds: number, began?: Beginning): string {
    if (began !== undefined) return wallTime(began, seconds);
    return seconds === 0 ? 'at once' : duration(seconds, 4);
}

/** The same in a sentence: "at once", "after 60 s", "at 15:05". */
export function momentPhrase(seconds: number, began?: Beginning): string {
    const label = momentLabel(seconds, began);
    if (began !== undefined) return `at ${label}`;
    return seconds === 0 ? label : `after ${label}`;
}
