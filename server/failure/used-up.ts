import type { NodeIndex, Propagation } from '../engine/index.js';
import type { Element } from '../topology/element.js';
import { isElementDown } from './going-along.js';
import type { FailureGraph } from './graph.js';
import { isWay, nodesOfUsers, usersOf } from './users.js';

/**
 * The elements whose failure may take more now than it would in health, in the order in which the estate has them: all others
 * take what they always take. Something more is lost only by
 *
 * - a gate that has lost an input and is up: who takes it now has to take what it still needs;
 * - somebody who uses what is touched already, and is touched again.
 *
 * So it is enough to go back from there, through what is up, and through ways, which lead on to their users whether they are
 * up or not. Linear in what is behind what has failed.
 *
 * @param now what has failed; nothing may be spared
 */
export function mayTakeMore(graph: FailureGraph, now: Propagation): Element[] {
    const { down, failedInputs, touched } = now;
    const isWayAt = isWay(graph);
    const seen = new Set<NodeIndex>();
    const stack: NodeIndex[] = [];
    const visit = (node: NodeIndex) => {
        if (seen.has(node) || (down[node] && !isWayAt(node))) return;
        seen.add(node);
        stack.push(node);
    };
    for (const node of nodesOfUsers(graph, usersOf(graph)(now))) visit(node);
    for (const gate of touched) {
        if (down[gate]) continue;
        const left: NodeIndex[] = [];
        const { targets, first, end } = graph.inputsOf(gate);
        for (let edge = first; edge < end; edge++) if (!down[targets[edge]!]) left.push(targets[edge]!);
        const missing = graph.thresholdOf(gate) - failedInputs[gate]!;
        if (left.length < missing) continue;
        // where none of them can be spared, whoever takes the gate takes each of them
        const needed = left.length === missing ? [left.find((node) => seen.has(node)) ?? left[0]!] : left;
        for (const node of needed) visit(node);
    }
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        const { targets, first, end } = graph.inputsOf(node);
        for (let edge = first; edge < end; edge++) visit(targets[edge]!);
    }
    return inOrder(graph, elementsAt(graph, seen, now));
}

function elementsAt(graph: FailureGraph, seen: ReadonlySet<NodeIndex>, now: Propagation): Element[] {
    return [...seen].flatMap((place) => {
        const node = now.down[place] ? undefined : graph.nodes.at(place);
        return node?.kind === 'element' && !isElementDown(graph, node.element, now) ? [node.element] : [];
    });
}

const placesInGraph = new WeakMap<FailureGraph, ReadonlyMap<Element, number>>();

function inOrder(graph: FailureGraph, elements: Element[]): Element[] {
    if (elements.length === 0) return elements;
    let places = placesInGraph.get(graph);
    if (!places) {
        places = new Map(graph.elements.all.map((element, place) => [element, place]));
        placesInGraph.set(graph, places);
    }
    const placeOf = places;
    return elements.sort((a, b) => placeOf.get(a)! - placeOf.get(b)!);
}
