import { GrammarUtils, type AstNode } from 'langium';
import { entryGateways, targetsOf, type Routes } from '../failure/routes.js';
import { defaultOf, isDefaultId, type DefaultId } from '../knowledge/defaults.js';
import type { Estate } from '../language/naming/estates.js';
import * as ast from '../language/generated/ast.js';
import { firstItem, homeListsOf } from '../language/syntax/items.js';
import { nodeOfProperty } from '../language/naming/names.js';
import { shortNameOf } from '../language/naming/scope-provider.js';
import type { NameWriter } from '../language/naming/written-names.js';
import type { Gateway, Setting, SourceLocation } from '../topology/topology.js';

/** Something that a file leaves unsaid, as one could have written it. */
export interface Unsaid {
    /** The text that would say it. */
    readonly text: string;
    /** The offset at which it would stand. */
    readonly at: number;
    /**
     * How it stands there: in the line, as an item of a block that opens right before it, in a block that has yet to be
     * opened, or in front of a name. Undefined: the language has no words for it.
     */
    readonly form?: 'inline' | 'item' | 'block' | 'prefix';
    /** Whether results of the estate depend on it, rather than only how long something takes or what it is called. */
    readonly decides: boolean;
    /** Why it is assumed: entries of `knowledge/defaults.ts`, or a sentence where it follows from the estate. */
    readonly why: readonly DefaultId[] | string;
    /** Where it is said for all workload clusters. */
    readonly said?: SourceLocation;
}

/** What is known of the estate in which something is left unsaid. */
export interface Surroundings {
    readonly names: Estate['names'];
    /** The ways of its requests, and its clusters and services by name. */
    readonly routes: Routes;
    readonly write: NameWriter;
    /** The text of a place in any file of the estate. */
    readonly textAt: (place: SourceLocation) => string;
}

/** What a declaration leaves unsaid within itself, in no particular order. */
export function unsaidIn(declaration: ast.Declaration, around: Surroundings): Unsaid[] {
    switch (declaration.$type) {
        case 'Header':
            return declaration.version ? [] : after(declaration, ['name'], 'tsb-version', { decides: false });
        case 'ManagementCluster':
        case 'WorkloadCluster':
            // of what the vendor runs nothing is assumed
            if (declaration.$type === 'ManagementCluster' && (declaration.hosted || declaration.standby)) return [];
            return declaration.items.flatMap((item) => unsaidInCluster(item, declaration, around));
        case 'WorkloadDefaults':
            return declaration.items
                .filter(ast.isEdgeControlPlane)
                .flatMap((plane) => edgeSettings(plane, undefined, around));
        case 'Service':
            return unsaidInService(declaration, around);
        case 'ExternalService':
            return declaration.items.filter(ast.isExposure).flatMap(unsaidTtl);
        default:
            return [];
    }
}

function unsaidInCluster(item: ast.ClusterItem, cluster: ast.Cluster, around: Surroundings): Unsaid[] {
    switch (item.$type) {
        case 'ManagementPlane':
            return [...missingStores(item), ...item.items.flatMap(unsaidInManagementPlane)];
        case 'CentralControlPlane':
            return item.items.length > 0 ? [] : itemOf(item, ['xcp-listener'], { decides: true });
        case 'EdgeControlPlane':
            return edgeSettings(item, cluster, around);
        case 'DataPlane':
            return item.items.flatMap((gateway) => gateway.items.flatMap(unsaidOfHelper));
        case 'Gateway':
            return item.items.flatMap(unsaidOfHelper);
        default:
            return [];
    }
}

// ------------------------------------------------------------------------------------------------ management plane

function missingStores(plane: ast.ManagementPlane): Unsaid[] {
    const { items } = plane;
    return [
        ...(firstItem(items, 'Postgres') ? [] : itemOf(plane, ['postgres-placement'], { decides: true })),
        ...(firstItem(items, 'TelemetryStore')
            ? []
            : itemOf(plane, ['telemetry-store-placement', 'telemetry-store-path'], { decides: true })),
        ...(firstItem(items, 'GitOps') ? [] : itemOf(plane, ['management-gitops-off'], { decides: false })),
    ];
}

function unsaidInManagementPlane(item: ast.ManagementPlaneItem): Unsaid[] {
    switch (item.$type) {
        case 'Postgres':
            return [...placement(item, 'postgres', 'postgres-placement'), ...unknownBackup(item)];
        case 'TelemetryStore':
            return [
                ...placement(item, item.kind, 'telemetry-store-placement'),
                ...storePath(item),
                ...unknownBackup(item),
            ];
        case 'Secret':
            return unknownBackup(item);
        case 'IdentityProvider':
            return placement(item, 'identity-provider', 'placement');
        default:
            return [];
    }
}

