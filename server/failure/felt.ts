import type { NodeIndex, Propagation } from '../engine/index.js';
import type { FlowId } from '../knowledge/flows.js';
import { clusterName, type ElementName } from '../topology/element-name.js';
import type { Facet, FailureGraph, GraphNode, GraphPart, Route } from './graph.js';

/** Nodes by whose failure one knows how grave it is. */
interface Felt {
    /** Workloads that no service names. */
    readonly workloads: ReadonlySet<NodeIndex>;
    /** Instances that a service names: alone, their loss takes a spare. */
    readonly instances: ReadonlySet<NodeIndex>;
    /**
     * Whatever else is told of a failure, although no user need notice: facets, notes, and configuration that waits. Of a
     * note the cluster that it is about: nothing more happens to the dead.
     */
    readonly others: ReadonlyMap<NodeIndex, ElementName | undefined>;
}

const feltInGraph = new WeakMap<FailureGraph, Felt>();
const feltInPart = new WeakMap<GraphPart, Felt>();

/** How users fare is asked of hosts and services themselves. */
const judgedByUsers: ReadonlySet<FlowId> = new Set(['host-reachable', 'call-reachable']);

/** What is felt of nodes of the world, and of all nodes where a graph has no parts. */
function feltIn(graph: FailureGraph): Felt {
    let felt = feltInGraph.get(graph);
    if (felt) return felt;
    const ofFacets = feltOf(graph.parts ? graph.parts.facets : graph.facets);
    const waiting = graph.clusters.flatMap(({ delivery, write }) =>
        nodesOf(delivery, write).map((node) => [node, undefined] as const),
    );
    felt = { ...ofFacets, others: new Map([...ofFacets.others, ...waiting]) };
    feltInGraph.set(graph, felt);
    return felt;
}

/** The same where a node is. */
function feltAt(graph: FailureGraph): (node: NodeIndex) => Felt {
    const ofGraph = feltIn(graph);
    const { parts } = graph;
    if (!parts) return () => ofGraph;
    return (node) => {
        const part = parts.at(node);
        if (!part) return ofGraph;
        let felt = feltInPart.get(part);
        if (!felt) feltInPart.set(part, (felt = feltOf(part.ownFacets.map(({ facet }) => facet))));
        return felt;
    };
}

function feltOf(facets: readonly Facet[]): Felt {
    const ofInstances = facets.filter(({ flow }) => flow === 'instances-serve');
    const lostOf = (isNamed: boolean) =>
        new Set(ofInstances.filter(({ scope }) => (scope.service !== undefined) === isNamed).map(({ lost }) => lost));
    return {
        workloads: lostOf(false),
        instances: lostOf(true),
        others: new Map(
            facets
                .filter(({ flow }) => flow !== 'instances-serve' && !judgedByUsers.has(flow))
                .flatMap(({ rank, scope, lost, limited }) => {
                    const cluster = rank === 'note' ? clusterName(scope.cluster ?? '') : undefined;
                    return nodesOf(lost, limited).map((node) => [node, cluster] as const);
                }),
        ),
    };
}

function nodesOf(...nodes: readonly (NodeIndex | undefined)[]): NodeIndex[] {
    return nodes.filter((node) => node !== undefined);
}

/** What is felt of nodes that failed, and of those with a failed input, apart from how hosts and services fare. */
export interface FeltNumbers {
    /** Workloads that no service names. */
    readonly workloads: number;
    readonly instances: number;
    /** As much as operators notice. */
    readonly operators: number;
    /** Something is lost of which there is more. */
    readonly isHeld: boolean;
}

export function feltNumbers(
    graph: FailureGraph,
    { order, touched }: Pick<Propagation, 'order' | 'touched'>,
    isDown: (node: NodeIndex) => boolean,
): FeltNumbers {
    const felt = feltAt(graph);
    const isGone = (cluster: ElementName | undefined) => {
        const node = cluster === undefined ? undefined : graph.nodeOfElement.get(cluster);
        return node !== undefined && isDown(node);
    };
    let [workloads, instances, operators] = [0, 0, 0];
    for (const node of order) {
        const { workloads: ofCluster, instances: named, others } = felt(node);
        if (ofCluster.has(node)) workloads++;
        if (named.has(node)) instances++;
        if (others.has(node) && !isGone(others.get(node))) operators++;
    }
    const isHeld = touched.some(
        (node) => graph.thresholdOf(node) > 1 && !isDown(node) && isRedundancy(graph.nodes.at(node)),
    );
    return { workloads, instances, operators, isHeld };
}

const redundantRoutes: readonly Route['kind'][] = ['path', 'anywhere', 'gateways', 'host', 'behind'];

/** Copies, zones, gateways, homes, entries, and what is required, of which one will do; other gates join conditions. */
function isRedundancy(node: GraphNode): boolean {
    return node.kind === 'redundancy' || (node.kind === 'route' && redundantRoutes.includes(node.route.kind));
}
