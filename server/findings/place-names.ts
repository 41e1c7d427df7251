import type { Locality } from '../topology/topology.js';

/** Whether one failure of a place may take both: of something in no zone its whole region. What is unknown is no place. */
export function isSamePlace(one: Locality | undefined, other: Locality | undefined): boolean {
    if (!one || !other || one.region !== other.region) return false;
    if (one.hasUnknownZone || other.hasUnknownZone) return false;
    return one.zone === undefined || other.zone === undefined || one.zone === other.zone;
}

/** `us-east`, or `us-east/a`. */
export function placeName({ region, zone }: Pick<Locality, 'region' | 'zone'>): string {
    return zone === undefined ? region : `${region}/${zone}`;
}
