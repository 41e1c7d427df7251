import type { Range } from '../knowledge/clocks.js';

/**
 * How to read times of which only a range is known. `earliest`: what runs out does so as early, and what comes back as late
 * as it can; `latest` the other way round. What really happens lies between the two.
 */
export type Reading = 'earliest' | 'latest';

/** The time of a range after which something gets worse (`rise`), or better (`fall`). */
export const pick: Readonly<Record<Reading, { rise: (range: Range) => number; fall: (range: Range) => number }>> = {
    earliest: { rise: ([least]) => least, fall: ([, most]) => most },
    latest: { rise: ([, most]) => most, fall: ([least]) => least },
};
