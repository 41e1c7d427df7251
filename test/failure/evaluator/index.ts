/**
 * What failures do to an estate, told a second time: written from the description of what a result means, without sight of
 * the engine, to be obviously right rather than fast. The two are compared on random estates.
 */

import type { Cluster, Gateway, Topology } from '../../../server/topology/topology.js';
import { clusterUp } from './components.js';
import { freshnessOf, localOperations, managementOperations, metrics } from './control.js';
import { askingGateways, gatewaysOfEntries, hostsOf, type Host } from './entries.js';
import { rollUp, severityOf, type Facet } from './facets.js';
import { hostFate, type HostFate } from './hosts.js';
import { withLosses } from './needs.js';
import type { ClusterResult, HostResult, Result, Severity } from './result.js';
import { serviceResult } from './services.js';
import { servingIn, type Serving } from './serving.js';
import { waysOf } from './ways.js';
import { runningWorkloads, workloadsOf } from './workloads.js';
import { clusterOf, hasEdge, worldOf, type World } from './world.js';

/** The moment at which all of these fail together. */
export function evaluate(topology: Topology, failed: readonly string[]): Result {
    return resultIn(withLosses(worldOf(topology, failed)));
}

/** How an estate fares in a world. */
export function resultIn(world: World): Result {
    const health = healthOf(world.topology);
    const serving = servingIn(world);
    const fates = new Map(health.hosts.map((host) => [host, hostFate(serving, host)]));
    const hosts = new Map(health.hosts.map((host) => [host.name, hostResult(serving, health, host, fates.get(host)!)]));
    const { clusters, services } = world.topology;
    const { passed } = health;
    const facets = new Map(clusters.map((cluster) => [cluster, facetsOf(serving, cluster, passed)]));
    const all = [...facets.values()];
    return {
        operations: {
            runningWorkloads: runningWorkloads(
                serving,
                fates,
                all.flatMap(({ workloads }) => workloads),
                passed,
            ),
            localClusterOperations: overall(all.flatMap(({ local }) => local)),
            metricsCollection: overall(all.flatMap(({ collected }) => collected)),
            managementOperations: overall(managementOperations(world)),
        },
        clusters: Object.fromEntries(
            [...facets].map(([cluster, parts]) => [cluster.name, clusterResult(world, cluster, parts)]),
        ),
        hosts: Object.fromEntries(hosts),
        services: Object.fromEntries(
            services
                .filter(({ homes }) => homes.length > 0)
                .map((service) => [
                    service.shortName,
                    serviceResult(
                        serving,
                        health.serving,
                        service,
                        hosts,
                        askingGateways(serving.ways, service, passed),
                    ),
                ]),
        ),
    };
}

/** Whose instances which proxies know to be gone from this moment on: the past of the next one. */
export function withdrawalsIn(world: World): Set<string> {
    return servingIn(world).withdrawals();
}

/** What there is in an estate while nothing has failed. */
interface Health {
    readonly hosts: readonly Host[];
    /** The gateways that requests may pass, from outside or between services. */
    readonly passed: readonly Gateway[];
    readonly serving: Serving;
    readonly fates: ReadonlyMap<Host, HostFate>;
}

const known = new WeakMap<Topology, Health>();

function healthOf(topology: Topology): Health {
    let health = known.get(topology);
    if (!health) {
        const ways = waysOf(topology);
        const serving = servingIn(worldOf(topology, []));
        const hosts = hostsOf(topology, ways);
        const passed = gatewaysOfEntries([...hosts.flatMap(({ entries }) => entries), ...ways.relaysUsed()]);
        health = { hosts, passed, serving, fates: new Map(hosts.map((host) => [host, hostFate(serving, host)])) };
        known.set(topology, health);
    }
    return health;
}

function overall(facets: readonly Facet[]): Severity {
    return rollUp(facets) ?? 'unaffected';
}

/** Of one cluster, by operation. */
interface ClusterFacets {
    readonly workloads: readonly Facet[];
    readonly local: readonly Facet[];
    readonly collected: readonly Facet[];
}

function facetsOf(serving: Serving, cluster: Cluster, passed: readonly Gateway[]): ClusterFacets {
    return {
        workloads: workloadsOf(serving, cluster, passed),
        local: hasEdge(cluster) ? localOperations(serving.world, cluster) : [],
        collected: hasEdge(cluster) ? metrics(serving.world, cluster) : [],
    };
}

function clusterResult(world: World, cluster: Cluster, facets: ClusterFacets): ClusterResult {
    const runningWorkloads = rollUp(facets.workloads);
    const localClusterOperations = rollUp(facets.local);
    const metricsCollection = rollUp(facets.collected);
    return {
        alive: clusterUp(world, cluster),
        operations: {
            ...(runningWorkloads && { runningWorkloads }),
            ...(localClusterOperations && { localClusterOperations }),
            ...(metricsCollection && { metricsCollection }),
        },
        freshness: freshnessOf(world, cluster),
    };
}

function hostResult(serving: Serving, health: Health, host: Host, fate: HostFate): HostResult {
    const usuallyFrom = health.fates.get(host)!.servedFrom;
    const severity = severityOf(fate);
    return {
        severity: severity === 'unaffected' && answersInPart(serving, host, fate) ? 'limited' : severity,
        lostShare: fate.loss,
        servedFrom: fate.servedFrom,
        usuallyFrom,
        gapSeconds: fate.gap,
        fromOtherRegion: fate.servedFrom.some((cluster) => isOtherRegion(serving.world.topology, cluster, usuallyFrom)),
    };
}

/** A home that serves the host now cannot reach something that it calls. */
function answersInPart(serving: Serving, { service }: Host, { servedFrom }: HostFate): boolean {
    return serving.ways.instances
        .filter((instances) => instances.service === service && servedFrom.includes(instances.home.cluster))
        .some((instances) => serving.brokenCallsOf(instances).length > 0);
}

function isOtherRegion(topology: Topology, cluster: string, usually: readonly string[]): boolean {
    const region = clusterOf(topology, cluster)?.locality?.region;
    return region !== undefined && !usually.some((one) => clusterOf(topology, one)?.locality?.region === region);
}
