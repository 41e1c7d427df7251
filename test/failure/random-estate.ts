/**
 * Estates as plain data, without a parser: small ones by hand, any number of them at random, and the names of
 * everything in one that can be made to fail.
 */

import fc from 'fast-check';
import {
    managementCluster,
    type Cluster,
    type Declared,
    type EdgeControlPlane,
    type ExternalService,
    type Gateway,
    type GatewayRole,
    type GitOps,
    type Home,
    type IdentityProvider,
    type Locality,
    type ManagementCluster,
    type ManagementPlane,
    type Network,
    type Placement,
    type Postgres,
    type Region,
    type Replicas,
    type Service,
    type StorePath,
    type TelemetryStore,
    type Topology,
    type WorkloadCluster,
    type XcpListener,
    servicesInside,
} from '../../server/topology/topology.js';
import {
    chance,
    gatewayRef,
    index,
    pick,
    said,
    somewhere,
    trafficSketch,
    withTraffic,
    type TrafficSketch,
} from './random-traffic.js';

// --- estates by hand -----------------------------------------------------------------------------------------------

const declared: Declared = { at: somewhere, nameAt: somewhere, labels: new Map() };

export function place(region: string, zone?: string): Locality {
    return zone === undefined ? { region, at: somewhere } : { region, zone, at: somewhere };
}

export function region(name: string, zones: readonly string[] = []): Region {
    return { ...declared, name, zones: zones.map((zone) => ({ ...declared, name: zone })) };
}

export function replicas(count: number, zones: readonly string[] = []): Replicas {
    return { count, zones, at: somewhere };
}

/** Said of an edge control plane; silent: no GitOps, no metrics buffer. */
export interface EdgeParts {
    readonly gitops?: GitOps;
    /** Seconds. */
    readonly metricsBuffer?: number;
}

export function edge(parts: EdgeParts = {}): EdgeControlPlane {
    return {
        tokenTtl: said(3600),
        leafCertificateTtl: said(86_400),
        certificateAuthority: said('central'),
        metricsBuffer: said(parts.metricsBuffer),
        gitops: said(parts.gitops ?? 'off'),
    };
}

export function gateway(cluster: string, roles: readonly GatewayRole[], parts: Partial<Gateway> = {}): Gateway {
    return { ...declared, cluster, roles, name: roles[0] ?? 'gateway', named: parts.name !== undefined, ...parts };
}

export function workloadCluster(name: string, parts: Partial<WorkloadCluster> = {}): WorkloadCluster {
    return { ...declared, kind: 'workload', name, gateways: [], edge: edge(), ...parts };
}

/** Silent: external PostgreSQL outside every region, internal Elasticsearch reached directly. */
export function managementPlane(parts: Partial<ManagementPlane> = {}): ManagementPlane {
    const backup = said({ kind: 'unknown' } as const);
    return {
        postgres: { kind: 'postgres', placement: said('external'), backup },
        telemetryStore: { kind: 'elasticsearch', placement: said('internal'), path: said('direct'), backup },
        iamSigningKey: { backup },
        rootCa: { backup },
        gitops: said(false),
        ...parts,
    };
}

/** Silent: a listener of its own, and nothing on it but the management and the central control plane. */
export function management(name: string, parts: Partial<ManagementCluster> = {}): ManagementCluster {
    return {
        ...declared,
        kind: 'management',
        name,
        gateways: [],
        managementPlane: managementPlane(),
        central: { listener: said('own') },
        ...parts,
    };
}

export function home(cluster: string, parts: Partial<Home> = {}): Home {
    return { cluster, at: somewhere, namespace: said('default'), ...parts };
}

export function service(name: string, homes: readonly Home[], parts: Partial<Service> = {}): Service {
    return {
        ...declared,
        namespace: said('default'),
        name,
        shortName: name,
        homes,
        exposures: [],
        calls: [],
        requires: [],
        eastWestFailover: said(false),
        outlierDetection: said(true),
        ...parts,
    };
}

export function externalService(name: string, ...places: readonly (Locality | undefined)[]): ExternalService {
    return { ...declared, name, places: places.filter((place) => place !== undefined) };
}

