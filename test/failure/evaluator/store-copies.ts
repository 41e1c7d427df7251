/** The copy of a store that is promoted: another estate takes the place of the one that there was, in which it is the store. */

import type { ManagementCluster, StoreCopy, Topology } from '../../../server/topology/topology.js';
import { clusterUp, postgresUp, telemetryStoreUp } from './components.js';
import { resultIn, withdrawalsIn } from './index.js';
import { mayStart, withLosses } from './needs.js';
import { stands } from './places.js';
import { clusterWhere, placesAround } from './stands-in.js';
import type { Result } from './result.js';
import { managementOf, noPast, worldOf, type World } from './world.js';

export type Copied = 'postgres' | 'telemetryStore';

function storeOf(topology: Topology, copied: Copied) {
    const management = managementOf(worldOf(topology, []))!;
    const { kind, copy, locality, placement } = management.managementPlane[copied];
    return { management, name: `store:${kind}`, copy: copy!, locality, isInside: placement.value === 'internal' };
}

/** Whether the store is there, with what it requires. */
export function storeUp(topology: Topology, copied: Copied, failed: readonly string[]): boolean {
    return isStoreUp(withLosses(worldOf(topology, failed)), copied);
}

function isStoreUp(world: World, copied: Copied): boolean {
    return copied === 'postgres' ? postgresUp(world) : telemetryStoreUp(world);
}

/** Whether the place of the copy is left: where nobody says, that of the store. */
function placeStands(world: World, copied: Copied): boolean {
    const { management, copy, locality, isInside } = storeOf(world.topology, copied);
    if (copy.locality) return stands(world, copy.locality);
    return isInside ? clusterUp(world, management) : stands(world, locality);
}

/** Whether the copy is there. */
export function copyUp(topology: Topology, copied: Copied, failed: readonly string[]): boolean {
    const world = withLosses(worldOf(topology, failed));
    return placeStands(world, copied) && !world.failed.has(`${storeOf(topology, copied).name}.copy`);
}

/** Whether the copy may be promoted. */
export function mayTakeOver(topology: Topology, copied: Copied, failed: readonly string[]): boolean {
    const { name } = storeOf(topology, copied);
    const world = withLosses(worldOf(topology, failed));
    const own = `${name}.copy`;
    const cluster = clusterWhere(topology, own);
    // what starts in a cluster, or in a place, requires what that does
    const containers = [...(cluster === undefined ? [] : [cluster]), ...placesAround(topology, own)];
    return copyUp(topology, copied, failed) && mayStart(world, [name, own, ...containers], cluster);
}

/** Whether the copy may be there, cut off from a store that is there, too. */
export function mayBeCutOff(topology: Topology, copied: Copied, failed: readonly string[]): boolean {
    const { name } = storeOf(topology, copied);
    const isGone = (each: readonly string[]) => !placeStands(worldOf(topology, each), copied);
    if (failed.includes(`${name}.copy`) || !isGone(failed)) return false;
    return !failed.some((each) => isGone([each]) && !isStoreUp(worldOf(topology, [each]), copied));
}

/** The estate from the promotion on, and what has failed in it. */
export function afterTakeover(topology: Topology, copied: Copied): Topology {
    return {
        ...topology,
        clusters: topology.clusters.map((cluster) =>
            cluster.kind === 'management' ? inUse(cluster, copied) : cluster,
        ),
    };
}

export function failuresAfter(topology: Topology, copied: Copied, failed: readonly string[]): string[] {
    const { name } = storeOf(topology, copied);
    return failed.filter((each) => each !== name).map((each) => (each === `${name}.copy` ? name : each));
}

/** It is one, whatever there were of the other. */
function inUse(cluster: ManagementCluster, copied: Copied): ManagementCluster {
    const { replicas: _replicas, copy, ...store } = cluster.managementPlane[copied];
    const moved = copy?.locality ? { ...store, ...elsewhere(copy, store) } : store;
    return { ...cluster, managementPlane: { ...cluster.managementPlane, [copied]: moved } };
}

function elsewhere({ locality }: StoreCopy, { placement }: ManagementCluster['managementPlane'][Copied]) {
    return { locality, placement: { ...placement, value: 'external' as const } };
}

/** How it is from the promotion on, while these are down. */
export function takenOver(topology: Topology, copied: Copied, failed: readonly string[]): Result {
    const first = withLosses(worldOf(topology, failed));
    const past = { ...noPast, withdrawn: withdrawalsIn(first) };
    const left = failuresAfter(topology, copied, failed);
    return resultIn(withLosses(worldOf(afterTakeover(topology, copied), left, past)));
}

/** The same while two take themselves for the store. */
export function withTwo(result: Result, copied: Copied): Result {
    const operation = copied === 'postgres' ? 'managementOperations' : 'metricsCollection';
    const operations = { ...result.operations };
    if (operations[operation] === 'unaffected') operations[operation] = 'limited';
    return { ...result, operations };
}
