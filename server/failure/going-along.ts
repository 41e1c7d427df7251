import type { NodeIndex, Propagation } from '../engine/index.js';
import { componentKinds } from '../knowledge/components.js';
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
