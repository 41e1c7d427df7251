import type { ImportedEdge, ImportedManagement, Said } from '../estate.js';
import { isOpen } from '../reading/placeholders.js';
import type { Place } from '../place.js';
import { durationOf } from './identity.js';
import { ranks, type Candidate } from './notes.js';
import type { SeenOf, World } from './world.js';

type Spec = NonNullable<SeenOf<'ControlPlane'>['object']['spec']>;

/** A control plane, and of which cluster it is. */
export interface Plane {
    readonly spec: Spec;
    readonly rank: number;
    readonly at: Place;
    readonly cluster: string | undefined;
}

/** The control planes, as CR or as Helm values, each with its cluster where that is known. */
export function controlPlanesOf(world: World): Plane[] {
    const named = (name: string | undefined, standing: () => readonly string[]) => {
        if (name !== undefined && !isOpen(name)) return name;
        const [only, ...others] = standing();
        return others.length === 0 ? only : undefined;
    };
    const ofObjects = world.of('ControlPlane').map((seen): Plane => ({
        spec: seen.object.spec ?? {},
        rank: seen.isDump ? ranks.dump : ranks.file,
        at: seen.at,
        // its namespace is istio-system everywhere, and tells nothing
        cluster: named(seen.object.spec?.managementPlane?.clusterName, () => ownCluster(world, seen.source)),
    }));
    const ofValues = world.reading.values.flatMap(({ values, at, source }): Plane[] =>
        values.spec?.managementPlane === undefined
            ? []
            : [
                  {
                      spec: values.spec,
                      rank: ranks.values,
                      at,
                      cluster: named(values.spec.managementPlane.clusterName, () => ownCluster(world, source)),
                  },
              ],
    );
    return [...ofValues, ...ofObjects];
}

function ownCluster(world: World, source: SeenOf<'ControlPlane'>['source']): readonly string[] {
    return source.cluster === undefined ? [] : [source.cluster].filter((name) => world.named.has(name));
}

/** What is said of the edge control plane of a cluster. */
export function edgeOf(world: World, cluster: string, planes: readonly Plane[]): ImportedEdge {
    const { choose } = world.notes;
    const own = planes.filter((plane) => plane.cluster === cluster);
    const tokens = world.of('Cluster').flatMap(({ object, at, isDump }): Candidate<string>[] => {
        const text = object.metadata?.name === cluster ? object.spec?.tokenTtl : undefined;
        if (text === undefined || isOpen(text)) return [];
        const value = durationOf(text);
        if (value === undefined) {
            world.notes.remark('a `tokenTtl` that is no duration was left out', at);
            return [];
        }
        return [{ value, rank: isDump ? ranks.dump : ranks.file, at }];
    });
    const authorities = own.flatMap(({ spec, rank, at }): Candidate<'central' | 'own'>[] => {
        const central = spec.components?.xcp?.centralProvidedCaCert;
        return central === undefined ? [] : [{ value: central ? 'central' : 'own', rank, at }];
    });
    const gitops = own.flatMap(({ spec, rank, at }): Candidate<'off' | 'sync' | 'async'>[] => {
        const said = spec.components?.gitops;
        if (!said) return [];
        if (said.enabled !== true) return [{ value: 'off', rank, at }];
        return [{ value: said.pushMode?.toUpperCase() === 'ASYNC' ? 'async' : 'sync', rank, at }];
    });
    return {
        tokenTtl: choose(`token ttl of ${cluster}`, tokens),
        certificateAuthority: choose(`certificate authority of ${cluster}`, authorities),
        gitops: choose(`gitops of ${cluster}`, gitops),
    };
}

