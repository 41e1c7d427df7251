import type { NodeIndex } from '../engine/index.js';
import type { FailureGraph, GraphNode } from '../failure/graph.js';
import type { Element } from '../topology/element.js';
import { clustersChanged, clustersNamedBy, namesNone } from '../topology/named-clusters.js';
import type { Neighbourhood } from '../topology/neighbourhood.js';
import { partsOf } from '../topology/neighbourhoods.js';
import type { Topology } from '../topology/topology.js';
import { sameItems } from '../topology/unchanged.js';

/** A neighbourhood of which two states of an estate say the same, and the same of all that it names. */
export type Common = readonly [before: Neighbourhood, now: Neighbourhood];

/**
 * Finds the neighbourhoods that fare the same in two states of an estate, as long as what they look at of the world fails with
 * the same: no graph is needed for that. Services look at no cluster but those that they name; where anything else of the
 * world is otherwise than a few clusters, nothing is taken to be common.
 *
 * @param now has the objects of the other wherever it says the same
 */
export function inCommon(before: Topology, now: Topology): readonly Common[] {
    const [one, other] = [partsOf(before), partsOf(now)];
    const changed = clustersChanged(one.world, other.world);
    if (!changed) return [];
    const byFirst = new Map(one.neighbourhoods.map((each) => [each.services[0]!, each]));
    return other.neighbourhoods.flatMap((each): Common[] => {
        const same = byFirst.get(each.services[0]!);
        if (!same || !sameItems(same.services, each.services)) return [];
        return namesNone(each, changed) ? [[same, each]] : [];
    });
}

/**
 * Finds out who may look at a node of the world, or rest on it: whoever names its cluster, or both ends of a link; everybody
 * where it is of no cluster, or of one that manages others; and nobody at what is counted of all services.
 *
 * @returns the clusters that one has to name; undefined: nobody may
 */
export function whoMayLookAt({ clusters }: Topology): (node: GraphNode) => readonly string[] | undefined {
    const workload = new Set(clusters.flatMap(({ kind, name }) => (kind === 'workload' ? [name] : [])));
    const named = (...names: readonly (string | undefined)[]) =>
        names.filter((name) => name !== undefined && workload.has(name)) as string[];
    const ofElement = ({ cluster, ends }: Element) => (ends ? named(ends.from, ends.to) : named(cluster));
    return (node) => {
        switch (node.kind) {
            case 'verdict':
                return undefined;
            case 'route':
                return node.route.kind === 'everybody' ? undefined : [];
            case 'element':
                return ofElement(node.element);
            case 'redundancy':
                return ofElement(node.of);
            case 'flow':
            case 'limited-flow':
            case 'clock':
                return named(node.scope.cluster);
            case 'role':
            case 'promotion':
            case 'reconnection':
            case 'two-primaries':
                return [];
        }
    };
}

/** Which of some neighbourhoods may look at any of these nodes of the world, or rest on them. */
export function lookingAt(
    neighbourhoods: readonly Neighbourhood[],
    nodes: Iterable<NodeIndex>,
    { nodes: { at }, topology }: Pick<FailureGraph, 'nodes' | 'topology'>,
): readonly Neighbourhood[] {
    const who = whoMayLookAt(topology);
    const found = new Map<string, readonly string[]>();
    for (const node of nodes) {
        const names = who(at(node));
        if (names) found.set(names.join('\n'), names);
    }
    const each = [...found.values()];
    return neighbourhoods.filter((one) => {
        const named = clustersNamedBy(one);
        return each.some((names) => names.every((name) => named.has(name)));
    });
}
