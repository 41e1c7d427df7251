import type { GatewayName, ImportedTarget } from '../estate.js';
import { compareTexts, type Place } from '../place.js';
import { isWhollyOpen } from '../reading/placeholders.js';
import type { Gateways } from './gateways.js';
import { answererOf, helpersBeside } from './helpers.js';
import { gatewayName, targetsOf, type HelperAsked, type HostAt, type Leads, type ListedCluster } from './hosts.js';
import { inQuotes, key, matches, type Destination } from './identity.js';
import { placesOf } from './notes.js';
import type { Service, Services } from './services.js';
import type { World } from './world.js';

type ClusterLead = Extract<Leads, { readonly kind: 'clusters' }>;

/** A host as it will be exposed at its service, once it is known where that runs. */
export interface Exposed {
    readonly host: string;
    /** Only the mesh uses it. */
    readonly isInside: boolean;
    readonly service: Service;
    readonly via: readonly GatewayName[];
    readonly through: readonly (readonly GatewayName[])[];
    readonly to: readonly ImportedTarget[];
    /** Whether an edge gateway leads to other clusters, so that `via` has to be said. */
    readonly hasDoors: boolean;
    /** Clusters whose ingress gateways have the host: those in which the service is meant to run. */
    readonly ends: readonly string[];
    readonly at: readonly Place[];
}

/** Brings together what several gateways say of one host: the doors, the hops, the ends, and the service behind them. */
export function exposuresOf(world: World, gateways: Gateways, services: Services, hosts: readonly HostAt[]): Exposed[] {
    const byHost = new Map<string, HostAt[]>();
    for (const entry of hosts) byHost.set(entry.host, [...(byHost.get(entry.host) ?? []), entry]);
    const found: Exposed[] = [];
    for (const [host, entries] of [...byHost].sort(([a], [b]) => compareTexts(a, b))) {
        const exposed = exposureOf(world, gateways, services, { host, entries, byHost });
        if (exposed) found.push(exposed);
    }
    return found;
}

interface OfHost {
    readonly host: string;
    readonly entries: readonly HostAt[];
    readonly byHost: ReadonlyMap<string, readonly HostAt[]>;
}

