import type { NodeIndex } from '../engine/index.js';
import type { Operation } from '../knowledge/operations.js';
import { clusterOperations, operations } from '../knowledge/operations.js';
import type { Construction, FlowNodes } from './construction.js';
import { ruleReason } from './construction.js';
import type { Facet, FailureGraph, Verdict } from './graph.js';

export const counts = ruleReason('R5', 'it counts for the operation');

/** A threshold that no node reaches: without a primary facet nothing can be lost totally. */
export const never = 0x7fffffff;

export const nobodyLeft = ruleReason('R5', 'no host, no service and no workload is left');

/**
 * R5: for each operation, in the estate and in each cluster, the nodes "limited" and "total".
 *
 * @param everybody fails once nobody who runs anything, or uses it, is left; undefined where there is nobody
 */
export function addVerdicts(
    construction: Construction,
    facets: readonly Facet[],
    node: FlowNodes['node'],
    everybody: NodeIndex | undefined,
): Pick<FailureGraph, 'verdicts' | 'clusters'> {
    const facetsOfCluster = groupBy(facets, (facet) => facet.scope.cluster);
    const write = node('write', {});
    const clusters = construction.topology.clusters.map(({ name }) => ({
        name,
        verdicts: verdictsOf(construction, facetsOfCluster.get(name) ?? [], clusterOperations),
        delivery: node('delivery', { cluster: name }),
        write,
    }));
    const estate = verdictsOf(construction, facets, operations);
    if (estate.runningWorkloads) {
        const total = construction.builder.node({ kind: 'verdict' });
        construction.input(total, estate.runningWorkloads.total, counts);
        construction.input(total, everybody, nobodyLeft);
        estate.runningWorkloads = { ...estate.runningWorkloads, total };
    }
    return { verdicts: { estate }, clusters };
}

function verdictsOf<O extends Operation>(
    construction: Construction,
    facets: readonly Facet[],
    judged: readonly O[],
): Partial<Record<O, Verdict>> {
    const verdicts: Partial<Record<O, Verdict>> = {};
    const byOperation = groupBy(facets, (facet) => facet.operation);
    for (const operation of judged) {
        const verdict = addVerdict(construction, byOperation.get(operation) ?? []);
        if (verdict) verdicts[operation] = verdict;
    }
    return verdicts;
}

function addVerdict({ builder, input, model }: Construction, facets: readonly Facet[]): Verdict | undefined {
    const primary = facets.filter((facet) => facet.rank === 'primary');
    const counting = facets.filter((facet) => facet.rank !== 'note');
    if (counting.length === 0) return undefined;
    const all = model.rules.has('R5') ? primary.length : 1;
    const total = builder.node({ kind: 'verdict' }, primary.length > 0 ? all : never);
    const limited = builder.node({ kind: 'verdict' });
    for (const facet of primary) input(total, facet.lost, counts);
    for (const facet of counting) {
        input(limited, facet.lost, counts);
        input(limited, facet.limited, counts);
    }
    return { limited, total };
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K | undefined): Map<K, T[]> {
    const groups = new Map<K, T[]>();
    for (const item of items) {
        const key = keyOf(item);
        if (key === undefined) continue;
        const group = groups.get(key);
        if (group) group.push(item);
        else groups.set(key, [item]);
    }
    return groups;
}
