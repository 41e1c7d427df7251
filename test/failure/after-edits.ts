import fc from 'fast-check';
import { follow } from '../../server/topology/neighbourhoods.js';
import { clustersNamedBy } from '../../server/topology/named-clusters.js';
import type { Cluster, NetworkLine, Service, Topology } from '../../server/topology/topology.js';
import { randomEstate } from './random-estate.js';
import { estateWithNeeds } from './random-needs.js';
import { estateWithCopy } from './random-store-copies.js';

/** One of four has something that stands by, and a store with a copy; in one things require others. */
const estates = fc.oneof(
    { arbitrary: randomEstate, weight: 2 },
    { arbitrary: estateWithCopy.map(({ topology }) => topology), weight: 1 },
    { arbitrary: estateWithNeeds, weight: 1 },
);

/**
 * Edits services, clusters and the network of random estates one after the other, as somebody who types does. After one of four edits
 * nobody asks anything.
 *
 * @param look asks of the estate what it asks of it at each step; `isFirst`: before any edit
 */
export function afterEdits(runs: number, look: (topology: Topology, isFirst: boolean) => void): void {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(3 * ways - 1), fc.nat(3)), { minLength: 1, maxLength: 6 });
    fc.assert(
        fc.property(estates, edits, (first, steps) => {
            let topology = first;
            look(topology, true);
            for (const [index, how, asked] of steps) {
                const [what, way] = [kinds[Math.floor(how / ways)]!, how % ways];
                const next = what(topology, index, way);
                follow(topology, next);
                topology = next;
                if (asked > 0) look(topology, false);
            }
        }),
        { numRuns: runs },
    );
}

/** So many ways there are to change a service, a cluster, and which clusters there are and reach each other. */
const ways = 5;
const kinds = [withOtherService, withOtherCluster, withOtherClusters];

function withOtherService(topology: Topology, index: number, how: number): Topology {
    const chosen = topology.services[index % Math.max(1, topology.services.length)];
    return {
        ...topology,
        services: topology.services.flatMap((each) => (each === chosen ? changed(each, how) : [each])),
    };
}

function withOtherCluster(topology: Topology, index: number, how: number): Topology {
    const chosen = topology.clusters[index % Math.max(1, topology.clusters.length)];
    const places = topology.clusters.map(({ locality }) => locality);
    return {
        ...topology,
        clusters: topology.clusters.map((each) => (each === chosen ? changedCluster(each, how, places) : each)),
    };
}

/** A cluster that is gone, that has come, that is called otherwise, or that others do not reach any more, or in one direction. */
function withOtherClusters(topology: Topology, index: number, how: number): Topology {
    const chosen = topology.clusters.filter(({ kind }) => kind === 'workload')[index % 3];
    const { network } = topology;
    const lines = network.lines.filter((_, place) => place !== index % network.lines.length);
    if (how === 3) return { ...topology, network: { ...network, lines } };
    if (how === 4 || !chosen) return { ...topology, network: { ...network, lines: network.lines.map(oneWay(index)) } };
    const renamed = { ...chosen, name: `${chosen.name}-${index % 7}` };
    const has = topology.clusters.some(({ name }) => name === renamed.name);
    const gone = how === 1 ? topology : without(topology, chosen);
    if (how === 0 || has) return gone;
    const place = index % (gone.clusters.length + 1);
    return { ...gone, clusters: gone.clusters.toSpliced(place, 0, renamed) };
}

function oneWay(index: number) {
    return (line: NetworkLine, place: number, all: readonly NetworkLine[]) =>
        place === index % all.length ? { ...line, bothWays: !line.bothWays } : line;
}

/** Without a cluster, as it is where names mean nothing any more: nobody names it, and lines lead nobody knows where. */
function without(topology: Topology, { name: gone }: Cluster): Topology {
    const { network } = topology;
    const stay = (names: readonly string[]) => names.filter((name) => name !== gone);
    const unknown = network.lines.filter(({ from, to }) => from.includes(gone) || to.includes(gone));
    const ends = [...new Set(unknown.flatMap(({ from, to }) => [...from, ...to]))];
    return {
        ...topology,
        clusters: topology.clusters.filter(({ name }) => name !== gone),
        services: topology.services.map((service) =>
            clustersNamedBy({ services: [service] }).has(gone) ? (withoutCluster(service, gone) as Service) : service,
        ),
        network: {
            ...network,
            lines: network.lines.map((line) => ({ ...line, from: stay(line.from), to: stay(line.to) })),
            ...(unknown.length > 0 && { unknown: { from: stay(ends), to: stay(ends), anywhere: false } }),
        },
    };
}

/** Plain data without what names a cluster. */
function withoutCluster(value: unknown, gone: string): unknown {
    const stays = (each: unknown) =>
        !(typeof each === 'object' && each !== null && 'cluster' in each && each.cluster === gone);
    if (Array.isArray(value)) return value.filter(stays).map((each) => withoutCluster(each, gone));
    if (typeof value !== 'object' || value === null || value instanceof Map) return value;
    const entries = Object.entries(value).filter(([, each]) => stays(each));
    return Object.fromEntries(entries.map(([key, each]) => [key, withoutCluster(each, gone)]));
}

/** A cluster that is not as it was: other or fewer gateways, another place, or nothing that is noticed. */
function changedCluster(cluster: Cluster, how: number, places: readonly Cluster['locality'][]): Cluster {
    const { gateways } = cluster;
    if (how === 0) return { ...cluster, gateways: gateways.slice(1) };
    if (how === 1)
        return {
            ...cluster,
            gateways: gateways.map((each, place) => (place === 0 ? { ...each, roles: ['east-west'] as const } : each)),
        };
    if (how === 2)
        return {
            ...cluster,
            gateways: gateways.map((each) => ({ ...each, replicas: { count: 2, zones: [], at: each.at } })),
        };
    if (how === 3) {
        const { locality, ...rest } = cluster;
        const other = places.find((place) => place?.region !== locality?.region);
        return other ? { ...rest, locality: other } : rest;
    }
    return { ...cluster };
}

/** A service that is not as it was, or that is gone. */
function changed(service: Service, how: number): Service[] {
    const { eastWestFailover, outlierDetection, homes } = service;
    if (how === 0) return [];
    if (how === 1) return [{ ...service, calls: [], requires: [] }];
    if (how === 2) return [{ ...service, homes: homes.slice(1) }];
    if (how === 3) return [{ ...service, eastWestFailover: { ...eastWestFailover, value: !eastWestFailover.value } }];
    return [{ ...service, outlierDetection: { ...outlierDetection, value: !outlierDetection.value } }];
}
