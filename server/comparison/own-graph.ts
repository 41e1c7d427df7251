import { neighboursIn, type Adjacency, type NodeIndex } from '../engine/index.js';
import type { Facet, FailureGraph } from '../failure/graph.js';
import { operations } from '../knowledge/operations.js';

/** A graph without the parts that fare in another graph as they do here. */
export interface OwnGraph {
    /** Nothing of those parts ever fails; all else fails as in the whole graph, but for marks. */
    readonly graph: FailureGraph;
    /**
     * Whether marks are decided, whatever becomes of those parts: nodes that fail once something has failed count nothing
     * of the parts, and those that fail once all has failed count all of them as failed.
     */
    readonly areMarksDecided: (this: void, isDown: (node: NodeIndex) => boolean) => boolean;
}

/**
 * Leaves some parts of a graph out. No part looks at a node of another one, and none of the world does but marks, which count
 * what has failed everywhere.
 *
 * @param left 1 for each node of them
 * @returns undefined where something else than a mark looks at a node of these parts
 */
export function graphWithout(graph: FailureGraph, left: Uint8Array): OwnGraph | undefined {
    const { length } = graph.nodes;
    const thresholds = graph.thresholds.slice();
    const { offsets, targets } = graph.inputs;
    /** 1 where nothing is left of what a mark counts. */
    const isBare = new Uint8Array(length);
    const isCut = new Uint8Array(length);
    for (let node = 0; node < length; node++) {
        if (left[node]) continue;
        const [first, end] = [offsets[node]!, offsets[node + 1]!];
        let without = 0;
        for (let edge = first; edge < end; edge++) if (left[targets[edge]!]) without++;
        if (without === 0) continue;
        if (!isMark(graph, node)) return undefined;
        isCut[node] = 1;
        if (without === end - first) isBare[node] = 1;
        else if (thresholds[node] === end - first) thresholds[node]! -= without;
    }
    const marks = operations.flatMap((operation) => graph.verdicts.estate[operation] ?? []);
    const counted = marksBelow(
        graph,
        marks.flatMap(({ limited, total }) => [limited, total]),
    );
    const isWhole = (node: NodeIndex) => !counted(node).some((each) => isCut[each]);
    const areBare = marks.some(({ total }) => counted(total).some((each) => isBare[each]));
    return {
        graph: withGates(
            graph,
            thresholds,
            without(graph.dependents, left),
            graph.facets.filter(({ lost }) => !left[lost]),
        ),
        areMarksDecided: (isDown) =>
            marks.every(({ limited, total }) => {
                if (isWhole(limited) && isWhole(total)) return true;
                return !areBare && isDown(limited) && !isDown(total);
            }),
    };
}

function withGates(
    graph: FailureGraph,
    thresholds: Int32Array,
    dependents: Adjacency,
    facets: readonly Facet[],
): FailureGraph {
    // what is found of the graph only once somebody asks stays so
    return Object.create(graph, {
        thresholds: { value: thresholds, enumerable: true },
        dependents: { value: dependents, enumerable: true },
        dependentsOf: { value: neighboursIn(dependents), enumerable: true },
        facets: { value: facets, enumerable: true },
    }) as FailureGraph;
}

function isMark({ nodes }: FailureGraph, node: NodeIndex): boolean {
    const is = nodes.at(node);
    return is.kind === 'verdict' || (is.kind === 'route' && is.route.kind === 'everybody');
}

/** Each of some marks with the marks that it counts, and what these count. */
function marksBelow(graph: FailureGraph, nodes: readonly NodeIndex[]): (node: NodeIndex) => readonly NodeIndex[] {
    const { offsets, targets } = graph.inputs;
    const known = new Map<NodeIndex, readonly NodeIndex[]>();
    for (const first of nodes) {
        const found = new Set([first]);
        for (const node of found)
            for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++)
                if (isMark(graph, targets[edge]!)) found.add(targets[edge]!);
        known.set(first, [...found]);
    }
    return (node) => known.get(node)!;
}

/** Edges from and to those that are left. */
function without(edges: Adjacency, left: Uint8Array): Adjacency {
    const { offsets, targets } = edges;
    const kept = new Int32Array(offsets.length);
    const places = new Int32Array(targets.length);
    let count = 0;
    for (let node = 0; node + 1 < offsets.length; node++) {
        kept[node] = count;
        if (left[node]) continue;
        for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++)
            if (!left[targets[edge]!]) places[count++] = edge;
    }
    kept[offsets.length - 1] = count;
    const column = (of: Int32Array) => places.subarray(0, count).map((edge) => of[edge]!);
    let reasons: Int32Array | undefined;
    return {
        offsets: kept,
        targets: column(targets),
        // nobody asks why while failures are only counted
        get reasons() {
            return (reasons ??= column(edges.reasons));
        },
    };
}