type Placed = ast.Postgres | ast.TelemetryStore | ast.IdentityProvider;

function placement(node: Placed, keyword: string, id: DefaultId): Unsaid[] {
    const word = GrammarUtils.findNodeForKeyword(node.$cstNode, keyword);
    if (node.placement || node.place || !word) return [];
    const text = defaultOf(id).says.split(' ').at(-1)!;
    return [{ text, at: word.end, form: 'inline', decides: true, why: [id] }];
}

function storePath(store: ast.TelemetryStore): Unsaid[] {
    if (store.path) return [];
    const isInternal = store.placement ? store.placement === 'internal' : !store.place;
    const id = store.kind === 'banyandb' && isInternal ? 'banyandb-path' : 'telemetry-store-path';
    return after(store, ['place', 'placement', 'kind'], id, { decides: true });
}

function unknownBackup(node: ast.Postgres | ast.TelemetryStore | ast.Secret): Unsaid[] {
    if (node.items.some((item) => ast.isBackup(item) || ast.isNoBackup(item))) return [];
    return itemOf(node, ['backup-unknown'], { decides: false, unwritable: true });
}

// ---------------------------------------------------------------------------------------------- edge control plane

/** The settings of an edge control plane that it does not state itself; without a cluster, those of the defaults. */
function edgeSettings(
    plane: ast.EdgeControlPlane,
    cluster: ast.Cluster | undefined,
    { routes, textAt }: Surroundings,
): Unsaid[] {
    const edge = cluster && routes.cluster(cluster.name)?.edge;
    const items: Unsaid[] = [];
    const add = (
        type: ast.EdgeItem['$type'],
        id: DefaultId,
        setting: Setting<unknown> | undefined,
        decides: boolean,
    ) => {
        if (firstItem(plane.items, type)) return;
        if (setting?.origin.kind === 'cluster-defaults') {
            const { at } = setting.origin;
            items.push(...itemOf(plane, [id], { decides, said: at, text: textAt(at) }));
        } else {
            const assumed = setting?.origin.kind === 'assumed' ? setting.origin.default : id;
            const reason = isDefaultId(assumed) ? assumed : id;
            items.push(...itemOf(plane, [reason], { decides, unwritable: reason === 'metrics-buffer' }));
        }
    };
    add('TokenTtl', 'token-ttl', edge?.tokenTtl, true);
    add('LeafCertificateTtl', 'leaf-certificate-ttl', edge?.leafCertificateTtl, true);
    add('CertificateAuthority', 'certificate-authority', edge?.certificateAuthority, false);
    add('MetricsBuffer', 'metrics-buffer', edge?.metricsBuffer, false);
    add('GitOps', 'gitops-off', edge?.gitops, false);
    const gitops = firstItem(plane.items, 'GitOps');
    if (gitops && !gitops.mode && gitops.$cstNode) {
        items.push({ text: 'sync', at: gitops.$cstNode.end, form: 'inline', decides: true, why: ['gitops-sync'] });
    }
    return items;
}

// ---------------------------------------------------------------------------------------------------------- service

function unsaidInService(service: ast.Service, around: Surroundings): Unsaid[] {
    const { items } = service;
    const several = homeListsOf(service).flatMap(({ homes }) => homes).length > 1;
    const name = nodeOfProperty(service, 'name');
    const namespace = service.namespace || firstItem(items, 'Namespace');
    return [
        ...(namespace || !name
            ? []
            : [{ text: 'default/', at: name.offset, form: 'prefix', decides: false, why: ['namespace'] } as const]),
        ...(firstItem(items, 'Failover') || !several
            ? []
            : itemOf(service, ['east-west-failover-off'], { decides: true })),
        ...(firstItem(items, 'OutlierDetection') || !several
            ? []
            : itemOf(service, ['outlier-detection-on'], { decides: false })),
        ...items.flatMap((item) => unsaidInItem(item, service, around)),
    ];
}

function unsaidInItem(item: ast.ServiceItem, service: ast.Service, around: Surroundings): Unsaid[] {
    switch (item.$type) {
        case 'Exposure':
            return unsaidInExposure(item, service, around);
        default:
            return unsaidOfHelper(item);
    }
}

