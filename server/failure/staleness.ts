import type { NodeIndex } from '../engine/index.js';
import type { FailureGraph, GraphNode } from './graph.js';
import type { Moment } from './run.js';

/**
 * Follows whether a cluster that is cut off from central has in fact missed something: since the first change of endpoints
 * elsewhere (instances or gateways that went or came) after it was cut off. What happened before, or in the same moment, it
 * may have heard of. What a cluster missed before it died it still lacks when it is back; a dead one is not called stale.
 *
 * @returns a function that takes the moments of a scenario in order, and answers with the stale clusters, since when
 */
export function followStaleness(graph: FailureGraph): (moment: Moment) => ReadonlyMap<string, number> {
    const streams = graph.clusters.flatMap(({ name }): [string, NodeIndex][] => {
        const stream = graph.flowNode('control-stream', { cluster: name });
        return stream === undefined ? [] : [[name, stream]];
    });
    const staleSince = new Map<string, number>();
    let cutBefore = new Set<string>();
    let before: Moment | undefined;
    return (moment) => {
        if (moment !== before) {
            const { down } = moment.outcome.propagation;
            const cut = new Set(streams.filter(([, stream]) => down[stream]).map(([name]) => name));
            for (const name of staleSince.keys()) if (!cut.has(name)) staleSince.delete(name);
            // most of the time nothing is cut off for so long that it could have missed anything
            const wasCut = [...cut].some((name) => cutBefore.has(name));
            const changed = before && wasCut ? changedClusters(graph, before, moment) : nowhere;
            for (const name of cut) {
                const missed = cutBefore.has(name) && changed.size > (changed.has(name) ? 1 : 0);
                if (missed && !staleSince.has(name)) staleSince.set(name, moment.at);
            }
            cutBefore = cut;
            before = moment;
        }
        if (staleSince.size === 0) return nobody;
        const dead = new Set(moment.outcome.clusters.filter(({ alive }) => !alive).map(({ name }) => name));
        return new Map([...staleSince].filter(([name]) => !dead.has(name)));
    };
}

const nobody: ReadonlyMap<string, number> = new Map();
const nowhere: ReadonlySet<string> = new Set();

/** Of which clusters others are told something: those in which instances or gateways went or came. */
function changedClusters(graph: FailureGraph, before: Moment, after: Moment): ReadonlySet<string> {
    const changed = new Set<string>();
    for (const [one, other] of [
        [before, after],
        [after, before],
    ] as const) {
        const { down } = other.outcome.propagation;
        for (const node of one.outcome.propagation.order) {
            if (down[node]) continue;
            const cluster = endpointIn(graph.nodes.at(node));
            if (cluster !== undefined) changed.add(cluster);
        }
    }
    return changed;
}

/** The cluster of which a node stands for instances or for a gateway; undefined for all else. */
function endpointIn(node: GraphNode): string | undefined {
    if (node.kind !== 'element') return undefined;
    const { kind, cluster } = node.element;
    return kind === 'instances' || kind === 'gateway' ? cluster : undefined;
}
