/** Whether each thing in an estate is up: it has not failed, and nothing that contains it has (R1). */

import {
    type Cluster,
    type ExternalService,
    type Gateway,
    type Home,
    type Service,
    type TelemetryStore,
    type Topology,
} from '../../../server/topology/topology.js';
import { copiesStand, stands, standsInSome, zonesWithin } from './places.js';
import { clusterOf, managementOf, type World } from './world.js';

export type EdgePart = 'xcp-edge' | 'oap' | 'otel-collector' | 'gitops' | 'operator';

export type ManagementPart =
    'front-envoy' | 'iam' | 'tsb' | 'web' | 'mpc' | 'oap' | 'otel-collector' | 'gitops' | 'teamsync' | 'operator';

export function clusterUp(world: World, { name, locality }: Cluster): boolean {
    return !world.failed.has(name) && stands(world, locality);
}

export function kubernetesApiUp(world: World, cluster: Cluster): boolean {
    return clusterUp(world, cluster) && !world.failed.has(`${cluster.name}.kubernetes-api`);
}

/** The resolver that the pods of a cluster ask. */
export function dnsUp(world: World, cluster: Cluster): boolean {
    return clusterUp(world, cluster) && !dnsFailed(world, cluster);
}

/** By itself, and not with its cluster, whose pods call nobody any more. */
export function dnsFailed(world: World, cluster: Cluster): boolean {
    return world.failed.has(dnsName(cluster));
}

export function dnsName({ name }: Cluster): string {
    return `${name}.dns`;
}

export function edgePartUp(world: World, cluster: Cluster, part: EdgePart): boolean {
    const plane = `${cluster.name}.edge-control-plane`;
    return clusterUp(world, cluster) && !world.failed.has(plane) && !world.failed.has(`${plane}.${part}`);
}

export function istiodUp(world: World, cluster: Cluster): boolean {
    return dataPlaneUp(world, cluster) && !world.failed.has(`${cluster.name}.istiod`);
}

function dataPlaneUp(world: World, cluster: Cluster): boolean {
    return clusterUp(world, cluster) && !world.failed.has(`${cluster.name}.data-plane`);
}

/** It runs, whether or not anybody accepts its certificate. */
export function gatewayRuns(world: World, gateway: Gateway): boolean {
    const cluster = clusterOf(world.topology, gateway.cluster);
    return (
        cluster !== undefined &&
        dataPlaneUp(world, cluster) &&
        !world.failed.has(gatewayName(gateway)) &&
        copiesStand(world, gateway.replicas, cluster.locality, zonesWithin(gateway.replicas, cluster.locality))
    );
}

/** It leads requests on. */
export function gatewayUp(world: World, gateway: Gateway): boolean {
    return gatewayRuns(world, gateway) && !world.past.expired.has(gatewayName(gateway));
}

export function gatewayName({ cluster, name }: Gateway): string {
    return `${cluster}.${name}`;
}

export function instancesName({ shortName }: Service, { cluster }: Home): string {
    return `${shortName}@${cluster}`;
}

/** Nothing has stopped them: pods go with their cluster, machines stand beside it. */
export function instancesStand(world: World, service: Service, home: Home): boolean {
    const cluster = clusterOf(world.topology, home.cluster);
    return (
        cluster !== undefined &&
        (home.virtualMachines !== undefined || clusterUp(world, cluster)) &&
        !world.failed.has(`service:${service.shortName}`) &&
        !world.failed.has(instancesName(service, home)) &&
        copiesStand(world, home.replicas, cluster.locality, zonesOfHome(home, cluster))
    );
}

/** Machines stand beside their cluster, and may be spread over zones in which it is not. */
function zonesOfHome({ replicas, virtualMachines }: Home, { locality }: Cluster): readonly string[] {
    return virtualMachines && locality ? (replicas?.zones ?? []) : zonesWithin(replicas, locality);
}

/** They run, whether or not anybody accepts their certificate. */
export function instancesRun(world: World, service: Service, home: Home): boolean {
    const cluster = clusterOf(world.topology, home.cluster);
    return (
        cluster !== undefined &&
        instancesStand(world, service, home) &&
        (clusterUp(world, cluster) || countsWithoutCluster(home))
    );
}

export function instancesUp(world: World, service: Service, home: Home): boolean {
    return instancesRun(world, service, home) && !world.past.expired.has(instancesName(service, home));
}

/** Machines count as lost with a dead cluster, unless their gateway stands in another one. */
function countsWithoutCluster({ cluster, virtualMachines }: Home): boolean {
    return virtualMachines?.gateway !== undefined && virtualMachines.gateway.cluster !== cluster;
}

/** A workload cluster without a service runs something that nobody named, unless it says not, or is there for a tier1 gateway. */
export function hasUnnamedWorkload({ services }: Topology, cluster: Cluster): boolean {
    return (
        cluster.kind === 'workload' &&
        !cluster.noWorkloads &&
        !cluster.gateways.some(({ roles }) => roles.includes('tier1')) &&
        !services.some(({ homes }) => homes.some((home) => home.cluster === cluster.name))
    );
}

