import type { Topology } from '../topology/topology.js';
import { addComponentNeeds, addContainment } from './components.js';
import type { Model } from './construction.js';
import { standardModel, startConstruction } from './construction.js';
import { addFlows } from './flows.js';
import type { FailureGraph } from './graph.js';
import { addVerdicts } from './verdicts.js';

/**
 * Builds the graph of a topology: elements with what takes them along, flows with what they need, and the verdicts over
 * the flows that count. Linear in the size of the topology.
 */
export function buildFailureGraph(topology: Topology, model: Model = standardModel): FailureGraph {
    const construction = startConstruction(topology, model);
    if (model.rules.has('R1')) addContainment(construction);
    if (model.rules.has('R2')) addComponentNeeds(construction);
    const flowNodes = addFlows(construction);
    const verdicts = addVerdicts(construction, flowNodes);
    return {
        topology,
        elements: construction.elements,
        nodes: construction.builder.nodes,
        ...construction.builder.finish(),
        nodeOfElement: construction.nodeOfElement,
        facets: flowNodes.facets,
        ...verdicts,
    };
}
