import type { GatewayName, ImportedTarget, Role } from '../estate.js';
import { compareTexts, type Place } from '../place.js';
import { isOpen, isWhollyOpen } from '../reading/placeholders.js';
import { rolesOfConfig, type Config, type Gateway, type Gateways } from './gateways.js';
import { destinationOf, matches, parentsOf, type Destination } from './identity.js';
import type { Services } from './services.js';
import { internalServersOf, serversOf, type SeenOf, type Server, type World } from './world.js';

/** A host at a gateway: where its requests go from there. */
export interface HostAt {
    readonly host: string;
    readonly config: Config;
    gateways: readonly Gateway[];
    readonly at: Place;
    /** Whether only the mesh may use it here. */
    readonly isInternal: boolean;
    readonly isTransit: boolean;
    readonly leads: readonly Leads[];
    readonly helpers: readonly HelperAsked[];
    /** By a redirect, or with an answer of its own. */
    readonly answersItself: boolean;
}

export type Leads =
    /** To other clusters: those of the list, or any that has the host where there is none. */
    | { readonly kind: 'clusters'; readonly clusters: readonly ListedCluster[]; readonly host: string }
    | { readonly kind: 'destination'; readonly destination: Destination; readonly isForPaths: boolean };

export interface ListedCluster {
    readonly name?: string | undefined;
    readonly weight?: number | undefined;
    readonly labels?: ReadonlyMap<string, string> | undefined;
    readonly network?: string | undefined;
}

export interface HelperAsked {
    readonly what: 'external authorization' | 'rate limit';
    readonly uri: string;
    readonly fails: 'open' | 'closed' | undefined;
    readonly at: Place;
}

/** Finds every host at every gateway, and gives the gateways their roles. */
export function hostsOf(
    world: World,
    gateways: Gateways,
    services: Services,
    externals: ReadonlySet<string>,
): HostAt[] {
    const found: HostAt[] = [];
    const leadsOut = (text: string) => {
        const destination = destinationOf(text, services.has);
        return destination.kind === 'host' && externals.has(destination.host);
    };
    for (const seen of world.of('GatewayConfig')) {
        const { spec, metadata } = seen.object;
        const config: Config = {
            selector: spec?.workloadSelector,
            selected: world.selectedFor(seen),
            at: seen.at,
            name: parentsOf(metadata).name,
            roles: rolesOfConfig(seen, leadsOut),
        };
        const chosen = gatewaysFor(gateways, config);
        for (const gateway of chosen) for (const role of config.roles) gateway.roles.add(role);
        const add = (servers: readonly Server[], isInternal: boolean) => {
            for (const server of servers) {
                const place = server.line === undefined || seen.isDump ? seen.at : { ...seen.at, line: server.line };
                const hosted = hostAt(server, { seen, isInternal, place, has: services.has });
                if (hosted) found.push({ ...hosted, config, gateways: chosen });
            }
        };
        add(serversOf(spec), false);
        add(internalServersOf(spec), true);
    }
    found.push(...istioHosts(world, gateways, services));
    placeUnplaced(world, gateways, found);
    return found;
}

function gatewaysFor(gateways: Gateways, config: Config): readonly Gateway[] {
    const installed = gateways.selectedBy(config);
    if (installed.length > 0) return installed;
    const namespace = config.selector?.namespace;
    const ofIt = config.selected.filter((selected) => namespace === undefined || selected.namespace === namespace);
    const clusters = [...new Set(ofIt.map(({ cluster }) => cluster))].filter(
        (cluster) => cluster !== '*' && !isWhollyOpen(cluster),
    );
    return clusters.length > 0 ? gateways.assume(config, clusters.sort(compareTexts)) : [];
}

