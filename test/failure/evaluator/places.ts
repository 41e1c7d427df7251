/** Regions and zones, and what survives the loss of some (R1). */

import type { Locality, Replicas } from '../../../server/topology/topology.js';
import type { World } from './world.js';

/**
 * Whether something still stands: in one zone, over the zones that are named, or anywhere in a region. What is pinned to
 * no zone survives the loss of one, unless there is no other.
 */
export function stands(world: World, place: Locality | undefined, across: readonly string[] = []): boolean {
    if (!place) {
        return true;
    }
    if (regionLost(world, place)) {
        return false;
    }
    const lost = lostZones(world, place);
    if (across.length > 0) {
        return across.some((zone) => !lost.includes(zone));
    }
    if (place.zone !== undefined) {
        return !lost.includes(place.zone);
    }
    return lost.length === 0 || (lost.length === 1 && zonesOf(world, place).length > 1);
}

/**
 * Whether more than half of the members of a store that elects its leader still stand. Where they are spread unevenly, the
 * zones that are lost are those with most of them.
 */
export function hasMajority(
    world: World,
    members: number,
    place: Locality | undefined,
    across: readonly string[],
): boolean {
    if (!place) {
        return true;
    }
    if (regionLost(world, place)) {
        return false;
    }
    const zones = membersZones(world, place, across);
    const lost = lostZones(world, place).filter((zone) => zones.includes(zone)).length;
    if (lost === 0) {
        return true;
    }
    const least = Math.floor(members / zones.length);
    const zonesWithOneMore = members % zones.length;
    const membersLost = lost * least + Math.min(lost, zonesWithOneMore);
    return members - membersLost > members / 2;
}

/** The zones that copies are said to be spread over, without those in which their cluster is not. */
export function zonesWithin(replicas: Replicas | undefined, cluster: Locality | undefined): readonly string[] {
    const named = cluster ? (replicas?.zones ?? []) : [];
    return cluster?.zone === undefined ? named : named.filter((zone) => zone === cluster.zone);
}

function membersZones(world: World, place: Locality, across: readonly string[]): readonly string[] {
    if (across.length > 0) {
        return across;
    }
    return place.zone === undefined ? zonesOf(world, place) : [place.zone];
}

function regionLost({ failed }: World, { region }: Locality): boolean {
    return failed.has(`region:${region}`);
}

function lostZones(world: World, place: Locality): string[] {
    return zonesOf(world, place).filter((zone) => world.failed.has(`zone:${place.region}/${zone}`));
}

function zonesOf({ topology }: World, { region }: Locality): string[] {
    const zones = topology.regions.find(({ name }) => name === region)?.zones ?? [];
    return zones.map(({ name }) => name);
}
