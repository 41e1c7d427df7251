import type { GateGraph, NodeIndex } from './graph.js';
import type { Propagation } from './propagate.js';

/** Why a node failed: it was made to, or because of other nodes, each for a reason. */
export interface Chain<Node, Reason> {
    readonly node: Node;
    /** Empty for what was made to fail. Several only where a redundancy was used up. */
    readonly causes: readonly Cause<Node, Reason>[];
    /** What stands at the end when one follows the first cause each time. */
    readonly root: Node;
}

export interface Cause<Node, Reason> {
    readonly reason: Reason;
    readonly because: Chain<Node, Reason>;
}

/**
 * Explains failed nodes: the shortest chain from each back to what was made to fail. Chains share what they have in common.
 *
 * @param madeTo why something was made to fail, where there is more to tell of it
 * @param handedOn of a node that only hands on what happened to one of its causes: which
 */
export function chains<Node, Reason>(
    graph: GateGraph<Node, Reason>,
    { order }: Pick<Propagation, 'order'>,
    madeTo: MadeToFail<Node, Reason> = () => undefined,
    handedOn: HandedOn<Node, Reason> = () => undefined,
): (node: NodeIndex) => Chain<Node, Reason> {
    // when each node failed, as a place in the order
    const position = new Map(order.map((node, index) => [node, index]));
    const known = new Map<NodeIndex, Chain<Node, Reason>>();
    return (node) => chain(graph, position, known, { madeTo, handedOn }, node);
}

interface Telling<Node, Reason> {
    readonly madeTo: MadeToFail<Node, Reason>;
    readonly handedOn: HandedOn<Node, Reason>;
}

type HandedOn<Node, Reason> = (node: Node, causes: readonly Cause<Node, Reason>[]) => Chain<Node, Reason> | undefined;

type MadeToFail<Node, Reason> = (node: NodeIndex) => Cause<Node, Reason> | undefined;

/** Causes come before their effects, so that chains end; and since they may be long, they are walked without recursion. */
function chain<Node, Reason>(
    graph: GateGraph<Node, Reason>,
    position: ReadonlyMap<NodeIndex, number>,
    known: Map<NodeIndex, Chain<Node, Reason>>,
    { madeTo, handedOn }: Telling<Node, Reason>,
    asked: NodeIndex,
): Chain<Node, Reason> {
    const waiting = [asked];
    while (waiting.length > 0) {
        const node = waiting.at(-1)!;
        const edges = known.has(node) ? [] : causingEdges(graph, position, node);
        const missing = edges.map(({ cause }) => cause).filter((cause) => !known.has(cause));
        if (missing.length > 0) {
            waiting.push(...missing);
            continue;
        }
        waiting.pop();
        if (known.has(node)) continue;
        const found = edges.map(({ reason, cause }) => ({
            reason: graph.reasons[reason]!,
            because: known.get(cause)!,
        }));
        const seed = found.length === 0 ? madeTo(node) : undefined;
        const causes = seed ? [seed] : found;
        const itself = graph.nodes.at(node);
        known.set(node, handedOn(itself, causes) ?? { node: itself, causes, root: causes[0]?.because.root ?? itself });
    }
    return known.get(asked)!;
}

interface CausingEdge {
    readonly cause: NodeIndex;
    /** An index into the reasons of the graph. */
    readonly reason: number;
}

/** The earliest of its inputs that were enough for the node to fail; none for what was made to fail. */
function causingEdges(
    graph: Pick<GateGraph, 'inputsOf' | 'thresholdOf'>,
    position: ReadonlyMap<NodeIndex, number>,
    node: NodeIndex,
): readonly CausingEdge[] {
    const { targets, reasons, first, end } = graph.inputsOf(node);
    const threshold = graph.thresholdOf(node);
    const ownPosition = position.get(node) ?? Infinity;
    const earlier: (CausingEdge & { readonly at: number })[] = [];
    for (let edge = first; edge < end; edge++) {
        const cause = targets[edge]!;
        const at = position.get(cause);
        if (at !== undefined && at < ownPosition) earlier.push({ cause, reason: reasons[edge]!, at });
    }
    // A seed was down before any of its inputs: what follows it in time is no cause.
    if (earlier.length < threshold) return [];
    return earlier.sort((a, b) => a.at - b.at).slice(0, threshold);
}
