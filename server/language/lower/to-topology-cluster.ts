import type { AstNode } from 'langium';
import {
    byDefault,
    type Cluster,
    type EdgeControlPlane,
    type Gateway,
    type GitOps,
    type Origin,
    type Setting,
} from '../../topology/topology.js';
import type { DefaultId, DefaultValue } from '../../knowledge/defaults.js';
import { durationInSeconds } from '../syntax/amounts.js';
import * as ast from '../generated/ast.js';
import { firstItem } from '../syntax/items.js';
import { locationOf, nameLocationOf } from '../naming/location.js';
import { nameOfGateway } from '../naming/names.js';
import type { EstateNames } from '../naming/estate-names.js';
import { meaningOf } from '../naming/scope-provider.js';
import { hasUnknownHelpers, toHelpers } from './to-topology-service.js';
import { fromWhere } from './to-topology-needs.js';
import { labelsOf, ownerOf, toLocality, toReplicas } from './to-topology-common.js';
import {
    hostedCentral,
    toCopy,
    toCentralControlPlane,
    toHostedPlane,
    toManagementPlane,
} from './to-topology-management.js';

/**
 * A cluster with its planes.
 *
 * @param defaults what `defaults for workload clusters` says about edge control planes
 * @param hosts whether a service has a home here; asked of management clusters only
 */
export function toCluster(
    cluster: ast.Cluster,
    gateways: readonly ast.Gateway[],
    defaults: readonly ast.EdgeItem[],
    hosts: () => boolean,
    names: EstateNames,
): Cluster {
    const dataPlane = firstItem(cluster.items, 'DataPlane');
    const edge = firstItem(cluster.items, 'EdgeControlPlane');
    const noWorkloads = firstItem(cluster.items, 'NoWorkloads');
    const base = {
        name: cluster.name,
        locality: toLocality(cluster.place),
        gateways: gateways.map((gateway) => toGateway(gateway, cluster, names)),
        dataPlaneAt: dataPlane && locationOf(dataPlane),
        at: locationOf(cluster),
        nameAt: nameLocationOf(cluster),
        owner: ownerOf(cluster.items),
        labels: labelsOf(cluster.items),
        ...(noWorkloads && { noWorkloads: { at: nameLocationOf(noWorkloads) } }),
    };
    if (ast.isWorkloadCluster(cluster)) {
        return { kind: 'workload', ...base, edge: toEdgeControlPlane(edge, defaults) };
    }
    if (cluster.standby) return { kind: 'standby', ...base, ...toCopy(cluster.items) };
    const carriesWorkloads = edge !== undefined || gateways.length > 0 || hosts();
    const plane = firstItem(cluster.items, 'ManagementPlane');
    const planes = cluster.hosted
        ? {
              isHosted: true as const,
              managementPlane: toHostedPlane(plane, base.nameAt),
              central: hostedCentral(base.nameAt),
          }
        : {
              managementPlane: toManagementPlane(plane),
              central: toCentralControlPlane(firstItem(cluster.items, 'CentralControlPlane')),
          };
    return {
        kind: 'management',
        ...base,
        ...planes,
        edge: carriesWorkloads ? toEdgeControlPlane(edge, []) : undefined,
    };
}

function toGateway(gateway: ast.Gateway, cluster: ast.Cluster, names: EstateNames): Gateway {
    return {
        name: nameOfGateway(gateway)!,
        named: gateway.name !== undefined && meaningOf(names.gateways.get(gateway.name)) !== undefined,
        cluster: cluster.name,
        roles: [...new Set(gateway.roles)],
        replicas: toReplicas(gateway.items),
        ...(gateway.items.length > 0 && toHelpers(gateway.items, names)),
        ...(hasUnknownHelpers(gateway.items) && { hasUnknownCallees: true }),
        at: locationOf(gateway),
        nameAt: nameLocationOf(gateway),
        owner: ownerOf(gateway.items),
        labels: labelsOf(gateway.items),
    };
}

function toEdgeControlPlane(
    plane: ast.EdgeControlPlane | undefined,
    defaults: readonly ast.EdgeItem[],
): EdgeControlPlane {
    const setting = <Type extends keyof Items, T, Id extends DefaultId>(
        type: Type,
        value: (item: Items[Type]) => T | undefined,
        defaultId: Id,
    ): Setting<T | DefaultValue<Id>> =>
        found(plane?.items ?? [], type, value, 'stated') ??
        found(defaults, type, value, 'cluster-defaults') ??
        byDefault(defaultId);

    return {
        at: plane && locationOf(plane),
        tokenTtl: setting('TokenTtl', ({ ttl }) => lasting(ttl), 'token-ttl'),
        leafCertificateTtl: setting('LeafCertificateTtl', ({ ttl }) => lasting(ttl), 'leaf-certificate-ttl'),
        certificateAuthority: setting('CertificateAuthority', ({ kind }) => kind, 'certificate-authority'),
        metricsBuffer: setting('MetricsBuffer', ({ buffer }) => lasting(buffer), 'metrics-buffer'),
        gitops: toGitOps(plane?.items ?? [], defaults),
        ...fromWhere(firstItem(plane?.items ?? [], 'GitOps') ?? firstItem(defaults, 'GitOps')),
    };
}

type Items = ast.TsbtopoAstType;

/** A duration that makes sense where something lasts for it: what has no length has a message, and counts as unsaid. */
function lasting(text: string | undefined): number | undefined {
    return durationInSeconds(text) || undefined;
}

/** The setting that a list of items says, if it says one that makes sense. */
function found<Type extends keyof Items, T>(
    items: readonly AstNode[],
    type: Type,
    value: (item: Items[Type]) => T | undefined,
    kind: Exclude<Origin['kind'], 'assumed'>,
): Setting<T> | undefined {
    const item = firstItem(items, type);
    const said = item && value(item);
    return item && said !== undefined ? { value: said, origin: { kind, at: locationOf(item) } } : undefined;
}

function toGitOps(items: readonly ast.EdgeItem[], defaults: readonly ast.EdgeItem[]): Setting<GitOps> {
    const own = firstItem(items, 'GitOps');
    const item = own ?? firstItem(defaults, 'GitOps');
    if (!item) {
        return byDefault('gitops-off');
    }
    if (!item.mode) {
        return byDefault('gitops-sync');
    }
    return { value: item.mode, origin: { kind: own ? 'stated' : 'cluster-defaults', at: locationOf(item) } };
}
