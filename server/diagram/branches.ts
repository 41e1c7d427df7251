import { clusterName, partName, storeName } from '../topology/element-name.js';
import { carriesWorkloads, managementCluster, type Topology } from '../topology/topology.js';
import type { Branch } from './box.js';

/**
 * Where configuration and metrics go: configuration from central to the edge of each cluster, metrics from each cluster
 * to the store, both through the front-envoy of the management plane exactly where the file says so; and what the
 * management plane keeps in a database outside its cluster.
 */
export function branchesIn(topology: Topology): Branch[] {
    const management = managementCluster(topology);
    if (!management) return [];
    const { managementPlane: plane, central, name: home } = management;
    const door = partName(home, 'management-plane', 'front-envoy');
    // what the vendor runs is one box
    const hub = management.isHosted ? clusterName(home) : partName(home, 'central-control-plane');
    const store = management.isHosted ? clusterName(home) : storeName(plane.telemetryStore.kind);
    const isStoreBehindDoor = plane.telemetryStore.path.value === 'front-envoy';
    const branches = topology.clusters.filter(carriesWorkloads).flatMap(({ name }): Branch[] => {
        const cluster = clusterName(name);
        return [
            {
                id: `configuration\n${name}`,
                layer: 'configuration',
                from: hub,
                to: partName(name, 'edge-control-plane'),
                ...(central.listener.value === 'front-envoy' && { via: door }),
                clusters: [name],
            },
            {
                id: `metrics\n${name}`,
                layer: 'metrics',
                from: cluster,
                to: store,
                ...(isStoreBehindDoor && { via: door }),
                clusters: [name],
            },
        ];
    });
    const kept: Branch = {
        id: `configuration\n${storeName('postgres')}`,
        layer: 'configuration',
        from: partName(home, 'management-plane'),
        to: storeName('postgres'),
        clusters: [],
    };
    return plane.postgres.placement.value === 'external' ? [kept, ...branches] : branches;
}
