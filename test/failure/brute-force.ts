/**
 * What fails, told a second time: a slow evaluator to check the engine against, written from the documents alone.
 *
 * It knows nothing of graphs, orders or counters. Every component has a predicate written out by hand ("is front-envoy
 * up?"), which asks the predicates of what that component needs, each time anew; each facet is one expression over
 * them. Rules R1 to R6 and R8 at one moment; what time adds to them is told in `tick-simulator.ts`. What requests still
 * get through is told in `brute-force-traffic.ts`, which asks the predicates of this file.
 */

import {
    managementCluster,
    type Cluster,
    type EdgeControlPlane,
    type ExternalService,
    type Gateway,
    type Home,
    type Locality,
    type ManagementCluster,
    type Replicas,
    type Service,
    type Topology,
} from '../../server/topology/topology.js';
import { clusterNamed, trafficOn, type Ground, type Traffic } from './brute-force-traffic.js';

export type Operation = 'runningWorkloads' | 'localClusterOperations' | 'metricsCollection' | 'managementOperations';

export type ClusterOperation = Exclude<Operation, 'managementOperations'>;

export type Severity = 'unaffected' | 'limited' | 'total';

export type Freshness = 'live' | 'queued' | 'frozen';

export interface BruteForceResult {
    /** Of the estate. Without a management cluster there are no management operations: `unaffected`. */
    operations: Record<Operation, Severity>;
    clusters: Record<string, ClusterResult>;
    /** By `shortName`; a service without homes is left out. */
    services: Record<string, ServiceResult>;
    /** By host; one whose exposure leads nowhere even in health is left out. */
    hosts: Record<string, HostResult>;
    /** The clusters whose new workloads may run partially configured (R6), sorted. */
    partiallyConfigured: string[];
}

export interface ClusterResult {
    /** An operation without facets in this cluster is absent. */
    operations: Partial<Record<ClusterOperation, Severity>>;
    /** Only of a cluster with an edge control plane. */
    freshness?: Freshness;
}

export interface ServiceResult {
    /** Judged by who uses it. */
    severity: Severity;
    /** Homes whose instances are up. */
    alive: number;
    homes: number;
}

export interface HostResult {
    severity: Severity;
    /** From 0 to 1; -1 where nobody knows: behind transit gateways. */
    lostShare: number;
}

/** What has run out besides the elements that are down for it; each a list of clusters. */
export interface RunOut {
    /** No token of their agents is accepted. */
    readonly tokens: readonly string[];
    /** Their metrics buffer is full. */
    readonly buffers: readonly string[];
}

/** An estate at one moment, and the elements that are down by themselves: made to fail, or not yet back. */
export interface World {
    readonly topology: Topology;
    readonly failed: readonly string[];
    readonly runOut: RunOut;
    readonly management: ManagementCluster | undefined;
    /** Answers to questions that were asked before, by what they were asked of. */
    readonly known: Readonly<Record<Question, Map<object, boolean>>>;
}

/** Asked so often that the answers are kept. */
type Question = 'cluster up' | 'gateway up' | 'hears central' | 'front door open' | 'tsb up' | 'mpc up';

/** A world with a management cluster. */
export interface ManagedWorld extends World {
    readonly management: ManagementCluster;
}

export type EdgeCluster = Cluster & { readonly edge: EdgeControlPlane };

export interface Facet {
    readonly rank: 'primary' | 'secondary';
    readonly state: 'kept' | 'limited' | 'lost';
}

type ClusterFacets = Readonly<Record<ClusterOperation, readonly Facet[]>>;

/**
 * The marks, freshness and caveats of an estate at the moment at which `failed` fail.
 *
 * @param failed canonical element names (`east.istiod`, `link:east->mgmt`, …); a name of nothing has no effect
 */
export function evaluate(topology: Topology, failed: readonly string[]): BruteForceResult {
    return resultIn(worldWith(topology, failed));
}

