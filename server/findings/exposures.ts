import type { EntryNodes, HopNodes, HostNodes } from '../failure/traffic-graph.js';
import type { Exposure, Gateway, Service } from '../topology/topology.js';
import type { Finding } from './finding.js';
import { enumerated } from '../impact/wording.js';
import { gatewayName, names, placeOf, pointTo, related, span } from './phrases.js';
import { reachabilityFindings } from './reachability.js';
import type { TrafficView } from './traffic-view.js';

/** Whether clients outside reach what is exposed, and go on reaching it when one cluster fails. */
export function exposureFindings(view: TrafficView): Finding[] {
    return [
        ...exposedTwice(view),
        ...view.topology.services.flatMap((service) => [
            ...singleHome(view, service),
            ...service.exposures.flatMap((exposure) => {
                const unreachable = reachabilityFindings(view, service, exposure);
                const host = view.hostOf(exposure);
                return host ? [...unreachable, ...servedFindings(view, service, host, unreachable)] : unreachable;
            }),
        ]),
    ];
}

/** Of a host that is served in health. What cannot be reached is not told again as a missing redundancy. */
function servedFindings(
    view: TrafficView,
    service: Service,
    host: HostNodes,
    unreachable: readonly Finding[],
): Finding[] {
    const lasting = [...weightedTargets(service, host), ...withoutGslb(host)];
    if (unreachable.length > 0) return lasting;
    const onManagement = entriesOnManagement(view, host);
    return [
        ...lasting,
        ...singleTarget(view, service, host),
        ...onManagement,
        ...(onManagement.length > 0 ? [] : singleEntry(host)),
        ...singleTransit(host),
    ];
}

function exposedTwice({ topology }: TrafficView): Finding[] {
    const first = new Map<string, { service: Service; exposure: Exposure }>();
    return topology.services.flatMap((service) =>
        service.exposures.flatMap((exposure): Finding[] => {
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
        }),
    );
}

function singleHome(view: TrafficView, { homes, shortName, exposures }: Service): Finding[] {
    const [home] = homes;
    const served = exposures.filter((exposure) => view.hostOf(exposure));
    if (!home || homes.length > 1 || served.length === 0) return [];
    const hosts = served.map(({ host }) => host);
    return [
        {
            code: 'single-homed-exposed-service',
            severity: 'warning',
            message: `Clients outside reach '${shortName}', and it has one home only: when '${home.cluster}' fails, ${names(hosts)} ${hosts.length === 1 ? 'is' : 'are'} gone. Give it a second home, with a way there.`,
            at: home.at,
            ...related(served.map(({ host, hostAt }) => ({ at: hostAt, message: `'${host}' leads to it` }))),
        },
    ];
}

/** Several homes, and clients outside come to one of them only: whatever the others do, they go down with it. */
function singleTarget(view: TrafficView, { homes, shortName }: Service, { exposure, entries }: HostNodes): Finding[] {
    const [target, ...more] = new Set(lastOf(entries).flatMap(({ last }) => last.map(({ target }) => target.cluster)));
    const others = homes.filter(({ cluster }) => cluster !== target);
    if (target === undefined || more.length > 0 || others.length === 0) return [];
    const unsaid = exposure.to.length === 0;
    const clusters = names(others.map(({ cluster }) => cluster));
    return [
        {
            code: 'single-homed-exposed-service',
            severity: 'warning',
            message: `Requests for '${exposure.host}' are sent to '${target}' only, although '${shortName}' runs on ${clusters}, too: when '${target}' fails, '${exposure.host}' is gone. ${unsaid ? `Declare an ingress gateway on ${clusters}.` : `Add ${clusters} behind \`to\`.`}`,
            at: span(exposure.to.map(({ at }) => at)) ?? exposure.hostAt,
            ...related(
                others.map(({ cluster, at }) => {
                    const message = unsaid ? `'${cluster}' has no ingress gateway` : `'${shortName}' runs here, too`;
                    return { at: unsaid ? (view.routes.cluster(cluster)?.nameAt ?? at) : at, message };
                }),
            ),
        },
    ];
}

function weightedTargets(service: Service, { exposure, targets }: HostNodes): Finding[] {
    const weights = targets.flatMap(({ weight }) => weight ?? []);
    if (weights.length < 2 || weights.length < targets.length) return [];
    const sum = weights.reduce((all, weight) => all + weight, 0);
    const shares = targets.map(({ weight = 0, cluster }) => `${percent(weight / sum)} with '${cluster}'`);
    const promises = [
        service.eastWestFailover.value && pointTo(placeOf(service.eastWestFailover.origin), 'this does not change it'),
        exposure.gslbTtl && pointTo(placeOf(exposure.gslbTtl.origin), 'this does not change it'),
    ];
    return [
        {
            code: 'weighted-targets-without-failover',
            severity: 'warning',
            message: `Weights are strict, without health check and failover: when a cluster fails, its share of the requests for '${exposure.host}' is lost (${enumerated(shares)}). Where the clusters are to stand in for each other, list them without weights.`,
            at: span(targets.map(({ at }) => at)) ?? exposure.hostAt,
            ...related(promises.map((promise) => promise || undefined)),
        },
    ];
}

function percent(share: number): string {
    const rounded = Math.round(share * 100);
    return rounded === 0 ? 'less than 1 %' : rounded === 100 ? 'more than 99 %' : `${rounded} %`;
}

function withoutGslb({ exposure, entries }: HostNodes): Finding[] {
    const gateways = distinct(entries.map(({ first }) => first.gateway));
    if (exposure.gslbTtl || gateways.length < 2) return [];
    return [
        {
            code: 'entry-gateways-without-gslb',
            severity: 'warning',
            message: `Clients of '${exposure.host}' enter by ${names(gateways.map(gatewayName))}, and nothing moves them from one to another: when one fails, its clients are lost. Say \`gslb\` if DNS moves them; if it does not, let it.`,
            at: viaOf(exposure),
            ...related(gateways.map((gateway) => ({ at: gateway.nameAt, message: `'${gatewayName(gateway)}'` }))),
        },
    ];
}

