import type { StandIn } from './graph.js';
import { pick, type Reading } from './reading.js';

/** How those stand of whom one takes the place of the other by itself. */
export interface Standing {
    readonly isOriginalDown: boolean;
    readonly isCopyDown: boolean;
    /** Nobody knows whether the copy is dead, or sees nobody any more. */
    readonly isCutOff: boolean;
    /** Something is missing that it needs to take over. */
    readonly isRefused: boolean;
}

/**
 * What promotes itself (R11): it takes the place of the original once that has been down for so long, and is one of two once
 * both are there again. Nobody has told the original, so that only a decision by hand ends it.
 */
export class OwnPromotions {
    /** Since when the original is down, and the copy there. */
    private readonly away = new Map<StandIn, number>();
    /** Since when the copy may take the original for lost. */
    private readonly apart = new Map<StandIn, number>();
    /** It may take itself for the one by now. */
    private readonly mayBeTwo = new Set<StandIn>();
    /** It may have taken over by now, and whoever uses the original may use it. */
    private readonly mayHaveTakenOver = new Set<StandIn>();
    /** Promoted by itself, while the original is away. */
    private readonly tookOver = new Set<StandIn>();
    /** Both take themselves for the one. */
    readonly divided = new Set<StandIn>();

    /**
     * @param promoted what is promoted, by whomever: what takes over is added, and taken out again where it turns out that it
     *     need not have
     */
    constructor(
        private readonly standIns: readonly StandIn[],
        private readonly promoted: Set<StandIn>,
        private readonly reading: Reading,
    ) {}

    /** @returns whether anything has taken over, or is one of two now */
    follow(at: number, standingOf: (standIn: StandIn) => Standing): boolean {
        let changed = false;
        for (const standIn of this.standIns) {
            if (!standIn.byItself || this.isPromotedByHand(standIn)) continue;
            const { isOriginalDown, isCopyDown, isCutOff, isRefused } = standingOf(standIn);
            const isLeft = isOriginalDown && !isCopyDown;
            const isApart = isLeft || isCutOff;
            keep(this.away, standIn, isLeft, at);
            keep(this.apart, standIn, isApart, at);
            if (this.harmsFrom(standIn) <= at) this.mayBeTwo.add(standIn);
            if (isLeft && this.mayBeTwo.has(standIn)) this.mayHaveTakenOver.add(standIn);
            if (this.helpsFrom(standIn) <= at && !isRefused) {
                this.promoted.add(standIn);
                this.tookOver.add(standIn);
                changed = true;
            }
            if (isOriginalDown) continue;
            if (isCopyDown && this.mayHaveTakenOver.has(standIn)) {
                // what may have become the store is gone again, and nobody has told the one that is back
                changed = !this.promoted.has(standIn) || changed;
                this.promoted.add(standIn);
                this.tookOver.add(standIn);
            }
            if (isApart || isCopyDown) continue;
            this.mayHaveTakenOver.delete(standIn);
            if (this.mayBeTwo.delete(standIn)) {
                this.divided.add(standIn);
                this.tookOver.delete(standIn);
                changed = true;
            } else if (this.tookOver.delete(standIn)) {
                this.promoted.delete(standIn);
                changed = true;
            }
        }
        return changed;
    }

    /** Somebody says which of the two it is. @returns whether there were two */
    decide(standIn: StandIn): boolean {
        for (const set of [this.away, this.apart, this.mayBeTwo, this.mayHaveTakenOver, this.tookOver])
            set.delete(standIn);
        return this.divided.delete(standIn);
    }

    /** The next time at which anything happens by itself; Infinity where nothing does. */
    nextDue(after: number): number {
        const times = this.standIns.flatMap((standIn) => [this.helpsFrom(standIn), this.harmsFrom(standIn)]);
        return Math.min(Infinity, ...times.filter((time) => time > after));
    }

    private isPromotedByHand(standIn: StandIn): boolean {
        return this.promoted.has(standIn) && !this.tookOver.has(standIn);
    }

    /** When it takes over, if nothing changes. */
    private helpsFrom(standIn: StandIn): number {
        const since = this.away.get(standIn);
        if (since === undefined || !standIn.byItself || this.promoted.has(standIn)) return Infinity;
        return since + pick[this.reading].fall(standIn.byItself.within);
    }

    /** When it takes itself for the one, if nothing changes. */
    private harmsFrom(standIn: StandIn): number {
        const since = this.apart.get(standIn);
        if (since === undefined || !standIn.byItself) return Infinity;
        return since + pick[this.reading].rise(standIn.byItself.within);
    }
}

/** Remembers since when something holds without a break. */
function keep(since: Map<StandIn, number>, standIn: StandIn, holds: boolean, at: number): void {
    if (!holds) since.delete(standIn);
    else if (!since.has(standIn)) since.set(standIn, at);
}
