import type { NodeIndex } from '../engine/index.js';
import { actionIds, actions, type Action, type ActionId } from '../knowledge/actions.js';
import type { FlowId } from '../knowledge/flows.js';
import { carriesWorkloads, type Cluster } from '../topology/topology.js';
import type { FailureGraph } from './graph.js';

/**
 * The node that decides whether something can be done with a cluster: while it is lost, that is refused.
 *
 * @returns undefined where nobody does so there, as with GitOps that is off, or where there are no workloads
 */
export function decidingNode(graph: FailureGraph, cluster: Cluster, action: ActionId): NodeIndex | undefined {
    const { needs, gitops }: Action = actions[action];
    if (!carriesWorkloads(cluster)) return undefined;
    if (gitops !== undefined && cluster.edge.gitops.value !== gitops) return undefined;
    const nodes = needs.map((flow) => nodeOf(graph, cluster.name, flow));
    return nodes.find((node) => node !== undefined);
}

function nodeOf(graph: FailureGraph, cluster: string, flow: FlowId): NodeIndex | undefined {
    return graph.flowNode(flow, { cluster }) ?? graph.flowNode(flow, {});
}

/** Upon what it depends whether something can be done with a cluster. */
export interface Decision {
    readonly cluster: string;
    readonly action: ActionId;
    readonly decisive: NodeIndex;
    /** Whether what decides is in the cluster. */
    readonly isThere: boolean;
    /** While one of these is lost, there is a reservation. */
    readonly caveats: readonly { readonly node: NodeIndex; readonly says: string }[];
}

const decisions = new WeakMap<object, readonly Decision[]>();

/** What can be done in an estate, by cluster; no service has a say in it, so that it is found once for each world. */
export function decisionsIn(graph: FailureGraph): readonly Decision[] {
    const key = graph.parts?.world ?? graph;
    const known = decisions.get(key) ?? graph.topology.clusters.flatMap((cluster) => decisionsOn(graph, cluster));
    decisions.set(key, known);
    return known;
}

function decisionsOn(graph: FailureGraph, cluster: Cluster): Decision[] {
    return actionIds.flatMap((action) => {
        const decisive = decidingNode(graph, cluster, action);
        if (decisive === undefined) return [];
        const { needs, caveats }: Action = actions[action];
        const there = { cluster: cluster.name };
        const found = caveats.flatMap(({ flow, says }) => {
            const node = nodeOf(graph, cluster.name, flow);
            return node === undefined ? [] : [{ node, says }];
        });
        const isThere = needs.some((flow) => graph.flowNode(flow, there) === decisive);
        return [{ ...there, action, decisive, isThere, caveats: found }];
    });
}
