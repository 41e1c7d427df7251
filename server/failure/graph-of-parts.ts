import {
    createGraphBuilder,
    joined,
    numbersBeside,
    patience,
    type NodeIndex,
    type Patient,
    type Piece,
} from '../engine/index.js';
import { clusterOperations, operations, type Operation } from '../knowledge/operations.js';
import { clocks, type Clock } from '../knowledge/clocks.js';
import { serviceIn, type ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type { Elements } from '../topology/elements.js';
import type { Neighbourhood, Parts } from '../topology/neighbourhood.js';
import { partsOf } from '../topology/neighbourhoods.js';
import type { Topology } from '../topology/topology.js';
import { hasPlainNames } from '../topology/world-elements.js';
import { standardModel } from './construction.js';
import type {
    ClusterNodes,
    Facet,
    FailureGraph,
    GraphNode,
    GraphPart,
    GraphParts,
    Reason,
    Timer,
    Verdict,
} from './graph.js';
import { buildNeighbourhood, type ByService, type NeighbourhoodGraph } from './neighbourhood-graph.js';
import { addEverybodyTally, addTally, type Tally } from './tally.js';
import { trafficFacetKinds } from './traffic-facets.js';
import { trafficOfParts } from './traffic-of-parts.js';
import { never } from './verdicts.js';
import { worldGraphOf, type WorldGraph } from './world-graph.js';

const known = new WeakMap<Neighbourhood, NeighbourhoodGraph>();

/**
 * The graph of an estate, put together from those of its parts: what an edit left alone is not built again, and its nodes
 * keep their numbers. Undefined where parts cannot be told apart, or share links that are made on the way.
 *
 * @param left neighbourhoods of the estate of which nothing is asked: they are left out, and not built for this
 */
export function graphOfParts(topology: Topology, left: ReadonlySet<Neighbourhood> = none): FailureGraph | undefined {
    const world = worldGraphOf(partsOf(topology).world);
    if (!world.isDivisible || !hasPlainNames(topology)) return undefined;
    return graphWithout({ topology, world }, left);
}

const none: ReadonlySet<Neighbourhood> = new Set();

/** All of an estate, whatever a graph of it leaves out. */
interface Estate {
    readonly topology: Topology;
    readonly world: WorldGraph;
}

function graphWithout(estate: Estate, left: ReadonlySet<Neighbourhood>): FailureGraph {
    const { topology, world } = estate;
    const parts = partsOf(topology);
    const some = parts.neighbourhoods.filter((each) => !left.has(each));
    const graphs = neighbourhoodsOf(world, parts.neighbourhoods, some);
    const built: Built = { estate, world, graphs, ofWorld: talliesOfWorld(world, graphs) };
    if (some.length === parts.neighbourhoods.length) return joinedGraph(topology, parts, built);
    return graphOfSome(topology.services, some, built);
}

/** Of what a graph is put together. */
interface Built {
    readonly estate: Estate;
    readonly world: WorldGraph;
    /** Of the neighbourhoods, in their order. */
    readonly graphs: readonly NeighbourhoodGraph[];
    readonly ofWorld: TalliesOfWorld;
}

function joinedGraph(topology: Topology, parts: Parts, built: Built): FailureGraph {
    const { world, graphs, ofWorld } = built;
    const ordered = inOrder(topology, parts, graphs);
    const partOf = (service: string) => graphs[parts.placeOf[parts.serviceAt.get(service) ?? -1] ?? -1];
    let facets: readonly Facet[] | undefined;
    const allFacets = () => [
        ...trafficFacetKinds.flatMap((kind) => ordered(({ facets }) => facets[kind])),
        ...world.facets,
    ];
    let timers: readonly Timer[] | undefined;
    const instancesIn = instancesByCluster(graphs);
    const allTimers = () => [
        ...world.timers.map((timer) => withCarriers(timer, instancesIn)),
        ...ordered(({ timers }) => timers),
    ];
    const inPart = (name: ElementName) => {
        const service = serviceIn(name);
        return service === undefined ? undefined : partOf(service);
    };
    const nodeNamed = (name: ElementName) => inPart(name)?.nodeNamed(name) ?? world.elementNode(name);
    const { patient, hasInputs } = thresholdsOf(world, [
        ...graphs.flatMap(({ tallies }) => tallies),
        ...ofWorld.tallies,
    ]);
    const pieces = [world.piece, ...graphs.map(({ piece }) => piece), ofWorld.piece, patience(patient)];
    const graph = joined<GraphNode, Reason>(pieces, world.reasons);
    return {
        topology,
        elements: elementsOf(topology, world, graphs, { ordered, inPart }),
        nodes: graph.nodes,
        get thresholds() {
            return graph.thresholds;
        },
        get inputs() {
            return graph.inputs;
        },
        get dependents() {
            return graph.dependents;
        },
        thresholdOf: graph.thresholdOf,
        inputsOf: graph.inputsOf,
        dependentsOf: graph.dependentsOf,
        reasons: graph.reasons,
        nodeOfElement: { get: nodeNamed, has: (name) => nodeNamed(name) !== undefined },
        get facets() {
            return (facets ??= allFacets());
        },
        parts: partsIn(parts, built, graph),
        verdicts: { estate: estateVerdicts(world, hasInputs) },
        clusters: topology.clusters.map(({ name }) => clusterNodes(world, name, hasInputs)),
        traffic: trafficOfParts(topology, parts, world, graphs, { partOf, nodes: graph.nodes }),
        get timers() {
            return (timers ??= allTimers());
        },
        standIns: world.roles.standIns,
        inUse: world.roles.inUse,
        rules: standardModel.rules,
        flowNode: (flow, scope) =>
            (scope.service === undefined ? world.flows.node : (partOf(scope.service)?.flowNode ?? nowhere))(
                flow,
                scope,
            ),
    };
}

/** Knows of each node to which piece it belongs. */
type PiecesOfNodes = Pick<FailureGraph, 'nodes'>;

const nowhere = () => undefined;

function partsIn({ placeOf }: Parts, built: Built, { nodes }: PiecesOfNodes): GraphParts {
    const { estate, world, graphs } = built;
    let places: ReadonlyMap<GraphPart, readonly number[]> | undefined;
    const placesOfParts = () => {
        const lists = graphs.map((): number[] => []);
        placeOf.forEach((part, place) => lists[part]!.push(place));
        return new Map(graphs.map((graph, place) => [graph, lists[place]!]));
    };
    return {
        all: graphs,
        // the piece of the world comes first
        at: (node) => graphs[nodes.pieceOf(node) - 1],
        placeAt: (node) => nodes.pieceOf(node) - 1,
        facets: world.facets,
        listed: world.elements.listed,
        world: world.world,
        meeting: [...Object.values(world.verdicts).flatMap(({ limited, total }) => [limited, total]), world.everybody],
        among: (some) => graphAmong(built, new Set(some)),
        without: (left) => graphWithout(estate, left),
        get estate() {
            return partsOf(estate.topology);
        },
        placeOf: (part, within) => (places ??= placesOfParts()).get(part)![within]!,
    };
}

/** What the world contributes stays as it is beside all parts. */
function graphAmong(built: Built, some: ReadonlySet<GraphPart>): FailureGraph {
    const graphs = built.graphs.filter((graph) => some.has(graph));
    const neighbourhoods = graphs.map(({ neighbourhood }) => neighbourhood);
    return graphOfSome(built.estate.topology.services, neighbourhoods, { ...built, graphs });
}

/** @param all the services of the estate: those of the neighbourhoods keep their order */
function graphOfSome(all: Topology['services'], neighbourhoods: readonly Neighbourhood[], built: Built): FailureGraph {
    const placeIn = new Map(
        neighbourhoods.flatMap(({ services }, place) => services.map((each) => [each, place] as const)),
    );
    const services = all.filter((service) => placeIn.has(service));
    const parts: Parts = {
        world: built.world.world,
        neighbourhoods,
        placeOf: Int32Array.from(services, (service) => placeIn.get(service)!),
        serviceAt: new Map(services.map(({ shortName }, place) => [shortName, place])),
    };
    return joinedGraph({ ...built.estate.topology, services }, parts, built);
}

/**
 * The graphs of some neighbourhoods.
 *
 * @param all of the estate: what is known of others keeps its numbers
 */
function neighbourhoodsOf(
    world: WorldGraph,
    all: readonly Neighbourhood[],
    some: readonly Neighbourhood[],
): NeighbourhoodGraph[] {
    const before = all.flatMap((each) => known.get(each) ?? []);
    const numbers = numbersBeside([world.piece, ...before.map(({ piece }) => piece)]);
    numbers.keep(world.piece);
    const kept = new Map<Neighbourhood, NeighbourhoodGraph>();
    for (const graph of before) if (numbers.keep(graph.piece)) kept.set(graph.neighbourhood, graph);
    return some.map((each) => {
        const graph = kept.get(each) ?? buildNeighbourhood(world, each, numbers);
        known.set(each, graph);
        return graph;
    });
}

/** Lists something of all services, in the order in which the estate declares them. */
type Ordered = <T>(of: (graph: NeighbourhoodGraph) => ByService<T>) => T[];

function inOrder({ services }: Topology, { placeOf }: Parts, graphs: readonly NeighbourhoodGraph[]): Ordered {
    // the place of each service in its neighbourhood
    const within = new Int32Array(services.length);
    const counts = new Int32Array(graphs.length);
    for (let index = 0; index < services.length; index++) within[index] = counts[placeOf[index]!]!++;
    return <T>(of: (graph: NeighbourhoodGraph) => ByService<T>) => {
        const lists = graphs.map(of);
        const all: T[] = [];
        for (let index = 0; index < within.length; index++)
            for (const item of lists[placeOf[index]!]![within[index]!]!) all.push(item);
        return all;
    };
}

/** How things of parts are found, and told in the order of the estate. */
interface Finding {
    readonly ordered: Ordered;
    /** The part that may have an element of that name; undefined: the world alone. */
    readonly inPart: (name: ElementName) => NeighbourhoodGraph | undefined;
}

function elementsOf(
    topology: Topology,
    world: WorldGraph,
    graphs: readonly NeighbourhoodGraph[],
    { ordered, inPart }: Finding,
): Elements {
    const named = (name: ElementName) => inPart(name)?.elementNamed(name) ?? world.elements.byName.get(name);
    let listed: readonly Element[] | undefined;
    const list = () => (listed ??= listedIn(topology, world, ordered));
    return {
        get all() {
            return list();
        },
        get listed() {
            return list();
        },
        size: graphs.reduce((sum, { listed }) => sum + listed.length, world.elements.size),
        lists: [...graphs.map(({ listed }) => listed), world.elements.listed],
        byName: { get: named, has: (name) => named(name) !== undefined },
        colliding: [],
        links: world.elements.links,
    };
}

/** External services come last. */
function listedIn({ externalServices }: Topology, world: WorldGraph, ordered: Ordered): readonly Element[] {
    const ofWorld = world.elements.listed;
    const before = ofWorld.length - externalServices.length;
    return [...ofWorld.slice(0, before), ...ordered(({ elements }) => elements), ...ofWorld.slice(before)];
}

interface TalliesOfWorld {
    readonly piece: Piece<GraphNode>;
    readonly tallies: readonly Tally[];
}

/** What the world itself contributes; workloads that no service names count for everybody only beside services. */
function talliesOfWorld(world: WorldGraph, graphs: readonly NeighbourhoodGraph[]): TalliesOfWorld {
    const builder = createGraphBuilder<GraphNode, Reason>(undefined, world.reasons);
    const hasServices = graphs.some(({ goneServices }) => goneServices > 0);
    const unnamed = world.facets.filter(({ flow }) => flow === 'instances-serve').map(({ lost }) => lost);
    const tallies = [
        addTally(builder, world, world.facets),
        ...(hasServices ? [addEverybodyTally(builder, world, unnamed)] : []),
    ];
    return { piece: builder.piece(), tallies };
}

/** When the verdicts of the world fail, with what these tallies contribute, and which have anything to judge. */
export function thresholdsOf(world: WorldGraph, tallies: readonly Tally[]) {
    const inputs = new Map<NodeIndex, number>();
    const counting = new Set<NodeIndex>();
    for (const tally of tallies) {
        for (const [node, count] of tally.inputs) inputs.set(node, (inputs.get(node) ?? 0) + count);
        for (const node of tally.counting) counting.add(node);
    }
    const verdicts = [
        ...Object.values(world.verdicts),
        ...world.world.topology.clusters.flatMap(({ name }) => Object.values(world.verdictsIn(name))),
    ];
    const patient: Patient[] = [...verdicts.map(({ total }) => total), world.everybody].map((first) => ({
        first,
        count: 1,
        threshold: inputs.get(first) ?? never,
    }));
    return { patient, hasInputs: ({ limited }: Verdict) => counting.has(limited) };
}

type HasInputs = (verdict: Verdict) => boolean;

function estateVerdicts({ verdicts, workloadsLost }: WorldGraph, hasInputs: HasInputs) {
    const judged = withInputs(operations, verdicts, hasInputs);
    const { runningWorkloads } = judged;
    return runningWorkloads ? { ...judged, runningWorkloads: { ...runningWorkloads, total: workloadsLost } } : judged;
}

function clusterNodes(world: WorldGraph, name: string, hasInputs: HasInputs): ClusterNodes {
    return {
        name,
        verdicts: withInputs(clusterOperations, world.verdictsIn(name), hasInputs),
        delivery: world.flows.node('delivery', { cluster: name }),
        write: world.flows.node('write', {}),
    };
}

function withInputs<O extends Operation>(
    judged: readonly O[],
    verdicts: Readonly<Partial<Record<Operation, Verdict>>>,
    hasInputs: HasInputs,
): Partial<Record<O, Verdict>> {
    const some: Partial<Record<O, Verdict>> = {};
    for (const operation of judged) {
        const verdict = verdicts[operation];
        if (verdict && hasInputs(verdict)) some[operation] = verdict;
    }
    return some;
}

/** A clock of a cluster is carried by the instances of services there, too. */
function withCarriers(timer: Timer, instancesIn: (cluster: string) => readonly NodeIndex[]): Timer {
    const { cluster } = timer.scope;
    if (cluster === undefined || !(clocks[timer.clock] as Clock).carriedBy.includes('instances')) return timer;
    let carriers: readonly NodeIndex[] | undefined;
    return {
        ...timer,
        get carriers() {
            return (carriers ??= [...timer.carriers, ...instancesIn(cluster)]);
        },
    };
}

/** The instances in a cluster of all services, in their order. */
function instancesByCluster(graphs: readonly NeighbourhoodGraph[]): (cluster: string) => readonly NodeIndex[] {
    return (cluster) => graphs.flatMap((graph) => instancesIn(graph).get(cluster) ?? []);
}

const instancesOfParts = new WeakMap<NeighbourhoodGraph, ReadonlyMap<string, readonly NodeIndex[]>>();

/** By cluster. */
function instancesIn(graph: NeighbourhoodGraph): ReadonlyMap<string, readonly NodeIndex[]> {
    const known = instancesOfParts.get(graph);
    if (known) return known;
    const byCluster = new Map<string, NodeIndex[]>();
    for (const homes of graph.traffic.serving.values()) {
        for (const { cluster, instances } of homes) {
            const others = byCluster.get(cluster);
            if (others) others.push(instances);
            else byCluster.set(cluster, [instances]);
        }
    }
    instancesOfParts.set(graph, byCluster);
    return byCluster;
}
