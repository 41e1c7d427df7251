import type { Effect, Outcome } from '../failure/outcome.js';
import { noticedIn } from '../failure/noticed.js';
import { isAlive } from '../failure/outcome.js';
import type { ClockId } from '../knowledge/clocks.js';
import type { FlowId } from '../knowledge/flows.js';
import type { Topology } from '../topology/topology.js';
import { carriesWorkloads } from '../topology/topology.js';

/** An outcome, arranged for those who put it into words. */
export interface Facts {
    readonly outcome: Outcome;
    readonly topology: Topology;
    /** Clusters that count for local operations and metrics, in order of declaration. */
    readonly clusters: readonly string[];
    /** Those of them that are down as a whole. */
    readonly dead: readonly string[];
    /** The clusters, dead ones left out, in which a flow is lost; words mention a dead cluster, not each of its parts. */
    lost(flow: FlowId): readonly string[];
    /** The same for a flow that goes on while its buffer lasts. */
    limited(flow: FlowId): readonly string[];
    /** The clusters in which something has run out that somebody is left to notice: for sure, or perhaps. */
    ranOut(clock: ClockId): RanOut;
    /** Whether a flow of the whole estate is lost. */
    estateLost(flow: FlowId): boolean;
}

export interface RanOut {
    /** Where it has run out for sure. */
    readonly certain: readonly string[];
    /** Where it may have run out, and need not. */
    readonly possible: readonly string[];
}

/** Arranges an outcome. Linear in the number of its effects. */
export function factsOf(outcome: Outcome): Facts {
    const { topology } = outcome.graph;
    const clusters = topology.clusters.filter(carriesWorkloads).map((cluster) => cluster.name);
    const dead = clusters.filter((cluster) => !isAlive(outcome, cluster));
    const byFlow = new Map<string, Effect[]>();
    for (const effect of outcome.effects) {
        const key = `${effect.facet.flow}|${effect.state}`;
        const group = byFlow.get(key);
        if (group) group.push(effect);
        else byFlow.set(key, [effect]);
    }
    const deadSet = new Set(dead);
    const inLiveClusters = (flow: FlowId, state: Effect['state']) =>
        (byFlow.get(`${flow}|${state}`) ?? []).flatMap(({ facet }) =>
            facet.scope.cluster !== undefined && !deadSet.has(facet.scope.cluster) ? [facet.scope.cluster] : [],
        );
    return {
        outcome,
        topology,
        clusters,
        dead,
        lost: (flow) => inLiveClusters(flow, 'lost'),
        limited: (flow) => inLiveClusters(flow, 'limited'),
        ranOut: (clock) => ranOut(outcome, clock),
        estateLost: (flow) => byFlow.has(`${flow}|lost`),
    };
}

/** How a group of clusters is best named: all of them, or by their names. */
export function isEverywhere(clusters: readonly string[], facts: Facts): boolean {
    return clusters.length > 1 && clusters.length === facts.clusters.length;
}

function ranOut({ graph, propagation, state }: Outcome, clock: ClockId): RanOut {
    const isNoticed = noticedIn(graph, state);
    const timers = graph.timers.filter(
        (timer) => timer.clock === clock && propagation.down[timer.node] && isNoticed(timer),
    );
    const clusters = (isUncertain: boolean) =>
        timers
            .filter(({ node }) => state.uncertain.has(node) === isUncertain)
            .flatMap(({ scope }) => scope.cluster ?? []);
    return { certain: clusters(false), possible: clusters(true) };
}
