import type { NodeIndex } from '../engine/index.js';
import type { FailureGraph, GraphNode, GraphPart } from '../failure/graph.js';
import { partsOf } from '../topology/neighbourhoods.js';
import { addFacets, addTraffic, at, saidOfTimer, type Collection, type Said } from './traffic-records.js';

/** A short name for a long text, the same whoever asks. */
export type Ids = (text: string) => number;

export function createIds(): Ids {
    const known = new Map<string, number>();
    return (text) => {
        let id = known.get(text);
        if (id === undefined) known.set(text, (id = known.size));
        return id;
    };
}

/** What the nodes of one of two graphs stand for. */
export interface NodeIds {
    /** By node: a number that is the same in both graphs. Of several that stand for the same thing, the second is another one. */
    readonly idOf: Int32Array;
    /** By node: 1 for what is the same in both, so that nothing of it is recorded. */
    readonly isSame: Uint8Array;
    /** Whether a part is the same in both, but for the numbers of its nodes. */
    readonly isSamePart: (this: void, part: GraphPart) => boolean;
}

/** What two graphs have in common. */
export interface Common {
    readonly ids: readonly [NodeIds, NodeIds];
    readonly twins: readonly Twins[];
}

/** A part that is the same in both graphs: it fares otherwise only for what it looks at of the world. */
export interface Twins {
    readonly parts: readonly [before: GraphPart, now: GraphPart];
    /** Nodes of the world on which it hangs in other ways than by edges, in each of the graphs. */
    readonly hangOn: readonly [ReadonlySet<NodeIndex>, ReadonlySet<NodeIndex>];
}

/** No id. */
const unknown = -(2 ** 31);

/**
 * Finds the parts that two graphs have in common: the same objects, or those of which all is the same that decides how they
 * fare, node by node, with the same nodes of the world. What is the same but for an order is not found.
 */
export function commonOf(before: FailureGraph, now: FailureGraph, ids: Ids): Common {
    const graphs = [before, now] as const;
    const hasWorld = before.parts && now.parts && partsOf(before.topology).world === partsOf(now.topology).world;
    const idsOf = graphs.map(({ nodes }) => new Int32Array(nodes.length).fill(unknown));
    const areSame = graphs.map(({ nodes }) => new Uint8Array(nodes.length));
    const naming = graphs.map((graph, side) => nodeNaming(graph, idsOf[side]!, ids));
    for (const [side, graph] of graphs.entries()) {
        const [idOf, isSame] = [idsOf[side]!, areSame[side]!];
        if (!hasWorld) naming[side]!((node) => (graph.parts?.placeAt(node) ?? -1) < 0);
        else {
            for (let node = 0; node < idOf.length; node++) {
                if (graph.parts!.placeAt(node) >= 0) continue;
                idOf[node] = -1 - node;
                isSame[node] = 1;
            }
        }
    }
    const rowsOf = graphs.map((graph, side) => partRows(graph, idsOf[side]!, ids));
    const twins: Twins[] = [];
    let next = -1 - Math.max(...graphs.map(({ nodes }) => nodes.length));
    const partsNow = new Map(now.parts?.all.map((part) => [keyOf(part), part]));
    for (const part of before.parts?.all ?? []) {
        const other = partsNow.get(keyOf(part));
        if (!other || sizeOf(part) !== sizeOf(other)) continue;
        const parts = [part, other] as const;
        for (const [side, each] of parts.entries()) numberFrom(next, each, idsOf[side]!);
        const found = part === other ? oneObject(part) : twinsOf(parts, rowsOf);
        for (const [side, { stretches }] of parts.entries()) {
            for (const { first, count } of stretches) {
                if (found) areSame[side]!.fill(1, first, first + count);
                else idsOf[side]!.fill(unknown, first, first + count);
            }
        }
        if (!found) continue;
        twins.push(found);
        next -= sizeOf(part);
    }
    for (const [side, name] of naming.entries()) name((node) => idsOf[side]![node] === unknown);
    const nodeIds = (side: 0 | 1): NodeIds => {
        const same = new Set(twins.map(({ parts }) => parts[side]));
        return { idOf: idsOf[side]!, isSame: areSame[side]!, isSamePart: (part) => same.has(part) };
    };
    return { ids: [nodeIds(0), nodeIds(1)], twins };
}

/** Its first service. */
function keyOf({ services }: GraphPart): string | undefined {
    return services[0];
}

function sizeOf({ stretches }: GraphPart): number {
    return stretches.reduce((sum, { count }) => sum + count, 0);
}

function numberFrom(first: number, { stretches }: GraphPart, idOf: Int32Array): void {
    let id = first;
    for (const stretch of stretches)
        for (let node = stretch.first; node < stretch.first + stretch.count; node++) idOf[node] = id--;
}

/** The world in which it is the same object is the same, too. */
function oneObject(part: GraphPart): Twins {
    return { parts: [part, part], hangOn: [new Set(), new Set()] };
}

function twinsOf(parts: Twins['parts'], rowsOf: readonly ((part: GraphPart) => PartRow)[]): Twins | undefined {
    const [one, other] = [rowsOf[0]!(parts[0]), rowsOf[1]!(parts[1])];
    return one.row.isAs(other.row) ? { parts, hangOn: [one.hangsOn, other.hangsOn] } : undefined;
}

