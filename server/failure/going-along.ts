import type { NodeIndex } from '../engine/index.js';
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
