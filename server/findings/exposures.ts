import type { Exposure, Service, Target } from '../topology/topology.js';
import type { Finding } from './finding.js';
import { enumerated, percent } from '../words/english.js';
import { hostWays, type HostWays } from './host-ways.js';
import { entriesInOnePlace, homesInOnePlace, togetherIn, type Together } from './one-place.js';
import {
    gatewayName,
    hostNames,
    hostTitle,
    names,
    placeOf,
    pointTo,
    related,
    span,
    targetTitle,
    viaOf,
} from './phrases.js';
import { reachabilityFindings } from './reachability.js';
import { unsaidGateways } from './target-gateways.js';
import type { TrafficView } from './traffic-view.js';

/** Whether clients outside reach what is exposed, and go on reaching it when one place fails. */
export function exposureFindings(view: TrafficView): Finding[] {
    const exposed = view.ofEachService(exposuresOf);
    return [
        ...exposedTwice(view),
        ...homesInOnePlace(
            view,
            exposed.flatMap(({ together }) => together),
        ),
        ...exposed.flatMap(({ findings }) => findings),
    ];
}

interface Exposed {
    readonly together: readonly Together[];
    readonly findings: readonly Finding[];
}

function exposuresOf(view: TrafficView, service: Service): Exposed[] {
    const lines = linesOf(service);
    if (lines.length === 0) return [];
    const hosts = new Map(servedHosts(view, service));
    const finished = lines.flatMap((exposure) => (isFinished(service, exposure) ? (hosts.get(exposure) ?? []) : []));
    return [
        {
            together: togetherIn(view, service, finished),
            findings: [
                ...singleHome(view, service, finished),
                ...lines.flatMap((exposure) => ofHost(view, service, exposure, hosts.get(exposure))),
            ],
        },
    ];
}

function servedHosts(view: TrafficView, service: Service): [Exposure, HostWays][] {
    return linesOf(service).flatMap((exposure): [Exposure, HostWays][] => {
        const host = hostWays(view, service, exposure);
        return host ? [[exposure, host]] : [];
    });
}

/** Further names of a line go wherever the first goes, and are told with it. */
function linesOf({ exposures }: Service): Exposure[] {
    return exposures.filter(({ aliasOf }) => aliasOf === undefined);
}

/** What rests on a name that means nothing is not told again. */
function isFinished(service: Service, exposure: Exposure): boolean {
    return !service.hasUnknownHomes && !exposure.hasUnknownNames;
}

function ofHost(view: TrafficView, service: Service, exposure: Exposure, host: HostWays | undefined): Finding[] {
    const unreachable = reachabilityFindings(view, service, exposure, host);
    if (!host || !isFinished(service, exposure)) return unreachable;
    return [...unreachable, ...servedFindings(view, service, host, unreachable)];
}

/** Of a host that is served in health. What cannot be reached is not told again as a missing redundancy. */
function servedFindings(
    view: TrafficView,
    service: Service,
    host: HostWays,
    unreachable: readonly Finding[],
): Finding[] {
    const lasting = [
        ...weightedTargets(service, host),
        ...withoutGslb(host),
        ...unsaidGateways(view, service, host.exposure),
    ];
    if (unreachable.length > 0) return lasting;
    const onManagement = entriesOnManagement(view, host);
    return [
        ...lasting,
        ...singleTarget(view, service, host),
        ...onManagement,
        ...(onManagement.length > 0 ? [] : singleEntry(host)),
        ...entriesInOnePlace(view, host),
        ...singleTransit(host),
    ];
}

function exposedTwice({ ofEachService }: TrafficView): Finding[] {
    const first = new Map<string, { service: Service; exposure: Exposure }>();
    return ofEachService(exposing).flatMap(({ service, exposure }): Finding[] => {
        const key = exposure.host.toLowerCase();
        const known = first.get(key);
        if (!known) first.set(key, { service, exposure });
        if (!known || known.service === service) return [];
        const owner = known.service.shortName;
        return [
            {
                code: 'host-exposed-twice',
                severity: 'error',
                message: `'${exposure.host}' is already exposed by '${owner}', so nothing says which of the two services answers. Expose it at the one that requests reach first, and let that one call the other.`,
                at: exposure.hostAt,
                related: [{ at: known.exposure.hostAt, message: `'${owner}' exposes it here` }],
            },
        ];
    });
}

function exposing(_: TrafficView, service: Service) {
    return service.exposures.map((exposure) => ({ service, exposure }));
}

