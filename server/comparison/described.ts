import type {
    Backup,
    Callee,
    Cluster,
    Copy,
    EdgeControlPlane,
    Exposure,
    Gateway,
    GatewayRef,
    Helper,
    Locality,
    ManagementPlane,
    Replicas,
    Service,
    Topology,
} from '../topology/topology.js';
import { qualifiedServiceName, servicesInside } from '../topology/topology.js';

/** What an estate declares under a name: of which kind, and what it is called, with what it stands in where that is part of it. */
export type Ref = string & { readonly [ref]: true };

declare const ref: unique symbol;

export type RefKind = 'region' | 'zone' | 'cluster' | 'gateway' | 'service' | 'external' | 'host';

export function refTo(kind: RefKind, ...names: readonly string[]): Ref {
    return JSON.stringify([kind, ...names]) as Ref;
}

/** The kind and the names of which a reference consists; the last one is its own. */
export function partsOf(reference: Ref): readonly [kind: RefKind, ...names: string[]] {
    return JSON.parse(reference) as [RefKind, ...string[]];
}

/** Data in which names of other things are told apart from all else, and of which the order means nothing; fields are ours. */
export type Said = string | number | boolean | undefined | Mention | readonly Said[] | object;

export class Mention {
    constructor(readonly of: Ref) {}
}

/**
 * Everything that has a name in an estate, with what is said of it as far as it matters to a failure: neither where it
 * is written nor in which order, neither whom to call nor whether a default is spelt out.
 */
export function described(topology: Topology): ReadonlyMap<Ref, Said> {
    return new Map(Array.from(declared(topology), ([ref, says]) => [ref, says()]));
}

/** Everything that has a name in an estate. */
export function namedIn(topology: Topology): ReadonlySet<Ref> {
    return new Set(Array.from(declared(topology), ([ref]) => ref));
}

function* declared(topology: Topology): Generator<readonly [Ref, () => Said]> {
    const regions = new Map(topology.clusters.map(({ name, locality }) => [name, locality?.region]));
    const services = new Map(topology.services.map((service) => [service.shortName, serviceRef(service)]));
    const calleeOf = ({ kind, name, through }: Callee): Said => ({
        to: new Mention(kind === 'service' ? (services.get(name) ?? refTo('service', name)) : refTo('external', name)),
        through: through?.map(gatewayOf),
    });
    const helperOf = (helper: Helper | undefined): Said =>
        helper && { by: helper.by && calleeOf(helper.by), fails: helper.fails.value };
    for (const region of topology.regions) {
        yield [refTo('region', region.name), () => ({})];
        for (const zone of region.zones) yield [refTo('zone', region.name, zone.name), () => placeOf(region)];
    }
    for (const cluster of topology.clusters) {
        yield [refTo('cluster', cluster.name), () => saidOfCluster(cluster)];
        for (const gateway of cluster.gateways) {
            yield [
                refTo('gateway', cluster.name, gateway.name),
                () => ({
                    ...saidOfGateway(gateway, cluster),
                    authorization: helperOf(gateway.externalAuthorization),
                    rateLimit: helperOf(gateway.rateLimit),
                }),
            ];
        }
    }
    for (const { name, places, replicas } of topology.externalServices) {
        const copies = () => replicasOf(replicas, places[0]?.region);
        yield [refTo('external', name), () => ({ in: places.map(localityOf), replicas: copies() })];
    }
    for (const service of servicesInside(topology)) {
        yield [
            serviceRef(service),
            () => ({
                namespace: service.namespace.value,
                homes: service.homes.map(({ cluster, namespace, replicas, virtualMachines: machines }) => ({
                    on: new Mention(refTo('cluster', cluster)),
                    namespace: namespace.value,
                    replicas: replicasOf(replicas, regions.get(cluster)),
                    machines: machines && { behind: machines.gateway && gatewayOf(machines.gateway) },
                })),
                calls: service.calls.map(calleeOf),
                requires: service.requires.map(calleeOf),
                requiresOneOf: service.requiresOneOf?.map((need) => need.map(calleeOf)),
                failover: service.eastWestFailover.value,
                outliers: service.outlierDetection.value,
                authorization: helperOf(service.externalAuthorization),
                rateLimit: helperOf(service.rateLimit),
            }),
        ];
    }
    for (const service of topology.services) {
        for (const exposure of service.exposures) {
            yield [refTo('host', exposure.host), () => saidOfHost(service, exposure)];
        }
    }
    yield [refTo('region'), () => networkOf(topology)];
}

