import type { ImportedGateway, ImportedHelper, Role } from '../estate.js';
import { roles } from '../estate.js';
import { compareTexts, type Place } from '../place.js';
import { isWhollyOpen } from '../reading/placeholders.js';
import { key, matches } from './identity.js';
import { placesOf } from './notes.js';
import { internalServersOf, serversOf, type SeenOf, type World } from './world.js';

/** A gateway while it is found out about; what configures it adds to it. */
export interface Gateway {
    readonly cluster: string;
    readonly namespace: string;
    /** As its install CR is called. */
    readonly ownName: string;
    readonly roles: Set<Role>;
    replicas?: number | undefined;
    readonly zones: Set<string>;
    readonly helpers: ImportedHelper[];
    readonly at: Place[];
    /** Labels of its pods. */
    readonly labels: ReadonlyMap<string, string>;
}

/** The gateways of an estate, and which of them each configuration selects. */
export interface Gateways {
    readonly all: ReadonlyMap<string, Gateway>;
    /** The name of a gateway in the file: its own, with its namespace in front where its cluster has two of it. */
    nameOf(this: void, gateway: Gateway): string;
    selectedBy(this: void, config: Config): readonly Gateway[];
    /** Makes one that nobody has installed in the files, since a configuration speaks of it. */
    assume(this: void, config: Config, clusters: readonly string[]): readonly Gateway[];
}

/** What selects pods of gateways. */
export interface Config {
    readonly selector: { readonly namespace?: string; readonly labels?: ReadonlyMap<string, string> } | undefined;
    /** The namespaces of its group; empty where they are not known. */
    readonly selected: readonly { readonly cluster: string; readonly namespace: string }[];
    readonly at: Place;
    /** What it is called if no label says so. */
    readonly name: string;
    /** Whether it leads to other clusters, to services, out of the mesh. */
    readonly roles: readonly Role[];
}

const typeRoles = new Map<string, Role>([
    ['EGRESS', 'egress'],
    ['EASTWEST', 'east-west'],
    ['EAST_WEST', 'east-west'],
]);

/** What an install CR says of the role of its gateway; none of a UNIFIED one, whose roles are those of its configuration. */
function rolesOfInstall({ called, object }: SeenOf<'GatewayInstall'>): Role[] {
    const { type = '', eastWestOnly } = object.spec ?? {};
    if (eastWestOnly === true) return ['east-west'];
    if (called === 'Tier1Gateway') return ['tier1'];
    if (called === 'EgressGateway') return ['egress'];
    if (called === 'IngressGateway') return ['ingress'];
    const role = typeRoles.get(type.toUpperCase());
    return role ? [role] : [];
}

/** Finds the gateways that are installed. */
export function gatewaysOf(world: World): Gateways {
    const all = new Map<string, Gateway>();
    const deployments = deploymentsByName(world);
    const zones = zonesByCluster(world);
    const installs = [...world.of('GatewayInstall')];
    for (const install of installs) {
        const { metadata, spec } = install.object;
        const ownName = metadata?.name ?? '';
        if (ownName === '' || isWhollyOpen(ownName)) {
            world.notes.remark(
                'a gateway whose name is a placeholder was left out; say its value with --env or --values',
                install.at,
            );
            continue;
        }
        const namespace = metadata?.namespace ?? '';
        const target = spec?.targetCluster;
        const clusters = target !== undefined && !isWhollyOpen(target) ? [target] : world.clustersOf(install);
        if (clusters.length === 0)
            world.notes.remark('a gateway was left out, since no file says in which cluster it is', install.at);
        for (const cluster of clusters) {
            const deployment = deployments.get(key(cluster, namespace, ownName));
            const said = spec?.kubeSpec?.deployment;
            const least = said?.hpaSpec?.minReplicas ?? said?.replicaCount;
            const running = deployment?.replicas;
            const replicas = Math.min(least ?? Infinity, running ?? Infinity);
            const id = key(cluster, namespace, ownName);
            const before = all.get(id);
            const gateway: Gateway = before ?? {
                cluster,
                namespace,
                ownName,
                roles: new Set(),
                zones: new Set(),
                helpers: [],
                at: [],
                labels: new Map([['app', ownName], ...(deployment?.labels ?? [])]),
            };
            for (const role of rolesOfInstall(install)) gateway.roles.add(role);
            if (Number.isFinite(replicas) && replicas > 0) gateway.replicas = replicas;
            if (deployment?.isSpread) for (const zone of zones.get(cluster) ?? []) gateway.zones.add(zone);
            gateway.at.push(install.at);
            all.set(id, gateway);
        }
    }
    return {
        all,
        nameOf: (gateway) => nameIn(all, gateway),
        selectedBy: (config) => [...all.values()].filter((gateway) => isSelected(gateway, config)),
        assume: (config, clusters) => {
            const namespace = config.selector?.namespace ?? config.selected[0]?.namespace ?? '';
            const ownName = config.selector?.labels?.get('app') ?? config.name;
            if (ownName === '' || isWhollyOpen(ownName)) return [];
            return clusters.map((cluster) => {
                const id = key(cluster, namespace, ownName);
                const labels = config.selector?.labels ?? new Map<string, string>();
                const before = all.get(id);
                const gateway: Gateway = before ?? {
                    ...{ cluster, namespace, ownName, labels },
                    ...{ roles: new Set(), zones: new Set(), helpers: [], at: [] },
                };
                gateway.at.push(config.at);
                all.set(id, gateway);
                return gateway;
            });
        },
    };
}

