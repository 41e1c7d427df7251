/**
 * What failures do to an estate, told a second time: written from the description of what a result means, without sight of
 * the engine, to be obviously right rather than fast. The two are compared on random estates.
 */

import type { Cluster, Topology } from '../../../server/topology/topology.js';
import { clusterUp } from './components.js';
import { freshnessOf, localOperations, managementOperations, metrics } from './control.js';
import { hostsOf, type Host } from './entries.js';
import { rollUp, severityOf, type Facet } from './facets.js';
import { hostFate, type HostFate } from './hosts.js';
import type { ClusterResult, HostResult, Result, Severity } from './result.js';
import { serviceResult } from './services.js';
import { Serving } from './serving.js';
import { Ways } from './ways.js';
import { runningWorkloads, workloadsOf } from './workloads.js';
import { clusterOf, hasEdge, worldOf, type World } from './world.js';

/** The moment at which all of these fail together. */
export function evaluate(topology: Topology, failed: readonly string[]): Result {
    return resultIn(worldOf(topology, failed));
}

/** How an estate fares in a world. */
export function resultIn(world: World): Result {
    const health = healthOf(world.topology);
    const serving = new Serving(world, health.ways);
    const fates = new Map(health.hosts.map((host) => [host, hostFate(serving, host)]));
    const hosts = new Map(health.hosts.map((host) => [host.name, hostResult(serving, health, host, fates.get(host)!)]));
    const { clusters, services } = world.topology;
    return {
        operations: {
            runningWorkloads: runningWorkloads(serving, fates),
            localClusterOperations: overall(clusters.filter(hasEdge).flatMap((one) => localOperations(world, one))),
            metricsCollection: overall(clusters.filter(hasEdge).flatMap((one) => metrics(world, one))),
            managementOperations: overall(managementOperations(world)),
        },
        clusters: Object.fromEntries(clusters.map((cluster) => [cluster.name, clusterResult(serving, cluster)])),
        hosts: Object.fromEntries(hosts),
        services: Object.fromEntries(
            services
                .filter(({ homes }) => homes.length > 0)
                .map((service) => [service.shortName, serviceResult(serving, health.serving, service, hosts)]),
        ),
    };
}

/** Whose instances which proxies know to be gone from this moment on; for the moment after it. */
export function withdrawalsIn(world: World): Set<string> {
    return new Serving(world, healthOf(world.topology).ways).withdrawals();
}

/** What there is in an estate while nothing has failed. */
interface Health {
    readonly ways: Ways;
    readonly hosts: readonly Host[];
    readonly serving: Serving;
    readonly fates: ReadonlyMap<Host, HostFate>;
}

const known = new WeakMap<Topology, Health>();

function healthOf(topology: Topology): Health {
    let health = known.get(topology);
    if (!health) {
        const ways = new Ways(topology);
        const serving = new Serving(worldOf(topology, []), ways);
        const hosts = hostsOf(topology, ways);
        health = { ways, hosts, serving, fates: new Map(hosts.map((host) => [host, hostFate(serving, host)])) };
        known.set(topology, health);
    }
    return health;
}

function overall(facets: readonly Facet[]): Severity {
    return rollUp(facets) ?? 'unaffected';
}

function clusterResult(serving: Serving, cluster: Cluster): ClusterResult {
    const { world } = serving;
    const workloads = rollUp(workloadsOf(serving, cluster));
    const local = hasEdge(cluster) ? rollUp(localOperations(world, cluster)) : undefined;
    const collected = hasEdge(cluster) ? rollUp(metrics(world, cluster)) : undefined;
    return {
        alive: clusterUp(world, cluster),
        operations: {
            ...(workloads && { runningWorkloads: workloads }),
            ...(local && { localClusterOperations: local }),
            ...(collected && { metricsCollection: collected }),
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