/** What is said of the management plane: by its CR, its Helm values, and the control planes that talk to it. */
export function managementPlaneOf(
    world: World,
    planes: readonly Plane[],
): Pick<ImportedManagement, 'postgres' | 'identityProvider' | 'gitops'> & {
    readonly telemetryStore?: ImportedManagement['telemetryStore'];
} {
    const { choose } = world.notes;
    const said: Plane[] = [
        ...world.reading.values
            .filter(({ values }) => values.spec?.managementPlane === undefined)
            .map(({ values, at }) => ({ spec: values.spec ?? {}, rank: ranks.values, at, cluster: undefined })),
        ...world.of('ManagementPlane').map(({ object, at, isDump }) => ({
            ...{ spec: object.spec ?? {}, rank: isDump ? ranks.dump : ranks.file, at, cluster: undefined },
        })),
    ];
    const placements = (of: (spec: Spec) => 'internal' | 'external' | undefined) =>
        said.flatMap(({ spec, rank, at }): Candidate<'internal' | 'external'>[] => {
            const value = of(spec);
            return value === undefined ? [] : [{ value, rank, at }];
        });
    const postgres = choose(
        'postgres',
        placements(({ dataStore }) => {
            if (dataStore?.demoPostgres ?? dataStore?.embeddedPostgres) return 'internal';
            return placementOf(dataStore?.postgres?.address ?? dataStore?.postgres?.host);
        }),
    );
    const placement = choose(
        'elasticsearch',
        placements(({ telemetryStore }) => {
            if (telemetryStore?.demoElastic) return 'internal';
            return placementOf(telemetryStore?.elastic?.host);
        }),
    );
    const banyandb = said.filter(({ spec }) => spec.telemetryStore?.banyandb ?? spec.telemetryStore?.banyanDB);
    const path = telemetryPathOf(world, planes);
    const at = [...(placement?.at ?? []), ...(path?.at ?? []), ...banyandb.map(({ at }) => at)];
    const kind = banyandb.length > 0 ? 'banyandb' : 'elasticsearch';
    const identityProvider = choose(
        'identity-provider',
        placements(({ identityProvider: provider }) => {
            if (!provider) return undefined;
            if (provider.demoLdap ?? provider.mock) return 'internal';
            return (provider.ldap ?? provider.oidc ?? provider.azure) ? 'external' : undefined;
        }),
    );
    const gitops = choose(
        'gitops of the management plane',
        said.flatMap(({ spec, rank, at }) =>
            spec.components?.gitops ? [{ value: spec.components.gitops.enabled === true, rank, at }] : [],
        ),
    );
    const telemetryStore =
        at.length > 0 ? { value: { kind, placement: placement?.value, path: path?.value } as const, at } : undefined;
    return { postgres, identityProvider, gitops, ...(telemetryStore && { telemetryStore }) };
}

/** An address of a Service of the cluster is inside of it, whatever else is outside; a placeholder tells nothing. */
function placementOf(address: string | undefined): 'internal' | 'external' | undefined {
    if (address === undefined || address === '' || isOpen(address)) return undefined;
    const host = address.replace(/^\w+:\/\//, '').replace(/:\d+$/, '');
    return /\.svc(\.|$)/.test(host) || !host.includes('.') ? 'internal' : 'external';
}

/** Clusters that send metrics to the address of the management plane go through front-envoy (inferred). */
function telemetryPathOf(world: World, planes: readonly Plane[]): Said<'direct' | 'front-envoy'> | undefined {
    const said = planes.flatMap(({ spec, rank, at }): Candidate<'direct' | 'front-envoy'>[] => {
        const store = spec.telemetryStore?.elastic?.host;
        const plane = spec.managementPlane?.host;
        if (store === undefined || plane === undefined) return [];
        if (store === plane) return [{ value: 'front-envoy', rank, at }];
        return isOpen(store) || isOpen(plane) ? [] : [{ value: 'direct', rank, at }];
    });
    const values = new Set(said.map(({ value }) => value));
    const at = said.map(({ at }) => at);
    if (values.size > 1) {
        world.notes.ask({
            about: { kind: 'management plane' },
            asked: 'elasticsearch',
            why: 'some clusters send metrics through front-envoy and some directly; the language has one way for all',
            answers: ['elasticsearch via front-envoy', 'elasticsearch direct'],
            at,
        });
        return undefined;
    }
    const [value] = values;
    return value && { value, at };
}
