import type { Operation, Severity } from '../knowledge/operations.js';
import { operations } from '../knowledge/operations.js';
import type { Element } from '../topology/elements.js';
import type { FailureGraph, GraphNode, NodeIndex, Route } from './graph.js';
import { estateSeverities } from './outcome.js';
import { createPropagation, propagate, type Propagation } from './propagate.js';

/**
 * How grave a failure is. `total`: a host or an operation is lost as a whole; `limited`: an operation loses a part;
 * `redundancy`: everything goes on, but something that stood by is gone, or changes wait; `nothing`: nobody would notice.
 */
export const gravities = ['total', 'limited', 'redundancy', 'nothing'] as const;

export type Gravity = (typeof gravities)[number];

/** What the failure of one element comes to. */
export interface Weight {
    readonly gravity: Gravity;
    readonly operations: Readonly<Record<Operation, Severity>>;
}

/** Weighs failures one by one. Each costs no more than what it touches, so that thousands can be compared. */
export function weigher(graph: FailureGraph): (element: Element) => Weight {
    const scratch = createPropagation(graph);
    const signs: Signs = {
        hosts: new Set(graph.traffic.hosts.map(({ lost }) => lost)),
        felt: new Set([
            ...graph.facets.map(({ lost }) => lost),
            ...graph.clusters.flatMap(({ delivery, write }) => [delivery ?? [], write ?? []].flat()),
        ]),
    };
    return ({ name }) => {
        const propagation = propagate(graph, [graph.nodeOfElement.get(name)!], scratch);
        const severities = estateSeverities(graph, propagation);
        return { gravity: gravityOf(graph, propagation, severities, signs), operations: severities };
    };
}

/** Nodes by whose failure one knows how grave it is. */
interface Signs {
    readonly hosts: ReadonlySet<NodeIndex>;
    /** Whatever is told of a failure, although no operation is limited: notes, and configuration that waits. */
    readonly felt: ReadonlySet<NodeIndex>;
}

const redundantRoutes: readonly Route['kind'][] = ['path', 'gateways', 'host', 'behind'];

/** Copies, zones, gateways, homes and entries of which one will do; other gates join conditions. */
function isRedundancy(node: GraphNode): boolean {
    return node.kind === 'redundancy' || (node.kind === 'route' && redundantRoutes.includes(node.route.kind));
}

function gravityOf(
    graph: FailureGraph,
    { order, touched, down }: Propagation,
    severities: Readonly<Record<Operation, Severity>>,
    { hosts, felt }: Signs,
): Gravity {
    const is = (severity: Severity) => operations.some((operation) => severities[operation] === severity);
    if (is('total') || order.some((node) => hosts.has(node))) return 'total';
    if (is('limited')) return 'limited';
    const held = touched.some((node) => !down[node] && graph.thresholds[node]! > 1 && isRedundancy(graph.nodes[node]!));
    return held || order.some((node) => felt.has(node)) ? 'redundancy' : 'nothing';
}
