import type { NodeIndex, Walk } from './graph.js';

/**
 * What has failed. Kept between calls, so that a sweep over thousands of failures undoes only what each one touched.
 */
export interface Propagation {
    /** 1 where the node has failed. */
    readonly down: Uint8Array;
    /** How many inputs of the node have failed. */
    readonly failedInputs: Int32Array;
    /** Every failed node, in the order in which they failed: causes come before effects. */
    readonly order: NodeIndex[];
    /** Every node with a failed input. */
    readonly touched: NodeIndex[];
    /** What does not fail, whatever happens to what it rests on. */
    spared?: ReadonlySet<NodeIndex> | undefined;
}

/** What has failed in addition, and every node with an input that has, once for each; `down` tells of everything. */
export type Change = Pick<Propagation, 'down' | 'order' | 'touched'>;

/** Nothing has failed. */
export function createPropagation(graph: Walk): Propagation {
    const count = graph.nodes.length;
    return { down: new Uint8Array(count), failedInputs: new Int32Array(count), order: [], touched: [] };
}

/** Nothing has failed in them, so that they do for any graph that has no more nodes. The last one given back comes last. */
const spare: Propagation[] = [];
/** As many as are needed at once, so that a server does not hold the room of all graphs that it has seen. */
const mostSpare = 4;

/** Lends a propagation in which nothing has failed: room for a large graph costs milliseconds. */
export function withScratch<T>(graph: Walk, use: (scratch: Propagation) => T): T {
    const place = spare.findLastIndex(({ down }) => down.length >= graph.nodes.length);
    const [kept] = place < 0 ? [] : spare.splice(place, 1);
    const scratch = kept ?? createPropagation(graph);
    // whoever throws does not give it back: it may be half undone
    const answer = use(scratch);
    undo(scratch);
    scratch.spared = undefined;
    spare.push(scratch);
    if (spare.length > mostSpare) spare.shift();
    return answer;
}

/**
 * The least fixpoint of failure: starts from what was made to fail and counts failed inputs node by node, breadth first
 * (Dowling and Gallier 1984). Cycles are harmless: mutual dependence alone fails nothing. Linear in what is touched.
 *
 * @param into result of an earlier call, which is undone and used again
 * @param later fail one by one, each after all that follows from those before: what comes first in `order` caused it
 * @param spared do not fail, whatever happens to what they rest on
 */
export function propagate(
    graph: Walk,
    seeds: readonly NodeIndex[],
    into: Propagation = createPropagation(graph),
    { later = [], spared }: { readonly later?: readonly NodeIndex[]; readonly spared?: ReadonlySet<NodeIndex> } = {},
): Propagation {
    undo(into);
    into.spared = spared;
    const { fail, spread } = spreading(graph, into);
    for (const seed of seeds) fail(seed);
    spread();
    propagateOn(graph, into, later);
    return into;
}

/** Goes on with a propagation: what fails later, one by one, each after all that follows from those before. */
export function propagateOn(graph: Walk, into: Propagation, later: readonly NodeIndex[]): void {
    if (later.length === 0) return;
    const { fail, spread } = spreading(graph, into);
    for (const seed of later) {
        fail(seed);
        spread();
    }
}

/** Goes on from what has failed, of which all that follows is known. */
function spreading({ thresholdOf, dependentsOf }: Walk, { down, failedInputs, order, touched, spared }: Propagation) {
    const fail = (node: NodeIndex) => {
        if (down[node] || spared?.has(node)) return;
        down[node] = 1;
        order.push(node);
    };
    let next = order.length;
    const spread = () => {
        for (; next < order.length; next++) {
            const { targets, first, end } = dependentsOf(order[next]!);
            for (let edge = first; edge < end; edge++) {
                const dependent = targets[edge]!;
                const failed = ++failedInputs[dependent]!;
                if (failed === 1) touched.push(dependent);
                if (failed === thresholdOf(dependent)) fail(dependent);
            }
        }
    };
    return { fail, spread };
}

