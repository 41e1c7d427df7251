/**
 * Sketches of estates at random, in which a reference is only a number. Of a sketch `random-estate.ts` makes the estate, in
 * which that number has picked one of what there is. So every sketch makes an estate whose references are consistent, and a
 * failing one shrinks well.
 */

import fc from 'fast-check';
import {
    type GatewayRole,
    type GitOps,
    type Placement,
    type StorePath,
    type TelemetryStore,
    type XcpListener,
} from '../../server/topology/topology.js';
import { chance, index, trafficSketch, type TrafficSketch } from './random-traffic.js';
export interface PlaceSketch {
    readonly region: number;
    /** Undefined: somewhere in the region. */
    readonly zone: number | undefined;
}

export interface ReplicasSketch {
    readonly count: number;
    /** One flag for each of the region's zones, as far as it has them. */
    readonly zones: readonly boolean[];
}

export interface StoreSketch {
    readonly placement: Placement;
    readonly place: PlaceSketch | undefined;
    readonly replicas: ReplicasSketch | undefined;
}

export interface GatewaySketch {
    readonly named: boolean;
    readonly roles: readonly GatewayRole[];
    readonly replicas: ReplicasSketch | undefined;
}

export interface ClusterSketch {
    readonly place: PlaceSketch | undefined;
    readonly gateways: readonly GatewaySketch[];
    readonly gitops: GitOps;
    readonly metricsBuffer: number | undefined;
}

export interface ManagementSketch extends ClusterSketch {
    /** Before how many of the workload clusters it is declared. */
    readonly position: number;
    readonly postgres: StoreSketch;
    readonly telemetryStore: StoreSketch & { readonly kind: TelemetryStore['kind']; readonly path: StorePath };
    readonly listener: XcpListener;
    readonly managementGitops: boolean;
    readonly identityProvider: Omit<StoreSketch, 'replicas'> | undefined;
}

export interface HomeSketch {
    readonly cluster: number;
    readonly virtualMachines: boolean;
    /** One of the gateways for machines; undefined: none is named. */
    readonly machineGateway: number | undefined;
    readonly replicas: ReplicasSketch | undefined;
}

export interface ServiceSketch {
    readonly name: string;
    readonly homes: readonly HomeSketch[];
}

export interface EstateSketch {
    /** How many zones each region has. */
    readonly regions: readonly number[];
    readonly workloadClusters: readonly ClusterSketch[];
    readonly management: ManagementSketch | undefined;
    readonly services: readonly ServiceSketch[];
    readonly externalServices: readonly (PlaceSketch | undefined)[];
    readonly traffic: TrafficSketch;
}

const placeSketch = fc.option(fc.record({ region: index, zone: fc.option(index, { nil: undefined, freq: 1 }) }), {
    nil: undefined,
    freq: 4,
});

const replicasSketch = fc.option(
    fc.record({
        count: fc.integer({ min: 1, max: 5 }),
        zones: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    }),
    { nil: undefined, freq: 2 },
);

const storeParts = {
    placement: fc.constantFrom<Placement>('internal', 'external'),
    place: placeSketch,
    replicas: replicasSketch,
};

const gatewayRoles: GatewayRole[] = ['ingress', 'east-west', 'tier1', 'vm', 'egress'];