/** Answers are kept with a world, so that it is asked about one moment only. */
export function worldWith(
    topology: Topology,
    failed: readonly string[],
    runOut: RunOut = { tokens: [], buffers: [] },
): World {
    return { topology, failed, runOut, management: managementCluster(topology), known: nothingKnown() };
}

/** The marks, freshness and caveats of a world. */
export function resultIn(world: World): BruteForceResult {
    const { topology } = world;
    const traffic = trafficOn(groundOf(world));
    const facets = topology.clusters.map((cluster) => clusterFacets(world, traffic, cluster));
    return {
        operations: estateOperations(world, traffic, facets),
        clusters: Object.fromEntries(
            topology.clusters.map((cluster, at) => [cluster.name, clusterResult(world, cluster, facets[at])]),
        ),
        services: Object.fromEntries(
            topology.services
                .filter((service) => service.homes.length > 0)
                .map((service) => [service.shortName, serviceResult(world, traffic, service)]),
        ),
        hosts: traffic.hosts,
        partiallyConfigured: topology.clusters
            .filter((cluster) => mayRunPartiallyConfigured(world, cluster))
            .map((cluster) => cluster.name)
            .sort(),
    };
}

// --- results -------------------------------------------------------------------------------------------------------

function estateOperations(
    world: World,
    traffic: Traffic,
    clusters: readonly ClusterFacets[],
): Record<Operation, Severity> {
    const everywhere = (operation: ClusterOperation): Facet[] =>
        new Array<Facet>().concat(...clusters.map((facets) => facets[operation]));
    return {
        runningWorkloads: severityOf([...traffic.estateFacets, ...everywhere('runningWorkloads')]),
        localClusterOperations: severityOf(everywhere('localClusterOperations')),
        metricsCollection: severityOf(everywhere('metricsCollection')),
        managementOperations: severityOf(managementOperations(world)),
    };
}

function clusterFacets(world: World, traffic: Traffic, cluster: Cluster): ClusterFacets {
    return {
        runningWorkloads: [...runningInstances(world, cluster), ...traffic.clusterFacets(cluster.name)],
        localClusterOperations: localClusterOperations(world, cluster),
        metricsCollection: metricsCollection(world, cluster),
    };
}

const clusterOperations = ['runningWorkloads', 'localClusterOperations', 'metricsCollection'] as const;

function clusterResult(world: World, cluster: Cluster, facets: ClusterFacets | undefined): ClusterResult {
    const operations: Partial<Record<ClusterOperation, Severity>> = {};
    for (const operation of clusterOperations) {
        if (facets && facets[operation].length > 0) {
            operations[operation] = severityOf(facets[operation]);
        }
    }
    return hasEdge(cluster) ? { operations, freshness: freshness(world, cluster) } : { operations };
}

function serviceResult(world: World, traffic: Traffic, service: Service): ServiceResult {
    return {
        severity: traffic.severityOf(service),
        alive: service.homes.filter((home) => instancesUp(world, service, home)).length,
        homes: service.homes.length,
    };
}

/** Rule R5: total only if every primary facet is lost, and there is one; limited if anything at all is less than whole. */
function severityOf(facets: readonly Facet[]): Severity {
    const primary = facets.filter((facet) => facet.rank === 'primary');
    if (primary.length > 0 && primary.every((facet) => facet.state === 'lost')) {
        return 'total';
    }
    return facets.some((facet) => facet.state !== 'kept') ? 'limited' : 'unaffected';
}

/** Rules R3 and R4: an upstream cut freezes or queues what a cluster is told, and takes nothing away. */
function freshness(world: World, cluster: EdgeCluster): Freshness {
    if (!isManaged(world)) {
        return 'live';
    }
    if (!canWrite(world)) {
        return 'frozen';
    }
    return mpcUp(world) && hearsCentral(world, cluster) ? 'live' : 'queued';
}

