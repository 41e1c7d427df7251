import { clocks, type ClockId } from '../knowledge/clocks.js';
import type { Facts } from './facts.js';
import { label, listing } from './wording.js';

/** "The agent tokens of `east` have run out (inferred)."; empty where nothing has. */
export function ranOutSentence(facts: Facts, clock: ClockId): string[] {
    const { clusters, isUncertain } = facts.ranOut(clock);
    if (clusters.length === 0) return [];
    const { renews, expired, because, confidence } = clocks[clock];
    const has = isUncertain ? 'may have run out by now' : expired;
    return [`The ${renews} of ${listing(clusters)} ${has}: ${because}${label(confidence)}.`];
}
