import { relaying } from '../failure/relays.js';
import { calleesOf, helpersOf, targetsOf } from '../failure/routes.js';
import type { Home, Service, SourceLocation } from '../topology/topology.js';
import { count, enumerated } from '../words/english.js';
import type { Finding } from './finding.js';
import { entryOf, gatewayName, names, placeKey, placeOf, pointTo, related } from './phrases.js';
import type { TrafficView } from './traffic-view.js';

/** Whether east-west failover happens where the file says so, and whether it was forgotten where it could. */
export function failoverFindings(view: TrafficView): Finding[] {
    return view.ofEachService(failoverOf);
}

function failoverOf(view: TrafficView, service: Service): Finding[] {
    const { value, origin } = service.eastWestFailover;
    if (!value) return origin.kind === 'assumed' ? forgotten(view, service) : [];
    const promise = { service, at: placeOf(origin) ?? service.nameAt };
    if (isByRelays(view, service)) return outlierDetection(promise);
    return [
        ...outlierDetection(promise),
        ...withoutGateway(view, promise),
        ...namespacesDiffer(promise),
        ...sameZone(view, promise),
        ...oneWay(view, promise),
        ...unreachable(view, promise),
        ...manyWays(view, promise),
    ];
}

/** Whether all who call a service get to other clusters by relays: then no east-west gateway has a part in it. */
function isByRelays({ routes, callersOf, gatewaysNeeding }: TrafficView, service: Service): boolean {
    const callee = { kind: 'service', name: service.shortName } as const;
    const callers = callersOf(service.shortName);
    const calls = callers.flatMap((caller) =>
        [...calleesOf(caller), ...helpersOf(caller)]
            .filter(({ kind, name }) => kind === callee.kind && name === callee.name)
            .flatMap((each) => caller.homes.map(({ cluster }) => relaying(routes, cluster, each, service))),
    );
    return calls.length > 0 && calls.every(Boolean) && gatewaysNeeding(callee).length === 0;
}

/** A service that says `failover east-west`, and where. */
interface Promised {
    readonly service: Service;
    readonly at: SourceLocation;
}

const saidHere = (at: SourceLocation) => ({ at, message: 'failover is said here' });

function forgotten({ routes }: TrafficView, { homes, shortName, nameAt }: Service): Finding[] {
    const [gateway] = homes.flatMap(({ cluster }) => routes.gatewaysIn(cluster, 'east-west').slice(0, 1));
    if (homes.length < 2 || !gateway) return [];
    return [
        {
            code: 'gateway-without-failover',
            severity: 'info',
            message: `'${shortName}' runs in ${count(homes.length, 'cluster')} with an east-west gateway, but failover is off unless said: when its instances in one cluster fail, callers there do not fail over to another. Say \`failover east-west\`, or \`no failover\`.`,
            at: nameAt,
            related: [
                {
                    at: gateway.nameAt,
                    message: `'${gateway.cluster}' has the east-west gateway '${gatewayName(gateway)}'`,
                },
            ],
        },
    ];
}

function outlierDetection({ service, at }: Promised): Finding[] {
    const { homes, shortName, outlierDetection } = service;
    const place = placeOf(outlierDetection.origin);
    if (homes.length < 2 || (place && outlierDetection.value)) return [];
    if (!place) {
        return [
            {
                code: 'outlier-detection-unsaid',
                severity: 'hint',
                message: `Failover of '${shortName}' depends on outlier detection, which is assumed to be on. Say \`outlier detection\`, or \`no outlier detection\`.`,
                at,
            },
        ];
    }
    return [
        {
            code: 'failover-without-outlier-detection',
            severity: 'warning',
            message: `Without outlier detection callers of '${shortName}' do not notice that a cluster, gateway or link is down, and do not fail over: what they send there is lost. Say \`outlier detection\`.`,
            at: place,
            related: [saidHere(at)],
        },
    ];
}

