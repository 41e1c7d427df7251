import { asElementName, clusterName, type ElementName } from '../topology/element-name.js';
import { type NodeIndex, propagate, type Propagation } from '../engine/index.js';
import type { ClusterOperation, Freshness, Operation, Severity } from '../knowledge/operations.js';
import { clusterOperations, forEachOperation, operations } from '../knowledge/operations.js';
import type { Element } from '../topology/element.js';
import { isElementDown } from './going-along.js';
import type { ClusterNodes, Facet, FailureGraph, StandIn, Verdict } from './graph.js';
import { allUsers, touchedFacets, type TouchedUsers } from './touched.js';
import { trafficOutcome, type HostOutcome, type ServiceOutcome } from './traffic-outcome.js';

/** What a set of failures does to a topology. */
export interface Outcome {
    readonly graph: FailureGraph;
    /** What was made to fail, in the order given. */
    readonly failures: readonly Element[];
    readonly state: State;
    readonly operations: Readonly<Record<Operation, Severity>>;
    readonly clusters: readonly ClusterOutcome[];
    readonly hosts: readonly HostOutcome[];
    readonly services: readonly ServiceOutcome[];
    /** Those of them whom the failures touched: found sooner than all, for whoever asks what has changed. */
    readonly touched: TouchedUsers;
    /** Every facet that is lost or limited, in order of the model; notes among them. */
    readonly effects: readonly Effect[];
    readonly propagation: Propagation;
}

/** The same as lists, in the order of the outcome: nothing happens to any others, so that whoever tells what does needs no more. */
export function usersTouched({ touched }: Pick<Outcome, 'touched'>): Pick<Outcome, 'hosts' | 'services'> {
    return { hosts: [...touched.hosts.values()], services: [...touched.services.values()] };
}

export interface ClusterOutcome {
    readonly name: string;
    readonly alive: boolean;
    /** An operation that has nothing to lose in this cluster is absent. */
    readonly operations: Readonly<Partial<Record<ClusterOperation, Severity>>>;
    /** Absent where nothing is delivered to the cluster: it is gone, has no edge control plane, or there is no management cluster. */
    readonly freshness?: Freshness;
}

export interface Effect {
    readonly facet: Facet;
    readonly state: 'lost' | 'limited';
    /** The node that failed: `facet.lost` or `facet.limited`. */
    readonly node: NodeIndex;
}

/** What has failed at a moment: what was made to, and what time made of it. */
export interface State {
    /** What was made to fail, in the order in which it was. */
    readonly failures: readonly Element[];
    /** What was made to fail, and what stopped with it. */
    readonly stopped: readonly NodeIndex[];
    /** What cannot start yet, or is starting (R10). */
    readonly starting: readonly NodeIndex[];
    /** What has run out, in the order in which it did (R7). */
    readonly expired: readonly NodeIndex[];
    /** What of it may have run out, and need not: only a range of time is known. */
    readonly uncertain: ReadonlySet<NodeIndex>;
    /** Every agent token is void: iam has started without the iam-signing-key. */
    readonly tokensVoid: boolean;
    /** What does not go unnoticed, since the instances had been withdrawn before. */
    readonly withdrawn: ReadonlySet<NodeIndex>;
    /** Instances that are back, of which nobody has told those who would use them. */
    readonly unheard: readonly NodeIndex[];
    /** What has taken the place of another thing. */
    readonly promoted: readonly StandIn[];
    /** Those of them to whom whoever uses them is connecting. */
    readonly reconnecting: readonly StandIn[];
    /** What takes itself for the one, while the original does so, too. */
    readonly divided: readonly StandIn[];
    /** Promotions that could not be, so far. */
    readonly refused: readonly Refusal[];
}

/** Why something was not promoted. */
export interface Refusal {
    /** Seconds. */
    readonly at: number;
    readonly element: Element;
    readonly why: WhyRefused;
}

export type WhyRefused =
    /** It is down itself, or something that it needs is. */
    | { readonly kind: 'down'; readonly missing: readonly NodeIndex[]; readonly because?: string }
    /** It never could, as a clause. */
    | { readonly kind: 'lacks'; readonly says: string }
    /** It stands by for nothing. */
    | { readonly kind: 'no-stand-in' };

/** At the moment of failure time has done nothing yet. */
const nothingInTime: Omit<State, 'failures' | 'stopped'> = {
    starting: [],
    expired: [],
    uncertain: new Set(),
    tokensVoid: false,
    withdrawn: new Set(),
    unheard: [],
    promoted: [],
    reconnecting: [],
    divided: [],
    refused: [],
};

/**
 * Simulates failures, all at once and at the moment at which they begin.
 *
 * @param failures names of elements of this topology; a name that it does not have is an error of the caller
 * @throws RangeError for an unknown element
 */
export function simulate(graph: FailureGraph, failures: readonly ElementName[]): Outcome {
    for (const name of failures) nodeNamed(graph, name);
    return outcomeOf(
        graph,
        stateOf(
            graph,
            failures.map((name) => graph.elements.byName.get(name)!),
        ),
    );
}

/** The moment at which elements begin to fail. */
export function stateOf(graph: FailureGraph, failures: readonly Element[]): State {
    return { ...nothingInTime, failures, stopped: failures.map(({ name }) => nodeNamed(graph, name)) };
}

/**
 * The node of an element.
 *
 * @throws RangeError if the topology has no such element
 */
