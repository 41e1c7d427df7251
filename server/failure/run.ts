import { createPropagation, type NodeIndex, propagate, propagateOn, type Propagation } from '../engine/index.js';
import { type ElementName, storeName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { sameItems } from '../topology/unchanged.js';
import type { FailureGraph, StandIn, Timer } from './graph.js';
import type { Withdrawal } from './traffic-graph.js';
import { nodeNamed, seedsOf, sparedIn, type Outcome, type Refusal, type State } from './outcome.js';
import { OwnPromotions, type Standing } from './own-promotions.js';
import { refusalOf } from './promotion.js';
import { pick, type Reading } from './reading.js';
import { goneAlong } from './going-along.js';
import { outcomesIn, sameSets, type OutcomeIn } from './same-state.js';
import { isMet, startingOf, stoppedBy } from './startup.js';

/** In the order in which they take effect within one second. */
export const stepActions = ['fail', 'recover', 'restart', 'promote'] as const;
export type StepAction = (typeof stepActions)[number];

/** Something that happens in a scenario, at a time in whole seconds from its beginning. */
export interface Step {
    readonly at: number;
    /** `restart` ends a failure, too: what was down is started again. `promote` is about what stands by. */
    readonly action: StepAction;
    readonly element: ElementName;
}

/** The state from a time on, until the next one. */
export interface Moment {
    /** Seconds. */
    readonly at: number;
    readonly state: State;
    /** Timers that have run out, and are not renewed. */
    readonly expired: readonly Timer[];
    readonly outcome: Outcome;
}

/** Where a timer stands that does not rest; `due`: the second in which the phase ends. */
type Phase =
    | { readonly kind: 'running-out'; readonly due: number }
    | { readonly kind: 'expired' }
    | { readonly kind: 'being-renewed'; readonly due: number };

/**
 * Runs a scenario: an event queue over the failure graph, which is propagated anew at each event. There are few: a step,
 * a clock that runs out or is renewed, something that starts.
 *
 * @param steps in any order; those of one second take effect in the order given
 * @param into as in {@link propagate}, for those who run many
 * @param outcomeIn where several runs are told together, that of all of them
 * @returns the states in order of time, from second 0 on; the last one stays
 * @throws RangeError for an element that the topology does not have
 */
export function run(
    graph: FailureGraph,
    steps: readonly Step[],
    reading: Reading,
    into?: Propagation,
    outcomeIn: OutcomeIn = outcomesIn(graph),
): Moment[] {
    const course = new Run(graph, reading, into);
    return Array.from(course.through(steps), (at) => course.moment(at, outcomeIn));
}

/** What has failed at a time of a scenario. */
export interface Reached {
    /** Seconds. */
    readonly at: number;
    /** Overwritten by that of the next time, and nobody else may write into it until then. */
    readonly propagation: Propagation;
}

/**
 * The same one time after the other, for those who need not see all of them.
 *
 * @param into as in {@link propagate}, for those who run many
 * @throws RangeError as {@link run}
 */
export function* times(
    graph: FailureGraph,
    steps: readonly Step[],
    reading: Reading,
    into?: Propagation,
): Generator<Reached> {
    const course = new Run(graph, reading, into);
    for (const at of course.through(steps)) yield { at, propagation: course.propagation };
}

class Run {
    private readonly failing = new Map<NodeIndex, ElementName>();
    private stopped: ReadonlySet<NodeIndex> = new Set();
    /** What has yet to start; with a time once it has all that it needs. */
    private readonly starting = new Map<NodeIndex, number | undefined>();
    private readonly phases = new Map<Timer, Phase>();
    /** Of what is asked for from a promotion on only: what has answered since. */
    private readonly answered = new Set<Timer>();
    private tokensVoid = false;
    /** By the node that fails once they are unheard of. */
    private readonly withdrawn = new Map<NodeIndex, Withdrawal>();
    /** Of those withdrawn, what is spared; undefined: not known yet. */
    private unnoticed: ReadonlySet<NodeIndex> | undefined;
    /** What is withdrawn and up again, without anybody knowing. */
    private readonly unheard = new Set<NodeIndex>();
    /** What is down at the end of the last second is yet to be withdrawn. */
    private hasSettled = false;
    /** As far in the order of the propagation was looked for what is withdrawn. */
    private lookedUpTo = 0;
    /** What somebody wants to promote in this second. */
    private toPromote: Element[] = [];
    private readonly promoted = new Set<StandIn>();
    /** Until when whoever uses it is connecting. */
    private readonly reconnecting = new Map<StandIn, number>();
    private readonly refused: Refusal[] = [];
    private readonly own: OwnPromotions;
    readonly propagation: Propagation;
    /** Of what the propagation tells now. */
    private spreadFrom?: {
        readonly stopped: ReadonlySet<NodeIndex>;
        readonly more: readonly NodeIndex[];
        readonly later: readonly NodeIndex[];
        readonly spared: ReadonlySet<NodeIndex>;
    };
    private readonly key: NodeIndex | undefined;

    constructor(
        private readonly graph: FailureGraph,
        private readonly reading: Reading,
        into: Propagation = createPropagation(graph),
    ) {
        this.propagation = into;
        this.own = new OwnPromotions(graph.standIns, this.promoted, reading);
        this.key = graph.nodeOfElement.get(storeName('iam-signing-key'));
    }

    /** Goes from one time at which anything happens to the next. */
    *through(steps: readonly Step[]): Generator<number> {
        const waiting = [...steps].sort((a, b) => a.at - b.at);
        for (let at = 0; at < Infinity; at = Math.min(waiting[0]?.at ?? Infinity, this.nextDue(at))) {
            while (waiting[0] && waiting[0].at <= at) this.take(waiting.shift()!);
            this.settle(at);
            yield at;
        }
    }

    private take({ action, element }: Step): void {
        const node = nodeNamed(this.graph, element);
        if (action === 'promote') {
            this.toPromote.push(this.graph.elements.byName.get(element)!);
            return;
        }
        if (action !== 'recover') {
            this.failing.set(node, element);
            this.followStopped();
        }
        if (action !== 'fail') {
            this.failing.delete(node);
            this.followStopped();
        }
    }

    /** What was stopped and is no longer has to start; what stops while it starts begins anew when that ends. */
    private followStopped(): void {
        const before = this.stopped;
        this.stopped = stoppedBy(this.graph, this.failing.keys());
        const isStopped = (node: NodeIndex) => this.stopped.has(node) || along.has(node);
        const along = goneAlong(this.graph, this.stopped);
        for (const node of [...this.stopped, ...along]) this.starting.delete(node);
        for (const node of [...before, ...goneAlong(this.graph, before)]) {
            if (!isStopped(node) && this.startOf(node)) this.starting.set(node, undefined);
        }
    }

    /** Lets everything happen that happens within one second; what comes back first, so that a repair is in time. */
    private settle(at: number): void {
        this.withdrawWhatIsGone();
        do {
            this.spread();
        } while (
            this.promoteWhatCan(at) ||
            this.announceWhatIsBack() ||
            this.startWhatCan(at) ||
            this.own.follow(at, (standIn) => this.standingOf(standIn)) ||
            this.turnClocks(at, false) ||
            this.turnClocks(at, true)
        );
        this.hasSettled = true;
    }

    /** Lets everything fail that follows, as far as that was not found already: mostly a second begins as the last one ended. */
    private spread(): void {
        const promoted = this.promotions();
        const { stopped, spreadFrom: found } = this;
        const more = [...this.starting.keys(), ...this.unheard, ...seedsOf(promoted)];
        const later = this.expiredNodes();
        const spared = sparedIn({ ...promoted, withdrawn: this.spared() });
        const isSame = found?.stopped === stopped && sameItems(found.more, more) && sameSets(found.spared, spared);
        if (isSame && found.later.every((node, place) => node === later[place]))
            propagateOn(this.graph, this.propagation, later.slice(found.later.length));
        else {
            propagate(this.graph, [...stopped, ...more], this.propagation, { later, spared });
            this.lookedUpTo = 0;
        }
        this.spreadFrom = { stopped, more, later, spared };
    }

    /** @returns whether anything was promoted, or whoever uses it has connected */
    private promoteWhatCan(at: number): boolean {
        let changed = false;
        for (const [standIn, until] of this.reconnecting) {
            if (until <= at) changed = this.reconnecting.delete(standIn);
        }
        const { fall } = pick[this.reading];
        for (const element of this.toPromote.splice(0)) {
            const standIn = this.graph.standIns.find((each) => each.element.name === element.name);
            const back = this.graph.standIns.find(
                (each) =>
                    each.original.name === element.name && (this.promoted.has(each) || this.own.divided.has(each)),
            );
            const why = refusalOf(this.graph, element, standIn, back, (node) => this.isDown(node));
            if (why) {
                this.refused.push({ at, element, why });
                continue;
            }
            const moved = standIn ?? back!;
            changed = this.own.decide(moved) || changed;
            if (this.promoted.has(moved) === (standIn !== undefined)) continue;
            if (standIn) this.promoted.add(standIn);
            else this.promoted.delete(moved);
            const until = at + fall(moved.takes);
            if (until > at) this.reconnecting.set(moved, until);
            changed = true;
        }
        return changed;
    }

    private promotions() {
        const reconnecting = [...this.reconnecting.keys()];
        return { promoted: [...this.promoted], reconnecting, divided: [...this.own.divided] };
    }

    private standingOf(standIn: StandIn): Standing {
        const { element, original } = standIn;
        const [copy, store] = [element, original].map(({ name }) => this.graph.nodeOfElement.get(name)!);
        const isDown = (node: NodeIndex | undefined) => this.isDown(node);
        return {
            isOriginalDown: isDown(store),
            isCopyDown: isDown(copy),
            isCutOff: this.isCutOff(copy!, store!),
            isRefused: refusalOf(this.graph, element, standIn, undefined, isDown) !== undefined,
        };
    }

    /** Whether something is lost with what takes it along, and what takes it along leaves another thing alone. */
    private isCutOff(node: NodeIndex, other: NodeIndex): boolean {
        if (!this.stopped.has(node) || this.failing.has(node)) return false;
        return ![...this.failing.keys()].some((cause) => {
            const stopped = stoppedBy(this.graph, [cause]);
            return stopped.has(node) && stopped.has(other);
        });
    }

    /**
     * What is down and told at the end of a second stays out of everybody's choice, whatever is cut later. Found only once
     * somebody asks, or something happens later: it may be much.
     */
    private withdrawWhatIsGone(): void {
        if (!this.hasSettled) return;
        this.hasSettled = false;
        const isDown = (node: NodeIndex) => this.isDown(node);
        const { order, down } = this.propagation;
        const isKnown = (unheard: NodeIndex) => this.withdrawn.has(unheard);
        // what nobody was told then is told no sooner with more down
        const since = { order: this.lookedUpTo === 0 ? order : order.slice(this.lookedUpTo), down };
        this.lookedUpTo = order.length;
        for (const withdrawal of this.graph.traffic.withdrawals(since, isKnown)) {
            const { untold, broken } = withdrawal;
            const isTold = untold !== undefined && !untold.some(isDown);
            if (isTold && !broken.some(isDown)) this.withdraw(withdrawal);
        }
    }

    private withdraw(withdrawal: Withdrawal): void {
        this.withdrawn.set(withdrawal.unheard, withdrawal);
        this.unnoticed = undefined;
    }

    /** @returns whether anything that was withdrawn is up again, and those who would use it know or do not know it now */
    private announceWhatIsBack(): boolean {
        let changed = false;
        for (const [unheard, { instances, untold, asksAnew }] of this.withdrawn) {
            if (this.isDown(instances)) {
                changed = this.unheard.delete(unheard) || changed;
            } else if (asksAnew || !untold?.some((node) => this.isDown(node))) {
                this.withdrawn.delete(unheard);
                this.unnoticed = undefined;
                this.unheard.delete(unheard);
                changed = true;
            } else if (!this.unheard.has(unheard)) {
                this.unheard.add(unheard);
                changed = true;
            }
        }
        return changed;
    }

    /** What is spared of those who know already. */
    private spared(): ReadonlySet<NodeIndex> {
        return (this.unnoticed ??= new Set([...this.withdrawn.values()].flatMap(({ unnoticed }) => unnoticed ?? [])));
    }

    /**
     * @param mayRunOut only once nothing else can happen within the second
     * @returns whether anything ran out or was renewed
     */
    private turnClocks(at: number, mayRunOut: boolean): boolean {
        const { rise, fall } = pick[this.reading];
        let changed = false;
        if (this.tokensVoid && !this.isDown(this.key)) this.tokensVoid = false;
        for (const timer of this.graph.timers) {
            const isVoid = this.tokensVoid && timer.clock === 'agent-token';
            const isAway = this.isDown(timer.source);
            const phase = this.phases.get(timer);
            // most of them rest
            if (!phase && !isAway && !isVoid && timer.begins === undefined) continue;
            const next =
                isVoid || this.hasNothingYet(timer, isAway)
                    ? expired
                    : nextPhase(phase, isAway && this.isAskedFor(timer), at, rise(timer.rise), fall(timer.fall));
            if (next === phase || (next === expired && !isExpired(phase) && !isVoid && !mayRunOut)) continue;
            changed ||= isExpired(next) !== isExpired(phase);
            // what runs out later comes later in the order of causes
            this.phases.delete(timer);
            if (next) this.phases.set(timer, next);
        }
        return changed;
    }

    private isAskedFor({ begins }: Timer): boolean {
        return begins === undefined || this.isDown(begins);
    }

    /** What nobody asked for before a promotion is there once it has been got. */
    private hasNothingYet(timer: Timer, isAway: boolean): boolean {
        if (timer.begins === undefined) return false;
        if (!this.isDown(timer.begins)) this.answered.delete(timer);
        else if (!isAway) this.answered.add(timer);
        return isAway && this.isDown(timer.begins) && !this.answered.has(timer);
    }

    /** @returns whether anything has started */
    private startWhatCan(at: number): boolean {
        const { fall } = pick[this.reading];
        let changed = false;
        for (const [node, due] of [...this.starting]) {
            const start = this.startOf(node)!;
            const isReady = due !== undefined || start.needs.every((need) => isMet(need, (node) => this.isDown(node)));
            if (!isReady) continue;
            const up = due ?? at + fall(start.takes);
            this.starting.set(node, up);
            if (up > at) continue;
            this.starting.delete(node);
            changed = true;
            const { element } = this.graph.nodes.at(node) as { readonly element?: { readonly kind: string } };
            if (element?.kind === 'iam' && this.isDown(this.key)) this.tokensVoid = true;
        }
        return changed;
    }

    private nextDue(after: number): number {
        let next = this.own.nextDue(after);
        for (const due of this.starting.values()) if (due !== undefined && due > after) next = Math.min(next, due);
        for (const until of this.reconnecting.values()) if (until > after) next = Math.min(next, until);
        for (const phase of this.phases.values()) if (phase.kind !== 'expired') next = Math.min(next, phase.due);
        return next;
    }

    moment(at: number, outcomeIn: OutcomeIn): Moment {
        this.withdrawWhatIsGone();
        const { byName } = this.graph.elements;
        const expired = [...this.phases].filter(([, phase]) => isExpired(phase)).map(([timer]) => timer);
        const state: State = {
            failures: [...this.failing.values()].map((name) => byName.get(name)!),
            stopped: [...this.stopped],
            starting: [...this.starting.keys()],
            expired: expired.map(({ node }) => node),
            uncertain: new Set(),
            tokensVoid: this.tokensVoid,
            withdrawn: this.spared(),
            unheard: [...this.unheard],
            ...this.promotions(),
            refused: [...this.refused],
        };
        let outcome: Outcome | undefined;
        return {
            at,
            state,
            expired,
            get outcome() {
                return (outcome ??= outcomeIn(state));
            },
        };
    }

    private expiredNodes(): NodeIndex[] {
        const nodes: NodeIndex[] = [];
        for (const [{ node }, phase] of this.phases) if (isExpired(phase)) nodes.push(node);
        return nodes;
    }

    private startOf(node: NodeIndex) {
        const graphNode = this.graph.nodes.at(node);
        return graphNode.kind === 'element' ? startingOf(this.graph, graphNode.element) : undefined;
    }

    private isDown(node: NodeIndex | undefined): boolean {
        return node !== undefined && this.propagation.down[node] === 1;
    }
}

const expired: Phase = { kind: 'expired' };

function isExpired(phase: Phase | undefined): boolean {
    return phase !== undefined && phase.kind !== 'running-out';
}

/** The same phase where nothing changes; undefined where the timer rests. */
function nextPhase(
    phase: Phase | undefined,
    isAway: boolean,
    at: number,
    rise: number,
    fall: number,
): Phase | undefined {
    switch (phase?.kind) {
        case undefined:
            return isAway ? nextPhase({ kind: 'running-out', due: at + rise }, isAway, at, rise, fall) : undefined;
        case 'running-out':
            if (!isAway) return undefined;
            return phase.due <= at ? expired : phase;
        case 'expired':
            if (isAway) return phase;
            return fall === 0 ? undefined : { kind: 'being-renewed', due: at + fall };
        case 'being-renewed':
            if (isAway) return expired;
            return phase.due <= at ? undefined : phase;
    }
}
