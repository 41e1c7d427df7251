/** What runs out, when, and what is down then: the table of clocks (R7), for `tick-simulator.ts`. */

import {
    managementCluster,
    type Gateway,
    type Home,
    type ManagementCluster,
    type Topology,
} from '../../server/topology/topology.js';
import {
    dnsUp,
    edgePartUp,
    gatewayName,
    gatewayUp,
    hasUnnamedWorkload,
    instancesName,
    istiodUp,
    managementPartUp,
    rootCaUp,
    unnamedWorkloadName,
} from './evaluator/components.js';
import { metricsArrive } from './evaluator/control.js';
import { findsManagement, frontDoorOpen, hearsCentral } from './evaluator/streams.js';
import { clusterOf, hasEdge, type EdgeCluster, type World } from './evaluator/world.js';
import type { Reading } from './tick-starts.js';

/** In seconds, least and most. */
export type Span = readonly [least: number, most: number];

/** What no estate says of the clocks. */
export interface ClockSettings {
    readonly clusterCa: number;
    readonly tsbCertificates: Span;
    readonly tokenRenewal: Span;
    /** The least part of a leaf certificate's life that is left when it would be renewed. */
    readonly leafRenewal: number;
}

const minute = 60;
const day = 24 * 60 * minute;

export const publishedClocks: ClockSettings = {
    clusterCa: 365 * day,
    tsbCertificates: [30 * day, 90 * day],
    tokenRenewal: [0, 15 * minute],
    leafRenewal: 0.5,
};

/** Something that runs out; lives in seconds, of one reading. */
export interface Clock {
    /** Whether that from which it would be renewed is away. */
    away(world: World): boolean;
    /** For how long it must be away until it has expired. */
    readonly rise: number;
    /** How long it takes until it is renewed. */
    readonly fall: number;
    /** Elements that have failed while it is expired. */
    readonly failed?: readonly string[];
    /** Gateways and instances that nobody accepts while it is expired. */
    readonly expired?: readonly string[];
    /** It is that of the root of trust. */
    readonly isRoot?: true;
    /** The cluster whose tokens or metrics buffer it is. */
    readonly tokensOf?: string;
    readonly bufferOf?: string;
}

export function clocksOf(topology: Topology, settings: ClockSettings, reading: Reading): Clock[] {
    const management = managementCluster(topology);
    const rise = ([least, most]: Span): number => (reading === 'earliest' ? least : most);
    const fall = ([least, most]: Span): number => (reading === 'earliest' ? most : least);
    const leafRise = ({ edge }: EdgeCluster): number => {
        const life = edge.leafCertificateTtl.value;
        return rise([Math.floor(life * settings.leafRenewal), life]);
    };
    const clusters = topology.clusters.filter(hasEdge);
    return [
        ...clusters.map((cluster) => leafCertificate(topology, cluster, leafRise(cluster))),
        ...clusters.flatMap((cluster) => machineCertificates(topology, cluster, leafRise(cluster))),
        ...(management ? [tsbCertificates(management, rise(settings.tsbCertificates))] : []),
        ...(management ? rootOfTrust(topology, management, rise) : []),
        ...(management ? clusters : []).flatMap((cluster) => [
            agentToken(cluster, fall(settings.tokenRenewal)),
            ...metricsBuffer(cluster),
            ...clusterCa(topology, cluster, settings.clusterCa),
        ]),
    ];
}

function agentToken(cluster: EdgeCluster, fall: number): Clock {
    return {
        away: (world) =>
            !edgePartUp(world, cluster, 'operator') || !findsManagement(world, cluster) || !frontDoorOpen(world),
        rise: cluster.edge.tokenTtl.value,
        fall,
        tokensOf: cluster.name,
    };
}

function metricsBuffer(cluster: EdgeCluster): Clock[] {
    const buffer = cluster.edge.metricsBuffer.value ?? 0;
    const away = (world: World): boolean => !metricsArrive(world, cluster);
    return buffer > 0 ? [{ away, rise: buffer, fall: 0, bufferOf: cluster.name }] : [];
}

function clusterCa(topology: Topology, cluster: EdgeCluster, rise: number): Clock[] {
    const away = (world: World): boolean => !hearsCentral(world, cluster);
    return cluster.edge.certificateAuthority.value === 'central'
        ? [{ away, rise, fall: 0, expired: proxiesOf(topology, cluster) }]
        : [];
}

function tsbCertificates(management: ManagementCluster, rise: number): Clock {
    return {
        away: (world) => !managementPartUp(world, 'operator'),
        rise,
        fall: 0,
        failed: [frontDoor(management)],
    };
}

/** Where a life is said: at any moment of it the root may be lost. What it has signed is worth nothing without it. */
function rootOfTrust(topology: Topology, management: ManagementCluster, rise: (span: Span) => number): Clock[] {
    const { life } = management.managementPlane.rootCa;
    return life === undefined
        ? []
        : [
              {
                  away: (world) => !rootCaUp(world),
                  rise: rise([1, life]),
                  fall: 0,
                  failed: [frontDoor(management)],
                  expired: topology.clusters.filter(hasEdge).flatMap((cluster) => proxiesOf(topology, cluster)),
                  isRoot: true,
              },
          ];
}

function frontDoor({ name }: ManagementCluster): string {
    return `${name}.management-plane.front-envoy`;
}

/** Proxies connect anew now and then, and have to find istiod for that. */
function isRenewalAway(world: World, cluster: EdgeCluster): boolean {
    return !istiodUp(world, cluster) || !dnsUp(world, cluster);
}

function leafCertificate(topology: Topology, cluster: EdgeCluster, rise: number): Clock {
    return {
        away: (world) => isRenewalAway(world, cluster),
        rise,
        fall: 0,
        expired: proxiesOf(topology, cluster),
    };
}

/** Of the machines in a cluster, if there is a gateway by which they get configuration. */
function machineCertificates(topology: Topology, cluster: EdgeCluster, rise: number): Clock[] {
    return topology.services.flatMap((service) =>
        service.homes.flatMap((home) => {
            const gateways = machineGateways(topology, home);
            if (home.cluster !== cluster.name || gateways.length === 0) {
                return [];
            }
            return {
                away: (world: World) =>
                    isRenewalAway(world, cluster) || !gateways.some((gateway) => gatewayUp(world, gateway)),
                rise,
                fall: 0,
                expired: [instancesName(service, home)],
            };
        }),
    );
}

/** The one that is named, or those of the cluster; none for pods. */
function machineGateways(topology: Topology, { virtualMachines, cluster }: Home): Gateway[] {
    if (!virtualMachines) {
        return [];
    }
    const named = virtualMachines.gateway;
    return named
        ? clusterOf(topology, named.cluster)!.gateways.filter(({ name }) => name === named.gateway)
        : clusterOf(topology, cluster)!.gateways.filter(({ roles }) => roles.includes('vm'));
}

/** Whatever shows a certificate of the cluster: its gateways, and all that runs in it. */
function proxiesOf(topology: Topology, cluster: EdgeCluster): string[] {
    return [
        ...cluster.gateways.map(gatewayName),
        ...topology.services.flatMap((service) =>
            service.homes.filter((home) => home.cluster === cluster.name).map((home) => instancesName(service, home)),
        ),
        ...(hasUnnamedWorkload(topology, cluster) ? [unnamedWorkloadName(cluster)] : []),
    ];
}