/** Rule R6: what is new in a live cluster lacks whatever had to come from the API server through central. */
function mayRunPartiallyConfigured(world: World, cluster: Cluster): boolean {
    if (!isManaged(world) || !hasEdge(cluster) || !kubernetesApiUp(world, cluster)) {
        return false;
    }
    return !(tsbUp(world) && mpcUp(world) && hearsCentral(world, cluster));
}

// --- facets --------------------------------------------------------------------------------------------------------

function runningInstances(world: World, cluster: Cluster): Facet[] {
    const facets = world.topology.services.flatMap((service) =>
        service.homes
            .filter((home) => home.cluster === cluster.name)
            .map((home) => primary(instancesUp(world, service, home))),
    );
    return hasImplicitWorkload(world.topology, cluster) ? [primary(implicitWorkloadServes(world, cluster))] : facets;
}

function localClusterOperations(world: World, cluster: Cluster): Facet[] {
    if (!hasEdge(cluster)) {
        return [];
    }
    const facets = [primary(kubernetesApiUp(world, cluster)), secondary(istiodUp(world, cluster))];
    if (isManaged(world)) {
        facets.push(secondary(hearsCentral(world, cluster)));
    }
    if (cluster.edge.gitops.value === 'async') {
        facets.push(secondary(kubernetesApiUp(world, cluster)));
    }
    if (cluster.edge.gitops.value === 'sync' && isManaged(world)) {
        facets.push(secondary(synchronousGitOpsWorks(world, cluster)));
    }
    return facets;
}

function metricsCollection(world: World, cluster: Cluster): Facet[] {
    if (!hasEdge(cluster) || !isManaged(world)) {
        return [];
    }
    return [
        { rank: 'primary', state: applicationMetrics(world, cluster) },
        secondary(componentTelemetryArrives(world, cluster)),
    ];
}

function managementOperations(world: World): Facet[] {
    if (!isManaged(world)) {
        return [];
    }
    const { gitops, identityProvider } = world.management.managementPlane;
    const facets = [
        primary(canWrite(world)),
        primary(canRead(world)),
        secondary(dashboardsWork(world)),
        secondary(webUiWorks(world)),
    ];
    if (gitops.value) {
        facets.push(secondary(managementGitOpsWorks(world)));
    }
    if (identityProvider) {
        facets.push(secondary(canLogIn(world)));
    }
    return facets;
}

function primary(works: boolean): Facet {
    return { rank: 'primary', state: works ? 'kept' : 'lost' };
}

function secondary(works: boolean): Facet {
    return { rank: 'secondary', state: works ? 'kept' : 'lost' };
}

// --- running workloads ---------------------------------------------------------------------------------------------

/** What traffic has to know of this world. */
function groundOf(world: World): Ground {
    return {
        topology: world.topology,
        instancesUp: (service, home) => instancesUp(world, service, home),
        gatewayUp: (gateway) => recalled(world, 'gateway up', gateway, () => gatewayUp(world, gateway)),
        externalServiceUp: (external) => externalServiceUp(world, external),
        linkUp: (from, to) => !linkCut(world, from, to),
    };
}

export function instancesUp(world: World, service: Service, home: Home): boolean {
    const cluster = clusterNamed(world.topology, home.cluster);
    return (
        !isFailed(world, `service:${service.shortName}`) &&
        !isFailed(world, `${service.shortName}@${home.cluster}`) &&
        !allZonesLost(world, cluster.locality, home.replicas) &&
        groundHolds(world, home, cluster)
    );
}

/** Pods go with their cluster; virtual machines stand beside it, in the same place. */
function groundHolds(world: World, home: Home, cluster: Cluster): boolean {
    return home.virtualMachines ? !placeLost(world, cluster.locality, home.replicas) : clusterUp(world, cluster);
}

/** A workload cluster of which nothing is said runs something all the same, unless it is there for its tier1 gateway. */
export function hasImplicitWorkload(topology: Topology, cluster: Cluster): boolean {
    const isHome = topology.services.some((service) => service.homes.some((home) => home.cluster === cluster.name));
    const isEntry = cluster.gateways.some((gateway) => gateway.roles.includes('tier1'));
    return cluster.kind === 'workload' && !isHome && !isEntry;
}

