import { createGraphBuilder, type GateGraph, type NodeIndex } from '../../server/engine/index.js';
import { randomNumbers } from './random-numbers.js';

/** What a node of a mesh stands for. */
export interface MeshNode {
    readonly kind: 'place' | 'gateway' | 'gateways' | 'proxies' | 'instances' | 'serves' | 'away' | 'callee' | 'host';
}

const regionCount = 6;
const zonesPerRegion = 3;
const gatewaysPerCluster = 2;

/**
 * The graph of a service mesh without anything of TSB in it: clusters in zones in regions, two gateways each, and so many
 * services with two to four homes, some in one zone and some far apart. Each calls two or three earlier ones, from every home
 * in its own way: a home in the same cluster directly, others through the gateways there. Every third is lost with all homes but
 * one, where it has more than two; every third cannot serve without what it calls; every tenth has a host. The same size makes the same graph, always.
 */
export function meshOf(services: number, clustersPerZone = 5): GateGraph<MeshNode, string> {
    const clusterCount = regionCount * zonesPerRegion * clustersPerZone;
    const builder = createGraphBuilder<MeshNode, string>();
    const random = randomNumbers(services);
    const below = (limit: number) => Math.floor(random() * limit);
    const node = (kind: MeshNode['kind'], needs: readonly NodeIndex[], threshold?: number) => {
        const made = builder.node({ kind }, threshold);
        for (const need of needs) builder.input(made, need, 'it needs it');
        return made;
    };
    const each = <T>(count: number, make: (index: number) => T) =>
        Array.from({ length: count }, (_, index) => make(index));
    const regions = each(regionCount, () => node('place', []));
    const zones = regions.flatMap((region) => each(zonesPerRegion, () => node('place', [region])));
    const clusters = zones.flatMap((zone) => each(clustersPerZone, () => node('place', [zone])));
    const inClusters = clusters.map((cluster) => {
        const gateways = each(gatewaysPerCluster, () => node('gateway', [cluster]));
        return { entrance: node('gateways', gateways, gateways.length), proxies: node('proxies', [cluster]) };
    });

    /** Of each service, its homes; `away` fails with the gateways by which others enter, too. */
    const homesOf: { readonly cluster: number; readonly serves: NodeIndex; readonly away: NodeIndex }[][] = [];
    const callee = (from: number, service: number) => {
        const ways = homesOf[service]!.map(({ cluster, serves, away }) => (cluster === from ? serves : away));
        return node('callee', ways, ways.length === 2 || service % 3 > 0 ? ways.length : ways.length - 1);
    };
    for (let service = 0; service < services; service++) {
        const first = below(clusterCount);
        // the next cluster, the next zone, or the next region
        const step = [1, clustersPerZone, clustersPerZone * zonesPerRegion][below(3)]!;
        const called = each(3, () => service - 1 - below(nearby)).filter((other) => other >= 0);
        const isDemanding = service % 3 === 1;
        const homes = each(2 + below(3), (place) => (first + place * step) % clusterCount).map((cluster) => {
            const instances = node('instances', [clusters[cluster]!, inClusters[cluster]!.proxies]);
            const callees = [...new Set(called)].map((other) => callee(cluster, other));
            const serves = node('serves', isDemanding ? [instances, ...callees] : [instances]);
            return { cluster, serves, away: node('away', [inClusters[cluster]!.entrance, serves]) };
        });
        homesOf.push(homes);
        const entries = homes.map(({ away }) => away);
        if (service % 10 === 0) node('host', entries, entries.length);
    }
    return builder.finish();
}

/** Whoever is called is one of so many that come before. */
const nearby = 50;

/** As large as the one on which the engine was tried out: 63,000 nodes. */
export const largeMesh = 3_500;
