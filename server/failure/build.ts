import type { ElementName } from '../topology/element-name.js';
import type { Topology } from '../topology/topology.js';
import { connectClocks, placeClocks } from './clocks.js';
import { addComponentNeeds, addContainment } from './components.js';
import type { Model } from './construction.js';
import { standardModel, startConstruction } from './construction.js';
import { addFlows } from './flows.js';
import type { FailureGraph } from './graph.js';
import { graphOfParts } from './graph-of-parts.js';
import { addEverybody } from './everybody.js';
import { addSharedFates } from './shared-fates.js';
import { addReconnection, addRoles } from './stand-ins.js';
import { addStoreCopies, addTwoPrimaries } from './store-copies.js';
import { addTraffic } from './traffic.js';
import { addVerdicts } from './verdicts.js';

/**
 * Builds the graph of a topology: elements with what takes them along, flows and request paths with what they need,
 * and the verdicts over what counts. Linear in the size of the topology.
 *
 * @param asked links that have to be elements though they are not listed, and no request crosses them; their nodes come
 *   last, so that all others are those of the graph without them
 */
export function buildFailureGraph(
    topology: Topology,
    model: Model = standardModel,
    asked: readonly ElementName[] = [],
): FailureGraph {
    const graph = model === standardModel && asked.length === 0 ? graphOfParts(topology) : undefined;
    return graph ?? wholeGraph(topology, model, asked);
}

/** The same in one piece: nothing of it is kept. */
export function wholeGraph(
    topology: Topology,
    model: Model = standardModel,
    asked: readonly ElementName[] = [],
): FailureGraph {
    let construction = startConstruction(topology, model);
    if (model.rules.has('R1')) addContainment(construction);
    if (model.rules.has('R1')) addSharedFates(construction);
    construction = { ...construction, roles: addStoreCopies(construction) };
    if (model.rules.has('R2')) addComponentNeeds(construction);
    const roles = addRoles(construction);
    construction = { ...construction, roles };
    const clockNodes = placeClocks(construction);
    const flowNodes = addFlows(construction, clockNodes);
    addReconnection(construction, roles, flowNodes);
    addTwoPrimaries(construction, roles, flowNodes);
    const traffic = addTraffic(construction, flowNodes.node);
    const timers = connectClocks(construction, clockNodes, flowNodes, traffic);
    const facets = model.rules.has('R8')
        ? [...traffic.facets, ...flowNodes.facets.filter(({ scope }) => scope.service === undefined)]
        : flowNodes.facets;
    const everybody = model.rules.has('R8') ? addEverybody(construction, traffic.traffic, flowNodes.facets) : undefined;
    const verdicts = addVerdicts(construction, facets, flowNodes.node, everybody);
    for (const name of asked) {
        const ends = construction.elements.links.named(name)?.ends;
        if (ends) construction.linkNode(ends.from, ends.to);
    }
    return {
        topology,
        elements: construction.elements,
        ...construction.builder.finish(),
        nodeOfElement: construction.nodeOfElement,
        facets,
        ...verdicts,
        traffic: traffic.traffic,
        timers: [...timers, ...roles.timers],
        standIns: roles.standIns,
        inUse: roles.inUse,
        rules: model.rules,
        flowNode: flowNodes.node,
    };
}
