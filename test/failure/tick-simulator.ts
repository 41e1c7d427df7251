/**
 * What time does, told a second time, second by second: written from the specification without sight of the engine.
 *
 * One loop over all seconds. What has run out and what has not yet started is kept in counters that are raised by one
 * each second, and besides them only who knows that instances are gone; everything else is asked anew of the evaluator
 * whenever something has changed.
 */

import { managementCluster, type Topology } from '../../server/topology/topology.js';
import { signingKeyUp } from './evaluator/components.js';
import { resultIn, withdrawalsIn } from './evaluator/index.js';
import { withLosses } from './evaluator/needs.js';
import type { Result } from './evaluator/result.js';
import { managementOf, worldOf, type World } from './evaluator/world.js';
import { clocksOf, publishedClocks, type Clock, type ClockSettings } from './tick-clocks.js';
import { clocksOfNeeds, withStartNeeds } from './tick-needs.js';
import { iamName, startersOf, type Reading, type Starter } from './tick-starts.js';

/** Something that happens at a second; an element of nothing has no effect. */
export interface Step {
    readonly at: number;
    readonly action: 'fail' | 'recover' | 'restart';
    readonly element: string;
}

export interface TickOptions {
    readonly clocks?: ClockSettings;
    readonly reading: Reading;
    /** The last second that is looked at. */
    readonly until: number;
}

/** From this second on, until the next entry. */
export interface Entry {
    readonly at: number;
    readonly result: Result;
}

/** How an estate fares from second 0 on: an entry for 0, and for each second that differs from the one before. */
export function simulateTicks(topology: Topology, steps: readonly Step[], options: TickOptions): Entry[] {
    const { clocks = publishedClocks, reading, until } = options;
    const estate = new TickingEstate(
        topology,
        [...clocksOf(topology, clocks, reading), ...clocksOfNeeds(topology, reading)],
        withStartNeeds(topology, startersOf(topology, reading)),
    );
    const entries: Entry[] = [];
    let before: World | undefined;
    let said = '';
    for (let now = 0; now <= until; now++) {
        estate.tick(steps.filter((step) => step.at === now));
        // a world never changes: the same one has the same result
        if (estate.world !== before) {
            before = estate.world;
            const result = resultIn(before);
            if (JSON.stringify(result) !== said) {
                entries.push({ at: now, result });
                said = JSON.stringify(result);
            }
        }
    }
    return entries;
}

/** A clock and where it stands. */
interface RunningClock {
    readonly clock: Clock;
    expired: boolean;
    /** Seconds since its condition began; undefined: it does not hold, or no longer matters. */
    awayFor: number | undefined;
    /** Of an expired one: seconds since its condition ended; undefined: it holds. */
    backFor: number | undefined;
    /** What was last seen of its condition. A world never changes: in the same one it is the same. */
    seen?: { readonly world: World; readonly isAway: boolean };
}

/** Whether that from which a clock would be renewed is away: looked at once in each world. */
function isAwayIn(world: World, running: RunningClock): boolean {
    if (running.seen?.world !== world) running.seen = { world, isAway: running.clock.away(world) };
    return running.seen.isAway;
}

/** Something that is no longer stopped and not yet up. */
interface Start {
    readonly starter: Starter;
    /** Seconds since all was up that it needs; undefined: it waits for that. */
    startedFor: number | undefined;
}

/** More rounds than this within one second: something oscillates. */
const mostRounds = 10_000;

class TickingEstate {
    private readonly madeToFail = new Set<string>();
    private stopped: ReadonlySet<Starter> = new Set();
    private readonly starts = new Map<Starter, Start>();
    private readonly clocks: readonly RunningClock[];
    /** An iam that never read its key issues no token, and accepts none. */
    private tokensVoid = false;
    /** What proxies knew to be gone when the last second was over. */
    private withdrawn: ReadonlySet<string> = new Set();
    private readonly iam: string | undefined;
    /** Of this second, as soon as it is over. */
    world: World;

    constructor(
        private readonly topology: Topology,
        clocks: readonly Clock[],
        private readonly starters: readonly Starter[],
    ) {
        const management = managementCluster(topology);
        this.iam = management && iamName(management);
        this.clocks = clocks.map((clock) => ({ clock, expired: false, awayFor: undefined, backFor: undefined }));
        this.world = worldOf(topology, []);
    }

