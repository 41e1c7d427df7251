/** The control side: the facets of local operations, metrics and management (R2, R4). */

import {
    clusterUp,
    dnsFailed,
    dnsUp,
    edgePartUp,
    externalNamedUp,
    identityProviderUp,
    istiodUp,
    kubernetesApiUp,
    managementFindsNames,
    managementPartUp,
    postgresUp,
    telemetryStoreUp,
} from './components.js';
import { primary, secondary, type Facet } from './facets.js';
import { clusterMayStart } from './needs.js';
import type { ClusterResult } from './result.js';
import { findsManagement, frontDoorOpen, hearsCentral, reachesManagement } from './streams.js';
import { hasEdge, managementOf, type EdgeCluster, type World } from './world.js';
import type { Cluster } from '../../../server/topology/topology.js';

/** Configuration can be written, and read. */
export function canWrite(world: World): boolean {
    return frontDoorOpen(world) && managementPartUp(world, 'tsb') && postgresUp(world);
}

/** What has been written leaves the management plane. */
function handsDown(world: World): boolean {
    const management = managementOf(world);
    if (management === undefined || !managementPartUp(world, 'mpc')) return false;
    return management.isHosted === true || kubernetesApiUp(world, management);
}

export function freshnessOf(world: World, cluster: Cluster): ClusterResult['freshness'] {
    if (!managementOf(world) || !hasEdge(cluster) || !clusterUp(world, cluster)) {
        return null;
    }
    if (!canWrite(world)) {
        return 'frozen';
    }
    return handsDown(world) && hearsCentral(world, cluster) ? 'live' : 'queued';
}

export function localOperations(world: World, cluster: EdgeCluster): Facet[] {
    return [
        primary(kubernetesApiUp(world, cluster)),
        secondary(admitsPods(world, cluster)),
        ...(managementOf(world) ? [secondary(hearsCentral(world, cluster))] : []),
        ...gitops(world, cluster),
    ];
}

/** New pods are let in, and get what they start with. */
function admitsPods(world: World, cluster: EdgeCluster): boolean {
    return istiodUp(world, cluster) && dnsUp(world, cluster) && clusterMayStart(world, cluster);
}

/** What is pushed from Git is there to be pushed. */
function gitAnswers(world: World, from: string | undefined): boolean {
    return from === undefined || externalNamedUp(world, from);
}

/** Applying TSB objects with kubectl: refused while they cannot be written (sync), or kept in the cluster (async). */
function gitops(world: World, cluster: EdgeCluster): Facet[] {
    const accepts = kubernetesApiUp(world, cluster) && gitAnswers(world, cluster.edge.gitopsFrom);
    const passesOn = edgePartUp(world, cluster, 'gitops') && findsManagement(world, cluster) && canWrite(world);
    switch (cluster.edge.gitops.value) {
        case 'off':
            return [];
        case 'async':
            return [secondary(accepts)];
        case 'sync':
            return managementOf(world) ? [secondary(accepts && passesOn)] : [];
    }
}

export function metrics(world: World, cluster: EdgeCluster): Facet[] {
    if (!managementOf(world)) {
        return [];
    }
    return [primary(applicationMetrics(world, cluster)), secondary(componentTelemetryArrives(world, cluster))];
}

function applicationMetrics(world: World, cluster: EdgeCluster): Facet['state'] {
    if (!edgePartUp(world, cluster, 'oap')) {
        return 'total';
    }
    if (metricsArrive(world, cluster)) {
        return 'unaffected';
    }
    const buffers = (cluster.edge.metricsBuffer.value ?? 0) > 0 && !world.past.buffers.has(cluster.name);
    return buffers ? 'limited' : 'total';
}

/** The way of the metrics is open, from the collector in the cluster on. */
export function metricsArrive(world: World, cluster: EdgeCluster): boolean {
    const store = managementOf(world)?.managementPlane.telemetryStore;
    // wherever the store is, it has a name
    if (!store || !telemetryStoreUp(world) || dnsFailed(world, cluster) || world.past.tokens.has(cluster.name)) {
        return false;
    }
    if (store.path.value === 'front-envoy') {
        return reachesManagement(world, cluster) && frontDoorOpen(world);
    }
    return store.placement.value === 'external' || reachesManagement(world, cluster);
}

function componentTelemetryArrives(world: World, cluster: EdgeCluster): boolean {
    return (
        edgePartUp(world, cluster, 'otel-collector') &&
        !world.past.tokens.has(cluster.name) &&
        findsManagement(world, cluster) &&
        frontDoorOpen(world) &&
        managementPartUp(world, 'otel-collector')
    );
}

export function managementOperations(world: World): Facet[] {
    const management = managementOf(world);
    if (!management) {
        return [];
    }
    const { gitops: pushed, gitopsFrom, identityProvider } = management.managementPlane;
    return [
        primary(canWrite(world)),
        secondary(frontDoorOpen(world) && managementPartUp(world, 'web')),
        secondary(frontDoorOpen(world) && managementPartUp(world, 'oap') && telemetryStoreUp(world)),
        ...(pushed.value
            ? [secondary(canWrite(world) && managementPartUp(world, 'gitops') && gitAnswers(world, gitopsFrom))]
            : []),
        ...(identityProvider ? [secondary(identityProviderUp(world) && managementFindsNames(world))] : []),
    ];
}
