import { clusterKinds } from '../knowledge/components.js';
import type { NodeIndex, Propagation } from '../engine/index.js';
import { nodesDownWith } from '../failure/going-along.js';
import type { FailureGraph } from '../failure/graph.js';
import { clusterOperations } from '../knowledge/operations.js';
import { isMet } from '../failure/startup.js';
import type { Judged } from './things.js';

/** Whether a node has failed. */
export type IsDown = (node: NodeIndex) => boolean;

/** How somebody fares, as far as a promise goes: for good, and not only while requests move. */
export type Fare = 'unaffected' | 'limited' | 'lost';

/** How one who is judged fares, read off a few nodes. */
export interface Watch {
    readonly judged: Judged;
    /** All nodes that are looked at. */
    readonly nodes: readonly NodeIndex[];
    /** Nodes of which several together decide, without a gate of the graph that would join them. */
    readonly jointly: readonly NodeIndex[];
    readonly fareIn: (isDown: IsDown) => Fare;
    /** The nodes that have failed where it does not fare well, the gravest first: why, and since when. */
    readonly because: (isDown: IsDown) => readonly NodeIndex[];
}

/** Undefined for what cannot be harmed: an operation of which the estate has nothing, a service without a home. */
export function watchOf(graph: FailureGraph, judged: Judged): Watch | undefined {
    switch (judged.kind) {
        case 'host':
            return levels(judged, [judged.host.lost], [judged.host.limited]);
        case 'operation': {
            const { operation, cluster } = judged;
            const found = graph.clusters.find(({ name }) => name === cluster);
            const verdict =
                cluster === undefined
                    ? graph.verdicts.estate[operation]
                    : operation === 'managementOperations'
                      ? undefined
                      : found?.verdicts[operation];
            return verdict && levels(judged, [verdict.total], [verdict.limited]);
        }
        case 'element': {
            const { name, kind } = judged.element;
            const node = graph.inUse(graph.nodeOfElement.get(name)!);
            if (!clusterKinds.has(kind)) {
                const [, ...along] = nodesDownWith(graph, judged.element);
                return levels(judged, [node, ...along], []);
            }
            const { verdicts = {} } = graph.clusters.find((cluster) => cluster.name === name) ?? {};
            const parts = clusterOperations.flatMap((operation) => verdicts[operation] ?? []);
            return levels(
                judged,
                [node],
                parts.flatMap(({ limited, total }) => [limited, total]),
            );
        }
        case 'action':
            return watchOfAction(judged);
        case 'promotion':
            return undefined;
        case 'service':
            return watchOfService(graph, judged);
    }
}

/** What is done starts something anew, which may need more than others do. */
function watchOfAction(judged: Extract<Judged, { kind: 'action' }>): Watch {
    const { node, starting = [] } = judged;
    const missing = (isDown: IsDown) => starting.filter((need) => !isMet(need, isDown)).flatMap(({ nodes }) => nodes);
    return {
        judged,
        nodes: [node, ...starting.flatMap(({ nodes }) => nodes)],
        jointly: starting.flatMap(({ nodes }) => nodes),
        fareIn: (isDown) => (isDown(node) || missing(isDown).length > 0 ? 'lost' : 'unaffected'),
        because: (isDown) => (isDown(node) ? [node] : missing(isDown)),
    };
}

function levels(judged: Judged, lost: readonly NodeIndex[], limited: readonly NodeIndex[]): Watch {
    return {
        judged,
        nodes: [...lost, ...limited],
        jointly: [],
        fareIn: (isDown) => (lost.some(isDown) ? 'lost' : limited.some(isDown) ? 'limited' : 'unaffected'),
        because: (isDown) => [...lost, ...limited].filter(isDown),
    };
}

/** A consumer of a service, while it is there to need it. */
interface Consumer {
    /** With each of which it is not there. */
    readonly gone: readonly NodeIndex[];
    readonly lost: NodeIndex;
    readonly limited: NodeIndex | undefined;
}

/**
 * A service is judged by who uses it: clients outside through its hosts, and callers who are up and find it. Without
 * anybody it is there as long as one home serves.
 */
function watchOfService(graph: FailureGraph, judged: Extract<Judged, { kind: 'service' }>): Watch | undefined {
    const { traffic } = graph;
    const homes: NodeIndex[] = [];
    for (const { servesInHealth, serves } of traffic.serving.get(judged.name) ?? [])
        if (servesInHealth) homes.push(serves);
    const consumers: Consumer[] = [];
    for (const { lost, limited } of traffic.hostsOf.get(judged.name) ?? [])
        consumers.push({ gone: nothing, lost, limited });
    for (const { instances, resolver, path } of traffic.callers.get(judged.name) ?? []) {
        const gone = resolver === undefined ? [instances] : [instances, resolver];
        consumers.push({ gone, lost: path.lost, limited: path.limited });
    }
    return homes.length + consumers.length === 0 ? undefined : new ServiceWatch(judged, homes, consumers);
}

const nothing: readonly NodeIndex[] = [];

/** There are thousands of them: what they look at is listed only while somebody asks. */
class ServiceWatch implements Watch {
    constructor(
        readonly judged: Judged,
        private readonly homes: readonly NodeIndex[],
        private readonly consumers: readonly Consumer[],
    ) {}

    get nodes(): readonly NodeIndex[] {
        const nodes: NodeIndex[] = [];
        for (const { lost, limited } of this.consumers) {
            nodes.push(lost);
            if (limited !== undefined) nodes.push(limited);
        }
        return [...nodes, ...this.homes];
    }

    get jointly(): readonly NodeIndex[] {
        const nodes = [...this.homes];
        for (const { lost, gone } of this.consumers) nodes.push(lost, ...gone);
        return nodes;
    }

    fareIn(isDown: IsDown): Fare {
        let [present, lost, limited] = [0, 0, 0];
        for (const consumer of this.consumers) {
            if (consumer.gone.some(isDown)) continue;
            present++;
            if (isDown(consumer.lost)) lost++;
            else if (consumer.limited !== undefined && isDown(consumer.limited)) limited++;
        }
        if (present === 0) return this.homes.length > 0 && this.homes.every(isDown) ? 'lost' : 'unaffected';
        if (lost === present) return 'lost';
        return lost + limited > 0 ? 'limited' : 'unaffected';
    }

    because(isDown: IsDown): readonly NodeIndex[] {
        const present = this.consumers.filter(({ gone }) => !gone.some(isDown));
        const limited = present.flatMap((consumer) => consumer.limited ?? []);
        const found = [...present.map(({ lost }) => lost), ...limited].filter(isDown);
        return found.length > 0 ? found : this.homes.filter(isDown);
    }
}

/** What a propagation says of a node. */
export function downIn({ down }: Pick<Propagation, 'down'>): IsDown {
    return (node) => down[node] === 1;
}
