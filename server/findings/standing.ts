import type { Locality } from '../topology/topology.js';

/** A region, or a zone of one. */
export interface Area {
    readonly region: string;
    readonly zone?: string;
}

/**
 * The smallest area that holds all of these places: a zone where all are pinned to it, else the region; undefined where
 * they stand in several, or nobody knows where one of them stands.
 */
export function areaOf(places: readonly (Locality | undefined)[]): Area | undefined {
    const [first] = places;
    if (!first || !places.every((place) => place?.region === first.region)) return undefined;
    const { region, zone } = first;
    const isZone = zone !== undefined && places.every((place) => place?.zone === zone);
    return isZone ? { region, zone } : { region };
}

/** Whether something certainly stands outside of an area. */
export function isOutside(place: Locality | undefined, { region, zone }: Area): boolean {
    if (!place) return false;
    return place.region !== region || (zone !== undefined && place.zone !== undefined && place.zone !== zone);
}

/** "region us", "zone us/a". */
export function areaName({ region, zone }: Area): string {
    return zone === undefined ? `region '${region}'` : `zone '${region}/${zone}'`;
}
