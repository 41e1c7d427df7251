import type { NodeIndex } from '../engine/index.js';
import { actions, type Action, type ActionId } from '../knowledge/actions.js';
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
    const nodes = needs.map((flow) => graph.flowNode(flow, { cluster: cluster.name }) ?? graph.flowNode(flow, {}));
    return nodes.find((node) => node !== undefined);
}