function withoutGateway({ routes }: TrafficView, { service: { homes, shortName }, at }: Promised): Finding[] {
    return homes
        .filter(({ cluster }) => routes.gatewaysIn(cluster, 'east-west').length === 0)
        .map((home): Finding => ({
            code: 'failover-without-gateway',
            severity: 'warning',
            message: `Callers elsewhere do not fail over to '${shortName}' on '${home.cluster}', since '${home.cluster}' has no east-west gateway. Declare \`gateway east-west\` there, or take out \`failover east-west\`.`,
            at: home.at,
            remedy: [{ do: 'declare-gateway', cluster: home.cluster, role: 'east-west' }],
            ...related([
                saidHere(at),
                pointTo(routes.cluster(home.cluster)?.nameAt, `'${home.cluster}' has no east-west gateway`),
            ]),
        }));
}

function namespacesDiffer({ service, at }: Promised): Finding[] {
    const { homes, shortName, namespace } = service;
    const usual = homes.find((home) => home.namespace.value === namespace.value) ?? homes[0];
    const others = new Map<string, [Home, ...Home[]]>();
    for (const home of homes) {
        if (!usual || home.namespace.value === usual.namespace.value) continue;
        const key = placeKey(placeOf(home.namespace.origin) ?? home.at);
        const known = others.get(key);
        if (known) known.push(home);
        else others.set(key, [home]);
    }
    return [...others.values()].map((strangers): Finding => {
        const [{ namespace: other, at: homeAt }] = strangers;
        const clusters = names(strangers.map(({ cluster }) => cluster));
        return {
            code: 'failover-namespaces-differ',
            severity: 'warning',
            message: `On ${clusters} the namespace of '${shortName}' is '${other.value}', and on '${usual!.cluster}' it is '${usual!.namespace.value}': failover needs the same one in both, so nobody goes on from one to the other. Use one namespace.`,
            at: placeOf(other.origin) ?? homeAt,
            ...related([
                saidHere(at),
                pointTo(
                    placeOf(usual!.namespace.origin) ?? usual!.at,
                    `on '${usual!.cluster}' the namespace is '${usual!.namespace.value}'`,
                ),
            ]),
        };
    });
}

function sameZone({ routes }: TrafficView, { service: { homes, shortName }, at }: Promised): Finding[] {
    const byZone = new Map<string, Home>();
    return homes.flatMap((home): Finding[] => {
        const place = routes.cluster(home.cluster)?.locality;
        if (place?.zone === undefined) return [];
        const zone = `${place.region}/${place.zone}`;
        const first = entryOf(byZone, zone, () => home);
        if (first === home) return [];
        return [
            {
                code: 'failover-same-zone',
                severity: 'warning',
                message: `'${home.cluster}' and '${first.cluster}' both stand in '${zone}', and failover needs clusters that differ in zone or region: callers of '${shortName}' do not fail over from one to the other. Run it in another zone, or correct the places.`,
                at: home.at,
                ...related([
                    saidHere(at),
                    pointTo(place.at, `'${home.cluster}' stands here`),
                    pointTo(routes.cluster(first.cluster)?.locality?.at, `'${first.cluster}' stands here`),
                ]),
            },
        ];
    });
}

/** Between two homes, or from a caller to one of several homes, only the way back is declared. */
function oneWay(view: TrafficView, { service, at }: Promised): Finding[] {
    const { homes, shortName } = service;
    const others = new Set([...homes.map(({ cluster }) => cluster), ...callingClusters(view, service)]);
    const back = homes.flatMap(({ cluster }) =>
        view.routes.gatewaysIn(cluster, 'east-west').length === 0 ? [] : view.oneWayFrom(cluster, others),
    );
    if (back.length === 0) return [];
    const ways = back.map(({ from, to }) => `from '${to}' to '${from}'`);
    const lines = back.map(({ from, to }) => `\`${to} -> ${from}\``);
    return [
        {
            code: 'one-way-reachability',
            severity: 'warning',
            message: `Callers of '${shortName}' do not go on ${enumerated(ways, { last: 'or' })}: the network opens the other direction only. Add ${enumerated(lines)}.`,
            at,
            remedy: back.map(({ from, to }) => ({ do: 'open', way: { from: to, to: from } })),
            ...related(
                back.map(({ from, to, at: lineAt }) => ({
                    at: lineAt,
                    message: `this opens \`${from} -> ${to}\` only`,
                })),
            ),
        },
    ];
}

