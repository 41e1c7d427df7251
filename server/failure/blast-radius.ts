import { createPropagation, propagate, type Propagation } from '../engine/index.js';
import { operations, severities, type Operation, type Severity } from '../knowledge/operations.js';
import type { ElementName } from '../topology/element-name.js';
import { feltNumbers } from './felt.js';
import type { FailureGraph } from './graph.js';
import type { Gravity, Weight } from './gravity.js';
import { estateSeverities, freshnessIn, propagationOf, usersTouched, type Outcome, type State } from './outcome.js';
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

/** Judges failures one by one. Each costs no more than what it touches, so that thousands can be compared. */
export interface Blasts {
    /** How grave the failure of an element is. */
    weightOf(this: void, element: ElementName): Weight;
    blastRadiusOf(this: void, element: ElementName): BlastRadius;
    /** How grave things are while a state lasts, with one more element down. */
    weightWith(this: void, state: State, more?: ElementName): Weight;
    /** When failures, all at once, get worse only because they last: seconds, at the earliest; undefined where they do not. */
    worseFrom(this: void, ...elements: readonly ElementName[]): number | undefined;
}

export function blastsIn(graph: FailureGraph): Blasts {
    const scratch = createPropagation(graph);
    let inTime: Propagation | undefined;
    const { weigh, radius, losses } = scalesIn(graph);
    const failing = (name: ElementName) => propagate(graph, [graph.nodeOfElement.get(name)!], scratch);
    return {
        weightOf: (name) => weigh(failing(name)),
        blastRadiusOf: (name) => radius(failing(name)),
        weightWith(state, more) {
            const stopped = more === undefined ? [] : [graph.nodeOfElement.get(more)!];
            return weigh(propagationOf(graph, { ...state, stopped: [...state.stopped, ...stopped] }, scratch));
        },
        worseFrom(...names) {
            let first: Losses | undefined;
            inTime ??= createPropagation(graph);
            for (const { at, propagation } of times(graph, failuresFor(names), 'earliest', inTime)) {
                const now = losses(propagation, first);
                if (first && areMore(now, first)) return at;
                first ??= now;
            }
            return undefined;
        },
    };
}

/** What is lost, in numbers: neither who fails over, nor how much operators notice of it. */
interface Losses {
    readonly operations: number;
    readonly down: number;
    readonly degraded: number;
}

function areMore(now: Losses, before: Losses): boolean {
    return now.operations > before.operations || now.down > before.down || now.degraded > before.degraded;
}

/** Weighs what has failed in a graph. */
function scalesIn(graph: FailureGraph) {
    const faresOf = faresIn(graph);
    let inOrder: ReturnType<typeof ordering> | undefined;
    return {
        weigh: (propagation: Propagation) => weightOf(graph, propagation, [...faresOf(propagation)]),
        radius: (propagation: Propagation): BlastRadius => {
            const fares = [...faresOf(propagation)];
            const outcomes = fares.map((fare) => fare.outcomes());
            const ordered = <U extends HostNodes | string, T>(users: (readonly [U, T])[]) =>
                (inOrder ??= ordering(graph))(users, ([user]) => user).map(([, outcome]) => outcome);
            return radiusOf(graph, propagation, fares, {
                hosts: ordered(outcomes.flatMap(({ hosts }) => hosts)),
                services: ordered(outcomes.flatMap(({ services }) => services)),
            });
        },
        /** @param most where more is lost, there may be still more than is counted */
        losses: (propagation: Propagation, most?: Losses): Losses => {
            const now = { operations: lostOf(estateSeverities(graph, propagation)), down: 0, degraded: 0 };
            if (most && areMore(now, most)) return now;
            for (const { felt, gravities } of faresOf(propagation)) {
                now.down += felt.workloads + numberOf('down', gravities);
                now.degraded += numberOf('degraded', gravities);
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

/** Those who use something of an estate: all of them, or those whom a failure may touch. */
interface Outcomes {
    readonly hosts: readonly HostOutcome[];
    readonly services: readonly ServiceOutcome[];
}

/** What one line tells of a failure. @param users all of them, or those whom it may touch */
export function radiusIn(graph: FailureGraph, propagation: Propagation, users: Outcomes): BlastRadius {
    const felt = feltNumbers(graph, propagation, (node) => propagation.down[node] === 1);
    const gravities = [...users.hosts.map(gravityOfHost), ...users.services.map(gravityOfService)];
    return radiusOf(graph, propagation, [{ felt, gravities }], users);
}

/** What parts of a failure come to. */
type Weighed = Pick<Fare, 'felt' | 'gravities'>;

function radiusOf(
    graph: FailureGraph,
    propagation: Propagation,
    fares: readonly Weighed[],
    { hosts, services }: Outcomes,
): BlastRadius {
    const freshness = graph.clusters.map((cluster) => freshnessIn(graph, cluster, propagation));
    return {
        ...weightOf(graph, propagation, fares),
        hosts: hosts.filter(({ severity, gapSeconds }) => severity !== 'unaffected' || gapSeconds !== null),
        services: services.filter(({ severity, lostHomes }) => severity !== 'unaffected' || lostHomes.length > 0),
        silentClusters: total(fares, ({ felt }) => felt.workloads),
        frozen: freshness.filter((one) => one === 'frozen').length,
        queued: freshness.filter((one) => one === 'queued').length,
    };
}

function weightOf(graph: FailureGraph, propagation: Propagation, fares: readonly Weighed[]): Weight {
    const severity = estateSeverities(graph, propagation);
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

function numberOf(gravity: Gravity, gravities: readonly Gravity[]): number {
    return gravities.filter((each) => each === gravity).length;
}

/** How much is lost of the operations, as a number by which it compares. */
function lostOf(severity: Readonly<Record<Operation, Severity>>): number {
    return operations.reduce((sum, operation) => sum + severities.indexOf(severity[operation]) ** 2, 0);
}