export function unnamedWorkloadName(cluster: Cluster): string {
    return `workload@${cluster.name}`;
}

export function unnamedWorkloadRuns(world: World, cluster: Cluster): boolean {
    return clusterUp(world, cluster) && !world.failed.has(unnamedWorkloadName(cluster));
}

/** Nobody says whom it calls: so it may call somebody by name. */
export function unnamedWorkloadUp(world: World, cluster: Cluster): boolean {
    return (
        unnamedWorkloadRuns(world, cluster) &&
        dnsUp(world, cluster) &&
        !world.past.expired.has(unnamedWorkloadName(cluster))
    );
}

export function externalUp(world: World, { name, places, replicas }: ExternalService): boolean {
    if (world.failed.has(`external:${name}`)) {
        return false;
    }
    return places.length > 1
        ? standsInSome(world, places, replicas)
        : copiesStand(world, replicas, places[0], replicas?.zones);
}

/** The same by its name; nothing of that name is up where there is none. */
export function externalNamedUp(world: World, external: string): boolean {
    return world.topology.externalServices.some((one) => one.name === external && externalUp(world, one));
}

/** The network carries what one cluster opens to another. */
export function linkUp({ failed }: World, from: string, to: string): boolean {
    return (
        from === to ||
        !(failed.has(`link:${from}/${to}`) || failed.has(`link:${to}/${from}`) || failed.has(`link:${from}->${to}`))
    );
}

// --- of the management cluster; nothing of it is up where there is none ----------------------------------------------

/** These find Postgres, the telemetry store and Git by their names. */
const findByName: readonly ManagementPart[] = ['tsb', 'oap', 'gitops'];

export function managementPartUp(world: World, part: ManagementPart): boolean {
    return managementPartRuns(world, part) && (!findByName.includes(part) || managementFindsNames(world));
}

/** What is in the hands of the vendor fails as one: nothing there hangs on the DNS of those who are beside it. */
export function managementFindsNames(world: World): boolean {
    const cluster = managementOf(world);
    return cluster !== undefined && (cluster.isHosted === true || dnsUp(world, cluster));
}

/** Nothing has stopped it. */
export function managementPartRuns(world: World, part: ManagementPart): boolean {
    const cluster = managementOf(world);
    if (!cluster || !clusterUp(world, cluster)) {
        return false;
    }
    const plane = `${cluster.name}.management-plane`;
    return !world.failed.has(plane) && !world.failed.has(`${plane}.${part}`);
}

export function centralUp(world: World): boolean {
    const cluster = managementOf(world);
    return (
        cluster !== undefined && clusterUp(world, cluster) && !world.failed.has(`${cluster.name}.central-control-plane`)
    );
}

export function postgresUp(world: World): boolean {
    const cluster = managementOf(world);
    if (!cluster || world.failed.has('store:postgres')) {
        return false;
    }
    const { placement, locality, replicas } = cluster.managementPlane.postgres;
    return placement.value === 'internal'
        ? clusterUp(world, cluster) &&
              copiesStand(world, replicas, cluster.locality, zonesWithin(replicas, cluster.locality))
        : copiesStand(world, replicas, locality, replicas?.zones);
}

export function telemetryStoreUp(world: World): boolean {
    const cluster = managementOf(world);
    if (!cluster) {
        return false;
    }
    const store = cluster.managementPlane.telemetryStore;
    if (world.failed.has(`store:${store.kind}`)) {
        return false;
    }
    if (store.placement.value === 'external') {
        return membersStand(world, store, store.locality, store.replicas?.zones ?? []);
    }
    const across = zonesWithin(store.replicas, cluster.locality);
    return clusterUp(world, cluster) && membersStand(world, store, cluster.locality, across);
}

/** Elasticsearch elects its leader. */
function membersStand(
    world: World,
    { kind, replicas }: TelemetryStore,
    place: Cluster['locality'],
    across: readonly string[],
): boolean {
    return copiesStand(world, replicas, place, across, kind === 'elasticsearch');
}

export function signingKeyUp(world: World): boolean {
    const cluster = managementOf(world);
    return cluster !== undefined && clusterUp(world, cluster) && !world.failed.has('store:iam-signing-key');
}

export function rootCaUp(world: World): boolean {
    const cluster = managementOf(world);
    return cluster !== undefined && clusterUp(world, cluster) && !world.failed.has('store:root-ca');
}

export function identityProviderUp(world: World): boolean {
    const cluster = managementOf(world);
    const provider = cluster?.managementPlane.identityProvider;
    if (!cluster || !provider || world.failed.has('identity-provider')) {
        return false;
    }
    return provider.placement.value === 'internal' ? clusterUp(world, cluster) : stands(world, provider.locality);
}
