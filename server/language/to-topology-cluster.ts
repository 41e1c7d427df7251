import type { AstNode } from 'langium';
import {
    assumed,
    type Cluster,
    type EdgeControlPlane,
    type Gateway,
    type GitOps,
    type Origin,
    type Setting,
} from '../topology/topology.js';
import type { DefaultId } from '../knowledge/defaults.js';
import { durationInSeconds } from './amounts.js';
import * as ast from './generated/ast.js';
import { locationOf } from './location.js';
import { nameOfGateway } from './names.js';
import { localityPart, ownership, replicasPart } from './to-topology-common.js';
import { toCentralControlPlane, toManagementPlane } from './to-topology-management.js';

/**
 * A cluster with its planes.
 *
 * @param defaults what `defaults for workload clusters` says about edge control planes
 * @param hosts whether a service has a home here
 */
export function toCluster(
    cluster: ast.Cluster,
    gateways: readonly ast.Gateway[],
    defaults: readonly ast.EdgeItem[],
    hosts: boolean,
): Cluster {
    const dataPlane = cluster.items.find(ast.isDataPlane);
    const base = {
        ...ownership(cluster),
        name: cluster.name,
        ...localityPart(cluster.place),
        gateways: gateways.map((gateway) => toGateway(gateway, cluster)),
        ...(dataPlane && { dataPlaneAt: locationOf(dataPlane) }),
    };
    const edge = cluster.items.find(ast.isEdgeControlPlane);
    if (ast.isWorkloadCluster(cluster)) {
        return { ...base, kind: 'workload', edge: toEdgeControlPlane(edge, defaults) };
    }
    const carriesWorkloads = hosts || edge !== undefined || gateways.length > 0;
    return {
        ...base,
        kind: 'management',
        managementPlane: toManagementPlane(cluster.items.find(ast.isManagementPlane)),
        central: toCentralControlPlane(cluster.items.find(ast.isCentralControlPlane)),
        ...(carriesWorkloads && { edge: toEdgeControlPlane(edge, []) }),
    };
}

function toGateway(gateway: ast.Gateway, cluster: ast.Cluster): Gateway {
    return {
        ...ownership(gateway),
        name: nameOfGateway(gateway)!,
        named: gateway.name !== undefined,
        cluster: cluster.name,
        roles: [...new Set(gateway.roles)],
        ...replicasPart(gateway.items),
    };
}

function toEdgeControlPlane(
    plane: ast.EdgeControlPlane | undefined,
    defaults: readonly ast.EdgeItem[],
): EdgeControlPlane {
    const setting = <Item extends ast.EdgeItem, T>(
        isItem: (item: AstNode) => item is Item,
        value: (item: Item) => T | undefined,
        unsaid: T,
        defaultId: DefaultId,
    ): Setting<T> =>
        found(plane?.items ?? [], isItem, value, 'stated') ??
        found(defaults, isItem, value, 'cluster-defaults') ??
        assumed(unsaid, defaultId);

    return {
        ...(plane && { at: locationOf(plane) }),
        tokenTtl: setting(ast.isTokenTtl, ({ ttl }) => durationInSeconds(ttl), 3600, 'token-ttl'),
        leafCertificateTtl: setting(
            ast.isLeafCertificateTtl,
            ({ ttl }) => durationInSeconds(ttl),
            86_400,
            'leaf-certificate-ttl',
        ),
        certificateAuthority: setting(ast.isCertificateAuthority, ({ kind }) => kind, 'own', 'certificate-authority'),
        metricsBuffer: setting<ast.MetricsBuffer, number | undefined>(
            ast.isMetricsBuffer,
            ({ buffer }) => durationInSeconds(buffer),
            undefined,
            'metrics-buffer',
        ),
        gitops: toGitOps(plane?.items ?? [], defaults),
    };
}

/** The setting that a list of items says, if it says one that makes sense. */
function found<Item extends AstNode, T>(
    items: readonly AstNode[],
    isItem: (item: AstNode) => item is Item,
    value: (item: Item) => T | undefined,
    kind: Exclude<Origin['kind'], 'assumed'>,
): Setting<T> | undefined {
    const item = items.find(isItem);
    const said = item && value(item);
    return item && said !== undefined ? { value: said, origin: { kind, at: locationOf(item) } } : undefined;
}

function toGitOps(items: readonly ast.EdgeItem[], defaults: readonly ast.EdgeItem[]): Setting<GitOps> {
    const own = items.find(ast.isGitOps);
    const item = own ?? defaults.find(ast.isGitOps);
    if (!item) {
        return assumed('off', 'gitops-off');
    }
    if (!item.mode) {
        return assumed('sync', 'gitops-sync');
    }
    return { value: item.mode, origin: { kind: own ? 'stated' : 'cluster-defaults', at: locationOf(item) } };
}
