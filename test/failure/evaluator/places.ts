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
 * Whether as many copies still stand as are needed: a majority of what elects its leader, one of anything else, or as many
 * as is said. A single copy elects nobody.
 */
export function copiesStand(
    world: World,
    { count, needed }: Pick<Replicas, 'count' | 'needed'> = { count: 1 },
    place: Locality | undefined,
    across: readonly string[] = [],
    elects = false,
): boolean {
    if (elects && count > 1) {
        return enoughStand(world, count, needed ?? Math.floor(count / 2) + 1, place, across);
    }
    // one of anything is as if nothing were said
    return needed === undefined || needed === 1
        ? stands(world, place, across)
        : enoughStand(world, count, needed, place, across);
}

/** Copies are spread over zones; where that is uneven, the zones that are lost are those with most of them. */
function enoughStand(
    world: World,
    copies: number,
    needed: number,
    place: Locality | undefined,
    across: readonly string[],
): boolean {
    if (!place) {
        return true;
    }
    if (regionLost(world, place)) {
        return false;
    }
    const zones = copiesZones(world, place, across);
    const lost = lostZones(world, place).filter((zone) => zones.includes(zone)).length;
    if (lost === 0) {
        return true;
    }
    const least = Math.floor(copies / zones.length);
    const zonesWithOneMore = copies % zones.length;
    const copiesLost = lost * least + Math.min(lost, zonesWithOneMore);
    return copies - copiesLost >= needed;
}

/**
 * Whether something in several places still stands: in one of them, or with as many copies as are said to be needed. Each copy
 * stands in one zone of its place; the copies are spread as evenly as they go, first over the places, and there over the
 * zones; where that is uneven, those are lost that hold most.
 */
export function standsInSome(
    world: World,
    places: readonly Locality[],
    { count, needed }: Partial<Pick<Replicas, 'count' | 'needed'>> = {},
): boolean {
    if (count === undefined || needed === undefined) {
        return places.some((place) => stands(world, place));
    }
    const inEach = Math.floor(count / places.length);
    const lostWith = (copies: number) => places.map((place) => mostLostIn(world, place, copies));
    const [fewer, more] = [lostWith(inEach), lostWith(inEach + 1)];
    // the places that hold one more are those in which that loses one more
    const gains = fewer.map((lost, index) => more[index]! - lost).filter((gain) => gain > 0);
    const lost = fewer.reduce((sum, each) => sum + each, 0) + Math.min(gains.length, count % places.length);
    return count - lost >= needed;
}

/** How many copies of so many in a place are lost at worst. */
function mostLostIn(world: World, place: Locality, copies: number): number {
    if (regionLost(world, place)) {
        return copies;
    }
    const zones = copiesZones(world, place, []);
    const held = zones.map((_, index) => Math.floor(copies / zones.length) + (index < copies % zones.length ? 1 : 0));
    const lost = lostZones(world, place).filter((zone) => zones.includes(zone)).length;
    return held.slice(0, lost).reduce((sum, each) => sum + each, 0);
}

/** The zones that copies are said to be spread over, without those in which their cluster is not. */
export function zonesWithin(replicas: Replicas | undefined, cluster: Locality | undefined): readonly string[] {
    const named = cluster ? (replicas?.zones ?? []) : [];
    return cluster?.zone === undefined ? named : named.filter((zone) => zone === cluster.zone);
}

function copiesZones(world: World, place: Locality, across: readonly string[]): readonly string[] {
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