function exposureOf(
    world: World,
    gateways: Gateways,
    services: Services,
    { host, entries, byHost }: OfHost,
): Exposed | undefined {
    const { notes } = world;
    const fromOutside = entries.filter(({ isInternal }) => !isInternal);
    const isInside = fromOutside.length === 0;
    const outside = isInside ? entries : fromOutside;
    const doors = firstOnes(outside.filter(({ leads }) => leads.some(isClusterLead)));
    const target = doors.flatMap(({ leads }) => leads.filter(isClusterLead)).map((lead) => lead.host)[0] ?? host;
    const behind = byHost.get(target) ?? [];
    const ends = behind.filter(({ leads }) => leads.some(({ kind }) => kind === 'destination'));
    const at = placesOf(entries.map(({ at }) => at));
    const service = serviceBehind(world, services, { host, ends: ends.length > 0 ? ends : outside, at });
    if (!service) return undefined;
    const helpers = [...entries, ...ends].flatMap(helpersBeside);
    addHelpers(services, service, helpers);
    const gatewaysOf = (some: readonly HostAt[]) =>
        unique(some.flatMap((entry) => entry.gateways.map((gateway) => gatewayName(gateways, gateway))));
    const endClusters = [...new Set(gatewaysOf(ends).map(({ cluster }) => cluster))];
    const remarkOnRelays = (through: Exposed['through']) => {
        const hops = new Set(through.flat().map(({ cluster, name }) => key(cluster, name)));
        const relays = isInside ? [] : entries.filter((entry) => entry.isInternal && entry.leads.some(isClusterLead));
        const beside = relays.filter((entry) =>
            gatewaysOf([entry]).some(({ cluster, name }) => !hops.has(key(cluster, name))),
        );
        if (beside.length > 0)
            notes.remark(
                'relays of a host that clients outside use, too: the language has one way for a name, and it is theirs',
                beside.map((entry) => entry.at),
            );
    };
    if (doors.length === 0) {
        remarkOnRelays([]);
        return {
            ...{ host, isInside, service, via: gatewaysOf(outside), through: [], to: [], hasDoors: false },
            ...{ ends: endClusters, at },
        };
    }
    const via = gatewaysOf(doors);
    if (via.length === 0) {
        const why = 'no file says in which cluster its gateway is';
        notes.ask({ about: { kind: 'service', ...service }, asked: `exposed ${inQuotes(host)}`, why, answers: [], at });
        return undefined;
    }
    const lists = doors.flatMap(({ leads }) => leads.filter(isClusterLead)).map((lead) => resolved(world, lead));
    const listed = lists.find((each) => each.length > 0) ?? [];
    const shape = (each: readonly ListedCluster[]) =>
        JSON.stringify(each.map(({ name, weight }) => [name, weight]).sort());
    if (new Set(lists.map(shape)).size > 1) {
        notes.ask({
            about: { kind: 'service', namespace: service.namespace, name: service.name },
            asked: `exposed ${inQuotes(host)}`,
            why: 'its edge gateways send requests to different clusters; the language has one list for all, and this is that of the first',
            answers: [],
            at,
        });
        const value = (each: readonly ListedCluster[]) =>
            each.length === 0
                ? 'any cluster'
                : each
                      .map(({ name = '', weight }) => (weight === undefined ? name : `${name} weight ${weight}`))
                      .join(', ');
        notes.conflicts.push({
            about: `where requests for ${host} go`,
            taken: value(listed),
            at,
            others: doors.flatMap(({ leads, at: place }) =>
                leads
                    .filter(isClusterLead)
                    .map((lead) => resolved(world, lead))
                    .filter((each) => shape(each) !== shape(listed))
                    .map((each) => ({ value: value(each), at: place })),
            ),
        });
    }
    const any = listed.length > 0 ? listed : endClusters.sort(compareTexts).map((name) => ({ name }));
    const { through, direct } = hopsOf(gateways, { listed: any, ends: new Set(endClusters), behind, target });
    remarkOnRelays(through);
    return {
        ...{ host, isInside, service, via, through, hasDoors: true, at },
        to: targetsOf(direct, ends, gateways),
        ends: [...new Set([...endClusters, ...direct.flatMap(({ name }) => name ?? [])])],
    };
}

/** Without those to which others of them send requests: these are hops on the way. */
function firstOnes(doors: readonly HostAt[]): readonly HostAt[] {
    const listed = new Set(
        doors.flatMap(({ leads }) =>
            leads.filter(isClusterLead).flatMap(({ clusters }) => clusters.map(({ name }) => name)),
        ),
    );
    const first = doors.filter(({ gateways }) => !gateways.every(({ cluster }) => listed.has(cluster)));
    return first.length > 0 ? first : doors;
}

function isClusterLead(lead: Leads): lead is ClusterLead {
    return lead.kind === 'clusters';
}

/** A list by labels or networks, as the clusters that have them. */
function resolved(world: World, { clusters, host }: ClusterLead): ListedCluster[] {
    return clusters.flatMap((entry): ListedCluster[] => {
        if (entry.name !== undefined && entry.name !== '') return isWhollyOpen(entry.name) ? [] : [entry];
        const meant = world.of('Cluster').filter(({ object: { spec } }) => {
            const byLabels =
                entry.labels === undefined || entry.labels.size === 0 || matches(entry.labels, spec?.labels);
            const byNetwork = entry.network === undefined || entry.network === spec?.network;
            return byLabels && byNetwork;
        });
        if (meant.length === 0)
            world.notes.remark(
                `clusters chosen by labels or network for a host: none of the files has such a cluster (${host})`,
                [],
            );
        return meant.flatMap(({ object: { metadata } }) =>
            metadata?.name === undefined ? [] : [{ name: metadata.name, weight: entry.weight }],
        );
    });
}

interface Hops {
    readonly listed: readonly ListedCluster[];
    readonly ends: ReadonlySet<string>;
    readonly behind: readonly HostAt[];
    readonly target: string;
}