function unsaidOfHelper(item: ast.ServiceItem | ast.GatewayItem): Unsaid[] {
    switch (item.$type) {
        case 'ExternalAuthorization':
            return failMode(item, 'external-authorization-closed');
        case 'RateLimit':
            return failMode(item, 'rate-limit-open');
        default:
            return [];
    }
}

function failMode(helper: ast.ExternalAuthorization | ast.RateLimit, id: DefaultId): Unsaid[] {
    const { fails, $cstNode } = helper;
    return fails || !$cstNode
        ? []
        : [{ text: defaultOf(id).says, at: $cstNode.end, form: 'inline', decides: true, why: [id] }];
}

/** The gateways and clusters that follow from where the service runs. */
function unsaidInExposure(node: ast.Exposure, service: ast.Service, around: Surroundings): Unsaid[] {
    const { names, routes, write } = around;
    const known = service.name ? routes.service(shortNameOf(service, names)) : undefined;
    const exposure = known?.exposures.find(({ at }) => isSame(at.range.start, node.$cstNode?.range.start));
    const host = nodeOfProperty(node, 'host');
    if (!known || !exposure || !host) return [];
    const targets = targetsOf(routes, known, exposure);
    const entries = entryGateways(routes, exposure, targets);
    const lastHop = node.through.at(-1)?.$cstNode ?? node.via.at(-1)?.$cstNode ?? host;
    return [
        ...(node.via.length > 0 || entries.length === 0
            ? []
            : inline(
                  `via ${list(entries.map((gateway) => writtenGateway(gateway, write)))}`,
                  host.end,
                  false,
                  viaHomes,
              )),
        ...(node.to.length > 0 || targets.length < 2
            ? []
            : inline(
                  `to ${list(targets.map(({ cluster }) => write(cluster, 'ClusterName')))}`,
                  lastHop.end,
                  true,
                  toHomes,
              )),
        ...unsaidTtl(node),
    ];
}

/** For how long answers of DNS are kept. */
function unsaidTtl({ items }: ast.Exposure): Unsaid[] {
    const gslb = firstItem(items, 'Gslb');
    return gslb && !gslb.ttl && gslb.$cstNode
        ? [{ text: 'ttl 30s', at: gslb.$cstNode.end, form: 'inline', decides: true, why: ['gslb-ttl'] }]
        : [];
}

const viaHomes = 'Clients enter by the ingress gateways of the clusters in which it runs, unless `via` names others.';
const toHomes = 'Requests go to each of its clusters with an ingress gateway, unless `to` names clusters.';

function inline(text: string, at: number, decides: boolean, why: string): Unsaid[] {
    return [{ text, at, form: 'inline', decides, why }];
}

function list(names: readonly string[]): string {
    return [...new Set(names)].join(', ');
}

function writtenGateway({ cluster, name }: Gateway, write: NameWriter): string {
    return `${write(cluster, 'ClusterName')}.${write(name, 'GatewayReferenceName')}`;
}

function isSame(a: SourceLocation['range']['start'], b: SourceLocation['range']['start'] | undefined): boolean {
    return a.line === b?.line && a.character === b.character;
}

// ----------------------------------------------------------------------------------------------------------- places

/** What would stand behind the first of these properties that is there. */
function after(
    node: AstNode,
    properties: readonly string[],
    id: DefaultId,
    { decides }: { decides: boolean },
): Unsaid[] {
    const text = properties.map((property) => nodeOfProperty(node, property)).find((found) => found !== undefined);
    return text ? [{ text: defaultOf(id).says, at: text.end, form: 'inline', decides, why: [id] }] : [];
}

interface ItemOptions {
    readonly decides: boolean;
    /** Nobody knows it, so that there is nothing to be written. */
    readonly unwritable?: boolean;
    readonly said?: SourceLocation;
    readonly text?: string;
}

/** What would stand in the block of a node, at its beginning; where there is no block, in a new one behind the node. */
function itemOf(node: AstNode, why: readonly DefaultId[], options: ItemOptions): Unsaid[] {
    const { decides, unwritable = false, said, text = writtenTogether(why) } = options;
    const open = GrammarUtils.findNodeForKeyword(node.$cstNode, '{');
    const end = open?.end ?? node.$cstNode?.end;
    if (end === undefined) return [];
    const form = unwritable ? {} : ({ form: open ? 'item' : 'block' } as const);
    return [{ text, at: end, decides, why, ...form, ...(said && { said }) }];
}

/** `elasticsearch internal` and `direct` are one line of the file. */
function writtenTogether(ids: readonly DefaultId[]): string {
    return ids.map((id) => defaultOf(id).says).join(' ');
}
