import { analysisOf } from '../failure/analysis.js';
import type { HostNodes, Traffic } from '../failure/traffic-graph.js';
import type { Routes } from '../failure/routes.js';
import { managementCluster, type Exposure, type Reachability, type Topology } from '../topology/topology.js';

/** What the findings about traffic look up, built once for each topology. */
export interface TrafficView {
    readonly topology: Topology;
    /** The name of the management cluster. */
    readonly management: string | undefined;
    readonly routes: Routes;
    readonly traffic: Traffic;
    /** The ways of an exposed host; undefined where no request is served even in health. */
    readonly hostOf: (exposure: Exposure) => HostNodes | undefined;
    /** The line that opens the way from one cluster to another. */
    readonly lineOf: (from: string, to: string) => Reachability | undefined;
    /** The lines from a cluster into which there is no way back. */
    readonly oneWayFrom: (cluster: string) => readonly Reachability[];
    /** The clusters to or from which a line leads. */
    readonly neighboursOf: (cluster: string) => ReadonlySet<string>;
}

/** Gathers what the findings about traffic need. */
export function trafficViewOf(topology: Topology): TrafficView {
    const { traffic } = analysisOf(topology).graph;
    const hosts = new Map(traffic.hosts.map((host) => [host.exposure, host]));
    const lines = new Map(topology.network.reachable.map((line) => [wayKey(line.from, line.to), line]));
    const oneWay = new Map<string, Reachability[]>();
    const neighbours = new Map<string, Set<string>>();
    for (const line of topology.network.reachable) {
        const { from, to } = line;
        if (!lines.has(wayKey(to, from))) entryOf(oneWay, from, () => []).push(line);
        entryOf(neighbours, from, () => new Set()).add(to);
        entryOf(neighbours, to, () => new Set()).add(from);
    }
    return {
        topology,
        management: managementCluster(topology)?.name,
        routes: traffic.routes,
        traffic,
        hostOf: (exposure) => hosts.get(exposure),
        lineOf: (from, to) => lines.get(wayKey(from, to)),
        oneWayFrom: (cluster) => oneWay.get(cluster) ?? [],
        neighboursOf: (cluster) => neighbours.get(cluster) ?? new Set(),
    };
}

function wayKey(from: string, to: string): string {
    return JSON.stringify([from, to]);
}

/** The value of a key, made where there is none yet. */
export function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
    let value = map.get(key);
    if (value === undefined) map.set(key, (value = make()));
    return value;
}
