import { propagate, withScratch, type Propagation } from '../engine/index.js';
import type { ElementName } from '../topology/element-name.js';
import { areMore, downOf, isHostHit, isServiceHit, lostOf, numberOf, type Losses } from './extent.js';
import { feltNumbers } from './felt.js';
import type { FailureGraph } from './graph.js';
import type { Gravity, Weight } from './gravity.js';
import { freshnessOf, largeFailuresIn, type HitUsers, type Keeping, type LargeFailure } from './large-failures.js';
import { estateSeverities, propagationOf, usersTouched, type Outcome, type State } from './outcome.js';
import { faresIn, type Fare } from './part-fares.js';
import { times } from './run.js';
import { failuresFor } from './timeline.js';
import type { HostNodes } from './traffic-graph.js';
import { gravityOfHost, gravityOfService, type HostOutcome, type ServiceOutcome } from './traffic-outcome.js';
import { ordering } from './users.js';

/** Everything that a failure takes down or degrades, as far as one line tells it. */
export interface BlastRadius extends Weight {
    /** Of those that are not here nothing is lost; in the order of the outcome. */
    readonly hosts: readonly HostOutcome[];
    readonly services: readonly ServiceOutcome[];
    /** Clusters whose workloads no service names, and which are down. */
    readonly silentClusters: number;
    /** Clusters that live, and whose configuration cannot be changed, or waits. */
    readonly frozen: number;
    readonly queued: number;
}

/** Judges failures one by one. Each costs what it touches, or what an edit changed of that, so that thousands can be compared. */
export interface Blasts {
    /** How grave the failure of an element is. */
    weightOf(this: void, element: ElementName): Weight;
    blastRadiusOf(this: void, element: ElementName): BlastRadius;
    /** How grave things are while a state lasts, with one more element down. */
    weightWith(this: void, state: State, more?: ElementName): Weight;
    /** When failures, all at once, get worse only because they last: seconds, at the earliest; undefined where they do not. */
    worseFrom(this: void, ...elements: readonly ElementName[]): number | undefined;
}

const keepingMuch: Keeping = { leastTouched: 0.25, mostChanged: 0.25 };

export function blastsIn(graph: FailureGraph, keeping = keepingMuch): Blasts {
    const { weigh, radius, losses } = scalesIn(graph);
    const failing = <T>(name: ElementName, look: (propagation: Propagation) => T): T =>
        withScratch(graph, (scratch) => look(propagate(graph, [graph.nodeOfElement.get(name)!], scratch)));
    const large = graph.parts && largeFailuresIn(graph, graph.parts, failing, keeping);
    return {
        weightOf: (name) => failing(name, weigh),
        blastRadiusOf(name) {
            const failure = large?.known(name);
            return failure ? radiusOf(failure, failure.users()) : failing(name, radius);
        },
        weightWith(state, more) {
            const stopped = more === undefined ? [] : [graph.nodeOfElement.get(more)!];
            const withMore = { ...state, stopped: [...state.stopped, ...stopped] };
            return withScratch(graph, (scratch) => weigh(propagationOf(graph, withMore, scratch)));
        },
        worseFrom(...names) {
            const failure = names.length === 1 ? large?.of(names[0]!) : undefined;
            if (failure) return failure.worseFrom;
            return withScratch(graph, (scratch) => {
                let first: Losses | undefined;
                for (const { at, propagation } of times(graph, failuresFor(names), 'earliest', scratch)) {
                    const now = losses(propagation, first);
                    if (first && areMore(now, first)) return at;
                    first ??= now;
                }
                return undefined;
            });
        },
    };
}

