/** Estates at random, any number of them, each drawn from a sketch. */

import type fc from 'fast-check';
import {
    type Cluster,
    type EdgeControlPlane,
    type Gateway,
    type Home,
    type IdentityProvider,
    type Locality,
    type ManagementCluster,
    type ManagementPlane,
    type Postgres,
    type Region,
    type Replicas,
    type Service,
    type Topology,
    type WorkloadCluster,
} from '../../server/topology/topology.js';
import {
    place,
    region,
    replicas,
    edge,
    gateway,
    workloadCluster,
    managementPlane,
    management,
    home,
    service,
    externalService,
    estate,
} from './by-hand.js';
import {
    type PlaceSketch,
    type ReplicasSketch,
    type StoreSketch,
    type GatewaySketch,
    type ClusterSketch,
    type ManagementSketch,
    type HomeSketch,
    type ServiceSketch,
    type EstateSketch,
    estateSketch,
} from './estate-sketch.js';
import { gatewayRef, pick, said, somewhere, withTraffic } from './random-traffic.js';
/**
 * Small estates of every make: 1 to 5 workload clusters, mostly 3 at most and with a management cluster among them, up to
 * 2 regions with up to 3 zones; up to 4 services, which are exposed, call, require and fail over in every way.
 */
export const randomEstate: fc.Arbitrary<Topology> = estateSketch.map(drawEstate);

function drawEstate(sketch: EstateSketch): Topology {
    const regions = sketch.regions.map((zones, at) => region(`r${at + 1}`, ['a', 'b', 'c'].slice(0, zones)));
    const bare = drawClusters(sketch, regions);
    const services = sketch.services.map((one, at) => drawService(one, at, sketch.services, bare, regions));
    const drawn = estate({
        regions,
        clusters: bare.map((cluster) => withEdgeIfNeeded(cluster, services, sketch.management)),
        services,
        externalServices: sketch.externalServices.map((at, number) =>
            externalService(`saas${number + 1}`, drawPlace(at, regions)),
        ),
    });
    return withTraffic(drawn, sketch.traffic);
}

function drawPlace(sketch: PlaceSketch | undefined, regions: readonly Region[]): Locality | undefined {
    const chosen = sketch && pick(regions, sketch.region);
    const zone = chosen && sketch.zone !== undefined ? pick(chosen.zones, sketch.zone) : undefined;
    return chosen && place(chosen.name, zone?.name);
}

/** Zones are those of the region in which the thing, or its cluster, stands. */
function drawReplicas(
    sketch: ReplicasSketch | undefined,
    locality: Locality | undefined,
    regions: readonly Region[],
): Replicas | undefined {
    const known = regions.find((one) => one.name === locality?.region)?.zones ?? [];
    const zones = known.filter((_, at) => sketch?.zones[at]).map((zone) => zone.name);
    return sketch && replicas(Math.max(sketch.count, zones.length), zones);
}

function drawClusters(sketch: EstateSketch, regions: readonly Region[]): Cluster[] {
    const workload: Cluster[] = sketch.workloadClusters.map((one, at) =>
        drawWorkloadCluster(`c${at + 1}`, one, regions),
    );
    return sketch.management
        ? workload.toSpliced(sketch.management.position, 0, drawManagement(sketch.management, regions))
        : workload;
}

function drawWorkloadCluster(name: string, sketch: ClusterSketch, regions: readonly Region[]): WorkloadCluster {
    const locality = drawPlace(sketch.place, regions);
    return workloadCluster(name, {
        ...(locality && { locality }),
        gateways: drawGateways(name, sketch.gateways, locality, regions),
        edge: drawEdge(sketch),
    });
}

function drawEdge({ gitops, metricsBuffer }: ClusterSketch): EdgeControlPlane {
    return edge(metricsBuffer === undefined ? { gitops } : { gitops, metricsBuffer });
}

function drawGateways(
    cluster: string,
    sketches: readonly GatewaySketch[],
    locality: Locality | undefined,
    regions: readonly Region[],
): Gateway[] {
    return sketches.map((sketch, at) => {
        const role = sketch.roles[0];
        const named = sketch.named || sketches.slice(0, at).some((earlier) => earlier.roles[0] === role);
        const copies = drawReplicas(sketch.replicas, locality, regions);
        return gateway(cluster, sketch.roles, {
            ...(named && { name: `${cluster}-gw${at + 1}` }),
            ...(copies && { replicas: copies }),
        });
    });
}

