/** Random estates in which things need several of their copies. */

import fc from 'fast-check';
import type { Replicas, Topology } from '../../server/topology/topology.js';
import { randomEstate } from './random-estate.js';
import { index, pick } from './random-traffic.js';

/** A random estate, and the same with other numbers of copies that are needed, none of them smaller. */
export const estateThatNeedsCopies: fc.Arbitrary<{ readonly fewer: Topology; readonly more: Topology }> = fc
    .tuple(randomEstate, fc.array(fc.tuple(index, index), { minLength: 16, maxLength: 16 }))
    .map(([topology, numbers]) => {
        const needing = (topologyOf: (one: number, other: number) => number) => {
            let turn = 0;
            return withNeeded(topology, ({ count }) => {
                const [one, other] = pick(numbers, turn++)!;
                return 1 + (topologyOf(one % count, other % count) % count);
            });
        };
        return { fewer: needing(Math.min), more: needing(Math.max) };
    });

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
    };
}