/** Numbers, one after the other. */
interface Row {
    /** As if there were none. */
    clear(): void;
    push(number: number): void;
    isAs(other: Row): boolean;
    numbers(): Float64Array;
}

function createRow(): Row {
    let all = new Float64Array(4096);
    let length = 0;
    return {
        clear() {
            length = 0;
        },
        push(number) {
            if (length === all.length) {
                const more = new Float64Array(2 * length);
                more.set(all);
                all = more;
            }
            all[length++] = number;
        },
        numbers: () => all.subarray(0, length),
        isAs(other) {
            const numbers = other.numbers();
            if (numbers.length !== length) return false;
            for (let place = 0; place < length; place++) if (all[place] !== numbers[place]) return false;
            return true;
        },
    };
}

interface PartRow {
    /** Until the next one is asked for. */
    readonly row: Row;
    readonly hangsOn: ReadonlySet<NodeIndex>;
}

/** What stands before each thing that is said, so that nothing can be taken for something else. */
const tag = { nothing: 0, no: 1, yes: 2, figure: 3, text: 4, node: 5, list: 6, record: 7 } as const;

/**
 * All that decides how a part fares, in a row of numbers: its gates and clocks, its elements, and what is told of its flows,
 * hosts, services and the ways to them. Two parts with the same row fare the same wherever all of the world does that they
 * look at.
 */
function partRows(graph: FailureGraph, idOf: Int32Array, ids: Ids): (part: GraphPart) => PartRow {
    const { thresholds } = graph;
    const allDown = new Uint8Array(graph.nodes.length).fill(1);
    const row = createRow();
    /** What has no id is like nothing else. */
    let stranger = unknown;
    const pair = (first: number, second: number) => {
        row.push(first);
        row.push(second);
    };
    return (part) => {
        row.clear();
        const hangsOn = new Set<NodeIndex>();
        const put = (said: Said): void => {
            if (said === undefined) row.push(tag.nothing);
            else if (typeof said === 'number') pair(tag.figure, said);
            else if (typeof said === 'string') pair(tag.text, ids(said));
            else if (typeof said === 'boolean') row.push(said ? tag.yes : tag.no);
            else if (Array.isArray(said)) {
                const list = said as readonly Said[];
                pair(tag.list, list.length);
                for (const each of list) put(each);
            } else putNode((said as { readonly node: NodeIndex | undefined }).node);
        };
        const putNode = (node: NodeIndex | undefined) => {
            if (node === undefined) row.push(tag.nothing);
            else pair(tag.node, idOf[node] === unknown ? --stranger : idOf[node]!);
        };
        let records = 0;
        const collection: Collection = {
            idOf,
            add(name, ...said) {
                pair(tag.record, ++records);
                put(name);
                put(said);
            },
            addNameless(kind, ...said) {
                collection.add([kind], ...said);
                return records;
            },
        };
        const { offsets, targets } = graph.inputs;
        for (const { first, count } of part.stretches) {
            for (let node = first; node < first + count; node++) {
                pair(thresholds[node]!, offsets[node + 1]! - offsets[node]!);
                for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) putNode(targets[edge]);
            }
        }
        for (const { name } of part.listed) collection.add(['element', name], at(part.nodeNamed(name)));
        for (const timer of part.timers.flat()) collection.add(['timer'], saidOfTimer(timer));
        addFacets(
            part.ownFacets.map(({ facet }) => facet),
            collection,
        );
        addTraffic(part.traffic, collection);
        const instances = [...part.traffic.serving.values()].flatMap((homes) => homes.map((home) => home.instances));
        const gone = { order: instances, down: allDown };
        for (const each of part.traffic.withdrawals(gone, () => false)) {
            const { untold, broken, unnoticed, unheard } = each;
            for (const node of [...(untold ?? []), ...broken]) hangsOn.add(node);
            put([at(each.instances), untold?.map(at), broken.map(at), at(unnoticed), at(unheard)]);
        }
        return { row, hangsOn };
    };
}

/** Gives some nodes the numbers of what they stand for. */
function nodeNaming(
    { nodes }: FailureGraph,
    idOf: Int32Array,
    ids: Ids,
): (isNamed: (node: NodeIndex) => boolean) => void {
    const seen = new Map<string, number>();
    return (isNamed) => {
        for (let node = 0; node < idOf.length; node++) {
            if (!isNamed(node)) continue;
            const key = JSON.stringify(namedBy(nodes.at(node)));
            const before = seen.get(key) ?? 0;
            seen.set(key, before + 1);
            idOf[node] = ids(before === 0 ? key : `${key} ${before}`);
        }
    };
}

function namedBy(node: GraphNode): unknown {
    switch (node.kind) {
        case 'element':
            return [node.kind, node.element.name];
        case 'role':
        case 'promotion':
        case 'reconnection':
        case 'two-primaries':
            return [node.kind, node.of.name];
        case 'redundancy':
            return [node.kind, node.of.name, node.anyOf];
        case 'flow':
        case 'limited-flow':
            return [node.kind, node.flow, node.scope];
        case 'clock':
            return [node.kind, node.clock, node.scope];
        case 'route':
            return node.route;
        case 'verdict':
            return node.kind;
    }
}
