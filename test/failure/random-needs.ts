/** Random estates in which all kinds of things require services and external services, at every moment, to start, again and again. */

import fc from 'fast-check';
import { asElementName } from '../../server/topology/element-name.js';
import {
    managementCluster,
    type Cluster,
    type DeclaredNeed,
    type ExternalService,
    type NeededWhen,
    type Service,
    type Topology,
} from '../../server/topology/topology.js';
import { externalService, place } from './by-hand.js';
import { randomEstate } from './random-estate.js';
import { comparesServices, drawingIn, placesAndParts, type Drawing } from './random-needed.js';
import { estateWithRelays } from './random-relays.js';
import { chance, index, pick, somewhere } from './random-traffic.js';

interface NeedSketch {
    readonly of: number;
    readonly anyOf: readonly number[];
    readonly when: NeededWhen;
}

interface NeedsSketch {
    /** Of each external service that there is besides: where it stands; undefined: nobody says. */
    readonly places: readonly (readonly { readonly region: number; readonly zone: number | undefined }[])[];
    readonly needs: readonly NeedSketch[];
    readonly ofServices: readonly NeedSketch[];
    /** Of each host with GSLB in order: by whom; undefined: nobody says. */
    readonly gslbBy: readonly (number | undefined)[];
    /** Of each cluster, and last of the management plane. */
    readonly gitopsFrom: readonly (number | undefined)[];
    readonly rootLife: number | undefined;
    /** Of each cluster. */
    readonly hasNoWorkloads: readonly boolean[];
}

const repeated: fc.Arbitrary<NeededWhen> = fc
    .record({ every: fc.constantFrom(5, 10, 20, 60), more: fc.constantFrom(0, 0, 1, 10, 50, 100) })
    .map(({ every, more }) => ({ every, ttl: every + more }));

function needSketch(...whens: readonly fc.Arbitrary<NeededWhen>[]): fc.Arbitrary<NeedSketch> {
    return fc.record({
        of: fc.nat({ max: 10_000 }),
        anyOf: fc.oneof(fc.tuple(index), fc.tuple(index, index)),
        when: fc.oneof(...whens),
    });
}

const always = fc.constant<NeededWhen>('always');
const toStart = fc.constant<NeededWhen>('start');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const needsSketch: fc.Arbitrary<NeedsSketch> = fc.record({
    places: fc.array(fc.array(fc.record({ region: index, zone: maybe(index) }), { maxLength: 2 }), {
        minLength: 2,
        maxLength: 3,
    }),
    needs: fc.array(needSketch(always, toStart, repeated), { minLength: 1, maxLength: 5 }),
    ofServices: fc.array(needSketch(toStart, repeated), { minLength: 1, maxLength: 2 }),
    gslbBy: fc.array(maybe(index), { minLength: 4, maxLength: 4 }),
    gitopsFrom: fc.array(maybe(index), { minLength: 7, maxLength: 7 }),
    rootLife: maybe(fc.constantFrom(1, 10, 30, 60, 120)),
    hasNoWorkloads: fc.array(chance(1, 2), { minLength: 6, maxLength: 6 }),
});

/** A random estate whose things need what stands outside the mesh, and in it if that is drawn; times of some seconds. */
export function estatesWithNeeds(drawsServices: boolean, estates = randomEstate): fc.Arbitrary<Topology> {
    return fc.tuple(estates, needsSketch).map(([topology, sketch]) => withNeeds(topology, sketch, drawsServices));
}

export const estateWithNeeds = estatesWithNeeds(comparesServices);

/** Hosts inside are ways to services, too. */
export const estateWithNeedsAndRelays = estatesWithNeeds(comparesServices, estateWithRelays);

