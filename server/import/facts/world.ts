import type { Kind } from '../kinds.js';
import { compareTexts, type Place } from '../place.js';
import { isOpen, isWhollyOpen } from '../reading/placeholders.js';
import type { Reading, Seen, Source } from '../reading/read.js';
import { inQuotes, key, parentsOf, selectedBy, type Selected } from './identity.js';
import type { Notes } from './notes.js';
import { sharedStatesIn, type NamedPlane } from './states.js';

export type SeenOf<K extends Kind> = Extract<Seen, { readonly kind: K }>;

/** What was read, and in which cluster it stands. */
export interface World {
    readonly reading: Reading;
    readonly notes: Notes;
    of<K extends Kind>(this: void, kind: K): readonly SeenOf<K>[];
    /** Every cluster that anything names, with where. */
    readonly named: ReadonlyMap<string, readonly Place[]>;
    /** Clusters that no file names, called after a folder or a file; those that are used come to be named. */
    readonly standIns: ReadonlyMap<string, string>;
    /** The name of the management cluster. */
    readonly management: string;
    /** Where it says that it is the management cluster. */
    readonly managementAt: readonly Place[];
    /** The clusters of something that stands in a cluster; none where nothing tells. */
    clustersOf(this: void, seen: Standing): readonly string[];
    /** What the group or the workspace of an object selects. */
    selectedFor(this: void, seen: Configured): readonly Selected[];
    /** The clusters that selectors name for a namespace. */
    clustersNamedFor(this: void, namespace: string): readonly string[];
    /** The workspaces that select a namespace, in any cluster. */
    workspacesOf(this: void, namespace: string): ReadonlySet<string>;
}

export type Standing = Pick<Seen, 'source' | 'at'> & {
    readonly object: { readonly metadata?: { readonly namespace?: string } };
};
export type Configured = Pick<Seen, 'api'> & {
    readonly object: { readonly metadata?: Parameters<typeof parentsOf>[0] };
};

/** The last of those with the same identity counts, as `apply` would have it; a dump counts more than a file. */
function latest<K extends Kind>(all: readonly SeenOf<K>[]): readonly SeenOf<K>[] {
    const kept = new Map<string, SeenOf<K>>();
    for (const seen of all) {
        const { metadata } = seen.object as { readonly metadata?: Parameters<typeof parentsOf>[0] };
        const { tenant, workspace, group, name } = parentsOf(metadata);
        // what stands in a cluster is one for each file, or for each resource of Terraform: the same names come back in
        // every cluster
        const isConfiguration = configurations.has(seen.kind);
        const where = isConfiguration
            ? [tenant, workspace, group]
            : [seen.source.name, seen.at.object, metadata?.namespace];
        const id = key(seen.kind, seen.called, seen.api, ...where, name);
        const before = kept.get(id);
        if (before?.isDump && !seen.isDump) continue;
        kept.set(id, seen);
    }
    return [...kept.values()];
}

const configurations: ReadonlySet<Kind> = new Set<Kind>([
    'Cluster',
    'OrganizationSetting',
    'Workspace',
    'Group',
    'WorkspaceSetting',
    'GatewayConfig',
    'SecuritySetting',
    'ServiceSecuritySetting',
    'ServiceRoute',
    'TrafficSetting',
]);

