import fc from 'fast-check';
import { follow } from '../../server/topology/neighbourhoods.js';
import type { Cluster, Service, Topology } from '../../server/topology/topology.js';
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
 * Edits services and clusters of random estates one after the other, as somebody who types does. After one of four edits
 * nobody asks anything.
 *
 * @param look asks of the estate what it asks of it at each step; `isFirst`: before any edit
 */
export function afterEdits(runs: number, look: (topology: Topology, isFirst: boolean) => void): void {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(2 * ways - 1), fc.nat(3)), { minLength: 1, maxLength: 6 });
    fc.assert(
        fc.property(estates, edits, (first, steps) => {
            let topology = first;
            look(topology, true);
            for (const [index, how, asked] of steps) {
                const next =
                    how < ways ? withOtherService(topology, index, how) : withOtherCluster(topology, index, how - ways);
                follow(topology, next);
                topology = next;
                if (asked > 0) look(topology, false);
            }
        }),
        { numRuns: runs },
    );
}

/** So many ways there are to change a service, and a cluster. */
const ways = 5;

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
