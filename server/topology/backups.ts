import type { ComponentKindId } from '../knowledge/components.js';
import { managementCluster, type Backup, type Topology } from './topology.js';

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