/** The clusters from which a service is called, as far as any request gets there. */
function callingClusters(view: TrafficView, service: Service): string[] {
    return view
        .callersOf(service.shortName)
        .flatMap(({ homes }) => homes.map(({ cluster }) => cluster))
        .filter((cluster) => view.serving.ledTo(cluster, service).length > 0);
}

/** From so many ways on a simulation takes about a second more, and 100 MB. See docs/benchmarks.md. */
export const manyWaysToHomes = 250_000;

/** There are as many ways as clusters that call times homes. Each is judged by itself, so that no mark is a guess. */
function manyWays(view: TrafficView, { service }: Promised): Finding[] {
    const { homes, shortName, exposures, nameAt } = service;
    const entered = exposures.flatMap((exposure) => targetsOf(view.routes, service, exposure));
    const from = new Set([...callingClusters(view, service), ...entered.map(({ cluster }) => cluster)]);
    if (from.size * homes.length < manyWaysToHomes) return [];
    let ways = 0;
    for (const caller of from) {
        for (const { cluster } of view.serving.ledTo(caller, service)) if (cluster !== caller) ways++;
    }
    if (ways < manyWaysToHomes) return [];
    return [
        {
            code: 'failover-many-ways',
            severity: 'hint',
            message: `Requests to '${shortName}' fail over from ${count(from.size, 'cluster')} to ${count(homes.length, 'cluster')}, on ${ways} ways. Each of them can be cut by itself, so that a simulation takes noticeably longer. If not all of these clusters reach each other, say in \`network\` which do.`,
            at: nameAt,
        },
    ];
}

/** No line joins a home with any other one, and nobody else goes on to it. */
function unreachable(view: TrafficView, { service, at }: Promised): Finding[] {
    const { homes, shortName } = service;
    const { network } = view.topology;
    if (!network.declared || homes.length < 2 || service.hasUnknownHomes) return [];
    const all = homes.map(({ cluster }) => cluster);
    const reached = new Set<string>();
    for (const from of callingClusters(view, service)) {
        for (const { cluster } of view.serving.ledTo(from, service)) if (cluster !== from) reached.add(cluster);
    }
    const isJoined = (one: string, other: string) => Boolean(view.lineOf(one, other) ?? view.lineOf(other, one));
    const mayBeJoined = (one: string, other: string) => view.isOpen(one, other) || view.isOpen(other, one);
    return homes
        .filter(({ cluster }) => !reached.has(cluster) && !all.some((other) => isJoined(cluster, other)))
        .filter(
            ({ cluster }) =>
                !network.unknown || all.every((other) => other === cluster || !mayBeJoined(cluster, other)),
        )
        .map(({ cluster, at: homeAt }): Finding => {
            const other = all.find((each) => each !== cluster)!;
            return {
                code: 'failover-unreachable',
                severity: 'warning',
                message: `No line of the network joins '${cluster}' with another cluster of '${shortName}', so \`failover east-west\` does not happen from or to '${cluster}'. Add \`${cluster} <-> ${other}\`.`,
                at: homeAt,
                remedy: [
                    { do: 'open', way: { from: cluster, to: other } },
                    { do: 'open', way: { from: other, to: cluster } },
                ],
                ...related([saidHere(at), pointTo(network.at[0], 'the network is declared here')]),
            };
        });
}