/** Finds out which clusters there are, and what stands in which. */
export function worldOf(reading: Reading, notes: Notes): World {
    const byKind = new Map<Kind, Seen[]>();
    for (const seen of reading.seen) {
        const same = byKind.get(seen.kind);
        if (same) same.push(seen);
        else byKind.set(seen.kind, [seen]);
    }
    const cache = new Map<Kind, readonly Seen[]>();
    const of = <K extends Kind>(kind: K): readonly SeenOf<K>[] => {
        const found = cache.get(kind) ?? latest((byKind.get(kind) ?? []) as SeenOf<K>[]);
        cache.set(kind, found);
        return found as readonly SeenOf<K>[];
    };

    const named = new Map<string, Place[]>();
    const name = (cluster: string | undefined, at: Place) => {
        if (cluster === undefined || cluster === '' || cluster === '*' || isWhollyOpen(cluster)) return;
        const places = named.get(cluster);
        if (places) places.push(at);
        else named.set(cluster, [at]);
    };
    for (const { object, at } of of('Cluster')) name(parentsOf(object.metadata).name, at);
    for (const { object, at } of of('ControlPlane')) name(object.spec?.managementPlane?.clusterName, at);
    for (const { values, at } of reading.values) name(values.spec?.managementPlane?.clusterName, at);
    for (const { object, at } of of('GatewayInstall')) name(object.spec?.targetCluster, at);
    for (const kind of ['Workspace', 'Group'] as const)
        for (const { object, at } of of(kind))
            for (const { cluster } of selectedBy(object.spec?.namespaceSelector?.names)) name(cluster, at);
    for (const { object, at } of of('GatewayConfig')) for (const cluster of clustersInRoutes(object)) name(cluster, at);
    for (const { source } of reading.seen) name(source.cluster, { source: source.name });

    const allPlanes = [...planesOf(reading)];
    const states = sharedStatesIn(reading, allPlanes);
    // such a state does not say either to which cluster the files beside it belong
    const planes = allPlanes.filter(({ source }) => !states.has(source));
    const sources = new Map<string, string | undefined>();
    const clusterOf = ({ source, at }: Pick<Standing, 'source' | 'at'>): string | undefined => {
        if (source.cluster !== undefined) return source.cluster;
        if (states.has(source.name)) return states.clusterOf(source.name, at);
        if (!sources.has(source.name)) sources.set(source.name, guessed(source.name, planes, named));
        return sources.get(source.name);
    };

    const selectors = selectorsOf(of);
    const workspacesByNamespace = new Map<string, Set<string>>();
    const clustersByNamespace = new Map<string, Set<string>>();
    for (const [workspace, selected] of [...selectors.workspaces, ...selectors.groups])
        for (const { cluster, namespace } of selected) {
            if (selectors.workspaces.has(workspace))
                workspacesByNamespace.set(
                    namespace,
                    (workspacesByNamespace.get(namespace) ?? new Set()).add(workspace),
                );
            if (cluster === '*' || isWhollyOpen(cluster)) continue;
            clustersByNamespace.set(namespace, (clustersByNamespace.get(namespace) ?? new Set()).add(cluster));
        }
    const clustersNamedFor = (namespace: string) => [...(clustersByNamespace.get(namespace) ?? [])].sort(compareTexts);

    const management = managementOf(of, clusterOf, named);
    const stood = new Map<string, string>();
    const standIns = new Map<string, string>();
    const standIn = (source: Source): string | undefined => {
        const folder = folderOf(source.name);
        const known = stood.get(folder);
        if (known !== undefined) return known;
        const base = /([^/]+)$/.exec(folder === '' ? stemOf(source.name) : folder)?.[1] ?? '';
        const plain = base.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[^A-Za-z]+|-+$/g, '');
        if (plain === '') return undefined;
        const chosen = named.has(plain) || plain === management.name ? `${plain}-cluster` : plain;
        stood.set(folder, chosen);
        standIns.set(chosen, folder === '' ? source.name : folder);
        return chosen;
    };

    return {
        reading,
        notes,
        of,
        named,
        standIns,
        management: management.name,
        managementAt: management.at,
        selectedFor: (seen) => {
            const { tenant, workspace, group } = parentsOf(seen.object.metadata);
            const ofGroup = selectors.groups.get(key(seen.api, tenant, workspace, group));
            return ofGroup ?? selectors.workspaces.get(key(tenant, workspace)) ?? [];
        },
        clustersNamedFor,
        workspacesOf: (namespace) => workspacesByNamespace.get(namespace) ?? new Set(),
        clustersOf: (seen) => {
            const { source, object } = seen;
            const isShared = source.cluster === undefined && states.has(source.name);
            const isManagement = management.source === source.name && !isShared;
            const own = clusterOf(seen) ?? (isManagement ? management.name : undefined);
            if (own !== undefined) return [own];
            const { namespace } = object.metadata ?? {};
            const bySelector = namespace === undefined ? [] : clustersNamedFor(namespace);
            if (bySelector.length > 0) return bySelector;
            if (isShared) {
                notes.ask({
                    about: { kind: 'topology' },
                    asked: `cluster of ${inQuotes(source.name)}`,
                    why: 'it has objects of several clusters, and does not say where these stand, so they were left out; import a state of each cluster, with --cluster NAME=FILE',
                    answers: [],
                    at: [seen.at],
                });
                return [];
            }
            const workload = [...named.keys()].filter((cluster) => cluster !== management.name);
            if (workload.length === 1) return workload;
            const invented = standIn(source);
            return invented === undefined ? [] : [invented];
        },
    };
}