function withNeeds(drawn: Topology, sketch: NeedsSketch, drawsServices: boolean): Topology {
    const externalServices = [...drawn.externalServices, ...drawExternals(drawn, sketch)];
    const externals = externalServices.map(({ name }) => name);
    const topology = { ...drawn, externalServices };
    const drawing = drawingIn(topology, drawsServices);
    const saying = thingsThatNeed(topology);
    const things = drawsServices ? [...saying, ...saying, ...saying, ...placesAndParts(topology)] : saying;
    return {
        ...topology,
        clusters: topology.clusters.map((cluster, at) => withClusterNeeds(cluster, at, sketch, externals)),
        services: withServiceNeeds(topology.services, sketch, externals, drawing),
        needs: sketch.needs.flatMap((need) => {
            const of = pick(things, need.of);
            return of === undefined ? [] : [{ of: asElementName(of), ...drawNeed(of, need, drawing) }];
        }),
    };
}

function drawExternals({ regions }: Topology, { places }: NeedsSketch): ExternalService[] {
    return places.map((all, number) => {
        const drawn = all.flatMap((at) => {
            const chosen = pick(regions, at.region);
            const zone = chosen && at.zone !== undefined ? pick(chosen.zones, at.zone) : undefined;
            return chosen ? [place(chosen.name, zone?.name)] : [];
        });
        return externalService(`outside${number + 1}`, ...drawn);
    });
}

function drawNeed(of: string, { anyOf, when }: NeedSketch, drawing: Drawing): Omit<DeclaredNeed, 'of'> {
    return { anyOf: drawing(of, anyOf), when, at: somewhere };
}

/** All in whose block a file can say so; clusters several times. */
function thingsThatNeed(topology: Topology): string[] {
    const clusters = topology.clusters.map(({ name }) => name);
    const management = managementCluster(topology);
    const { telemetryStore, identityProvider } = management?.managementPlane ?? {};
    return [
        ...clusters,
        ...clusters,
        ...topology.clusters.flatMap(({ name, edge, gateways }) => [
            ...(edge ? [`${name}.edge-control-plane`] : []),
            ...gateways.map((gateway) => `${name}.${gateway.name}`),
        ]),
        ...(management
            ? [`${management.name}.management-plane`, `${management.name}.central-control-plane`, 'store:postgres']
            : []),
        ...(telemetryStore ? [`store:${telemetryStore.kind}`] : []),
        ...(identityProvider ? ['identity-provider'] : []),
    ];
}

function withServiceNeeds(
    services: readonly Service[],
    { ofServices, gslbBy }: NeedsSketch,
    externals: readonly string[],
    drawing: Drawing,
): Service[] {
    let host = 0;
    return services.map((service): Service => {
        const needs = ofServices
            .filter(({ of }) => pick(services, of) === service)
            .map((need) => drawNeed(`service:${service.shortName}`, need, drawing));
        const exposures = service.exposures.map((exposure) => {
            const by = exposure.gslbTtl && nameOf(pick(gslbBy, host++), externals);
            return by === undefined ? exposure : { ...exposure, gslbBy: by };
        });
        return { ...service, exposures, ...(needs.length > 0 && { needs }) };
    });
}

function withClusterNeeds(cluster: Cluster, at: number, sketch: NeedsSketch, externals: readonly string[]): Cluster {
    const from = nameOf(sketch.gitopsFrom[at], externals);
    const edge = cluster.edge && from !== undefined ? { ...cluster.edge, gitopsFrom: from } : cluster.edge;
    if (cluster.kind === 'workload') {
        const noWorkloads = sketch.hasNoWorkloads[at] ? { noWorkloads: { at: somewhere } } : {};
        return { ...cluster, ...(edge && { edge }), ...noWorkloads };
    }
    if (cluster.kind !== 'management') return cluster;
    const planeFrom = nameOf(sketch.gitopsFrom.at(-1), externals);
    const { rootLife: life } = sketch;
    const { managementPlane } = cluster;
    return {
        ...cluster,
        ...(edge && { edge }),
        managementPlane: {
            ...managementPlane,
            ...(planeFrom !== undefined && { gitopsFrom: planeFrom }),
            rootCa: { ...managementPlane.rootCa, ...(life !== undefined && { life }) },
        },
    };
}

function nameOf(number: number | undefined, externals: readonly string[]): string | undefined {
    return number === undefined ? undefined : pick(externals, number);
}