export function estate(parts: Partial<Topology>): Topology {
    return {
        name: 'estate',
        files: [somewhere.uri],
        tsbVersion: said('1.10'),
        regions: [],
        clusters: [],
        services: [],
        externalServices: [],
        needs: [],
        needy: [],
        sharedFates: [],
        network: { declared: false, at: [], lines: [] },
        ...parts,
    };
}

// --- names ---------------------------------------------------------------------------------------------------------

/** The canonical names of all that exists in an estate and can be made to fail, each once. */
export function elementNames(topology: Topology): string[] {
    return [
        ...topology.regions.flatMap(placeNames),
        ...topology.clusters.flatMap(clusterNames),
        ...managementNames(managementCluster(topology)),
        ...linkNames(topology),
        ...servicesInside(topology).flatMap(serviceNames),
        ...topology.clusters
            .filter((cluster) => hasImplicitWorkload(topology, cluster))
            .map((cluster) => `workload@${cluster.name}`),
        ...topology.externalServices.map((external) => `external:${external.name}`),
    ];
}

function placeNames(where: Region): string[] {
    return [`region:${where.name}`, ...where.zones.map((zone) => `zone:${where.name}/${zone.name}`)];
}

const edgeParts = ['xcp-edge', 'oap', 'otel-collector', 'gitops', 'operator'];

function clusterNames(cluster: Cluster): string[] {
    const { name } = cluster;
    const always = [name, `${name}.kubernetes-api`];
    if (!cluster.edge) {
        return always;
    }
    return [
        ...always,
        `${name}.edge-control-plane`,
        ...edgeParts.map((part) => `${name}.edge-control-plane.${part}`),
        `${name}.data-plane`,
        `${name}.istiod`,
        ...cluster.gateways.map((one) => `${name}.${one.name}`),
    ];
}

const managementParts = ['front-envoy', 'iam', 'tsb', 'web', 'mpc', 'oap', 'otel-collector', 'teamsync', 'operator'];

function managementNames(cluster: ManagementCluster | undefined): string[] {
    if (!cluster) {
        return [];
    }
    const { gitops, identityProvider, telemetryStore } = cluster.managementPlane;
    const plane = `${cluster.name}.management-plane`;
    return [
        plane,
        ...managementParts.map((part) => `${plane}.${part}`),
        ...(gitops.value ? [`${plane}.gitops`] : []),
        `${cluster.name}.central-control-plane`,
        'store:postgres',
        `store:${telemetryStore.kind}`,
        'store:iam-signing-key',
        'store:root-ca',
        ...(identityProvider ? ['identity-provider'] : []),
    ];
}

/** Control links always exist, with the management cluster last; others carry data only where the network is open. */
function linkNames(topology: Topology): string[] {
    const hub = managementCluster(topology)?.name;
    return topology.clusters.flatMap((one, index) =>
        topology.clusters.slice(index + 1).flatMap((other) => {
            const [from, to] = one.name === hub ? [other.name, one.name] : [one.name, other.name];
            const open = (a: string, b: string): boolean => to === hub || dataFlows(topology.network, a, b);
            const forth = open(from, to) ? [`link:${from}->${to}`] : [];
            const back = open(to, from) ? [`link:${to}->${from}`] : [];
            return forth.length + back.length === 0 ? [] : [`link:${from}/${to}`, ...forth, ...back];
        }),
    );
}

function dataFlows(network: Network, from: string, to: string): boolean {
    return (
        !network.declared ||
        network.lines.some(
            (line) =>
                (line.from.includes(from) && line.to.includes(to)) ||
                (line.bothWays && line.from.includes(to) && line.to.includes(from)),
        )
    );
}

function serviceNames({ shortName, homes }: Service): string[] {
    return [`service:${shortName}`, ...homes.map(({ cluster }) => `${shortName}@${cluster}`)];
}

function hasImplicitWorkload(topology: Topology, cluster: Cluster): boolean {
    return (
        cluster.kind === 'workload' &&
        !cluster.hasNoWorkloads &&
        !cluster.gateways.some((one) => one.roles.includes('tier1')) &&
        !topology.services.some((one) => one.homes.some((at) => at.cluster === cluster.name))
    );
}

