import type { DefaultId } from '../../server/knowledge/defaults.js';
import { assumed, type Cluster, type Service, type Setting, type Topology } from '../../server/topology/topology.js';

/** The same estate from a file that leaves unsaid whatever is the default anyway. */
export function unsaid(topology: Topology): Topology {
    return {
        ...topology,
        clusters: topology.clusters.map(unsaidCluster),
        services: topology.services.map(unsaidService),
    };
}

function silent<T>(setting: Setting<T>, value: T, id: DefaultId): Setting<T> {
    return setting.value === value ? assumed(value, id) : setting;
}

function unsaidCluster(cluster: Cluster): Cluster {
    const edge = cluster.edge && {
        ...cluster.edge,
        tokenTtl: silent(cluster.edge.tokenTtl, 3_600, 'token-ttl'),
        leafCertificateTtl: silent(cluster.edge.leafCertificateTtl, 86_400, 'leaf-certificate-ttl'),
        certificateAuthority: silent(cluster.edge.certificateAuthority, 'own', 'certificate-authority'),
        metricsBuffer: silent(cluster.edge.metricsBuffer, undefined, 'metrics-buffer'),
        gitops: silent(silent(cluster.edge.gitops, 'off', 'gitops-off'), 'sync', 'gitops-sync'),
    };
    if (cluster.kind === 'workload') return { ...cluster, edge: edge! };
    if (cluster.kind !== 'management') return cluster;
    const { managementPlane: plane, central } = cluster;
    const { telemetryStore: store, identityProvider: provider } = plane;
    const isEmbedded = store.kind === 'banyandb' && store.placement.value === 'internal';
    return {
        ...cluster,
        ...(edge && { edge }),
        central: { ...central, listener: silent(central.listener, 'own', 'xcp-listener') },
        managementPlane: {
            ...plane,
            gitops: silent(plane.gitops, false, 'management-gitops-off'),
            postgres: {
                ...plane.postgres,
                placement: silent(plane.postgres.placement, 'external', 'postgres-placement'),
            },
            telemetryStore: {
                ...store,
                placement: silent(store.placement, 'internal', 'telemetry-store-placement'),
                path: isEmbedded
                    ? silent(store.path, 'front-envoy', 'banyandb-path')
                    : silent(store.path, 'direct', 'telemetry-store-path'),
            },
            ...(provider && {
                identityProvider: { ...provider, placement: silent(provider.placement, 'external', 'placement') },
            }),
        },
    };
}

function unsaidService(service: Service): Service {
    const { externalAuthorization: authorization, rateLimit } = service;
    return {
        ...service,
        eastWestFailover: silent(service.eastWestFailover, false, 'east-west-failover-off'),
        outlierDetection: silent(service.outlierDetection, true, 'outlier-detection-on'),
        ...(authorization && {
            externalAuthorization: {
                ...authorization,
                fails: silent(authorization.fails, 'closed', 'external-authorization-closed'),
            },
        }),
        ...(rateLimit && { rateLimit: { ...rateLimit, fails: silent(rateLimit.fails, 'open', 'rate-limit-open') } }),
    };
}