export function implicitWorkloadServes(world: World, cluster: Cluster): boolean {
    return clusterUp(world, cluster) && !isFailed(world, `workload@${cluster.name}`);
}

// --- the control path ----------------------------------------------------------------------------------------------

/** The edge opens the stream, so only its own direction of the link counts. */
export function hearsCentral(world: ManagedWorld, cluster: EdgeCluster): boolean {
    return recalled(
        world,
        'hears central',
        cluster,
        () =>
            xcpEdgeUp(world, cluster) &&
            tokenAccepted(world, cluster) &&
            reachesManagement(world, cluster) &&
            centralUp(world) &&
            xcpListenerAnswers(world),
    );
}

/** Where front-envoy answers port 9443 it passes plain TCP on: no request, so no check by iam. */
function xcpListenerAnswers(world: ManagedWorld): boolean {
    return world.management.central.listener.value === 'own' || frontEnvoyUp(world);
}

/** What is applied is refused unless the management plane takes it at once. */
function synchronousGitOpsWorks(world: ManagedWorld, cluster: EdgeCluster): boolean {
    return (
        edgePartUp(world, cluster, 'gitops') &&
        kubernetesApiUp(world, cluster) &&
        tokenAccepted(world, cluster) &&
        reachesManagement(world, cluster) &&
        frontDoorOpen(world) &&
        tsbUp(world)
    );
}

/** Agents whose token has run out are refused. */
function tokenAccepted(world: World, cluster: Cluster): boolean {
    return !world.runOut.tokens.includes(cluster.name);
}

// --- metrics -------------------------------------------------------------------------------------------------------

/** Rule R4: a cut way loses the metrics, unless a stated buffer holds them back, for as long as it is not full. */
function applicationMetrics(world: ManagedWorld, cluster: EdgeCluster): Facet['state'] {
    if (!edgePartUp(world, cluster, 'oap')) {
        return 'lost';
    }
    if (metricsArrive(world, cluster)) {
        return 'kept';
    }
    const buffered = (cluster.edge.metricsBuffer.value ?? 0) > 0 && !world.runOut.buffers.includes(cluster.name);
    return buffered ? 'limited' : 'lost';
}

/** Whether what the cluster's OAP sends gets to the store, and is stored. */
export function metricsArrive(world: ManagedWorld, cluster: EdgeCluster): boolean {
    const store = world.management.managementPlane.telemetryStore;
    const throughFrontDoor = store.path.value === 'front-envoy';
    const throughLink = throughFrontDoor || store.placement.value === 'internal';
    return (
        tokenAccepted(world, cluster) &&
        (!throughLink || reachesManagement(world, cluster)) &&
        (!throughFrontDoor || frontDoorOpen(world)) &&
        telemetryStoreUp(world)
    );
}

function componentTelemetryArrives(world: ManagedWorld, cluster: EdgeCluster): boolean {
    return (
        edgePartUp(world, cluster, 'otel-collector') &&
        tokenAccepted(world, cluster) &&
        reachesManagement(world, cluster) &&
        frontDoorOpen(world) &&
        managementPartUp(world, 'otel-collector')
    );
}

// --- management operations -----------------------------------------------------------------------------------------

function canWrite(world: ManagedWorld): boolean {
    return frontDoorOpen(world) && tsbUp(world);
}

function canRead(world: ManagedWorld): boolean {
    return frontDoorOpen(world) && tsbUp(world);
}

function dashboardsWork(world: ManagedWorld): boolean {
    return frontDoorOpen(world) && managementPartUp(world, 'oap') && telemetryStoreUp(world);
}

function webUiWorks(world: ManagedWorld): boolean {
    return frontDoorOpen(world) && managementPartUp(world, 'web') && tsbUp(world);
}

