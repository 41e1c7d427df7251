import { createPropagation, propagate } from '../engine/index.js';
import type { ElementName } from '../topology/element-name.js';
import type { FailureGraph } from './graph.js';

/** Tells, one after the other, which hosts lose all their requests when an element fails by itself; each once. */
export function hostsLostIn(graph: FailureGraph): (element: ElementName) => readonly string[] {
    const scratch = createPropagation(graph);
    return (element) => {
        const node = graph.nodeOfElement.get(element);
        if (node === undefined) return [];
        const { down } = propagate(graph, [node], scratch);
        return [...new Set(graph.traffic.hosts.filter(({ lost }) => down[lost]).map(({ exposure }) => exposure.host))];
    };
}
