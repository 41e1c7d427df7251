import type { Operation, Severity } from '../knowledge/operations.js';

/**
 * How grave a failure is: who notices it.
 *
 * - `down`: a host, a service, or workloads that no service names;
 * - `degraded`: of a host or a service a share is lost, or a part of the answers;
 * - `failover`: users are served all the same, after a gap;
 * - `operators`: users notice nothing; something that an operation judges is lost or limited, or changes wait;
 * - `spare`: everything goes on, and something that stood by is gone;
 * - `none`: nobody notices.
 */
export const gravities = ['down', 'degraded', 'failover', 'operators', 'spare', 'none'] as const;

export type Gravity = (typeof gravities)[number];

/** What a failure comes to. */
export interface Weight {
    readonly gravity: Gravity;
    readonly operations: Readonly<Record<Operation, Severity>>;
    /**
     * Numbers by which failures of the same gravity compare, the weightiest first: what is down, degraded, fails over, and
     * how much is lost of the operations.
     */
    readonly extent: readonly number[];
}

/** As much of it as decides which is heavier. */
export type Extent = Pick<Weight, 'gravity' | 'extent'>;

/** The heavier first; 0 where both come to the same. */
export function compareWeights(a: Extent, b: Extent): number {
    const difference = gravities.indexOf(a.gravity) - gravities.indexOf(b.gravity);
    if (difference !== 0) return difference;
    const index = a.extent.findIndex((number, place) => number !== b.extent[place]);
    return index < 0 ? 0 : b.extent[index]! - a.extent[index]!;
}