/** It runs behind the front door. */
function managementGitOpsWorks(world: ManagedWorld): boolean {
    return managementPartUp(world, 'gitops') && tsbUp(world);
}

function canLogIn(world: ManagedWorld): boolean {
    return frontDoorOpen(world) && identityProviderUp(world);
}

// --- components of the management cluster --------------------------------------------------------------------------

/** Every request through front-envoy is checked by iam. */
function frontDoorOpen(world: ManagedWorld): boolean {
    return recalled(world, 'front door open', world.management, () => frontEnvoyUp(world) && iamUp(world));
}

export function frontEnvoyUp(world: ManagedWorld): boolean {
    return managementPartUp(world, 'front-envoy');
}

export function iamUp(world: ManagedWorld): boolean {
    return managementPartUp(world, 'iam');
}

function tsbUp(world: ManagedWorld): boolean {
    return recalled(world, 'tsb up', world.management, () => managementPartUp(world, 'tsb') && postgresUp(world));
}

function mpcUp(world: ManagedWorld): boolean {
    return recalled(
        world,
        'mpc up',
        world.management,
        () => managementPartUp(world, 'mpc') && kubernetesApiUp(world, world.management),
    );
}

export function centralUp(world: ManagedWorld): boolean {
    return clusterUp(world, world.management) && !isFailed(world, `${world.management.name}.central-control-plane`);
}

export function managementPartUp(world: ManagedWorld, part: string): boolean {
    const plane = `${world.management.name}.management-plane`;
    return clusterUp(world, world.management) && !isFailed(world, plane) && !isFailed(world, `${plane}.${part}`);
}

// --- stores and the identity provider ------------------------------------------------------------------------------

export function postgresUp(world: ManagedWorld): boolean {
    const { postgres } = world.management.managementPlane;
    return !isFailed(world, 'store:postgres') && standsAndIsServed(world, postgres);
}

export function telemetryStoreUp(world: ManagedWorld): boolean {
    const store = world.management.managementPlane.telemetryStore;
    return !isFailed(world, `store:${store.kind}`) && standsAndIsServed(world, store);
}

export function iamSigningKeyUp(world: ManagedWorld): boolean {
    return clusterUp(world, world.management) && !isFailed(world, 'store:iam-signing-key');
}

function identityProviderUp(world: ManagedWorld): boolean {
    const provider = world.management.managementPlane.identityProvider;
    return provider !== undefined && !isFailed(world, 'identity-provider') && standsAndIsServed(world, provider);
}

interface Standing {
    readonly placement: { readonly value: 'internal' | 'external' };
    readonly locality?: Locality;
    readonly replicas?: Replicas;
}

/** What is internal goes with the management cluster, what is external with its place; both with their replicas' zones. */
function standsAndIsServed(world: ManagedWorld, thing: Standing): boolean {
    if (thing.placement.value === 'internal') {
        const { management } = world;
        return clusterUp(world, management) && !allZonesLost(world, management.locality, thing.replicas);
    }
    return !placeLost(world, thing.locality, thing.replicas) && !allZonesLost(world, thing.locality, thing.replicas);
}

// --- components of any cluster -------------------------------------------------------------------------------------

function clusterUp(world: World, cluster: Cluster): boolean {
    return recalled(
        world,
        'cluster up',
        cluster,
        () => !isFailed(world, cluster.name) && !placeLost(world, cluster.locality),
    );
}

export function kubernetesApiUp(world: World, cluster: Cluster): boolean {
    return clusterUp(world, cluster) && !isFailed(world, `${cluster.name}.kubernetes-api`);
}

export function istiodUp(world: World, cluster: EdgeCluster): boolean {
    return (
        clusterUp(world, cluster) &&
        !isFailed(world, `${cluster.name}.data-plane`) &&
        !isFailed(world, `${cluster.name}.istiod`)
    );
}

function xcpEdgeUp(world: World, cluster: EdgeCluster): boolean {
    return edgePartUp(world, cluster, 'xcp-edge') && kubernetesApiUp(world, cluster);
}

