import type { Element } from '../topology/elements.js';
import { asElementName } from '../topology/elements.js';
import type { FailureGraph, GraphNode, NodeIndex, Reason } from './graph.js';
import type { Outcome } from './outcome.js';
import type { Propagation } from './propagate.js';

/** Why a node failed: it was made to, or because of other nodes, each for a reason. */
export interface Because {
    readonly node: GraphNode;
    /** Empty for what was made to fail. Several only where a redundancy was used up. */
    readonly causes: readonly Cause[];
    /** What stands at the end when one follows the first cause each time. */
    readonly root: GraphNode;
}

export interface Cause {
    readonly reason: Reason;
    readonly because: Because;
}

/** Explains failed nodes: the shortest chain from each back to what was made to fail. Chains share what they have in common. */
export function explainer(outcome: Outcome): (node: NodeIndex) => Because {
    const { graph, propagation } = outcome;
    const position = positions(propagation);
    const known = new Map<NodeIndex, Because>();
    return (node) => chain(graph, position, known, node);
}

/** What was made to fail and stands at the ends of a node's chain, without repetition. */
export function rootsOf(because: Because): Element[] {
    const roots = new Map<string, Element>();
    const seen = new Set([because]);
    for (const { node, causes } of seen) {
        if (causes.length === 0 && node.kind === 'element') roots.set(node.element.name, node.element);
        for (const cause of causes) seen.add(cause.because);
    }
    return [...roots.values()];
}

/** What held although something of it failed, and thanks to what. */
export interface Held {
    /** The element that stayed, whose copies or zones were touched; for a service its short name stands in `service`. */
    readonly element?: Element;
    readonly service?: string;
    /** For an exposed host, its name. */
    readonly host?: string;
    readonly by: readonly Element[];
    readonly lost: readonly Element[];
}

/**
 * Every redundancy of which a part failed and which held all the same (rule R9 starts here). What is down for some of those
 * who use it did not hold.
 */
export function heldRedundancies(outcome: Outcome): Held[] {
    const { graph, propagation } = outcome;
    const held: Held[] = [];
    for (const { name, homes, lostHomes, severity, consumers } of outcome.services) {
        const left = homes.filter(({ serves }) => serves).map(({ cluster }) => cluster);
        if (lostHomes.length === 0 || left.length === 0 || severity === 'total') continue;
        if (consumers.some((consumer) => consumer.severity === 'total')) continue;
        const clusters = (names: readonly string[]) => names.flatMap((cluster) => clusterElement(graph, cluster));
        held.push({ service: name, by: clusters(left), lost: clusters(lostHomes) });
    }
    for (const { host, severity, openEntries, closedEntries } of outcome.hosts) {
        if (severity === 'total' || openEntries.length === 0 || closedEntries.length === 0) continue;
        const gateways = (names: readonly string[]) =>
            names.flatMap((name) => graph.elements.byName.get(asElementName(name)) ?? []);
        held.push({ host, by: gateways(openEntries), lost: gateways(closedEntries) });
    }
    for (const node of propagation.touched) {
        const { kind } = graph.nodes[node]!;
        if (kind !== 'redundancy' || propagation.down[node]) continue;
        const { of } = graph.nodes[node] as Extract<GraphNode, { kind: 'redundancy' }>;
        if (propagation.down[graph.nodeOfElement.get(of.name)!]) continue;
        const members = inputsOf(graph, node);
        const elements = (isDown: boolean) =>
            members
                .filter((member) => Boolean(propagation.down[member]) === isDown)
                .flatMap((member) => elementOf(graph, member));
        held.push({ element: of, by: elements(false), lost: elements(true) });
    }
    return held;
}

/** Causes come before their effects, so that chains end; and since they may be long, they are walked without recursion. */
function chain(
    graph: FailureGraph,
    position: ReadonlyMap<NodeIndex, number>,
    known: Map<NodeIndex, Because>,
    asked: NodeIndex,
): Because {
    const waiting = [asked];
    while (waiting.length > 0) {
        const node = waiting.at(-1)!;
        const edges = known.has(node) ? [] : causingEdges(graph, position, node);
        const missing = edges.map((edge) => graph.inputs.targets[edge]!).filter((cause) => !known.has(cause));
        if (missing.length > 0) {
            waiting.push(...missing);
            continue;
        }
        waiting.pop();
        if (known.has(node)) continue;
        const causes = edges.map((edge) => ({
            reason: graph.reasons[graph.inputs.reasons[edge]!]!,
            because: known.get(graph.inputs.targets[edge]!)!,
        }));
        known.set(node, { node: graph.nodes[node]!, causes, root: causes[0]?.because.root ?? graph.nodes[node]! });
    }
    return known.get(asked)!;
}

/** The earliest of its inputs that were enough for the node to fail; none for what was made to fail. */
function causingEdges(graph: FailureGraph, position: ReadonlyMap<NodeIndex, number>, node: NodeIndex): number[] {
    const { offsets, targets } = graph.inputs;
    const threshold = graph.thresholds[node]!;
    const ownPosition = position.get(node) ?? Infinity;
    const earlier: { edge: number; at: number }[] = [];
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
        const at = position.get(targets[edge]!);
        if (at !== undefined && at < ownPosition) earlier.push({ edge, at });
    }
    // A seed was down before any of its inputs: what follows it in time is no cause.
    if (earlier.length < threshold) return [];
    return earlier
        .sort((a, b) => a.at - b.at)
        .slice(0, threshold)
        .map(({ edge }) => edge);
}

/** When each node failed, as a place in the order. */
function positions({ order }: Propagation): ReadonlyMap<NodeIndex, number> {
    return new Map(order.map((node, index) => [node, index]));
}

function inputsOf(graph: FailureGraph, node: NodeIndex): NodeIndex[] {
    const { offsets, targets } = graph.inputs;
    return [...targets.subarray(offsets[node], offsets[node + 1])];
}

function elementOf(graph: FailureGraph, node: NodeIndex): Element[] {
    const found = graph.nodes[node]!;
    return found.kind === 'element' ? [found.element] : [];
}

function clusterElement(graph: FailureGraph, name: string): Element[] {
    const found = graph.elements.byName.get(asElementName(name));
    return found ? [found] : [];
}
