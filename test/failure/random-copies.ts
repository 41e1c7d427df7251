/** Random estates in which things need several of their copies. */

import fc from 'fast-check';
import type { ExternalService, Locality, Replicas, Topology } from '../../server/topology/topology.js';
import { place } from './by-hand.js';
import { randomEstate } from './random-estate.js';
import { index, pick, somewhere } from './random-traffic.js';

/** Of each external service where it stands, and how many copies it has; undefined: nobody says. */
interface CopiesSketch {
    readonly places: readonly { readonly region: number; readonly zone: number | undefined }[];
    readonly count: number | undefined;
}

const copiesSketch: fc.Arbitrary<CopiesSketch> = fc.record({
    places: fc.array(fc.record({ region: index, zone: fc.option(index, { nil: undefined }) }), { maxLength: 4 }),
    count: fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined, freq: 4 }),
});

/** A random estate with external services in several places, and the same with other numbers of copies that are needed, none of them smaller. */
export const estateThatNeedsCopies: fc.Arbitrary<{ readonly fewer: Topology; readonly more: Topology }> = fc
    .tuple(
        randomEstate,
        fc.array(fc.tuple(index, index), { minLength: 16, maxLength: 16 }),
        fc.array(copiesSketch, { minLength: 2, maxLength: 2 }),
    )
    .map(([drawn, numbers, sketches]) => {
        const topology = withPlaces(drawn, sketches);
        const needing = (topologyOf: (one: number, other: number) => number) => {
            let turn = 0;
            return withNeeded(topology, ({ count }) => {
                const [one, other] = pick(numbers, turn++)!;
                return 1 + (topologyOf(one % count, other % count) % count);
            });
        };
        return { fewer: needing(Math.min), more: needing(Math.max) };
    });

function withPlaces(topology: Topology, sketches: readonly CopiesSketch[]): Topology {
    const { regions, externalServices } = topology;
    return {
        ...topology,
        externalServices: externalServices.map((external, at): ExternalService => {
            const { places, count } = sketches[at % sketches.length]!;
            const drawn = places.flatMap(({ region, zone }) => {
                const chosen = pick(regions, region);
                const inZone = chosen && zone !== undefined ? pick(chosen.zones, zone) : undefined;
                return chosen ? [place(chosen.name, inZone?.name)] : [];
            });
            const isNew = (each: Locality, index: number) =>
                drawn.findIndex(({ region, zone }) => region === each.region && zone === each.zone) === index;
            return {
                ...external,
                places: drawn.filter(isNew),
                ...(count !== undefined && { replicas: { count, zones: [], at: somewhere } }),
            };
        }),
    };
}

/** Every number of copies in an estate with what is needed of it. */
function withNeeded(topology: Topology, neededOf: (replicas: Replicas) => number): Topology {
    const needing = <T extends { readonly replicas?: Replicas }>(thing: T): T =>
        thing.replicas ? { ...thing, replicas: { ...thing.replicas, needed: neededOf(thing.replicas) } } : thing;
    return {
        ...topology,
        clusters: topology.clusters.map((cluster) => ({
            ...cluster,
            gateways: cluster.gateways.map(needing),
            ...(cluster.kind === 'management' && {
                managementPlane: {
                    ...cluster.managementPlane,
                    postgres: needing(cluster.managementPlane.postgres),
                    telemetryStore: needing(cluster.managementPlane.telemetryStore),
                },
            }),
        })),
        services: topology.services.map((service) => ({ ...service, homes: service.homes.map(needing) })),
        externalServices: topology.externalServices.map(needing),
    };
}
