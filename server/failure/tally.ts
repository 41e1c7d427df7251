import { createGraphBuilder, type NodeIndex, type Piece } from '../engine/index.js';
import type { Operation } from '../knowledge/operations.js';
import { isLast } from './everybody.js';
import type { Facet, GraphNode, Reason, Verdict } from './graph.js';
import { counts } from './verdicts.js';
import type { WorldGraph } from './world-graph.js';

/** What a part of a graph contributes to nodes of the world that ask about all parts: edges, and how many they are. */
export interface Tally {
    /** Has no nodes. */
    readonly piece: Piece<GraphNode>;
    /** Of the nodes "total", and of that of everybody: how many inputs it has in this part. */
    readonly inputs: ReadonlyMap<NodeIndex, number>;
    /** The nodes "limited" that have any. */
    readonly counting: ReadonlySet<NodeIndex>;
}

/** R5: what facets mean for the operations of the estate, and of their clusters. */
export function tallyOf(world: WorldGraph, facets: readonly Facet[]): Tally {
    const { builder, inputs, count } = tallying(world);
    const counting = new Set<NodeIndex>();
    const ofEstate = facets.flatMap((facet) => verdictIn(world.verdicts, facet));
    const ofClusters = facets.flatMap((facet) => {
        const { cluster } = facet.scope;
        return cluster === undefined ? [] : verdictIn(world.verdictsIn(cluster), facet);
    });
    for (const { facet, verdict } of [...ofClusters, ...ofEstate]) {
        const { rank, lost, limited } = facet;
        if (rank === 'primary') count(verdict.total, lost, counts);
        counting.add(verdict.limited);
        builder.input(verdict.limited, lost, counts);
        if (limited !== undefined) builder.input(verdict.limited, limited, counts);
    }
    return { piece: builder.piece(), inputs, counting };
}

/** R5: whose loss takes somebody of everybody. */
export function everybodyTally(world: WorldGraph, gone: readonly NodeIndex[]): Tally {
    const { builder, inputs, count } = tallying(world);
    for (const node of gone) count(world.everybody, node, isLast);
    return { piece: builder.piece(), inputs, counting: new Set() };
}

function tallying({ reasons }: WorldGraph) {
    const builder = createGraphBuilder<GraphNode, Reason>(undefined, reasons);
    const inputs = new Map<NodeIndex, number>();
    const count = (node: NodeIndex, input: NodeIndex, reason: Reason) => {
        builder.input(node, input, reason);
        inputs.set(node, (inputs.get(node) ?? 0) + 1);
    };
    return { builder, inputs, count };
}

function verdictIn(verdicts: Readonly<Partial<Record<Operation, Verdict>>>, facet: Facet) {
    const verdict = facet.rank === 'note' ? undefined : verdicts[facet.operation];
    return verdict ? [{ facet, verdict }] : [];
}
