/** Random estates whose management cluster is the vendor's, or has another one that stands by for it. */

import fc from 'fast-check';
import { asElementName } from '../../server/topology/element-name.js';
import {
    managementCluster,
    type Cluster,
    type DeclaredNeed,
    type ManagementCluster,
    type StandbyCluster,
    type Topology,
} from '../../server/topology/topology.js';
import { externalService, place } from './by-hand.js';
import { elementNames } from './names-in.js';
import { randomEstate } from './random-estate.js';
import { comparesServices, drawingIn } from './random-needed.js';
import { chance, index, pick, said, somewhere } from './random-traffic.js';

interface StandbySketch {
    readonly place: { readonly region: number; readonly zone: number | undefined } | undefined;
    readonly hasCopy: boolean;
    /** What of the keys nothing else keeps. */
    readonly lost: 'iamSigningKey' | 'rootCa' | undefined;
    readonly needs: readonly { readonly of: number; readonly anyOf: readonly number[]; readonly toStart: boolean }[];
}

const standbySketch: fc.Arbitrary<StandbySketch> = fc.record({
    place: fc.option(fc.record({ region: index, zone: fc.option(index, { nil: undefined }) }), { nil: undefined }),
    hasCopy: chance(3, 4),
    lost: fc.constantFrom(...Array<undefined>(8).fill(undefined), 'iamSigningKey', 'rootCa'),
    needs: fc.array(
        fc.record({
            of: index,
            anyOf: fc.oneof(fc.tuple(index), fc.tuple(index, index)),
            toStart: fc.boolean(),
        }),
        { maxLength: 3 },
    ),
});

const managed = randomEstate.filter((topology) => managementCluster(topology) !== undefined);

/** With a standby, `dr`, for a management cluster of one's own. */
export function estatesWithStandby(drawsServices: boolean): fc.Arbitrary<Topology> {
    return fc.tuple(managed, standbySketch).map(([topology, sketch]) => withStandby(topology, sketch, drawsServices));
}

export const estateWithStandby = estatesWithStandby(comparesServices);

/** With a management cluster that is the vendor's; on some of them something else stands. */
export const estateOfVendor: fc.Arbitrary<Topology> = managed.map((topology) => ({
    ...topology,
    clusters: topology.clusters.map(hosted),
}));

/** All that can be made to fail in such an estate, each once. */
export function namesOf(topology: Topology): string[] {
    const standby = topology.clusters.find(({ kind }) => kind === 'standby')?.name;
    const active = managementCluster(topology)!;
    const rest = { ...topology, clusters: topology.clusters.filter(({ name }) => name !== standby) };
    const names = elementNames(rest).filter((name) => !active.isHosted || !isOfVendor(name, active));
    const links = rest.clusters.flatMap(({ name }) => [
        `link:${name}/${standby}`,
        `link:${name}->${standby}`,
        `link:${standby}->${name}`,
    ]);
    return standby === undefined ? names : [...names, standby, ...links];
}

/** Part of what fails as one; where nothing else stands there, that is all of it. */
function isOfVendor(name: string, { name: active, edge }: ManagementCluster): boolean {
    const parts = edge ? ['management-plane', 'central-control-plane'] : [''];
    return name.startsWith('store:') || parts.some((part) => name.startsWith(`${active}.${part}`));
}

function withStandby(topology: Topology, sketch: StandbySketch, drawsServices: boolean): Topology {
    const { regions } = topology;
    const region = sketch.place && pick(regions, sketch.place.region);
    const zone = region && sketch.place?.zone !== undefined ? pick(region.zones, sketch.place.zone) : undefined;
    const standby: StandbyCluster = {
        kind: 'standby',
        name: 'dr',
        at: somewhere,
        nameAt: somewhere,
        labels: new Map(),
        gateways: [],
        ...(region && { locality: place(region.name, zone?.name) }),
        ...(sketch.hasCopy && { copy: { at: somewhere, every: 900 } }),
    };
    const externalServices = [...topology.externalServices, externalService('dns'), externalService('vault')];
    const clusters = [...topology.clusters.map((cluster) => withoutBackup(cluster, sketch.lost)), standby];
    const drawn = { ...topology, externalServices, clusters };
    return { ...drawn, needs: drawNeeds(drawn, sketch, drawsServices) };
}

function withoutBackup(cluster: Cluster, lost: StandbySketch['lost']): Cluster {
    return cluster.kind === 'management' && lost
        ? {
              ...cluster,
              managementPlane: { ...cluster.managementPlane, [lost]: { backup: said({ kind: 'none' } as const) } },
          }
        : cluster;
}

function drawNeeds(topology: Topology, { needs }: StandbySketch, drawsServices: boolean): DeclaredNeed[] {
    const drawing = drawingIn(topology, drawsServices);
    const active = managementCluster(topology)!;
    const { telemetryStore } = active.managementPlane;
    const things = [
        'dr',
        'dr',
        active.name,
        `${active.name}.management-plane`,
        `${active.name}.central-control-plane`,
        'store:postgres',
        `store:${telemetryStore.kind}`,
    ];
    return needs.map(({ of, anyOf, toStart }) => {
        const name = pick(things, of)!;
        return {
            of: asElementName(name),
            anyOf: drawing(name, anyOf),
            when: toStart ? 'start' : 'always',
            at: somewhere,
        };
    });
}

function hosted(cluster: Cluster): Cluster {
    if (cluster.kind !== 'management') return cluster;
    const { managementPlane } = cluster;
    const { postgres, telemetryStore } = managementPlane;
    const inside = said('internal' as const);
    return {
        ...cluster,
        isHosted: true,
        central: { listener: said('own') },
        managementPlane: {
            ...managementPlane,
            postgres: { kind: 'postgres', placement: inside, backup: postgres.backup },
            telemetryStore: {
                kind: telemetryStore.kind,
                placement: inside,
                path: said('direct'),
                backup: telemetryStore.backup,
            },
            gitops: said(false),
        },
    } satisfies ManagementCluster;
}