export function edgePartUp(world: World, cluster: EdgeCluster, part: string): boolean {
    const edge = `${cluster.name}.edge-control-plane`;
    return clusterUp(world, cluster) && !isFailed(world, edge) && !isFailed(world, `${edge}.${part}`);
}

/** Gateways are part of the data plane; their replicas may be spread over zones. */
export function gatewayUp(world: World, gateway: Gateway): boolean {
    const cluster = clusterNamed(world.topology, gateway.cluster);
    return (
        clusterUp(world, cluster) &&
        !isFailed(world, `${cluster.name}.data-plane`) &&
        !isFailed(world, `${cluster.name}.${gateway.name}`) &&
        !allZonesLost(world, cluster.locality, gateway.replicas)
    );
}

function externalServiceUp(world: World, { name, locality }: ExternalService): boolean {
    return !isFailed(world, `external:${name}`) && !placeLost(world, locality);
}

// --- links and places ----------------------------------------------------------------------------------------------

/** Whether the cluster can open connections to the management cluster; that cluster itself always can. */
export function reachesManagement(world: ManagedWorld, cluster: Cluster): boolean {
    const { name } = world.management;
    return cluster.name === name || !linkCut(world, cluster.name, name);
}

function linkCut(world: World, from: string, to: string): boolean {
    return (
        isFailed(world, `link:${from}->${to}`) ||
        isFailed(world, `link:${from}/${to}`) ||
        isFailed(world, `link:${to}/${from}`)
    );
}

/**
 * What stands in a region without a zone of its own survives the loss of one zone, if there is another; unless its
 * replicas are said to be spread over zones: then these decide, see `allZonesLost`.
 */
function placeLost(world: World, locality: Locality | undefined, replicas?: Replicas): boolean {
    if (!locality) {
        return false;
    }
    if (regionLost(world, locality.region)) {
        return true;
    }
    if (locality.zone !== undefined) {
        return zoneLost(world, locality.region, locality.zone);
    }
    if (replicas && replicas.zones.length > 0) {
        return false;
    }
    const zones = zonesOf(world.topology, locality.region);
    const lost = zones.filter((zone) => zoneLost(world, locality.region, zone)).length;
    return zones.length > 0 && lost >= Math.min(2, zones.length);
}

/** Of something whose replicas are spread over stated zones of its region: whether none of these is left. */
function allZonesLost(world: World, locality: Locality | undefined, replicas: Replicas | undefined): boolean {
    if (!locality || !replicas || replicas.zones.length === 0) {
        return false;
    }
    return replicas.zones.every((zone) => zoneLost(world, locality.region, zone));
}

function zoneLost(world: World, region: string, zone: string): boolean {
    return regionLost(world, region) || isFailed(world, `zone:${region}/${zone}`);
}

function regionLost(world: World, region: string): boolean {
    return isFailed(world, `region:${region}`);
}

function isFailed(world: World, element: string): boolean {
    return world.failed.includes(element);
}

/** The answer of an earlier time, if the question is an old one. */
function recalled(world: World, question: Question, of: object, answer: () => boolean): boolean {
    let known = world.known[question].get(of);
    if (known === undefined) {
        known = answer();
        world.known[question].set(of, known);
    }
    return known;
}

function nothingKnown(): World['known'] {
    return {
        'cluster up': new Map(),
        'gateway up': new Map(),
        'hears central': new Map(),
        'front door open': new Map(),
        'tsb up': new Map(),
        'mpc up': new Map(),
    };
}

// --- reading the topology ------------------------------------------------------------------------------------------

export function isManaged(world: World): world is ManagedWorld {
    return world.management !== undefined;
}

export function hasEdge(cluster: Cluster): cluster is EdgeCluster {
    return cluster.edge !== undefined;
}

function zonesOf(topology: Topology, region: string): string[] {
    const found = topology.regions.find((candidate) => candidate.name === region);
    return found ? found.zones.map((zone) => zone.name) : [];
}
