import type { Clock, ClockId } from '../knowledge/clocks.js';
import { clocks } from '../knowledge/clocks.js';
import type { Flow, FlowId } from '../knowledge/flows.js';
import { flows } from '../knowledge/flows.js';
import type { RuleId } from '../knowledge/rules.js';
import { allRules, rules } from '../knowledge/rules.js';
import type { ElementName, Elements } from '../topology/elements.js';
import { elementsOf } from '../topology/elements.js';
import type { ManagementCluster, Topology } from '../topology/topology.js';
import { managementCluster } from '../topology/topology.js';
import type { NodeIndex, Reason } from './graph.js';
import type { GraphBuilder } from './graph-builder.js';
import { createGraphBuilder } from './graph-builder.js';

/**
 * What the graph is built from besides the topology. Tests switch single rules off, or change the flows, to see that
 * each of them is needed.
 */
export interface Model {
    readonly rules: ReadonlySet<RuleId>;
    readonly flows: Readonly<Record<FlowId, Flow>>;
    readonly clocks: Readonly<Record<ClockId, Clock>>;
}

export const standardModel: Model = { rules: allRules, flows, clocks };

/** A graph under construction: what the passes share. */
export interface Construction {
    readonly topology: Topology;
    readonly management: ManagementCluster | undefined;
    readonly elements: Elements;
    readonly model: Model;
    readonly builder: GraphBuilder;
    readonly nodeOfElement: ReadonlyMap<ElementName, NodeIndex>;
    /** The node of an element by its name; undefined where the topology has none of that name. */
    readonly elementNode: (name: string) => NodeIndex | undefined;
    /** An edge, unless the input does not exist here. */
    readonly input: (node: NodeIndex, input: NodeIndex | undefined, reason: Reason) => void;
}

/** Starts a graph: one node for each element, no edges. */
export function startConstruction(topology: Topology, model: Model): Construction {
    const builder = createGraphBuilder();
    const elements = elementsOf(topology);
    const nodeOfElement = new Map<string, NodeIndex>();
    for (const element of elements.all) nodeOfElement.set(element.name, builder.node({ kind: 'element', element }));
    return {
        topology,
        management: managementCluster(topology),
        elements,
        model,
        builder,
        nodeOfElement: nodeOfElement as Map<ElementName, NodeIndex>,
        elementNode: (name) => nodeOfElement.get(name),
        input: (node, input, reason) => {
            if (input !== undefined) builder.input(node, input, reason);
        },
    };
}

/** A reason that is known as well as its rule. */
export function ruleReason(rule: RuleId, because: string): Reason {
    return { rule, because, source: rules[rule].source, confidence: rules[rule].confidence };
}
