import type { NodeIndex } from '../engine/index.js';
import type { FailureGraph } from './graph.js';
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
            const changed = before && wasCut ? changedClusters(endpointsByCluster(graph), before, moment) : [];
            for (const name of cut) {
                const missed = cutBefore.has(name) && changed.some((other) => other !== name);
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

const known = new WeakMap<FailureGraph, ReadonlyMap<string, readonly NodeIndex[]>>();

/** Instances and gateways: what other clusters are told of. Found once for each graph. */
function endpointsByCluster(graph: FailureGraph): ReadonlyMap<string, readonly NodeIndex[]> {
    let endpoints = known.get(graph);
    if (!endpoints) known.set(graph, (endpoints = endpointsIn(graph)));
    return endpoints;
}

function endpointsIn({ elements, nodeOfElement }: FailureGraph): ReadonlyMap<string, readonly NodeIndex[]> {
    const endpoints = new Map<string, NodeIndex[]>();
    for (const { kind, cluster, name } of elements.listed) {
        if (cluster === undefined || (kind !== 'instances' && kind !== 'gateway')) continue;
        const nodes = endpoints.get(cluster) ?? [];
        nodes.push(nodeOfElement.get(name)!);
        endpoints.set(cluster, nodes);
    }
    return endpoints;
}

function changedClusters(
    endpoints: ReadonlyMap<string, readonly NodeIndex[]>,
    { outcome: { propagation: before } }: Moment,
    { outcome: { propagation: after } }: Moment,
): string[] {
    return [...endpoints]
        .filter(([, nodes]) => nodes.some((node) => before.down[node] !== after.down[node]))
        .map(([cluster]) => cluster);
}
