import {
    createGraphBuilder,
    createReasons,
    numbersBeside,
    numbersLike,
    unusedIn,
    type NodeIndex,
    type Piece,
    type Reasons,
} from '../engine/index.js';
import { clusterOperations, operations, type Operation } from '../knowledge/operations.js';
import type { ElementName } from '../topology/element-name.js';
import { placesIn, type Elements, type Places } from '../topology/elements.js';
import type { Element } from '../topology/element.js';
import type { Lineage, World } from '../topology/neighbourhood.js';
import { lineageOf } from '../topology/neighbourhoods.js';
import { managementCluster } from '../topology/topology.js';
import { worldElementsOf } from '../topology/world-elements.js';
import { connectWorldClocks, loseIdentity, placeClocks } from './clocks.js';
import { addComponentNeeds, addContainment } from './components.js';
import { listedLinks, standardModel, type ClockNodes, type Construction, type FlowNodes } from './construction.js';
import { addDeclaredNeeds } from './declared-needs.js';
import { addFlows } from './flows.js';
import type { Facet, GraphNode, Reason, Timer, Verdict } from './graph.js';
import { servicesAmong } from './required.js';
import { routesOf, type Routes } from './routes.js';
import { addSharedFates } from './shared-fates.js';
import { noRoles, type Roles } from './roles.js';
import { addReconnection, addRoles } from './stand-ins.js';
import { addStoreCopies, addTwoPrimaries } from './store-copies.js';
import { counts, nobodyLeft } from './verdicts.js';
import { viewOf, type WorldView } from './world-view.js';

/** The part of a graph that no service has a share in. */
export interface WorldGraph {
    readonly world: World;
    readonly piece: Piece<GraphNode>;
    readonly reasons: Reasons<Reason>;
    readonly elements: Elements;
    readonly places: Places;
    readonly routes: Routes;
    readonly elementNode: Construction['elementNode'];
    readonly linkNode: Construction['linkNode'];
    readonly clocks: ClockNodes;
    readonly roles: Roles;
    readonly flows: FlowNodes;
    /** What services see of all these. */
    readonly view: WorldView;
    /** Those of clusters that no service runs in, and of planes. */
    readonly facets: readonly Facet[];
    /** What carries them in services is not among their carriers. */
    readonly timers: readonly Timer[];
    /** Of each operation, whether anything counts for it or not: of the estate, and of a cluster. */
    readonly verdicts: Readonly<Record<Operation, Verdict>>;
    readonly verdictsIn: (cluster: string) => Readonly<Partial<Record<Operation, Verdict>>>;
    /** Fails once nobody is left who runs anything, or uses it. */
    readonly everybody: NodeIndex;
    /** Running workloads are lost: all that counts for them is, or everybody is gone. */
    readonly workloadsLost: NodeIndex;
    /** Whether parts of an estate share nothing but what is here: no link that is made because a request crosses it, and no service. */
    readonly isDivisible: boolean;
}

const known = new WeakMap<World, WorldGraph>();

/** Of worlds after each other, the one that was built last. */
const lastOf = new WeakMap<Lineage, WorldGraph>();

/** Built once for each world. What was in the world before has its number there, so that graphs of services go from one to the next. */
export function worldGraphOf(world: World): WorldGraph {
    let graph = known.get(world);
    if (!graph) {
        const lineage = lineageOf(world);
        graph = buildWorld(world, lineage && lastOf.get(lineage));
        known.set(world, graph);
        if (lineage) {
            lastOf.set(lineage, graph);
            if (unusedIn(graph.piece) > mostUnused) lineage.isWornOut = true;
        }
    }
    return graph;
}

/** What is new gets numbers behind all others: so many of what is gone weigh nothing, however small an estate is. */
const mostUnused = 4_096;

/** What a node is, told from all others in the order in which they are added. */
function identityOf(node: GraphNode): string {
    return JSON.stringify(node, (key, value: unknown) =>
        key === 'element' || key === 'of' ? (value as Element).name : value,
    );
}

function buildWorld(world: World, before: WorldGraph | undefined): WorldGraph {
    const { topology } = world;
    const reasons = before?.reasons ?? createReasons<Reason>();
    const numbers = before ? numbersLike(before.piece, identityOf) : numbersBeside();
    const builder = createGraphBuilder<GraphNode, Reason>(numbers, reasons);
    const { elements } = worldElementsOf(world);
    const nodeOf = new Map<ElementName, NodeIndex>();
    for (const element of elements.listed) nodeOf.set(element.name, builder.node({ kind: 'element', element }));
    const elementNode = (name: ElementName) => nodeOf.get(name);
    const elementsOnly: Construction = {
        topology,
        management: managementCluster(topology),
        routes: routesOf(topology),
        elements,
        model: standardModel,
        roles: noRoles,
        builder,
        nodeOfElement: nodeOf,
        elementNode,
        linkNode: listedLinks(elements.listed, nodeOf),
        input: (node, input, reason) => {
            if (input !== undefined) builder.input(node, input, reason);
        },
    };
    addContainment(elementsOnly);
    addSharedFates(elementsOnly);
    const begun = { ...elementsOnly, roles: addStoreCopies(elementsOnly) };
    addComponentNeeds(begun);
    const roles = addRoles(begun);
    const construction = { ...begun, roles };
    const clocks = placeClocks(construction);
    const flows = addFlows(construction, clocks);
    addReconnection(construction, roles, flows);
    addTwoPrimaries(construction, roles, flows);
    const timers = [
        ...connectWorldClocks(construction, clocks, flows),
        ...addDeclaredNeeds(construction, flows),
        ...roles.timers,
    ];
    loseIdentity(construction, clocks);
    const verdictNode = (judges: string) => builder.node({ kind: 'verdict', judges });
    const verdictNodes = (judged: readonly Operation[], cluster = '') =>
        Object.fromEntries(
            judged.map((operation) => {
                const [total, limited] = [`total ${operation} ${cluster}`, `limited ${operation} ${cluster}`];
                return [operation, { total: verdictNode(total), limited: verdictNode(limited) }];
            }),
        ) as Record<Operation, Verdict>;
    const verdicts = verdictNodes(operations);
    const ofClusters = new Map(topology.clusters.map(({ name }) => [name, verdictNodes(clusterOperations, name)]));
    const everybody = builder.node({ kind: 'route', route: { kind: 'everybody' } });
    const workloadsLost = builder.node({ kind: 'verdict' });
    builder.input(workloadsLost, verdicts.runningWorkloads.total, counts);
    builder.input(workloadsLost, everybody, nobodyLeft);
    return {
        world,
        piece: builder.piece(),
        reasons,
        elements,
        places: placesIn(topology),
        routes: construction.routes,
        elementNode,
        linkNode: construction.linkNode,
        clocks,
        roles,
        flows,
        view: viewOf({ elementNode, linkNode: construction.linkNode, clocks, flows }, before?.view.asked),
        facets: flows.facets,
        timers,
        verdicts,
        verdictsIn: (cluster) => ofClusters.get(cluster) ?? {},
        everybody,
        workloadsLost,
        isDivisible:
            elements.links.unlisted.length === 0 && !topology.needs.some((need) => servicesAmong(need).length > 0),
    };
}
