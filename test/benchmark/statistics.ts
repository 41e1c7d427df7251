/** What many measurements of the same come to, milliseconds. */
export interface Timing {
    readonly median: number;
    readonly p95: number;
}

/** The median, and what 19 of 20 do not exceed. */
export function timing(milliseconds: readonly number[]): Timing {
    const sorted = [...milliseconds].sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
    return { median: at(0.5), p95: at(0.95) };
}

/** Measures a function several times, after some rounds that do not count. */
export function repeated(rounds: number, action: () => unknown, warmUp = 3): Timing {
    const all: number[] = [];
    for (let round = -warmUp; round < rounds; round++) {
        const start = performance.now();
        action();
        if (round >= 0) all.push(performance.now() - start);
    }
    return timing(all);
}

/** Of this process so far, milliseconds: not disturbed by other programs as much as a clock is. */
export function processorTime(): number {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
}

/** "0.8 ms", "13 ms", "1.2 s". */
export function shown(milliseconds: number): string {
    if (milliseconds >= 1_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
    return `${milliseconds >= 10 ? Math.round(milliseconds) : milliseconds.toPrecision(2)} ms`;
}

/** "12,345". */
export function thousands(number: number): string {
    return number.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}