/** Gateways that no file installs, in clusters that no selector names: where the edge sends requests for their hosts. */
function placeUnplaced(world: World, gateways: Gateways, found: readonly HostAt[]): void {
    const listed = new Map<string, Set<string>>();
    for (const { leads } of found)
        for (const lead of leads)
            if (lead.kind === 'clusters')
                for (const { name } of lead.clusters)
                    if (name !== undefined && !isOpen(name))
                        listed.set(lead.host, (listed.get(lead.host) ?? new Set()).add(name));
    const standing = [...gateways.all.values()].map(({ cluster }) => cluster);
    const workload = [...new Set([...world.named.keys(), ...standing])].filter(
        (cluster) => cluster !== world.management,
    );
    const chosenFor = new Map<Config, readonly Gateway[]>();
    const unplaced = found.filter(({ gateways: chosen }) => chosen.length === 0);
    const clustersFor = new Map<Config, Set<string>>();
    for (const { config, host } of unplaced) {
        const clusters = clustersFor.get(config) ?? new Set();
        for (const cluster of listed.get(host) ?? []) clusters.add(cluster);
        clustersFor.set(config, clusters);
    }
    for (const entry of unplaced) {
        const { config } = entry;
        let chosen = chosenFor.get(config);
        if (!chosen) {
            const listedFor = [...(clustersFor.get(config) ?? [])];
            const clusters = listedFor.length > 0 ? listedFor : workload.length === 1 ? workload : [];
            chosen = gateways.assume(config, clusters.sort(compareTexts));
            for (const gateway of chosen) for (const role of config.roles) gateway.roles.add(role);
            chosenFor.set(config, chosen);
        }
        entry.gateways = chosen;
    }
}

interface Around {
    readonly seen: SeenOf<'GatewayConfig'>;
    readonly isInternal: boolean;
    readonly place: Place;
    readonly has: Services['has'];
}

function hostAt(
    server: Server,
    { seen, isInternal, place, has }: Around,
): Omit<HostAt, 'config' | 'gateways'> | undefined {
    const host = server.hostname?.toLowerCase();
    if (host === undefined || isWhollyOpen(host)) return undefined;
    const leads: Leads[] = [];
    const authority = server.modify?.rewrite?.authority?.toLowerCase();
    if (seen.called === 'Tier1Gateway')
        leads.push({ kind: 'clusters', clusters: server.clusters ?? [], host: authority ?? host });
    const rules = server.routing?.rules ?? [];
    const routes = [
        ...rules.map(({ route, modify, match }) => ({
            route,
            authority: modify?.rewrite?.authority?.toLowerCase() ?? authority,
            isForPaths: match === true && rules.length > 1,
        })),
        { route: server.route, authority, isForPaths: false },
    ];
    for (const { route, authority: rewritten, isForPaths } of routes) {
        const { clusterDestination, serviceDestination } = route ?? {};
        if (clusterDestination)
            leads.push({ kind: 'clusters', clusters: clusterDestination.clusters ?? [], host: rewritten ?? host });
        const text = serviceDestination?.host ?? route?.host;
        if (text !== undefined && !isWhollyOpen(text))
            leads.push({ kind: 'destination', destination: destinationOf(text, has), isForPaths });
    }
    const isTransit = server.transit === true || server.trafficMode === 'TRANSIT';
    return {
        host,
        at: place,
        isInternal: isInternal || isTransit,
        isTransit: isTransit || isInternal,
        leads,
        helpers: helpersOf(server, place),
        answersItself: rules.some(({ redirect, directResponse }) => redirect ?? directResponse ?? false),
    };
}

function helpersOf({ authorization, rateLimiting }: Server, at: Place): HelperAsked[] {
    const found: HelperAsked[] = [];
    const uri = authorization?.external?.uri;
    if (uri !== undefined) found.push({ what: 'external authorization', uri, fails: undefined, at });
    const { externalService } = rateLimiting ?? {};
    if (externalService?.rateLimitServerUri !== undefined)
        found.push({
            what: 'rate limit',
            uri: externalService.rateLimitServerUri,
            fails: externalService.failClosed === true ? 'closed' : 'open',
            at,
        });
    return found;
}