// --- estates at random ---------------------------------------------------------------------------------------------
//
// First a sketch, in which a reference is only a number; then the estate, in which that number has picked one of what
// there is. So every sketch makes an estate whose references are consistent, and a failing one shrinks well.

interface PlaceSketch {
    readonly region: number;
    /** Undefined: somewhere in the region. */
    readonly zone: number | undefined;
}

interface ReplicasSketch {
    readonly count: number;
    /** One flag for each of the region's zones, as far as it has them. */
    readonly zones: readonly boolean[];
}

interface StoreSketch {
    readonly placement: Placement;
    readonly place: PlaceSketch | undefined;
    readonly replicas: ReplicasSketch | undefined;
}

interface GatewaySketch {
    readonly named: boolean;
    readonly roles: readonly GatewayRole[];
    readonly replicas: ReplicasSketch | undefined;
}

interface ClusterSketch {
    readonly place: PlaceSketch | undefined;
    readonly gateways: readonly GatewaySketch[];
    readonly gitops: GitOps;
    readonly metricsBuffer: number | undefined;
}

interface ManagementSketch extends ClusterSketch {
    /** Before how many of the workload clusters it is declared. */
    readonly position: number;
    readonly postgres: StoreSketch;
    readonly telemetryStore: StoreSketch & { readonly kind: TelemetryStore['kind']; readonly path: StorePath };
    readonly listener: XcpListener;
    readonly managementGitops: boolean;
    readonly identityProvider: Omit<StoreSketch, 'replicas'> | undefined;
}

interface HomeSketch {
    readonly cluster: number;
    readonly virtualMachines: boolean;
    /** One of the gateways for machines; undefined: none is named. */
    readonly machineGateway: number | undefined;
    readonly replicas: ReplicasSketch | undefined;
}

interface ServiceSketch {
    readonly name: string;
    readonly homes: readonly HomeSketch[];
}

interface EstateSketch {
    /** How many zones each region has. */
    readonly regions: readonly number[];
    readonly workloadClusters: readonly ClusterSketch[];
    readonly management: ManagementSketch | undefined;
    readonly services: readonly ServiceSketch[];
    readonly externalServices: readonly (PlaceSketch | undefined)[];
    readonly traffic: TrafficSketch;
}

const placeSketch = fc.option(fc.record({ region: index, zone: fc.option(index, { nil: undefined, freq: 1 }) }), {
    nil: undefined,
    freq: 4,
});

const replicasSketch = fc.option(
    fc.record({
        count: fc.integer({ min: 1, max: 5 }),
        zones: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    }),
    { nil: undefined, freq: 2 },
);

const storeParts = {
    placement: fc.constantFrom<Placement>('internal', 'external'),
    place: placeSketch,
    replicas: replicasSketch,
};

const gatewayRoles: GatewayRole[] = ['ingress', 'east-west', 'tier1', 'vm', 'egress'];