function undo({ down, failedInputs, order, touched }: Propagation): void {
    for (const node of order) down[node] = 0;
    for (const node of touched) failedInputs[node] = 0;
    order.length = 0;
    touched.length = 0;
}

/**
 * Fails one more node that is up, and whatever follows from that, on top of what has failed. Costs what it touches. What
 * a propagation says of its `order` and of what it touched stays as it is: that is what the change tells.
 */
export function grow(
    { thresholdOf, dependentsOf }: Walk,
    { down, failedInputs, spared }: Pick<Propagation, 'down' | 'failedInputs' | 'spared'>,
    node: NodeIndex,
): Change {
    const order = [node];
    const touched: NodeIndex[] = [];
    down[node] = 1;
    for (let next = 0; next < order.length; next++) {
        const { targets, first, end } = dependentsOf(order[next]!);
        for (let edge = first; edge < end; edge++) {
            const dependent = targets[edge]!;
            touched.push(dependent);
            if (++failedInputs[dependent]! < thresholdOf(dependent) || down[dependent] || spared?.has(dependent))
                continue;
            down[dependent] = 1;
            order.push(dependent);
        }
    }
    return { down, order, touched };
}

/** Takes the last change back. */
export function shrink({ failedInputs }: Pick<Propagation, 'failedInputs'>, { down, order, touched }: Change): void {
    for (const node of order) down[node] = 0;
    for (const node of touched) failedInputs[node]!--;
}

/**
 * The same as {@link grow}, where it is known what fails with a node by itself: that, and what fails of both together. It
 * counts no failed inputs. Costs the inputs of what was touched before and of what fails of both, and one look at each of
 * those that fail by themselves. Inputs that count only after a time are no matter: whatever has one fails with any other.
 *
 * @param base nothing is spared in it, and nothing has been grown on it
 * @param alone the node and all that fails with it, where nothing else has failed
 * @returns what fails of both together only
 */
export function growKnown(
    { thresholdOf, inputsOf, dependentsOf }: Walk,
    { down, touched }: Pick<Propagation, 'down' | 'touched'>,
    alone: Int32Array,
): NodeIndex[] {
    for (const node of alone) down[node] = 1;
    const isUpStill = (gate: NodeIndex): boolean => {
        const { targets, first, end } = inputsOf(gate);
        let spare = end - first - thresholdOf(gate);
        for (let edge = first; edge < end && spare >= 0; edge++) if (!down[targets[edge]!]) spare--;
        return spare < 0;
    };
    const failedAt = (gate: NodeIndex): number => {
        const { targets, first, end } = inputsOf(gate);
        let count = 0;
        for (let edge = first; edge < end; edge++) count += down[targets[edge]!]!;
        return count;
    };
    const more = touched.filter((gate) => !down[gate] && !isUpStill(gate));
    const waiting = new Set(more);
    const failed = new Map<NodeIndex, number>();
    for (let next = 0; next < more.length; next++) {
        const node = more[next]!;
        const { targets, first, end } = dependentsOf(node);
        for (let edge = first; edge < end; edge++) {
            const gate = targets[edge]!;
            if (down[gate] || waiting.has(gate)) continue;
            const count = (failed.get(gate) ?? failedAt(gate)) + 1;
            failed.set(gate, count);
            if (count < thresholdOf(gate)) continue;
            waiting.add(gate);
            more.push(gate);
        }
        // only now, as each edge from it is counted by itself
        down[node] = 1;
    }
    return more;
}

/** Takes back what {@link growKnown} did, and answered. */
export function shrinkKnown(
    { down, order }: Pick<Propagation, 'down' | 'order'>,
    alone: Int32Array,
    more: readonly NodeIndex[],
): void {
    for (const node of alone) down[node] = 0;
    for (const node of more) down[node] = 0;
    for (const node of order) down[node] = 1;
}