/** Follows relays from cluster to cluster until an ingress gateway has the host. */
function hopsOf(
    gateways: Gateways,
    { listed, ends, behind }: Hops,
): { readonly through: readonly (readonly GatewayName[])[]; readonly direct: readonly ListedCluster[] } {
    const through: GatewayName[][] = [];
    const visited = new Set<string>();
    let current = listed;
    while (through.length < 5) {
        const isEnd = ({ name = '' }: ListedCluster) => ends.has(name);
        if (current.some(isEnd) || current.length === 0) break;
        const relays = behind.flatMap((entry) =>
            entry.isTransit && entry.leads.some(isClusterLead)
                ? entry.gateways
                      .filter(({ cluster }) => current.some(({ name }) => name === cluster) && !visited.has(cluster))
                      .map((gateway) => ({ entry, gateway }))
                : [],
        );
        if (relays.length === 0) break;
        through.push(unique(relays.map(({ gateway }) => gatewayName(gateways, gateway))));
        for (const { gateway } of relays) visited.add(gateway.cluster);
        const lists = relays.flatMap(({ entry }) =>
            entry.leads.filter(isClusterLead).flatMap(({ clusters }) => clusters),
        );
        const next = lists.length > 0 ? lists : [...ends].map((name) => ({ name }));
        current = [...new Map(next.map((each) => [each.name, each])).values()];
    }
    return { through, direct: current };
}

function unique(names: readonly GatewayName[]): GatewayName[] {
    return [...new Map(names.map((name) => [key(name.cluster, name.name), name])).values()].sort(
        (a, b) => compareTexts(a.cluster, b.cluster) || compareTexts(a.name, b.name),
    );
}

function serviceBehind(
    world: World,
    services: Services,
    { host, ends, at }: { readonly host: string; readonly ends: readonly HostAt[]; readonly at: readonly Place[] },
): Service | undefined {
    const leads = ends.flatMap(({ leads, at: place }) =>
        leads.flatMap((lead) => (lead.kind === 'destination' ? [{ ...lead, at: place }] : [])),
    );
    const ofServices = leads.flatMap(({ destination, isForPaths, at: place }) =>
        destination.kind === 'service' && !isWhollyOpen(destination.name) && !isWhollyOpen(destination.namespace)
            ? [{ destination, isForPaths, at: place }]
            : [],
    );
    const chosen = ofServices.find(({ isForPaths }) => !isForPaths) ?? ofServices[0];
    if (!chosen) {
        const toHosts = leads.filter(({ destination }) => destination.kind === 'host');
        if (ends.some(({ answersItself }) => answersItself))
            world.notes.remark('a host that its gateway answers or redirects by itself has no words', at);
        else if (toHosts.length > 0) world.notes.remark('a host that leads out of the mesh has no words yet', at);
        else
            world.notes.ask({
                about: { kind: 'topology' },
                asked: `exposed ${inQuotes(host)}`,
                why: 'no gateway in these files says which service answers it',
                answers: [],
                at,
            });
        return undefined;
    }
    const service = services.named(chosen.destination.namespace, chosen.destination.name, chosen.at);
    const id = ({ namespace, name }: Extract<Destination, { kind: 'service' }>) => `${namespace}/${name}`;
    const others = new Map(ofServices.map((each) => [id(each.destination), each]));
    others.delete(id(chosen.destination));
    for (const [name, other] of [...others].sort(([a], [b]) => compareTexts(a, b)))
        world.notes.ask({
            about: { kind: 'service', namespace: service.namespace, name: service.name },
            asked: `exposed ${inQuotes(host)}`,
            why: `some of its paths lead to ${name}; the language has one service for a host`,
            answers: [],
            at: [other.at],
        });
    for (const { destination, at: place } of ofServices)
        if (id(destination) !== id(chosen.destination)) services.named(destination.namespace, destination.name, place);
    return service;
}

/** Servers that are asked about requests: a service of the estate, or something outside of it. */
function addHelpers(services: Services, service: Service, helpers: readonly HelperAsked[]): void {
    for (const { what, uri, fails, at } of helpers) {
        if (service.helpers.some((helper) => helper.what === what)) continue;
        const by = answererOf(services, uri, at);
        if (by) service.helpers.push({ what, by, fails, at: [at] });
    }
}