/** The roles of each gateway of a cluster; mostly what failover and exposures need, and several of one role. */
const rolesOfGateways: fc.Arbitrary<readonly (readonly GatewayRole[])[]> = fc.oneof(
    {
        weight: 9,
        arbitrary: fc.constantFrom<GatewayRole[][]>(
            [['ingress', 'east-west']],
            [['ingress', 'east-west']],
            [['ingress', 'east-west'], ['egress']],
            [['ingress', 'east-west'], ['vm']],
            [['ingress'], ['east-west']],
            [['ingress'], ['ingress', 'east-west']],
            [['east-west'], ['ingress', 'east-west']],
            [['east-west'], ['east-west']],
            [['ingress'], ['east-west'], ['egress']],
        ),
    },
    {
        weight: 5,
        arbitrary: fc.constantFrom<GatewayRole[][]>(
            [['tier1']],
            [['tier1'], ['tier1']],
            [['tier1'], ['ingress', 'east-west']],
            [['tier1'], ['ingress', 'east-west']],
            [['tier1', 'ingress'], ['east-west']],
            [['tier1', 'east-west'], ['ingress']],
        ),
    },
    {
        weight: 1,
        arbitrary: fc.array(fc.subarray(gatewayRoles, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    },
    { weight: 1, arbitrary: fc.constant([]) },
);

/** As many as there may be in one cluster. */
const gatewayParts = fc.array(fc.record({ named: fc.boolean(), replicas: replicasSketch }), {
    minLength: 3,
    maxLength: 3,
});

const gatewaySketches: fc.Arbitrary<readonly GatewaySketch[]> = fc
    .record({ roles: rolesOfGateways, parts: gatewayParts })
    .map(({ roles, parts }) => roles.map((some, at) => ({ roles: some, ...parts[at]! })));

const clusterParts = {
    place: placeSketch,
    gateways: gatewaySketches,
    gitops: fc.constantFrom<GitOps>('off', 'sync', 'async'),
    metricsBuffer: fc.constantFrom(undefined, undefined, 0, 600, 86_400),
};

const managementSketch: fc.Arbitrary<ManagementSketch> = fc.record({
    ...clusterParts,
    gateways: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: clusterParts.gateways }),
    position: fc.nat({ max: 4 }),
    postgres: fc.record(storeParts),
    telemetryStore: fc.record({
        ...storeParts,
        kind: fc.constantFrom<TelemetryStore['kind']>('elasticsearch', 'elasticsearch', 'banyandb'),
        path: fc.constantFrom<StorePath>('direct', 'front-envoy'),
    }),
    listener: fc.constantFrom<XcpListener>('own', 'front-envoy'),
    managementGitops: fc.boolean(),
    identityProvider: fc.option(fc.record({ placement: storeParts.placement, place: placeSketch }), {
        nil: undefined,
        freq: 2,
    }),
});

const homeSketch: fc.Arbitrary<HomeSketch> = fc.record({
    cluster: index,
    virtualMachines: chance(1, 5),
    machineGateway: fc.option(index, { nil: undefined, freq: 2 }),
    replicas: replicasSketch,
});

/** A name may come twice: the services then differ by their namespace. */
const serviceSketch: fc.Arbitrary<ServiceSketch> = fc.record({
    name: fc.constantFrom('shop', 'cart', 'pay', 'workload'),
    homes: fc.oneof(
        { weight: 1, arbitrary: fc.array(homeSketch, { minLength: 1, maxLength: 1 }) },
        { weight: 1, arbitrary: fc.array(homeSketch, { minLength: 2, maxLength: 3 }) },
    ),
});

function clustersOf(least: number, most: number): fc.Arbitrary<ClusterSketch[]> {
    return fc.array(fc.record(clusterParts), { minLength: least, maxLength: most });
}

function managed(least: number, most: number) {
    return fc.record({ workloadClusters: clustersOf(least, most), management: managementSketch });
}

/** Mostly few clusters, or there are too many elements to make all pairs of them fail. */
const clustersSketch: fc.Arbitrary<Pick<EstateSketch, 'workloadClusters' | 'management'>> = fc.oneof(
    { weight: 2, arbitrary: managed(1, 1) },
    { weight: 8, arbitrary: managed(2, 2) },
    { weight: 4, arbitrary: managed(3, 3) },
    { weight: 1, arbitrary: managed(4, 5) },
    {
        weight: 5,
        arbitrary: fc.record({ workloadClusters: clustersOf(3, 4), management: fc.constant(undefined) }),
    },
);

const estateSketch: fc.Arbitrary<EstateSketch> = fc
    .record({
        regions: fc.oneof(
            { weight: 1, arbitrary: fc.constant([]) },
            { weight: 4, arbitrary: fc.array(fc.constantFrom(2, 3, 1, 0, 3), { minLength: 1, maxLength: 2 }) },
        ),
        clusters: clustersSketch,
        services: fc.oneof(
            { weight: 1, arbitrary: fc.array(serviceSketch, { maxLength: 1 }) },
            { weight: 4, arbitrary: fc.array(serviceSketch, { minLength: 2, maxLength: 4 }) },
        ),
        externalServices: fc.array(placeSketch, { maxLength: 1 }),
        traffic: trafficSketch,
    })
    .map(({ clusters, ...rest }) => ({ ...clusters, ...rest }));

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