/** Hosts of Istio's own Gateway and VirtualService, as groups in mode DIRECT have them. */
function istioHosts(world: World, gateways: Gateways, services: Services): HostAt[] {
    const found: HostAt[] = [];
    const istio = world.of('IstioGateway');
    for (const seen of world.of('VirtualService')) {
        const { metadata, spec } = seen.object;
        const used = (spec?.gateways ?? []).filter((name) => name !== 'mesh');
        for (const name of used) {
            const [namespace, own] = name.includes('/') ? name.split('/') : [metadata?.namespace, name];
            const gateway = istio.find(
                ({ object, source }) =>
                    object.metadata?.name === own &&
                    (object.metadata?.namespace ?? namespace) === namespace &&
                    (source.name === seen.source.name || sameClusters(world, seen, source)),
            );
            const selector = gateway?.object.spec?.selector;
            if (!gateway || !selector) continue;
            const clusters = new Set(world.clustersOf(seen));
            const chosen = [...gateways.all.values()].filter(
                ({ cluster, labels }) => clusters.has(cluster) && matches(selector, labels),
            );
            const role: Role = 'ingress';
            const config: Config = {
                selector: { labels: selector },
                selected: [],
                at: gateway.at,
                name: own ?? '',
                roles: [role],
            };
            const found2 = chosen.length > 0 ? chosen : gateways.assume({ ...config, name: own ?? '' }, [...clusters]);
            for (const each of found2) each.roles.add(role);
            const routes = [...(spec?.http ?? []), ...(spec?.tls ?? []), ...(spec?.tcp ?? [])];
            const leads = routes.flatMap(({ route }) =>
                (route ?? []).flatMap(({ destination }): Leads[] => {
                    const text = destination?.host;
                    if (text === undefined || isWhollyOpen(text)) return [];
                    // a short name means a service of the namespace of the VirtualService
                    const full = text.includes('.') ? text : `${metadata?.namespace ?? ''}/${text}`;
                    const isForPaths = routes.length > 1;
                    return [{ kind: 'destination', destination: destinationOf(full, services.has), isForPaths }];
                }),
            );
            for (const host of (spec?.hosts ?? []).map((each) => each.toLowerCase()))
                if (!isWhollyOpen(host))
                    found.push({
                        ...{ host, config, gateways: found2, at: seen.at, leads, helpers: [] },
                        ...{ isInternal: false, isTransit: false, answersItself: false },
                    });
        }
    }
    return found;
}

function sameClusters(world: World, seen: SeenOf<'VirtualService'>, source: SeenOf<'IstioGateway'>['source']): boolean {
    const [one] = world.clustersOf(seen);
    const [other] = world.clustersOf({ source, at: seen.at, object: {} });
    return one !== undefined && one === other;
}

/** What an edge sends requests to, cluster by cluster, with its gateway where one alone has the host. */
export function targetsOf(
    clusters: readonly ListedCluster[],
    ends: readonly HostAt[],
    gateways: Gateways,
): ImportedTarget[] {
    const gatewaysIn = (cluster: string) =>
        [...new Set(ends.flatMap((end) => end.gateways).filter((gateway) => gateway.cluster === cluster))].sort(
            (a, b) => compareTexts(gateways.nameOf(a), gateways.nameOf(b)),
        );
    return clusters.flatMap(({ name, weight }): ImportedTarget[] => {
        if (name === undefined || isWhollyOpen(name)) return [];
        const behind = gatewaysIn(name);
        // several share the weight of their cluster
        if (behind.length > 0 && (weight === undefined || behind.length === 1))
            return behind.map((gateway) => ({ cluster: name, gateway: gateways.nameOf(gateway), weight }));
        return [{ cluster: name, weight }];
    });
}

export function gatewayName(gateways: Gateways, gateway: Gateway): GatewayName {
    return { cluster: gateway.cluster, name: gateways.nameOf(gateway) };
}
