/**
 * A standby that is promoted: another estate takes the place of the one that there was, in which the standby is the management
 * cluster, all in one piece, and what was the management cluster is a cluster like any other, or nothing at all.
 */

import {
    managementCluster,
    type Cluster,
    type ManagementCluster,
    type ManagementPlane,
    type StandbyCluster,
    type Topology,
} from '../../../server/topology/topology.js';
import { clusterUp, postgresUp } from './components.js';
import { resultIn, withdrawalsIn } from './index.js';
import { clusterMayStart, withLosses } from './needs.js';
import type { Result } from './result.js';
import { noPast, worldOf, type Past, type World } from './world.js';

export function standbyOf({ clusters }: Topology): StandbyCluster | undefined {
    return clusters.find((cluster) => cluster.kind === 'standby');
}

/** Whether the standby may take over in a world in which the management cluster is still in charge. */
export function mayBePromoted(world: World): boolean {
    const { topology } = world;
    const [standby, active] = [standbyOf(topology), managementCluster(topology)];
    return (
        standby !== undefined &&
        active !== undefined &&
        !lacksSomething(active, standby) &&
        clusterUp(world, standby) &&
        clusterMayStart(world, standby) &&
        (standby.copy !== undefined || postgresUp(world))
    );
}

/** Something that it never had: keys that are nowhere else, or any data; and who has the vendor's plane has no standby. */
function lacksSomething({ isHosted, managementPlane }: ManagementCluster, { copy }: StandbyCluster): boolean {
    const { postgres, iamSigningKey, rootCa } = managementPlane;
    return (
        isHosted === true ||
        iamSigningKey.backup.value.kind === 'none' ||
        rootCa.backup.value.kind === 'none' ||
        (copy === undefined && postgres.placement.value === 'internal')
    );
}

/** How an estate fares while its edges look for the standby, and then. */
interface Promoted {
    readonly searching: Result;
    /** Of edges that needed some time. */
    readonly later: Result;
    /** Of edges that were connected at once. */
    readonly atOnce: Result;
}

/** What a promotion is good for while these are down; undefined: it is refused. */
export function promotedWhile(topology: Topology, failed: readonly string[]): Promoted | undefined {
    const first = worldWith(topology, failed);
    if (!mayBePromoted(first)) {
        return undefined;
    }
    const next = afterPromotion(topology);
    const left = failed.filter((name) => !isReplaced(topology, name));
    const search = worldWith(next, left, { ...pastOf(first), isReconnecting: true });
    return {
        searching: resultIn(search),
        later: resultIn(worldWith(next, left, pastOf(search))),
        atOnce: resultIn(worldWith(next, left, pastOf(first))),
    };
}

/** What these do that fail once the standby was promoted, while nothing was down, and all are connected; undefined: it is refused. */
export function failedOncePromoted(topology: Topology, failed: readonly string[]): Result | undefined {
    return mayBePromoted(worldOf(topology, [])) ? resultIn(oncePromoted(topology, failed)) : undefined;
}

/** The same, and later the old side is promoted again: that is refused while it is down, or cannot start. */
export function failedAndPromotedBack(topology: Topology, failed: readonly string[]): Result | undefined {
    if (!mayBePromoted(worldOf(topology, []))) {
        return undefined;
    }
    const promoted = oncePromoted(topology, failed);
    const old = worldWith(topology, failed, pastOf(promoted));
    const active = managementCluster(topology)!;
    return resultIn(clusterUp(old, active) && clusterMayStart(old, active) ? connectedAnew(old) : promoted);
}

function oncePromoted(topology: Topology, failed: readonly string[]): World {
    return worldWith(
        afterPromotion(topology),
        failed.filter((name) => !isReplaced(topology, name)),
    );
}

/** The same when its edges have found each other. */
function connectedAnew(world: World): World {
    const search = { ...world, past: { ...world.past, isReconnecting: true as const } };
    return { ...world, past: pastOf(search) };
}

function worldWith(topology: Topology, failed: readonly string[], past?: Past): World {
    return withLosses(worldOf(topology, failed, past));
}

/** What somebody has been told by the end of a world. */
function pastOf(world: World): Past {
    return { ...noPast, withdrawn: withdrawalsIn(world) };
}

const changed = new WeakMap<Topology, Topology>();

/** The estate from the promotion of its standby on. */
function afterPromotion(topology: Topology): Topology {
    let next = changed.get(topology);
    if (!next) {
        const standby = standbyOf(topology)!;
        next = {
            ...topology,
            clusters: topology.clusters.map((cluster) => inItsNewPart(cluster, topology, standby)),
            // what a plane there requires, the same plane of the standby does
            needs: topology.needs.map((need) => ({ ...need, of: nameOfThePlane(need.of, topology, standby) })),
        };
        changed.set(topology, next);
    }
    return next;
}

function nameOfThePlane(
    of: Topology['needs'][number]['of'],
    topology: Topology,
    { name }: StandbyCluster,
): Topology['needs'][number]['of'] {
    const active = managementCluster(topology)!.name;
    const plane = ['management-plane', 'central-control-plane'].find((each) => of === `${active}.${each}`);
    return plane === undefined ? of : (`${name}.${plane}` as typeof of);
}

function inItsNewPart(cluster: Cluster, topology: Topology, standby: StandbyCluster): Cluster {
    if (cluster === standby) {
        const { copy, ...rest } = standby;
        const active = managementCluster(topology)!;
        const { central } = active;
        return { ...rest, kind: 'management', central, managementPlane: planeIn(active, copy !== undefined) };
    }
    if (cluster.kind !== 'management') {
        return cluster;
    }
    const { managementPlane: _plane, central: _central, edge, ...rest } = cluster;
    // gateways and services that stand on it go on, and so does what they need there
    return edge ? { ...rest, kind: 'workload', edge, noWorkloads: { at: cluster.at } } : { ...rest, kind: 'standby' };
}

/** What stood inside stands in the standby; what stood outside is still there, but for a database of which it has a copy. */
function planeIn({ managementPlane }: ManagementCluster, hasCopy: boolean): ManagementPlane {
    const { postgres, telemetryStore } = managementPlane;
    const inside = { ...postgres.placement, value: 'internal' as const };
    const { replicas: _copies, ...one } = telemetryStore;
    return {
        ...managementPlane,
        postgres: hasCopy ? { kind: 'postgres', placement: inside, backup: postgres.backup } : postgres,
        telemetryStore: telemetryStore.placement.value === 'internal' ? one : telemetryStore,
    };
}

/** It is of the side that takes no part any more once the standby is promoted. */
export function isReplaced(topology: Topology, name: string): boolean {
    const active = managementCluster(topology)!;
    const { postgres, telemetryStore, identityProvider } = active.managementPlane;
    switch (name) {
        case 'store:iam-signing-key':
        case 'store:root-ca':
            return true;
        case 'store:postgres':
            return postgres.placement.value === 'internal' || standbyOf(topology)!.copy !== undefined;
        case `store:${telemetryStore.kind}`:
            return telemetryStore.placement.value === 'internal';
        case 'identity-provider':
            return identityProvider?.placement.value === 'internal';
        default:
            return [`${active.name}.management-plane`, `${active.name}.central-control-plane`].some(
                (plane) => name === plane || name.startsWith(`${plane}.`),
            );
    }
}
