/** Random estates in which stores have copies. */

import fc from 'fast-check';
import { managementCluster, type Cluster, type StoreCopy, type Topology } from '../../server/topology/topology.js';
import { place } from './by-hand.js';
import { comparesServices } from './random-needed.js';
import { estatesWithStandby, namesOf as namesOfStandby } from './random-standby.js';
import { chance, index, pick, somewhere } from './random-traffic.js';
import type { Copied } from './evaluator/store-copies.js';

interface CopySketch {
    readonly copied: Copied;
    readonly place: { readonly region: number; readonly zone: number | undefined } | undefined;
    readonly promotesItself: boolean;
    readonly within: number | undefined;
}

const copySketch: fc.Arbitrary<CopySketch> = fc.record({
    copied: fc.constantFrom<Copied>('postgres', 'postgres', 'telemetryStore'),
    place: fc.option(fc.record({ region: index, zone: fc.option(index, { nil: undefined }) }), {
        nil: undefined,
        freq: 5,
    }),
    promotesItself: chance(1, 2),
    within: fc.constantFrom(100, 100, undefined),
});

/** An estate, and the store in it that has a copy. */
export interface EstateWithCopy {
    readonly topology: Topology;
    readonly copied: Copied;
    readonly copy: StoreCopy;
    /** The names of the store and of its copy. */
    readonly store: string;
}

/** Of a telemetry store inside, the way ends inside, wherever its copy stands: so only those outside have one here. */
export function estatesWithCopy(drawsServices: boolean): fc.Arbitrary<EstateWithCopy> {
    return fc
        .tuple(estatesWithStandby(drawsServices), copySketch)
        .filter(
            ([topology, { copied }]) =>
                copied === 'postgres' ||
                managementCluster(topology)!.managementPlane.telemetryStore.placement.value === 'external',
        )
        .map(withCopy);
}

export const estateWithCopy = estatesWithCopy(comparesServices);

function withCopy([topology, sketch]: [Topology, CopySketch]): EstateWithCopy {
    const { copied, promotesItself, within } = sketch;
    const region = sketch.place && pick(topology.regions, sketch.place.region);
    const zone = region && sketch.place?.zone !== undefined ? pick(region.zones, sketch.place.zone) : undefined;
    const copy: StoreCopy = {
        at: somewhere,
        every: 900,
        ...(within !== undefined && { within }),
        ...(region && { locality: place(region.name, zone?.name) }),
        ...(promotesItself && { promotesItself }),
    };
    const copying = (cluster: Cluster): Cluster => {
        if (cluster.kind !== 'management') return cluster;
        const { managementPlane } = cluster;
        return {
            ...cluster,
            managementPlane: { ...managementPlane, [copied]: { ...managementPlane[copied], copy } },
        };
    };
    const { kind } = managementCluster(topology)!.managementPlane[copied];
    return {
        topology: { ...topology, clusters: topology.clusters.map(copying) },
        copied,
        copy,
        store: `store:${kind}`,
    };
}

/** All that can be made to fail in such an estate, each once. */
export function namesOf({ topology, store }: EstateWithCopy): string[] {
    return [...namesOfStandby(topology), `${store}.copy`];
}
