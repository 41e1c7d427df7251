/** Who reaches the management plane, and hears central (R2). */

import type { Cluster } from '../../../server/topology/topology.js';
import { centralUp, dnsUp, edgePartUp, kubernetesApiUp, linkUp, managementPartUp } from './components.js';
import { managementOf, type World } from './world.js';

/** Control connections are opened from the workload cluster. */
export function reachesManagement(world: World, cluster: Cluster): boolean {
    const management = managementOf(world);
    return management !== undefined && linkUp(world, cluster.name, management.name);
}

/** The same for a connection that is opened anew, and for that asks for the name first. */
export function findsManagement(world: World, cluster: Cluster): boolean {
    return dnsUp(world, cluster) && reachesManagement(world, cluster);
}

/** Requests pass front-envoy only after iam has allowed them. */
export function frontDoorOpen(world: World): boolean {
    return managementPartUp(world, 'front-envoy') && managementPartUp(world, 'iam');
}

/** The stream between a cluster's edge and central; the listener of front-envoy is plain TCP, so iam is not asked. */
export function hearsCentral(world: World, cluster: Cluster): boolean {
    const management = managementOf(world);
    return (
        management !== undefined &&
        edgePartUp(world, cluster, 'xcp-edge') &&
        kubernetesApiUp(world, cluster) &&
        !world.past.tokens.has(cluster.name) &&
        !world.past.isRootExpired &&
        !world.past.isReconnecting &&
        reachesManagement(world, cluster) &&
        centralUp(world) &&
        (management.central.listener.value === 'own' || managementPartUp(world, 'front-envoy'))
    );
}