function drawManagement(sketch: ManagementSketch, regions: readonly Region[]): ManagementCluster {
    const locality = drawPlace(sketch.place, regions);
    return management('mgmt', {
        ...(locality && { locality }),
        gateways: drawGateways('mgmt', sketch.gateways, locality, regions),
        managementPlane: drawManagementPlane(sketch, locality, regions),
        central: { listener: said(sketch.listener) },
    });
}

function drawManagementPlane(
    sketch: ManagementSketch,
    locality: Locality | undefined,
    regions: readonly Region[],
): ManagementPlane {
    const { telemetryStore, identityProvider } = sketch;
    return managementPlane({
        postgres: { kind: 'postgres', ...drawStore(sketch.postgres, locality, regions) },
        telemetryStore: {
            kind: telemetryStore.kind,
            path: said(telemetryStore.path),
            ...drawStore(telemetryStore, locality, regions),
        },
        gitops: said(sketch.managementGitops),
        ...(identityProvider && { identityProvider: drawIdentityProvider(identityProvider, regions) }),
    });
}

function drawStore(
    sketch: StoreSketch,
    inside: Locality | undefined,
    regions: readonly Region[],
): Omit<Postgres, 'kind'> {
    const outside = sketch.placement === 'external' ? drawPlace(sketch.place, regions) : undefined;
    const copies = drawReplicas(sketch.replicas, sketch.placement === 'external' ? outside : inside, regions);
    return {
        placement: said(sketch.placement),
        backup: said({ kind: 'unknown' }),
        ...(outside && { locality: outside }),
        ...(copies && { replicas: copies }),
    };
}

function drawIdentityProvider(sketch: Omit<StoreSketch, 'replicas'>, regions: readonly Region[]): IdentityProvider {
    const outside = sketch.placement === 'external' ? drawPlace(sketch.place, regions) : undefined;
    return { at: somewhere, placement: said(sketch.placement), ...(outside && { locality: outside }) };
}

function drawService(
    sketch: ServiceSketch,
    at: number,
    all: readonly ServiceSketch[],
    clusters: readonly Cluster[],
    regions: readonly Region[],
): Service {
    const namespace = `ns${at + 1}`;
    const unique = all.filter((other) => other.name === sketch.name).length === 1;
    return service(sketch.name, drawHomes(sketch.homes, namespace, clusters, regions), {
        namespace: said(namespace),
        shortName: unique ? sketch.name : `${namespace}/${sketch.name}`,
    });
}

/** At most one home in each cluster. */
function drawHomes(
    sketches: readonly HomeSketch[],
    namespace: string,
    clusters: readonly Cluster[],
    regions: readonly Region[],
): Home[] {
    const homes = new Map<string, Home>();
    for (const sketch of sketches) {
        const cluster = pick(clusters, sketch.cluster);
        if (cluster && !homes.has(cluster.name)) {
            homes.set(cluster.name, drawHome(sketch, namespace, cluster, clusters, regions));
        }
    }
    return [...homes.values()];
}

function drawHome(
    sketch: HomeSketch,
    namespace: string,
    cluster: Cluster,
    clusters: readonly Cluster[],
    regions: readonly Region[],
): Home {
    const copies = drawReplicas(sketch.replicas, cluster.locality, regions);
    return home(cluster.name, {
        namespace: said(namespace),
        ...(copies && { replicas: copies }),
        ...(sketch.virtualMachines && { virtualMachines: drawMachines(sketch.machineGateway, clusters) }),
    });
}

function drawMachines(number: number | undefined, clusters: readonly Cluster[]): Home['virtualMachines'] {
    const serving = clusters.flatMap(({ gateways }) => gateways).filter(({ roles }) => roles.includes('vm'));
    const gateway = number === undefined ? undefined : pick(serving, number);
    return { at: somewhere, ...(gateway && { gateway: gatewayRef(`${gateway.cluster}.${gateway.name}`) }) };
}

/** The management cluster is a workload cluster too where a gateway or a service stands on it. */
function withEdgeIfNeeded(
    cluster: Cluster,
    services: readonly Service[],
    sketch: ManagementSketch | undefined,
): Cluster {
    const isHome = services.some((one) => one.homes.some((at) => at.cluster === cluster.name));
    return cluster.kind === 'management' && sketch && (isHome || cluster.gateways.length > 0)
        ? { ...cluster, edge: drawEdge(sketch) }
        : cluster;
}