/** Weighs what has failed in a graph. */
function scalesIn(graph: FailureGraph) {
    const faresOf = faresIn(graph);
    let inOrder: ReturnType<typeof ordering> | undefined;
    const ordered = <U extends HostNodes | string, T>(users: (readonly [U, T])[]) =>
        (inOrder ??= ordering(graph))(users, ([user]) => user).map(([, outcome]) => outcome);
    return {
        weigh: (propagation: Propagation) => weightOf(estateSeverities(graph, propagation), [...faresOf(propagation)]),
        radius: (propagation: Propagation): BlastRadius => {
            const fares = [...faresOf(propagation)];
            const outcomes = fares.map((fare) => fare.outcomes());
            const users = hit({
                hosts: ordered(outcomes.flatMap(({ hosts }) => hosts)),
                services: ordered(outcomes.flatMap(({ services }) => services)),
            });
            return radiusOf(whatFares(graph, propagation, fares), users);
        },
        /** @param most where more is lost, there may be still more than is counted */
        losses: (propagation: Propagation, most?: Losses): Losses => {
            const now = { operations: lostOf(estateSeverities(graph, propagation)), down: 0, degraded: 0 };
            if (most && areMore(now, most)) return now;
            for (const fare of faresOf(propagation)) {
                now.down += downOf(fare);
                now.degraded += numberOf('degraded', fare.gravities);
                if (most && areMore(now, most)) break;
            }
            return now;
        },
    };
}

const known = new WeakMap<Outcome, BlastRadius>();

/** That of a whole scenario at a moment; computed once for an outcome. */
export function blastRadiusOf(outcome: Outcome): BlastRadius {
    let radius = known.get(outcome);
    if (!radius) known.set(outcome, (radius = radiusIn(outcome.graph, outcome.propagation, usersTouched(outcome))));
    return radius;
}

/** What one line tells of a failure. @param users all of them, or those whom it may touch */
export function radiusIn(graph: FailureGraph, propagation: Propagation, users: Users): BlastRadius {
    const felt = feltNumbers(graph, propagation, (node) => propagation.down[node] === 1);
    const gravities = [...users.hosts.map(gravityOfHost), ...users.services.map(gravityOfService)];
    return radiusOf(whatFares(graph, propagation, [{ felt, gravities }]), hit(users));
}

/** Those who use something of an estate: all of them, or those whom a failure may touch. */
type Users = Pick<BlastRadius, 'hosts' | 'services'>;

function hit({ hosts, services }: Users): HitUsers {
    return { hosts: hosts.filter(isHostHit), services: services.filter(isServiceHit) };
}

/** What parts of a failure come to. */
type Weighed = Pick<Fare, 'felt' | 'gravities'>;

/** How an estate fares, apart from its hosts and services. */
type Fares = Pick<LargeFailure, 'operations' | 'freshness'> & { readonly fares: readonly Weighed[] };

function whatFares(graph: FailureGraph, propagation: Propagation, fares: readonly Weighed[]): Fares {
    return {
        fares,
        operations: estateSeverities(graph, propagation),
        freshness: freshnessOf(graph, propagation),
    };
}

function radiusOf({ fares, operations, freshness }: Fares, users: HitUsers): BlastRadius {
    return {
        ...weightOf(operations, fares),
        ...users,
        silentClusters: total(fares, ({ felt }) => felt.workloads),
        frozen: freshness.filter((one) => one === 'frozen').length,
        queued: freshness.filter((one) => one === 'queued').length,
    };
}

function weightOf(severity: Weight['operations'], fares: readonly Weighed[]): Weight {
    const usersWho = (are: Gravity) => total(fares, ({ gravities }) => numberOf(are, gravities));
    const numbers = {
        down: usersWho('down') + total(fares, ({ felt }) => felt.workloads),
        degraded: usersWho('degraded'),
        failover: usersWho('failover'),
        operators: total(fares, ({ felt }) => felt.operators),
    };
    const gravity = (): Gravity => {
        for (const each of ['down', 'degraded', 'failover', 'operators'] as const) if (numbers[each] > 0) return each;
        return fares.some(({ felt }) => felt.isHeld || felt.instances > 0) ? 'spare' : 'none';
    };
    return {
        gravity: gravity(),
        operations: severity,
        extent: [numbers.down, numbers.degraded, numbers.failover, lostOf(severity), numbers.operators],
    };
}

function total<T>(items: readonly T[], of: (item: T) => number): number {
    return items.reduce((sum, item) => sum + of(item), 0);
}
