/**
 * Somebody who sends requests to one of several: which ones they go to, what share of them is lost, and whether anybody
 * had to move. An entry gateway chooses among clusters, a proxy in a cluster among homes.
 */

/**
 * `withdrawn`: whoever chooses has been told that it is gone. `broken`: nobody tells; it answers nothing, and only outlier
 * detection notices.
 */
export type Standing = 'alive' | 'withdrawn' | 'broken';

export interface Option {
    readonly standing: Standing;
    /** The share of requests that are lost there; of what is not alive: that would be lost if it were. */
    readonly loss: number;
    /** It may also have been withdrawn before it broke. */
    readonly mayBeWithdrawn: boolean;
    /** On the way to it, or behind it, requests have taken another way than in health. */
    readonly moved: boolean;
    /** The clusters that answer, as long as it is alive. */
    readonly servedFrom: readonly string[];
}

export interface Choice {
    /** Nothing gets through. */
    readonly gone: boolean;
    /** The share that is lost, 1 if it is gone. */
    readonly loss: number;
    /** The worst share short of 1 that was lost on the way down to this. */
    readonly lossBefore: number;
    readonly moved: boolean;
    readonly servedFrom: readonly string[];
}

/** Best first; each rank is used only when nothing of those before it is left. */
export type Ranks = readonly (readonly Option[])[];

export function choose(ranks: Ranks, detects: boolean): Choice {
    const used = usedOf(ranks, detects);
    const answering = used.filter(({ standing }) => standing === 'alive');
    const gone = answering.length === 0;
    const lossBefore = worstLossBefore(ranks, detects);
    const left = ranks[0]?.some((option) => !used.includes(option)) ?? false;
    return {
        gone,
        loss: gone ? 1 : lossBefore,
        lossBefore,
        moved: !gone && (left || answering.some(({ moved }) => moved)),
        servedFrom: distinct(answering.flatMap(({ servedFrom }) => servedFrom)),
    };
}

/** A choice among what is behind something, as one that can itself be chosen; nobody tells that it is gone. */
export function optionOf({ gone, lossBefore, moved, servedFrom }: Choice): Option {
    return { standing: gone ? 'broken' : 'alive', loss: lossBefore, mayBeWithdrawn: false, moved, servedFrom };
}

/** What is withdrawn gets no requests; what is broken still does, unless that is detected. */
export function usedOf(ranks: Ranks, detects: boolean): readonly Option[] {
    for (const rank of ranks) {
        const used = rank.filter(({ standing }) => standing === 'alive' || (standing === 'broken' && !detects));
        if (used.length > 0) {
            return used;
        }
    }
    return [];
}

/** Those that are used have equal shares. */
function lossOf(ranks: Ranks, detects: boolean): number {
    const used = usedOf(ranks, detects);
    return used.length === 0 ? 1 : mean(used.map(({ standing, loss }) => (standing === 'alive' ? loss : 1)));
}

/**
 * Deaths never heal (rule M). What is dead now was alive before, with the loss that it had; whoever lost requests there then
 * is not counted as served now because it has left. So: the worst of all that may have been while fewer were dead.
 */
function worstLossBefore(ranks: Ranks, detects: boolean): number {
    if (ranks.every((rank) => rank.every(({ standing }) => standing === 'alive'))) {
        return lossOf(ranks, detects);
    }
    let worst = 0;
    for (const earlier of earlierRanks(ranks)) {
        const loss = lossOf(earlier, detects);
        if (loss < 1 && loss > worst) {
            worst = loss;
        }
    }
    return worst;
}

/** All that may have been before, and what is now. */
function earlierRanks(ranks: Ranks): Option[][][] {
    let all: Option[][][] = [[]];
    for (const rank of ranks) {
        let combinations: Option[][] = [[]];
        for (const option of rank) {
            combinations = combinations.flatMap((before) => earlierOptions(option).map((one) => [...before, one]));
        }
        all = all.flatMap((before) => combinations.map((one) => [...before, one]));
    }
    return all;
}

function earlierOptions(option: Option): Option[] {
    const standings: Standing[] =
        option.standing === 'broken' && option.mayBeWithdrawn
            ? ['broken', 'withdrawn', 'alive']
            : option.standing === 'alive'
              ? ['alive']
              : [option.standing, 'alive'];
    return standings.map((standing) => (standing === option.standing ? option : { ...option, standing }));
}

export function mean(numbers: readonly number[]): number {
    return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

/** Each once, sorted. */
export function distinct(texts: readonly string[]): string[] {
    return [...new Set(texts)].sort();
}