/** A home that is broken in health is no second one. */
function singleHome(view: TrafficView, service: Service, hosts: readonly HostWays[]): Finding[] {
    const [home, ...spares] = view.serving.homesOf(service);
    if (!home || spares.length > 0 || hosts.length === 0) return [];
    const { homes, shortName } = service;
    const broken = homes.filter((each) => each !== home);
    const gone = hostNames(hosts.map(({ exposure }) => exposure));
    const why =
        broken.length === 0
            ? `it runs in one cluster only`
            : `on ${names(broken.map(({ cluster }) => cluster))} it cannot serve, which leaves one cluster`;
    return [
        {
            code: 'single-homed-exposed-service',
            severity: 'warning',
            message: `${hosts.every(({ exposure }) => exposure.inside) ? 'Callers inside the mesh' : 'Clients outside'} reach '${shortName}', and ${why}: when '${home.cluster}' fails, ${names(gone)} ${gone.length === 1 ? 'is' : 'are'} down. ${broken.length === 0 ? 'Run it in a second cluster, with a way there.' : 'Let it reach there what it needs.'}`,
            at: home.at,
            ...related([
                ...broken.map(({ cluster, at }) => pointTo(at, `on '${cluster}' it does not reach what it needs`)),
                ...hosts.map(({ exposure: { host, hostAt } }) => pointTo(hostAt, `'${host}' leads to it`)),
            ]),
        },
    ];
}

/** Several homes, and clients outside come to one of them only: whatever the others do, they go down with it. */
function singleTarget(view: TrafficView, service: Service, { exposure, targets }: HostWays): Finding[] {
    const { routes, serving } = view;
    const [target, ...more] = targets;
    const homes = serving.homesOf(service);
    const others = homes.filter(({ cluster }) => cluster !== target);
    // without a home there it is the entry that is missed
    if (target === undefined || more.length > 0 || others.length === homes.length || others.length === 0) return [];
    const listed = new Set(exposure.to.map(({ cluster }) => cluster));
    // a weight of 0 is told with the weights
    const unlisted = others.filter(({ cluster }) => !listed.has(cluster));
    if (unlisted.length === 0) return [];
    const closed = unlisted.filter(({ cluster }) => routes.gatewaysIn(cluster, 'ingress').length === 0);
    const clusters = names(unlisted.map(({ cluster }) => cluster));
    const missing = names((closed.length > 0 ? closed : unlisted).map(({ cluster }) => cluster));
    const instead =
        exposure.to.length > 0
            ? `Add ${clusters} behind \`to\`.`
            : closed.length > 0
              ? `Declare an ingress gateway on ${missing}.`
              : `Let clients enter on ${missing}, too, or by a tier1 gateway.`;
    return [
        {
            code: 'single-homed-exposed-service',
            severity: 'warning',
            message: `Requests for ${hostTitle(exposure)} are sent to '${target}' only, although '${service.shortName}' runs on ${clusters}, too: when '${target}' fails, ${hostTitle(exposure)} is down. ${instead}`,
            at: span((exposure.to.length > 0 ? exposure.to : exposure.via).map(({ at }) => at)) ?? exposure.hostAt,
            ...related(
                unlisted.map((home) =>
                    closed.includes(home) && exposure.to.length === 0
                        ? pointTo(routes.cluster(home.cluster)?.nameAt, `'${home.cluster}' has no ingress gateway`)
                        : pointTo(home.at, `'${service.shortName}' runs here, too`),
                ),
            ),
        },
    ];
}

/**
 * A list with weights; a target of weight 0 is part of it, though no request goes there. Where clients enter at the
 * clusters themselves weights only spread them, and global load balancing moves them on.
 */
function weightedTargets(service: Service, { exposure, entries, isDrawn }: HostWays): Finding[] {
    if (!isDrawn && exposure.gslbTtl && entries.length > 1) return [];
    const homes = new Set(service.homes.map(({ cluster }) => cluster));
    const targets = exposure.to.filter(({ cluster }) => homes.has(cluster));
    const sum = targets.reduce((all, { weight = 0 }) => all + weight, 0);
    if (targets.length < 2 || sum === 0 || targets.some(({ weight }) => weight === undefined)) return [];
    const isSpared = ({ weight }: Target) => weight === 0;
    const shares = targets
        .filter((target) => !isSpared(target))
        .map((target) => `${percent((target.weight ?? 0) / sum)} with ${targetTitle(target)}`);
    const spared = enumerated(targets.filter(isSpared).map(targetTitle));
    const promises = [
        service.eastWestFailover.value && pointTo(placeOf(service.eastWestFailover.origin), 'this does not change it'),
        exposure.gslbTtl && pointTo(placeOf(exposure.gslbTtl.origin), 'this does not change it'),
    ];
    return [
        {
            code: 'weighted-targets-without-failover',
            severity: 'warning',
            message: `Weights are strict, without health check and failover: when a cluster fails, its share of the requests for ${hostTitle(exposure)} is lost (${enumerated(shares)}).${spared && ` A weight of 0 means no requests, and no spare: ${spared} does not stand in.`} Where the clusters are to stand in for each other, list them without weights.`,
            at: span(targets.map(({ at }) => at)) ?? exposure.hostAt,
            ...related(promises.map((promise) => promise || undefined)),
        },
    ];
}