/** A configuration takes the gateways whose pods it selects, in the clusters that its group names. */
function isSelected(gateway: Gateway, { selector, selected }: Config): boolean {
    if (!selector || (selector.namespace ?? gateway.namespace) !== gateway.namespace) return false;
    if (!matches(selector.labels, gateway.labels)) return false;
    const here = selected.filter(({ namespace }) => namespace === gateway.namespace);
    return here.length === 0 || here.some(({ cluster }) => cluster === '*' || cluster === gateway.cluster);
}

function nameIn(all: ReadonlyMap<string, Gateway>, { cluster, namespace, ownName }: Gateway): string {
    const namesakes = [...all.values()].filter((other) => other.cluster === cluster && other.ownName === ownName);
    return namesakes.length > 1 && namespace !== '' ? `${namespace}-${ownName}` : ownName;
}

interface Deployment {
    readonly replicas: number | undefined;
    readonly labels: ReadonlyMap<string, string> | undefined;
    readonly isSpread: boolean;
}

/** Workloads with the number of their instances: the least that an autoscaler keeps, where there is one. */
export function deploymentsByName(world: World): ReadonlyMap<string, Deployment> {
    const least = new Map<string, number>();
    for (const seen of world.of('Autoscaler')) {
        const { metadata, spec } = seen.object;
        const id = (cluster: string) => key(cluster, metadata?.namespace, spec?.scaleTargetRef?.name);
        for (const cluster of world.clustersOf(seen)) least.set(id(cluster), spec?.minReplicas ?? 1);
    }
    const found = new Map<string, Deployment>();
    for (const seen of world.of('Workload')) {
        const { metadata, spec } = seen.object;
        for (const cluster of world.clustersOf(seen)) {
            const id = key(cluster, metadata?.namespace, metadata?.name);
            const constraints = spec?.template?.spec?.topologySpreadConstraints ?? [];
            found.set(id, {
                replicas: least.get(id) ?? spec?.replicas,
                labels: spec?.template?.metadata?.labels,
                isSpread: constraints.some(
                    ({ topologyKey, whenUnsatisfiable }) =>
                        topologyKey === zoneLabel && whenUnsatisfiable !== 'ScheduleAnyway',
                ),
            });
        }
    }
    return found;
}

const zoneLabel = 'topology.kubernetes.io/zone';

/** The zones in which a cluster has nodes, as its cloud calls them. */
export function zonesByCluster(world: World): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, Set<string>>();
    for (const seen of world.of('Node')) {
        const zone = seen.object.metadata?.labels?.get(zoneLabel);
        if (zone === undefined) continue;
        for (const cluster of world.clustersOf(seen)) found.set(cluster, (found.get(cluster) ?? new Set()).add(zone));
    }
    return new Map([...found].map(([cluster, zones]) => [cluster, [...zones].sort(compareTexts)]));
}

/** What a gateway does, by what is configured at it; one without any configuration is taken for an ingress. */
export function imported(gateways: Gateways, gateway: Gateway): ImportedGateway {
    const known = roles.filter((role) => gateway.roles.has(role));
    return {
        name: gateways.nameOf(gateway),
        roles: known.length > 0 ? known : ['ingress'],
        replicas: gateway.replicas,
        zones: [...gateway.zones].sort(compareTexts),
        helpers: gateway.helpers,
        at: placesOf(gateway.at),
    };
}

/** The roles that a gateway has by the servers of a configuration. */
export function rolesOfConfig(
    { called, object }: SeenOf<'GatewayConfig'>,
    isExternal: (host: string) => boolean,
): Role[] {
    if (called === 'Tier1Gateway') return ['tier1'];
    if (called === 'EgressGateway') return ['egress'];
    if (called === 'IngressGateway') return ['ingress'];
    const found = new Set<Role>();
    for (const server of serversOf(object.spec)) {
        const routes = [server.route, ...(server.routing?.rules ?? []).map(({ route }) => route)];
        if (server.trafficMode === 'EGRESS') found.add('egress');
        if (server.clusters !== undefined || routes.some((route) => route?.clusterDestination)) found.add('tier1');
        for (const route of routes) {
            const host = route?.serviceDestination?.host ?? route?.host;
            if (host !== undefined) found.add(isExternal(host) ? 'egress' : 'ingress');
        }
    }
    if (internalServersOf(object.spec).length > 0) found.add('tier1');
    return [...found];
}
