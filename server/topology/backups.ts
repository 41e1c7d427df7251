import type { ComponentKindId } from '../knowledge/components.js';
import { placeNames, zoneName, type ElementName } from './element-name.js';
import { managementCluster, type Backup, type Locality, type Topology } from './topology.js';

/** What the file says of the backup of something; undefined of what has none to be asked for, as all but stores and secrets. */
export function backupOfKind(topology: Topology, kind: ComponentKindId): Backup | undefined {
    const plane = managementCluster(topology)?.managementPlane;
    switch (kind) {
        case 'postgres':
            return plane?.postgres.backup.value;
        case 'elasticsearch':
        case 'banyandb':
            return plane?.telemetryStore.backup.value;
        case 'iam-signing-key':
            return plane?.iamSigningKey.backup.value;
        case 'root-ca':
            return plane?.rootCa.backup.value;
        default:
            return undefined;
    }
}

/**
 * Whether what is kept in a place is lost: with the place, and, where that is a region and none of its zones, with two of them,
 * or with the only one, as all else that stands so.
 */
export function isPlaceLost({ regions }: Topology, place: Locality, isDown: (name: ElementName) => boolean): boolean {
    if (placeNames(place).some(isDown)) return true;
    if (place.zone !== undefined) return false;
    const zones = regions.find(({ name }) => name === place.region)?.zones ?? [];
    const lost = zones.filter(({ name }) => isDown(zoneName(place.region, name))).length;
    return lost > 1 || (lost === 1 && zones.length === 1);
}