export function nodeNamed(graph: FailureGraph, name: ElementName): NodeIndex {
    const node = graph.nodeOfElement.get(name);
    if (node === undefined) throw new RangeError(`The topology has no element ${name}.`);
    return node;
}

/**
 * What a state means for operations, clusters, hosts and services.
 *
 * @param into as in {@link propagate}: the outcome is one of this state until the next propagation into it
 */
export function outcomeOf(graph: FailureGraph, state: State, into?: Propagation): Outcome {
    const propagation = propagationOf(graph, state, into);
    const { down } = propagation;
    const isDown = (node: NodeIndex) => down[node] === 1;
    // Many outcomes are asked for their marks only, and an estate may have thousands of services and clusters.
    const users = allUsers(graph, propagation, trafficOutcome(graph.traffic, isDown));
    let clusters: readonly ClusterOutcome[] | undefined;
    let hosts: readonly HostOutcome[] | undefined;
    let services: readonly ServiceOutcome[] | undefined;
    let effects: readonly Effect[] | undefined;
    return {
        graph,
        failures: state.failures,
        state,
        operations: estateSeverities(graph, propagation),
        get clusters() {
            return (clusters ??= graph.clusters.map((cluster) => clusterOutcome(graph, cluster, propagation)));
        },
        get hosts() {
            return (hosts ??= users.hosts());
        },
        get services() {
            return (services ??= users.services());
        },
        get touched() {
            return users.touched();
        },
        get effects() {
            return (effects ??= effectsOf(graph, propagation));
        },
        propagation,
    };
}

/** What follows from a state. @param into as in {@link propagate} */
export function propagationOf(graph: FailureGraph, state: State, into?: Propagation): Propagation {
    const { stopped, starting, unheard, expired: later } = state;
    const seeds = [...stopped, ...starting, ...unheard, ...seedsOf(state)];
    return propagate(graph, seeds, into, { later, spared: sparedIn(state) });
}

/** What fails because something was promoted, before anything else follows from that. */
export function seedsOf({
    promoted,
    reconnecting,
    divided,
}: Pick<State, 'promoted' | 'reconnecting' | 'divided'>): NodeIndex[] {
    return [
        ...promoted.map(({ promotion }) => promotion),
        ...reconnecting.flatMap(({ reconnection }) => reconnection ?? []),
        ...divided.flatMap(({ byItself }) => byItself?.twoPrimaries ?? []),
    ];
}

/** What fails with nothing that it rests on. */
export function sparedIn({ withdrawn, promoted }: Pick<State, 'withdrawn' | 'promoted'>): ReadonlySet<NodeIndex> {
    return promoted.length === 0 ? withdrawn : new Set([...withdrawn, ...promoted.flatMap(({ freed }) => freed)]);
}

function clusterOutcome(graph: FailureGraph, cluster: ClusterNodes, propagation: Propagation): ClusterOutcome {
    const { name, verdicts } = cluster;
    const judged = severitiesOf(clusterOperations, verdicts, propagation);
    const freshness = freshnessIn(graph, cluster, propagation);
    const alive = !propagation.down[graph.nodeOfElement.get(clusterName(name))!];
    return { name, alive, operations: judged, ...(freshness !== undefined && { freshness }) };
}

/** Whether what is written reaches a cluster; undefined where nothing is delivered to it, as to one that is gone. */
export function freshnessIn(
    { nodeOfElement }: FailureGraph,
    { name, write, delivery }: ClusterNodes,
    { down }: Propagation,
): Freshness | undefined {
    if (write === undefined || delivery === undefined || down[nodeOfElement.get(clusterName(name))!]) return undefined;
    return down[write] ? 'frozen' : down[delivery] ? 'queued' : 'live';
}

function effectsOf(graph: FailureGraph, propagation: Propagation): Effect[] {
    const { down } = propagation;
    return touchedFacets(graph, propagation).flatMap((facet): Effect[] => {
        if (down[facet.lost]) return [{ facet, state: 'lost', node: facet.lost }];
        if (facet.limited !== undefined && down[facet.limited]) {
            return [{ facet, state: 'limited', node: facet.limited }];
        }
        return [];
    });
}

/** The four marks of the estate. Operations of which the estate has nothing are unaffected. */
export function estateSeverities(graph: FailureGraph, propagation: Down): Record<Operation, Severity> {
    const known = severitiesOf(operations, graph.verdicts.estate, propagation);
    return forEachOperation((operation) => known[operation] ?? 'unaffected');
}

/** Of which nodes it is known whether they have failed: 1, and else 0. */
interface Down {
    readonly down: Readonly<Record<NodeIndex, number>>;
}

/** Whether an element is available in this outcome. */
export function isAlive(outcome: Outcome, name: string): boolean {
    const { graph, propagation } = outcome;
    const element = graph.elements.byName.get(asElementName(name));
    return element === undefined || !isElementDown(graph, element, propagation);
}

/** How an operation fares of which a graph has these verdict nodes. */
export function severityOf({ limited, total }: Verdict, { down }: Down): Severity {
    return down[total] ? 'total' : down[limited] ? 'limited' : 'unaffected';
}

function severitiesOf<O extends Operation>(
    judged: readonly O[],
    verdicts: Readonly<Partial<Record<O, Verdict>>>,
    propagation: Down,
): Partial<Record<O, Severity>> {
    const severities: Partial<Record<O, Severity>> = {};
    for (const operation of judged) {
        const verdict = verdicts[operation];
        if (verdict) severities[operation] = severityOf(verdict, propagation);
    }
    return severities;
}