function* planesOf(reading: Reading): Iterable<NamedPlane> {
    const named = (cluster: string | undefined, { source, at }: Pick<Standing, 'source' | 'at'>): NamedPlane[] =>
        cluster === undefined || isOpen(cluster) ? [] : [{ source: source.name, cluster, at }];
    for (const seen of reading.seen)
        if (seen.kind === 'ControlPlane') yield* named(seen.object.spec?.managementPlane?.clusterName, seen);
    for (const each of reading.values) yield* named(each.values.spec?.managementPlane?.clusterName, each);
}

/** The cluster of a file: that of a control plane in it or beside it; else the one that it or a folder is called by. */
function guessed(name: string, planes: readonly NamedPlane[], named: ReadonlyMap<string, unknown>): string | undefined {
    const clustersOf = (some: readonly NamedPlane[]) => new Set(some.map(({ cluster }) => cluster));
    const inIt = clustersOf(planes.filter(({ source }) => source === name));
    if (inIt.size > 0) return inIt.size === 1 ? [...inIt][0] : undefined;
    const folder = folderOf(name);
    const beside = clustersOf(planes.filter(({ source }) => folderOf(source) === folder));
    if (beside.size === 1 && folder !== '') return [...beside][0];
    const segments = [stemOf(name), ...folder.split('/').reverse()];
    return segments.find((segment) => named.has(segment));
}

export function folderOf(name: string): string {
    return name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '';
}

export function stemOf(name: string): string {
    return (name.split('/').at(-1) ?? '').replace(/(\.(json|ya?ml|tmpl|tpl|tmp|txt))+$/i, '');
}

interface ManagementCluster {
    readonly name: string;
    readonly at: readonly Place[];
    /** The dump of a management cluster that has no name in TSB. */
    readonly source?: string | undefined;
}

/** A management cluster is known by its plane; it has a name in TSB only where it is a cluster of the mesh, too. */
function managementOf(
    of: World['of'],
    clusterOf: (seen: SeenOf<'ManagementPlane'>) => string | undefined,
    named: ReadonlyMap<string, unknown>,
): ManagementCluster {
    const plane = of('ManagementPlane').at(-1);
    if (plane) {
        const cluster = clusterOf(plane);
        if (cluster !== undefined) return { name: cluster, at: [plane.at] };
        const stem = stemOf(plane.source.name);
        if (plane.isDump && /^[A-Za-z][\w-]*$/.test(stem))
            return { name: stem, at: [plane.at], source: plane.source.name };
    }
    const name = named.has('mgmt') ? 'management-cluster' : 'mgmt';
    return { name, at: plane ? [plane.at] : [], ...(plane && { source: plane.source.name }) };
}

function selectorsOf(of: World['of']) {
    const workspaces = new Map<string, Selected[]>();
    for (const { object } of of('Workspace')) {
        const { tenant, name } = parentsOf(object.metadata);
        workspaces.set(key(tenant, name), selectedBy(object.spec?.namespaceSelector?.names));
    }
    const groups = new Map<string, Selected[]>();
    for (const { object, api } of of('Group')) {
        const { tenant, workspace, name } = parentsOf(object.metadata);
        const selected = selectedBy(object.spec?.namespaceSelector?.names);
        if (selected.length > 0) groups.set(key(api, tenant, workspace, name), selected);
    }
    return { workspaces, groups };
}

type GatewayObject = SeenOf<'GatewayConfig'>['object'];

/** Every cluster that the routes of a gateway name. */
function clustersInRoutes({ spec }: GatewayObject): string[] {
    return serversOf(spec).flatMap((server) => {
        const routes = [server.route, ...(server.routing?.rules ?? []).map(({ route }) => route)];
        const lists = [server.clusters, ...routes.map((route) => route?.clusterDestination?.clusters)];
        return lists.flatMap((list) => (list ?? []).flatMap(({ name }) => name ?? []));
    });
}

export type Server = NonNullable<NonNullable<GatewayObject['spec']>['http']>[number];

/** All servers of a gateway but those for the mesh alone. */
export function serversOf(spec: GatewayObject['spec']): Server[] {
    const { http, tls, tcp, tlsPassthrough, externalServers, passthroughServers, tcpExternalServers } = spec ?? {};
    return [http, tls, tcp, tlsPassthrough, externalServers, passthroughServers, tcpExternalServers].flatMap(
        (servers) => servers ?? [],
    );
}

export function internalServersOf(spec: GatewayObject['spec']): Server[] {
    return [spec?.internalServers, spec?.tcpInternalServers].flatMap((servers) => servers ?? []);
}
