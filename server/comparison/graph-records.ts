import type { NodeIndex } from '../engine/index.js';
import type { FailureGraph, GraphNode } from '../failure/graph.js';
import { addFacets, addTraffic, at, saidOfTimer, type Collection, type Said } from './traffic-records.js';
import type { Ids, NodeIds } from './twin-parts.js';

/** Something that is the same in two graphs when it is called and says the same. */
export interface GraphRecord {
    readonly says: string;
    /** All that it looks at. */
    readonly nodes: readonly NodeIndex[];
    /** The node of which it says when that fails. */
    readonly fails?: NodeIndex;
}

export type Records = ReadonlyMap<string, GraphRecord>;

/**
 * All that decides how things go in a graph: its gates and clocks, and what is told of flows, hosts, services and the ways to
 * them. Nothing is recorded of what is the same in the other graph, too.
 */
export function recordsOf(graph: FailureGraph, ids: Ids, { idOf, isSame, isSamePart }: NodeIds): Records {
    const records = new Map<string, GraphRecord>();
    const { parts } = graph;
    const add = (name: string, record: GraphRecord) => {
        const known = records.get(name);
        if (!known) records.set(name, record);
        else records.set(name, { says: known.says + record.says, nodes: [...known.nodes, ...record.nodes] });
    };
    const collection: Collection = {
        idOf,
        add: (name, ...said) => add(JSON.stringify(name), recordOf(said, idOf)),
        addNameless(kind, ...said) {
            const record = recordOf(said, idOf);
            const id = ids(`${kind} ${record.says}`);
            records.set(`${kind} ${id}`, record);
            return id;
        },
    };
    for (const [node, says] of gatesOf(graph, idOf, isSame))
        records.set(`gate ${idOf[node]}`, { says, nodes: [node], fails: node });
    for (const timer of graph.timers) {
        const { node } = timer;
        if (isSame[node]) continue;
        const record = recordOf(saidOfTimer(timer), idOf);
        const name = `timer ${idOf[node]}`;
        const known = records.get(name);
        records.set(name, {
            says: (known?.says ?? '') + record.says,
            nodes: [...(known?.nodes ?? []), ...record.nodes],
            fails: node,
        });
    }
    for (const { name, write, delivery } of graph.clusters) collection.add(['cluster', name], at(write), at(delivery));
    const own = parts?.all.filter((part) => !isSamePart(part));
    addFacets(
        own ? [...parts!.facets, ...own.flatMap(({ ownFacets }) => ownFacets.map(({ facet }) => facet))] : graph.facets,
        collection,
    );
    for (const { traffic } of own ?? [graph]) addTraffic(traffic, collection);
    return records;
}

function recordOf(said: readonly Said[], idOf: Int32Array): GraphRecord {
    const nodes: NodeIndex[] = [];
    const written = (each: Said): unknown => {
        if (each === undefined) return null;
        if (Array.isArray(each)) return (each as readonly Said[]).map(written);
        if (typeof each !== 'object') return each;
        const { node } = each as { readonly node: NodeIndex | undefined };
        if (node === undefined) return null;
        nodes.push(node);
        return [idOf[node]!];
    };
    return { says: JSON.stringify(said.map(written)), nodes };
}

/** What counts towards a mark, and towards nothing else: no user fares otherwise for it. */
function isOfMarks(node: GraphNode): boolean {
    return node.kind === 'verdict' || (node.kind === 'route' && ['everybody', 'users'].includes(node.route.kind));
}

/** When each node fails: all that propagation goes by. */
function* gatesOf(
    { nodes, thresholds, inputs }: FailureGraph,
    idOf: Int32Array,
    isSame: Uint8Array,
): Generator<[NodeIndex, string]> {
    for (let node = 0; node < nodes.length; node++) {
        if (isSame[node] || isOfMarks(nodes.at(node))) continue;
        const from = inputs.targets.subarray(inputs.offsets[node], inputs.offsets[node + 1]);
        const ids = from.map((input) => idOf[input]!).sort();
        yield [node, `${thresholds[node]} ${ids.join()}`];
    }
}