    /** One second, with what happens in it. */
    tick(steps: readonly Step[]): void {
        const before = this.world;
        this.countOn();
        for (const step of steps) {
            this.take(step);
        }
        if (steps.length > 0) {
            this.world = this.look();
        }
        // A repair in the very second in which something would expire is in time: so first what comes back.
        for (let round = 0; this.somethingIsUp() || this.somethingIsRenewed() || this.somethingExpires(); round++) {
            if (round > mostRounds) {
                throw new Error('Something oscillates within one second');
            }
            this.world = this.look();
        }
        // only now: what tells proxies of the loss of instances may have died in the same second
        if (this.world !== before) {
            this.withdrawn = withdrawalsIn(this.world);
        }
    }

    private countOn(): void {
        for (const running of this.clocks) {
            running.awayFor = oneMore(running.awayFor);
            running.backFor = oneMore(running.backFor);
        }
        for (const start of this.starts.values()) {
            start.startedFor = oneMore(start.startedFor);
        }
    }

    private take({ action, element }: Step): void {
        if (action !== 'recover') {
            this.madeToFail.add(element);
            this.seeWhatIsStopped();
        }
        if (action !== 'fail') {
            this.madeToFail.delete(element);
            this.seeWhatIsStopped();
        }
    }

    /** What was stopped and is no longer has to start; what is stopped while it starts begins anew when that ends. */
    private seeWhatIsStopped(): void {
        const onlyStopped = worldOf(this.topology, this.madeToFail);
        const stopped = new Set(this.starters.filter((starter) => !starter.runs(onlyStopped)));
        for (const starter of stopped) {
            this.starts.delete(starter);
        }
        for (const starter of this.stopped) {
            if (!stopped.has(starter)) {
                this.starts.set(starter, { starter, startedFor: undefined });
            }
        }
        this.stopped = stopped;
    }

    /** The estate as it is with what is stopped, what starts, and what has expired. */
    private look(): World {
        const expired = this.clocks.filter((running) => running.expired).map(({ clock }) => clock);
        const world = worldOf(
            this.topology,
            [
                ...this.madeToFail,
                ...[...this.starts.keys()].map(({ name }) => name),
                ...expired.flatMap((clock) => clock.failed ?? []),
            ],
            {
                tokens: new Set(expired.flatMap(({ tokensOf }) => tokensOf ?? [])),
                buffers: new Set(expired.flatMap(({ bufferOf }) => bufferOf ?? [])),
                expired: new Set(expired.flatMap((clock) => clock.expired ?? [])),
                withdrawn: this.withdrawn,
                isRootExpired: expired.some(({ isRoot }) => isRoot),
            },
        );
        return withLosses(world);
    }

    private somethingIsUp(): boolean {
        const { world } = this;
        let changed = false;
        for (const start of [...this.starts.values()]) {
            if (start.startedFor === undefined && start.starter.canStart(world)) {
                start.startedFor = 0;
            }
            if (start.startedFor !== undefined && start.startedFor >= start.starter.seconds) {
                this.starts.delete(start.starter);
                changed = true;
                if (start.starter.name === this.iam && !keyUp(world)) {
                    this.voidTokens();
                }
            }
        }
        return changed;
    }

    private voidTokens(): void {
        this.tokensVoid = true;
        for (const running of this.clocks) {
            if (running.clock.tokensOf !== undefined) {
                running.expired = true;
                running.awayFor = undefined;
            }
        }
    }

    private somethingIsRenewed(): boolean {
        const { world } = this;
        if (this.tokensVoid && keyUp(world)) {
            this.tokensVoid = false;
        }
        let changed = false;
        for (const running of this.clocks) {
            const { clock } = running;
            if (isAwayIn(world, running) || (this.tokensVoid && clock.tokensOf !== undefined)) {
                running.backFor = undefined;
            } else if (running.expired) {
                running.backFor ??= 0;
                if (running.backFor >= clock.fall) {
                    running.expired = false;
                    running.backFor = undefined;
                    changed = true;
                }
            } else {
                running.awayFor = undefined;
            }
        }
        return changed;
    }

    private somethingExpires(): boolean {
        const { world } = this;
        let changed = false;
        for (const running of this.clocks) {
            const { clock } = running;
            if (!running.expired && isAwayIn(world, running)) {
                running.awayFor ??= 0;
                if (running.awayFor >= clock.rise) {
                    running.expired = true;
                    running.awayFor = undefined;
                    changed = true;
                }
            }
        }
        return changed;
    }
}

function oneMore(seconds: number | undefined): number | undefined {
    return seconds === undefined ? undefined : seconds + 1;
}

function keyUp(world: World): boolean {
    return !managementOf(world) || signingKeyUp(world);
}
