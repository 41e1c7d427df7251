import { clocks, type ClockId } from '../knowledge/clocks.js';
import type { Facts } from './facts.js';
import { code } from '../encoding/markdown.js';
import { enumerated, listing } from '../words/english.js';
import { label } from './phrases.js';

/** "The agent tokens of `east` have run out (inferred)."; what only may have run out in a sentence of its own. */
export function ranOutSentences(facts: Facts, clock: ClockId): string[] {
    const { certain, possible } = facts.ranOut(clock);
    const { renews, expired, because, confidence } = clocks[clock];
    const areVoid = clock === 'agent-token' && facts.outcome.state.tokensVoid;
    const why = areVoid ? `are void: ${code('iam')} has started without the iam-signing-key` : `${expired}: ${because}`;
    const say = (clusters: readonly string[], what: string) =>
        clusters.length > 0 ? [`The ${renews} of ${listing(clusters)} ${what}${label(confidence)}.`] : [];
    return [...say(certain, why), ...say(possible, `may have run out by now: ${because}`)];
}

/** What is told of a moment as if it had run out, and only may have; empty where nothing is uncertain. */
export function atWorstSentences(facts: Facts): string[] {
    const possible = (Object.keys(clocks) as ClockId[]).flatMap((clock) => {
        const clusters = facts.ranOut(clock).possible;
        return clusters.length > 0 ? [`the ${clocks[clock].renews} of ${listing(clusters)}`] : [];
    });
    return possible.length > 0 ? [`All this at worst: ${enumerated(possible)} may have run out by now.`] : [];
}
