import type { Replicas } from './topology.js';

/**
 * How many zones must be lost until too few copies are left. They are spread as evenly as they go; where one zone holds more
 * than another, nobody knows which, and the worst is told.
 *
 * @param needed how many copies have to be left
 */
export function zonesThatTake({ count }: Pick<Replicas, 'count'>, zones: number, needed: number): number {
    const fewest = Math.floor(count / zones);
    const zonesWithOneMore = count % zones;
    for (let lost = 1; lost <= zones; lost++) {
        const lostCopies = lost * fewest + Math.min(lost, zonesWithOneMore);
        if (count - lostCopies < needed) return lost;
    }
    return zones;
}

/** More than half of them. */
export function majorityOf({ count }: Pick<Replicas, 'count'>): number {
    return Math.floor(count / 2) + 1;
}

/** Whether one of them may be lost. */
export function canSpareOne(replicas: Pick<Replicas, 'count' | 'needed'> | undefined): boolean {
    return replicas !== undefined && replicas.count > (replicas.needed ?? 1);
}
