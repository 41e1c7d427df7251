import type { NodeIndex } from '../engine/index.js';
import type { Element } from '../topology/element.js';
import type { FailureGraph, StandIn } from './graph.js';
import type { WhyRefused } from './outcome.js';
import { isMet, startingOf } from './startup.js';

/**
 * Why something cannot be promoted now; undefined where it can. What stands by for nothing any more, since it was promoted
 * already, may be promoted again, which changes nothing; and the other side may be promoted back.
 *
 * @param standIn what it is, if it stands by for something
 * @param back what was promoted in place of it, if anything was
 */
export function refusalOf(
    graph: FailureGraph,
    element: Element,
    standIn: StandIn | undefined,
    back: StandIn | undefined,
    isDown: (node: NodeIndex) => boolean,
): WhyRefused | undefined {
    if (!standIn && !back) return { kind: 'no-stand-in' };
    const own = graph.nodeOfElement.get(element.name)!;
    const [lack] = standIn?.lacks ?? [];
    if (lack !== undefined) return { kind: 'lacks', says: lack };
    if (isDown(own)) return { kind: 'down', missing: [own] };
    const needed = standIn?.needs.find(({ node }) => isDown(node));
    if (needed) return { kind: 'down', missing: [needed.node], because: needed.because };
    const starting = startingOf(graph, element)?.needs.find((need) => !isMet(need, isDown));
    return starting && { kind: 'down', missing: starting.nodes, because: starting.because };
}