function withoutGslb({ exposure, entries }: HostWays): Finding[] {
    if (exposure.inside || exposure.gslbTtl || entries.length < 2) return [];
    return [
        {
            code: 'entry-gateways-without-gslb',
            severity: 'warning',
            message: `Clients of ${hostTitle(exposure)} enter by ${names(entries.map(gatewayName))}, and nothing leads them from one to another: when one fails, its clients are lost. Say \`gslb\` if DNS leads them; if it does not, let it.`,
            at: viaOf(exposure),
            ...related(entries.map((gateway) => ({ at: gateway.nameAt, message: `'${gatewayName(gateway)}'` }))),
        },
    ];
}

function entriesOnManagement({ management, routes }: TrafficView, { exposure, entries }: HostWays): Finding[] {
    const isThere = entries.every(({ cluster }) => cluster === management);
    if (management === undefined || exposure.via.length === 0 || !isThere) return [];
    return [
        {
            code: 'only-entry-on-management-cluster',
            severity: 'warning',
            message: `Clients of ${hostTitle(exposure)} enter on the management cluster only: when '${management}' fails, ${hostTitle(exposure)} is down, although its instances run on. ${anotherEntry(exposure)}`,
            at: viaOf(exposure),
            ...related([
                ...entries.map(({ nameAt }) => ({ at: nameAt, message: 'the entry gateway' })),
                pointTo(routes.cluster(management)?.nameAt, `'${management}' is the management cluster`),
            ]),
        },
    ];
}

/** Callers inside the mesh find another gateway by themselves; clients outside are led there by DNS. */
function anotherEntry({ inside }: Exposure): string {
    return `Add an entry gateway on another cluster${inside ? '' : ', with `gslb`'}.`;
}

function singleEntry({ exposure, entries, targets, homes }: HostWays): Finding[] {
    const [cluster, ...more] = new Set(entries.map((gateway) => gateway.cluster));
    // where all homes stand there, too, it is the homes that are missed
    const isHome = targets.size === 1 && targets.has(cluster ?? '') && homes.has(cluster ?? '');
    if (cluster === undefined || more.length > 0 || isHome) return [];
    const useless = exposure.gslbTtl ? ' `gslb` has nothing to choose from.' : '';
    const entry = entries.length === 1 ? `by '${gatewayName(entries[0]!)}' alone` : `on '${cluster}' alone`;
    return [
        {
            code: 'single-entry-gateway',
            severity: 'info',
            message: `Clients of ${hostTitle(exposure)} enter ${entry}: when '${cluster}' fails, ${hostTitle(exposure)} is down, whatever stands behind.${useless} ${anotherEntry(exposure)}`,
            at: viaOf(exposure),
            ...related(entries.map(({ nameAt }) => ({ at: nameAt, message: 'the entry gateway' }))),
        },
    ];
}

function singleTransit({ exposure, entries, transits }: HostWays): Finding[] {
    return exposure.through.flatMap((hop, level): Finding[] => {
        const passed = transits[level] ?? [];
        const [cluster, ...more] = new Set(passed.map((gateway) => gateway.cluster));
        if (cluster === undefined || more.length > 0 || entries.every((gateway) => gateway.cluster === cluster)) {
            return [];
        }
        return [
            {
                code: 'single-transit-gateway',
                severity: 'info',
                message: `All requests for ${hostTitle(exposure)} pass ${names(passed.map(gatewayName))}: when '${cluster}' fails, ${hostTitle(exposure)} is down, whatever stands before and behind. Add a gateway on another cluster behind this \`through\`.`,
                at: span(hop.map(({ at }) => at)) ?? exposure.hostAt,
                ...related(passed.map(({ nameAt }) => ({ at: nameAt, message: 'the transit gateway' }))),
            },
        ];
    });
}
