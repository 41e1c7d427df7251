import type { NodeIndex, Propagation } from '../engine/index.js';
import { clusterKinds, componentKinds, type ComponentKindId } from '../knowledge/components.js';
import { partName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type { FailureGraph } from './graph.js';

/**
 * The nodes with each of which an element is down: its own, and where it goes along with its container without a word, that of
 * the container.
 */
export function nodesDownWith({ nodeOfElement }: Pick<FailureGraph, 'nodeOfElement'>, element: Element): NodeIndex[] {
    const { goesAlong } = componentKinds[element.kind];
    return [element.name, ...(goesAlong ? element.parents : [])].map((name) => nodeOfElement.get(name)!);
}

/** Whether an element is down: itself, or with the container along with which it goes. */
export function isElementDown(
    graph: Pick<FailureGraph, 'nodeOfElement'>,
    element: Element,
    { down }: Pick<Propagation, 'down'>,
): boolean {
    return nodesDownWith(graph, element).some((node) => down[node]);
}

const alongWithClusters = (Object.keys(componentKinds) as ComponentKindId[]).filter(
    (kind) => componentKinds[kind].goesAlong,
);

/** What went along with the clusters among these nodes without a word, and has to start with them. */
export function goneAlong(
    { nodes, nodeOfElement }: Pick<FailureGraph, 'nodes' | 'nodeOfElement'>,
    stopped: Iterable<NodeIndex>,
): ReadonlySet<NodeIndex> {
    const gone = new Set<NodeIndex>();
    for (const node of stopped) {
        const found = nodes.at(node);
        if (found.kind !== 'element' || !clusterKinds.has(found.element.kind)) continue;
        for (const kind of alongWithClusters) {
            const along = nodeOfElement.get(partName(found.element.name, componentKinds[kind].segment!));
            if (along !== undefined) gone.add(along);
        }
    }
    return gone;
}