/** The roles of each gateway of a cluster; mostly what failover and exposures need, and several of one role. */
const rolesOfGateways: fc.Arbitrary<readonly (readonly GatewayRole[])[]> = fc.oneof(
    {
        weight: 9,
        arbitrary: fc.constantFrom<GatewayRole[][]>(
            [['ingress', 'east-west']],
            [['ingress', 'east-west']],
            [['ingress', 'east-west'], ['egress']],
            [['ingress', 'east-west'], ['vm']],
            [['ingress'], ['east-west']],
            [['ingress'], ['ingress', 'east-west']],
            [['east-west'], ['ingress', 'east-west']],
            [['east-west'], ['east-west']],
            [['ingress'], ['east-west'], ['egress']],
        ),
    },
    {
        weight: 5,
        arbitrary: fc.constantFrom<GatewayRole[][]>(
            [['tier1']],
            [['tier1'], ['tier1']],
            [['tier1'], ['ingress', 'east-west']],
            [['tier1'], ['ingress', 'east-west']],
            [['tier1', 'ingress'], ['east-west']],
            [['tier1', 'east-west'], ['ingress']],
        ),
    },
    {
        weight: 1,
        arbitrary: fc.array(fc.subarray(gatewayRoles, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    },
    { weight: 1, arbitrary: fc.constant([]) },
);

/** As many as there may be in one cluster. */
const gatewayParts = fc.array(fc.record({ named: fc.boolean(), replicas: replicasSketch }), {
    minLength: 3,
    maxLength: 3,
});

const gatewaySketches: fc.Arbitrary<readonly GatewaySketch[]> = fc
    .record({ roles: rolesOfGateways, parts: gatewayParts })
    .map(({ roles, parts }) => roles.map((some, at) => ({ roles: some, ...parts[at]! })));

const clusterParts = {
    place: placeSketch,
    gateways: gatewaySketches,
    gitops: fc.constantFrom<GitOps>('off', 'sync', 'async'),
    metricsBuffer: fc.constantFrom(undefined, undefined, 0, 600, 86_400),
};

const managementSketch: fc.Arbitrary<ManagementSketch> = fc.record({
    ...clusterParts,
    gateways: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: clusterParts.gateways }),
    position: fc.nat({ max: 4 }),
    postgres: fc.record(storeParts),
    telemetryStore: fc.record({
        ...storeParts,
        kind: fc.constantFrom<TelemetryStore['kind']>('elasticsearch', 'elasticsearch', 'banyandb'),
        path: fc.constantFrom<StorePath>('direct', 'front-envoy'),
    }),
    listener: fc.constantFrom<XcpListener>('own', 'front-envoy'),
    managementGitops: fc.boolean(),
    identityProvider: fc.option(fc.record({ placement: storeParts.placement, place: placeSketch }), {
        nil: undefined,
        freq: 2,
    }),
});

const homeSketch: fc.Arbitrary<HomeSketch> = fc.record({
    cluster: index,
    virtualMachines: chance(1, 5),
    machineGateway: fc.option(index, { nil: undefined, freq: 2 }),
    replicas: replicasSketch,
});

/** A name may come twice: the services then differ by their namespace. */
const serviceSketch: fc.Arbitrary<ServiceSketch> = fc.record({
    name: fc.constantFrom('shop', 'cart', 'pay', 'workload'),
    homes: fc.oneof(
        { weight: 1, arbitrary: fc.array(homeSketch, { minLength: 1, maxLength: 1 }) },
        { weight: 1, arbitrary: fc.array(homeSketch, { minLength: 2, maxLength: 3 }) },
    ),
});

function clustersOf(least: number, most: number): fc.Arbitrary<ClusterSketch[]> {
    return fc.array(fc.record(clusterParts), { minLength: least, maxLength: most });
}

function managed(least: number, most: number) {
    return fc.record({ workloadClusters: clustersOf(least, most), management: managementSketch });
}

/** Mostly few clusters, or there are too many elements to make all pairs of them fail. */
const clustersSketch: fc.Arbitrary<Pick<EstateSketch, 'workloadClusters' | 'management'>> = fc.oneof(
    { weight: 2, arbitrary: managed(1, 1) },
    { weight: 8, arbitrary: managed(2, 2) },
    { weight: 4, arbitrary: managed(3, 3) },
    { weight: 1, arbitrary: managed(4, 5) },
    {
        weight: 5,
        arbitrary: fc.record({ workloadClusters: clustersOf(3, 4), management: fc.constant(undefined) }),
    },
);

/** A sketch of an estate: mostly few clusters, and services of every make. */
export const estateSketch: fc.Arbitrary<EstateSketch> = fc
    .record({
        regions: fc.oneof(
            { weight: 1, arbitrary: fc.constant([]) },
            { weight: 4, arbitrary: fc.array(fc.constantFrom(2, 3, 1, 0, 3), { minLength: 1, maxLength: 2 }) },
        ),
        clusters: clustersSketch,
        services: fc.oneof(
            { weight: 1, arbitrary: fc.array(serviceSketch, { maxLength: 1 }) },
            { weight: 4, arbitrary: fc.array(serviceSketch, { minLength: 2, maxLength: 4 }) },
        ),
        externalServices: fc.array(placeSketch, { maxLength: 1 }),
        traffic: trafficSketch,
    })
    .map(({ clusters, ...rest }) => ({ ...clusters, ...rest }));
