import type { GraphBuilder, NodeIndex } from '../engine/index.js';
import type { Operation } from '../knowledge/operations.js';
import { isLast } from './everybody.js';
import type { Facet, GraphNode, Reason, Verdict } from './graph.js';
import { counts } from './verdicts.js';
import type { WorldGraph } from './world-graph.js';

/** What a part of a graph contributes to nodes of the world that ask about all parts: how many edges. */
export interface Tally {
    /** Of the nodes "total", and of that of everybody: how many inputs it has in this part. */
    readonly inputs: ReadonlyMap<NodeIndex, number>;
    /** The nodes "limited" that have any. */
    readonly counting: ReadonlySet<NodeIndex>;
}

/** Adds edges of a part to nodes of the world. */
type Adds = Pick<GraphBuilder<GraphNode, Reason>, 'input'>;

/** R5: what facets mean for the operations of the estate, and of their clusters. */
export function addTally(builder: Adds, world: WorldGraph, facets: readonly Facet[]): Tally {
    const { inputs, count } = tallying(builder);
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
    return { inputs, counting };
}

/** R5: whose loss takes somebody of everybody. */
export function addEverybodyTally(builder: Adds, { everybody }: WorldGraph, gone: readonly NodeIndex[]): Tally {
    const { inputs, count } = tallying(builder);
    for (const node of gone) count(everybody, node, isLast);
    return { inputs, counting: new Set() };
}

function tallying(builder: Adds) {
    const inputs = new Map<NodeIndex, number>();
    const count = (node: NodeIndex, input: NodeIndex, reason: Reason) => {
        builder.input(node, input, reason);
        inputs.set(node, (inputs.get(node) ?? 0) + 1);
    };
    return { inputs, count };
}

function verdictIn(verdicts: Readonly<Partial<Record<Operation, Verdict>>>, facet: Facet) {
    const verdict = facet.rank === 'note' ? undefined : verdicts[facet.operation];
    return verdict ? [{ facet, verdict }] : [];
}
