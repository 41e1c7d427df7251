import type { Outcome } from '../failure/outcome.js';
import { actions } from '../knowledge/actions.js';
import { actionAnswers, isDownThere, type ActionAnswer } from './actions.js';

/** Things that people do with clusters, and of which the same is to be said. */
export interface Doable {
    readonly verdict: ActionAnswer['verdict'];
    readonly titles: readonly string[];
    /** The same in few words. */
    readonly short: readonly string[];
    readonly clusters: readonly string[];
    /** In every cluster with workloads. */
    readonly isEverywhere: boolean;
    /** Markdown clauses; empty for what goes on as usual. */
    readonly says: readonly string[];
}

/** What to leave alone first, then what asks for care, then what goes on as usual. */
const verdicts = ['no', 'caveat', 'yes'] as const;

/** What can still be done and what cannot: clusters that fare alike together, and things of which the same is to be said. */
export function doableNow(outcome: Outcome): Doable[] {
    const answers = actionAnswers(outcome);
    const everywhere = new Set(answers.map(({ cluster }) => cluster)).size;
    const perAction = grouped(answers, ({ action, verdict, says }) => [action, verdict, ...says]).map((alike) => {
        const { action, verdict, says } = alike[0]!;
        return { action, verdict, says, clusters: alike.map(({ cluster }) => cluster) };
    });
    const sameness = (one: (typeof perAction)[number]) =>
        isDownThere(one) ? one.says : [one.verdict, one.says, one.clusters];
    return grouped(perAction, sameness)
        .map((alike): Doable => {
            const { verdict, says } = alike[0]!;
            const clusters = [...new Set(alike.flatMap((each) => each.clusters))];
            return {
                verdict,
                titles: alike.map(({ action }) => actions[action].title),
                short: alike.map(({ action }) => actions[action].short),
                clusters,
                isEverywhere: clusters.length === everywhere,
                says,
            };
        })
        .sort((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict));
}

/** Items with equal keys together, each group where its first stood. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => unknown): T[][] {
    const groups = new Map<string, T[]>();
    for (const item of items) {
        const key = JSON.stringify(keyOf(item));
        const group = groups.get(key);
        if (group) group.push(item);
        else groups.set(key, [item]);
    }
    return [...groups.values()];
}
