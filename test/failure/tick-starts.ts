/**
 * What has to start when it comes back, and what each needs for that: the table of starts, for `tick-simulator.ts`.
 *
 * Whatever needs nothing and takes no time is not in it: it is back in the second in which nothing stops it any more.
 */

import {
    managementCluster,
    type Cluster,
    type ManagementCluster,
    type Topology,
} from '../../server/topology/topology.js';
import {
    centralUp,
    dnsName,
    dnsUp,
    edgePartUp,
    gatewayRuns,
    hasUnnamedWorkload,
    instancesName,
    instancesStand,
    istiodUp,
    kubernetesApiUp,
    managementPartRuns,
    postgresUp,
    telemetryStoreUp,
    unnamedWorkloadName,
    unnamedWorkloadRuns,
    type EdgePart,
    type ManagementPart,
} from './evaluator/components.js';
import { clusterOf, hasEdge, managementOf, type World } from './evaluator/world.js';

/** Something that has to start once it is no longer stopped. */
export interface Starter {
    readonly name: string;
    /** What contains it. */
    readonly partOf: readonly string[];
    /** Whether it runs in a world; where nothing is down but what was made to fail: whether it is not stopped. */
    runs(world: World): boolean;
    /** Whether all that it needs to start is up. */
    canStart(world: World): boolean;
    /** From then on. */
    readonly seconds: number;
}

/** `earliest`: everything is as bad as it can be; `latest`: as good. */
export type Reading = 'earliest' | 'latest';

export function iamName(management: ManagementCluster): string {
    return `${management.name}.management-plane.iam`;
}

export function startersOf(topology: Topology, reading: Reading): Starter[] {
    const management = managementCluster(topology);
    return [
        ...(management ? startersOfManagement(management, reading) : []),
        ...topology.clusters.map(dnsOf),
        ...topology.clusters.flatMap(startersOfCluster),
        ...startersOfServices(topology),
        ...topology.clusters
            .filter((cluster) => hasUnnamedWorkload(topology, cluster))
            .map((cluster) => ({
                name: unnamedWorkloadName(cluster),
                partOf: [cluster.name],
                runs: (world: World) => unnamedWorkloadRuns(world, cluster),
                canStart: (world: World) => podsStart(world, cluster),
                seconds: 0,
            })),
    ];
}

/** It cannot ask itself. */
function dnsOf(cluster: Cluster): Starter {
    return {
        name: dnsName(cluster),
        partOf: [cluster.name],
        runs: (world) => dnsUp(world, cluster),
        canStart: (world) => kubernetesApiUp(world, cluster),
        seconds: 0,
    };
}

const managementParts: ManagementPart[] = [
    'front-envoy',
    'tsb',
    'web',
    'mpc',
    'otel-collector',
    'gitops',
    'teamsync',
    'operator',
];

function startersOfManagement(management: ManagementCluster, reading: Reading): Starter[] {
    const pods = (world: World): boolean => podsAreScheduled(world, management);
    const part = (name: ManagementPart, canStart: (world: World) => boolean): Starter => ({
        name: `${management.name}.management-plane.${name}`,
        partOf: [management.name, `${management.name}.management-plane`],
        runs: (world) => managementPartRuns(world, name),
        canStart,
        seconds: 0,
    });
    const { postgres, telemetryStore } = management.managementPlane;
    const stores: (Starter & { readonly internal: boolean })[] = [
        {
            name: 'store:postgres',
            partOf: [management.name],
            runs: postgresUp,
            canStart: pods,
            seconds: 0,
            internal: postgres.placement.value === 'internal',
        },
        {
            name: `store:${telemetryStore.kind}`,
            partOf: [management.name],
            runs: telemetryStoreUp,
            canStart: pods,
            seconds: 0,
            internal: telemetryStore.placement.value === 'internal',
        },
    ];
    return [
        ...managementParts.map((name) => part(name, pods)),
        part('iam', (world) => pods(world) && postgresUp(world)),
        part('oap', (world) => pods(world) && telemetryStoreUp(world)),
        {
            name: `${management.name}.central-control-plane`,
            partOf: [management.name],
            runs: centralUp,
            canStart: pods,
            seconds: reading === 'earliest' ? 120 : 60,
        },
        ...stores.filter(({ internal }) => internal),
    ];
}

/** All but OAP, which waits for more. */
const edgeParts: EdgePart[] = ['xcp-edge', 'otel-collector', 'gitops', 'operator'];

function startersOfCluster(cluster: Cluster): Starter[] {
    if (!hasEdge(cluster)) {
        return [];
    }
    const pods = (world: World): boolean => podsAreScheduled(world, cluster);
    const part = (name: EdgePart, canStart: (world: World) => boolean): Starter => ({
        name: `${cluster.name}.edge-control-plane.${name}`,
        partOf: [cluster.name, `${cluster.name}.edge-control-plane`],
        runs: (world) => edgePartUp(world, cluster, name),
        canStart,
        seconds: 0,
    });
    return [
        ...edgeParts.map((name) => part(name, pods)),
        // without a management cluster there is no store to wait for
        part('oap', (world) => pods(world) && (!managementOf(world) || telemetryStoreUp(world))),
        {
            name: `${cluster.name}.istiod`,
            partOf: [cluster.name, `${cluster.name}.data-plane`],
            runs: (world) => istiodUp(world, cluster),
            canStart: pods,
            seconds: 0,
        },
        ...cluster.gateways.map((gateway) => ({
            name: `${cluster.name}.${gateway.name}`,
            partOf: [cluster.name, `${cluster.name}.data-plane`],
            runs: (world: World) => gatewayRuns(world, gateway),
            canStart: (world: World) => podsStart(world, cluster),
            seconds: 0,
        })),
    ];
}

function startersOfServices(topology: Topology): Starter[] {
    return topology.services.flatMap((service) =>
        service.homes.map((home) => {
            const cluster = clusterOf(topology, home.cluster)!;
            return {
                name: instancesName(service, home),
                // machines stand beside their cluster
                partOf: [`service:${service.shortName}`, ...(home.virtualMachines ? [] : [cluster.name])],
                runs: (world: World) => instancesStand(world, service, home),
                canStart: (world: World) =>
                    home.virtualMachines ? proxiesStart(world, cluster) : podsStart(world, cluster),
                seconds: 0,
            };
        }),
    );
}

/** A pod with a proxy. */
function podsStart(world: World, cluster: Cluster): boolean {
    return podsAreScheduled(world, cluster) && proxiesStart(world, cluster);
}

/** Somebody schedules them, and they find what they ask for. */
function podsAreScheduled(world: World, cluster: Cluster): boolean {
    return kubernetesApiUp(world, cluster) && dnsUp(world, cluster);
}

function proxiesStart(world: World, cluster: Cluster): boolean {
    return !hasEdge(cluster) || istiodUp(world, cluster);
}