export function serviceRef(service: Service): Ref {
    if (service.outside) return refTo('external', service.name);
    return refTo('service', qualifiedServiceName(service));
}

function saidOfCluster(cluster: Cluster): Said {
    return {
        kind: cluster.kind,
        in: localityOf(cluster.locality),
        hosted: (cluster.kind === 'management' && cluster.isHosted) || undefined,
        plane: cluster.kind === 'management' ? saidOfPlane(cluster.managementPlane, cluster) : undefined,
        listener: cluster.kind === 'management' ? cluster.central.listener.value : undefined,
        copy: cluster.kind === 'standby' && cluster.copy ? saidOfCopy(cluster.copy) : undefined,
        edge: cluster.edge && saidOfEdge(cluster.edge),
    };
}

function saidOfEdge(edge: EdgeControlPlane): Said {
    return {
        tokens: edge.tokenTtl.value,
        certificates: edge.leafCertificateTtl.value,
        authority: edge.certificateAuthority.value,
        buffer: edge.metricsBuffer.value,
        gitops: edge.gitops.value,
    };
}

function saidOfPlane(plane: ManagementPlane, { locality }: Cluster): Said {
    const { postgres, telemetryStore, identityProvider } = plane;
    const store = ({
        kind,
        placement,
        locality: own,
        backup,
        replicas,
        copy,
    }: typeof postgres | typeof telemetryStore): Said => ({
        kind,
        placement: placement.value,
        in: localityOf(own),
        backup: backupOf(backup.value),
        replicas: replicasOf(replicas, (own ?? locality)?.region),
        copy: copy && { ...saidOfCopy(copy), in: localityOf(copy.locality), itself: copy.promotesItself },
    });
    return {
        postgres: store(postgres),
        telemetry: store(telemetryStore),
        path: telemetryStore.path.value,
        key: backupOf(plane.iamSigningKey.backup.value),
        ca: backupOf(plane.rootCa.backup.value),
        identity: identityProvider && {
            placement: identityProvider.placement.value,
            in: localityOf(identityProvider.locality),
        },
        gitops: plane.gitops.value,
    };
}

function saidOfGateway({ roles, replicas }: Gateway, { name, locality }: Cluster): object {
    return {
        in: new Mention(refTo('cluster', name)),
        roles,
        replicas: replicasOf(replicas, locality?.region),
    };
}

function saidOfHost(service: Service, { inside, via, through, to, gslbTtl }: Exposure): Said {
    return {
        inside,
        of: new Mention(serviceRef(service)),
        via: via.map(gatewayOf),
        through: through.map((gateways, hop) => ({ hop, gateways: gateways.map(gatewayOf) })),
        to: to.map(({ cluster, gateways, weight }) => ({
            cluster: new Mention(refTo('cluster', cluster)),
            gateways: gateways?.map((gateway) => new Mention(refTo('gateway', cluster, gateway))),
            weight,
        })),
        gslb: gslbTtl?.value,
    };
}

function networkOf({ network }: Topology): Said {
    const clusters = (names: readonly string[]) => names.map((name) => new Mention(refTo('cluster', name)));
    return {
        declared: network.declared,
        lines: network.lines.map(({ from, to, bothWays }) =>
            bothWays ? { between: [clusters(from), clusters(to)] } : { from: clusters(from), to: clusters(to) },
        ),
    };
}

function placeOf({ name }: { readonly name: string }): Said {
    return { in: new Mention(refTo('region', name)) };
}

function localityOf(locality: Locality | undefined): Said {
    if (!locality) return undefined;
    const { region, zone } = locality;
    return new Mention(zone === undefined ? refTo('region', region) : refTo('zone', region, zone));
}

function replicasOf(replicas: Replicas | undefined, region = ''): Said {
    return (
        replicas && {
            count: replicas.count,
            needed: replicas.needed,
            zones: replicas.zones.map((zone) => new Mention(refTo('zone', region, zone))),
        }
    );
}

function saidOfCopy({ every, within }: Copy) {
    return { every, within };
}

function backupOf(backup: Backup): Said {
    if (backup.kind !== 'kept') return backup.kind;
    return { every: backup.every, in: localityOf(backup.locality), within: backup.within };
}

function gatewayOf({ cluster, gateway }: GatewayRef): Mention {
    return new Mention(refTo('gateway', cluster, gateway));
}
