import { createGraphBuilder, type NodeIndex, type Numbers, type Piece } from '../engine/index.js';
import type { ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { elementsOfService } from '../topology/elements.js';
import type { Neighbourhood } from '../topology/neighbourhood.js';
import { managementCluster } from '../topology/topology.js';
import { connectMachineClocks, loseIdentity } from './clocks.js';
import { addComponentNeeds, addContainment } from './components.js';
import { standardModel, type Construction, type FlowNodes } from './construction.js';
import { goneNode } from './everybody.js';
import { addFlows } from './flows.js';
import type { Facet, GraphNode, GraphPart, OwnFacet, Reason, Timer } from './graph.js';
import { routesOf } from './routes.js';
import { addSharedFates } from './shared-fates.js';
import { addTraffic } from './traffic.js';
import { addEverybodyTally, addTally, type Tally } from './tally.js';
import { trafficFacetKinds, type TrafficFacets } from './traffic-facets.js';
import type { WorldGraph } from './world-graph.js';

/** The part of a graph that is about some services, all that they have to do with among them. */
export interface NeighbourhoodGraph extends GraphPart {
    readonly piece: Piece<GraphNode>;
    /** What it contributes to the verdicts, and to the loss of everybody. */
    readonly tallies: readonly Tally[];
    /** How many services can be lost to all who use them. */
    readonly goneServices: number;
    readonly elements: ByService<Element>;
    /** The same in one list. */
    readonly listed: readonly Element[];
    readonly elementNamed: (name: ElementName) => Element | undefined;
    readonly nodeNamed: (name: ElementName) => NodeIndex | undefined;
    readonly facets: Readonly<Record<keyof TrafficFacets, ByService<Facet>>>;
    readonly timers: ByService<Timer>;
    readonly flowNode: FlowNodes['node'];
}

/** Of each service of a neighbourhood, in their order. */
export type ByService<T> = readonly (readonly T[])[];

/** @param numbers of the graph of which it is a part */
export function buildNeighbourhood(
    world: WorldGraph,
    neighbourhood: Neighbourhood,
    numbers: Numbers,
): NeighbourhoodGraph {
    const { services } = neighbourhood;
    const builder = createGraphBuilder<GraphNode, Reason>(numbers, world.reasons);
    const elements = services.map((service) => elementsOfService(service, world.places));
    const listed = elements.flat();
    const byName = new Map(listed.map((element) => [element.name, element]));
    const nodeOf = new Map(
        listed.map((element) => [element.name, builder.node({ kind: 'element', element })] as const),
    );
    const elementNode = (name: ElementName) => nodeOf.get(name) ?? world.view.elementNode(name);
    const elementOfWorld = (name: ElementName) =>
        world.view.elementNode(name) === undefined ? undefined : world.elements.byName.get(name);
    const topology = { ...world.world.topology, services };
    const construction: Construction = {
        topology,
        management: managementCluster(topology),
        routes: routesOf(topology, world.routes),
        elements: {
            ...world.elements,
            all: listed,
            listed,
            lists: [listed],
            size: listed.length,
            byName: {
                get: (name) => byName.get(name) ?? elementOfWorld(name),
                has: (name) => byName.has(name) || elementOfWorld(name) !== undefined,
            },
        },
        model: standardModel,
        roles: world.roles,
        builder,
        nodeOfElement: { get: elementNode, has: (name) => elementNode(name) !== undefined },
        elementNode,
        linkNode: world.view.linkNode,
        input: (node, input, reason) => {
            if (input !== undefined) builder.input(node, input, reason);
        },
    };
    addContainment(construction);
    addSharedFates(construction);
    addComponentNeeds(construction);
    const flows = addFlows(construction, world.view.clocks, world.view.flows);
    const added = addTraffic(construction, flows.node);
    loseIdentity(construction, world.view.clocks);
    const timers = connectMachineClocks(construction, flows, added, world.timers);
    const gone = services.flatMap(({ shortName }) => goneNode(construction, added.traffic, shortName) ?? []);
    const { homes, hosts, calls, policies, gatewayPolicies, machines } = added.facetsByKind;
    const bucketed = bucketsFor(services.map(({ shortName }) => shortName));
    const facets = {
        homes: bucketed(homes, ({ scope }) => scope.service),
        hosts: bucketed(hosts, ({ scope }) => scope.exposedService),
        calls: bucketed(calls, ({ scope }) => scope.caller),
        policies: bucketed(policies, ({ scope }) => scope.caller),
        // those are of no service: they stand with the first one
        gatewayPolicies: bucketed(gatewayPolicies, () => services[0]!.shortName),
        machines: bucketed(machines, ({ scope }) => scope.caller),
    };
    const tallies = [
        addTally(builder, world, added.facets),
        addEverybodyTally(builder, world, [...gone, ...added.traffic.hosts.map(({ lost }) => lost)]),
    ];
    const piece = builder.piece();
    return {
        neighbourhood,
        services: services.map(({ shortName }) => shortName),
        piece,
        stretches: piece.stretches,
        inputsOf(node) {
            const { nodes, others } = piece.inputs;
            const place = nodes.indexOf(node);
            return place < 0 ? nobody : others.targets.subarray(others.offsets[place], others.offsets[place + 1]);
        },
        owns: (node) => piece.stretches.some(({ first, count }) => node >= first && node < first + count),
        tallies,
        goneServices: gone.length,
        elements,
        listed,
        elementNamed: (name) => byName.get(name),
        nodeNamed: (name) => nodeOf.get(name),
        traffic: added.traffic,
        facets,
        ownFacets: trafficFacetKinds.flatMap((name, kind) =>
            facets[name].flatMap((ofService, within) => ofService.map((facet): OwnFacet => ({ facet, kind, within }))),
        ),
        timers: bucketed(timers, ({ scope }) => scope.caller),
        flowNode: flows.node,
    };
}

const nobody = new Int32Array(0);

/** Sorts things into one list for each service. */
function bucketsFor(services: readonly string[]) {
    const placeOf = new Map(services.map((service, place) => [service, place]));
    return <T>(things: readonly T[], serviceOf: (thing: T) => string | undefined): ByService<T> => {
        const buckets: T[][] = services.map(() => []);
        for (const thing of things) buckets[placeOf.get(serviceOf(thing)!)!]!.push(thing);
        return buckets;
    };
}