function entriesOnManagement({ management, topology }: TrafficView, { exposure, entries }: HostNodes): Finding[] {
    const isThere = entries.every(({ first: { gateway } }) => gateway.cluster === management);
    if (management === undefined || exposure.via.length === 0 || !isThere) return [];
    const gateways = distinct(entries.map(({ first }) => first.gateway));
    const cluster = topology.clusters.find(({ name }) => name === management);
    return [
        {
            code: 'only-entry-on-management-cluster',
            severity: 'warning',
            message: `Clients of '${exposure.host}' enter on the management cluster only: when '${management}' fails, '${exposure.host}' is gone, although its homes run on. Add an entry gateway on another cluster, with \`gslb\`.`,
            at: viaOf(exposure),
            ...related([
                ...gateways.map(({ nameAt }) => ({ at: nameAt, message: 'the entry gateway' })),
                pointTo(cluster?.nameAt, `'${management}' is the management cluster`),
            ]),
        },
    ];
}

function singleEntry({ exposure, entries }: HostNodes): Finding[] {
    const gateways = distinct(entries.map(({ first }) => first.gateway));
    const clusters = new Set(gateways.map(({ cluster }) => cluster));
    const behind = new Set(lastOf(entries).flatMap(({ last }) => last.map(({ target }) => target.cluster)));
    const [cluster] = clusters;
    // where all homes stand there, too, it is the homes that are missed
    if (cluster === undefined || clusters.size > 1 || (behind.size === 1 && behind.has(cluster))) return [];
    const useless = exposure.gslbTtl ? ' `gslb` has nothing to choose from.' : '';
    const entry = gateways.length === 1 ? `by '${gatewayName(gateways[0]!)}' alone` : `on '${cluster}' alone`;
    return [
        {
            code: 'single-entry-gateway',
            severity: 'information',
            message: `Clients of '${exposure.host}' enter ${entry}: when '${cluster}' fails, '${exposure.host}' is gone, whatever stands behind.${useless} Add an entry gateway on another cluster, with \`gslb\`.`,
            at: viaOf(exposure),
            ...related(gateways.map(({ nameAt }) => ({ at: nameAt, message: 'the entry gateway' }))),
        },
    ];
}

function singleTransit({ exposure, entries }: HostNodes): Finding[] {
    return exposure.through.flatMap((hop, level): Finding[] => {
        const passed = distinct(levelOf(entries, level + 1).map(({ gateway }) => gateway));
        const [cluster, ...more] = new Set(passed.map((gateway) => gateway.cluster));
        if (
            cluster === undefined ||
            more.length > 0 ||
            entries.every(({ first: { gateway } }) => gateway.cluster === cluster)
        ) {
            return [];
        }
        return [
            {
                code: 'single-transit-gateway',
                severity: 'information',
                message: `All requests for '${exposure.host}' pass ${names(passed.map(gatewayName))}: when '${cluster}' fails, '${exposure.host}' is gone, whatever stands before and behind. Add a gateway on another cluster behind this \`through\`.`,
                at: span(hop.map(({ at }) => at)) ?? exposure.hostAt,
                ...related(passed.map(({ nameAt }) => ({ at: nameAt, message: 'the transit gateway' }))),
            },
        ];
    });
}

function viaOf({ via, hostAt }: Exposure) {
    return span(via.map(({ at }) => at)) ?? hostAt;
}

/** The gateways so many hops behind the entries, each once. */
function levelOf(entries: readonly EntryNodes[], level: number): readonly HopNodes[] {
    let passed: readonly HopNodes[] = entries.map(({ first }) => first);
    for (let hop = 0; hop < level; hop++) passed = following(passed);
    return passed;
}

/** The last gateways before the homes; all ways have the same number of hops. */
function lastOf(entries: readonly EntryNodes[]): readonly HopNodes[] {
    let passed = levelOf(entries, 0);
    while (passed.some(({ next }) => next.length > 0)) passed = following(passed);
    return passed;
}

function following(passed: readonly HopNodes[]): readonly HopNodes[] {
    return [...new Set(passed.flatMap(({ next }) => next.map(({ hop }) => hop)))];
}

function distinct(gateways: readonly Gateway[]): Gateway[] {
    return [...new Set(gateways)];
}
