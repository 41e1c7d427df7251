import { targetsOf } from '../failure/routes.js';
import { capitalized, enumerated } from '../words/english.js';
import type { Exposure, Service } from '../topology/topology.js';
import type { Finding } from './finding.js';
import { gatewayName, hostTitle, names, pointTo, related } from './phrases.js';
import { leadingFindings } from './leading.js';
import type { HostWays } from './host-ways.js';
import type { TrafficView } from './traffic-view.js';
import { askedWays, type ClosedWay } from './ways.js';

/**
 * Whether everything that an exposure names, or implies, can be reached.
 *
 * @param served undefined where no request is served even in health
 */
export function reachabilityFindings(
    view: TrafficView,
    service: Service,
    exposure: Exposure,
    served: HostWays | undefined,
): Finding[] {
    if (service.homes.length === 0 || service.hasUnknownHomes) return [];
    const strangers = targetsWithoutHome(view, service, exposure);
    // a name that means nothing has a message already
    if (exposure.hasUnknownNames || exposure.through.some((hop) => hop.length === 0)) return strangers;
    const isServed = served !== undefined;
    const asked = askedWays(view, service, exposure);
    const found = [
        ...strangers,
        ...asked.closed.map((way) => closedWay(view, exposure, way, isServed)),
        ...(asked.last ? leadingFindings(view, service, exposure, asked.last, isServed) : []),
    ];
    return isServed || found.length > 0 ? found : hostUnreachable(view, service, exposure);
}

/** From a cluster without a home requests may still go on, by east-west failover. */
function targetsWithoutHome(view: TrafficView, service: Service, { to }: Exposure): Finding[] {
    const { homes, shortName, nameAt } = service;
    const clusters = homes.map(({ cluster }) => cluster);
    const known = new Set(clusters);
    return to
        .filter(({ cluster }) => !known.has(cluster) && view.serving.ledTo(cluster, service).length === 0)
        .map(({ cluster, at }) => ({
            code: 'target-is-no-home',
            severity: 'error',
            message: `'${shortName}' does not run on '${cluster}', so nobody there answers. Name one of its clusters (${names(clusters)}), or add '${cluster}' to them.`,
            at,
            related: [{ at: nameAt, message: `'${shortName}' runs on ${names(clusters)}` }],
        }));
}

function closedWay(view: TrafficView, exposure: Exposure, way: ClosedWay, isServed: boolean): Finding {
    const { routes, topology } = view;
    const missing = [...new Set(way.from.map(({ cluster }) => cluster))].flatMap((from) =>
        way.to.filter((to) => !view.isOpen(from, to)).map((to) => ({ from, to })),
    );
    const closed = way.isHome ? way.to.filter((to) => routes.gatewaysIn(to, 'ingress').length === 0) : [];
    const lines = missing.map(({ from, to }) => `\`${from} -> ${to}\``);
    const reasons = [
        closed.length > 0 && `${names(closed)} ${closed.length === 1 ? 'has' : 'have'} no ingress gateway`,
        lines.length > 0 && `no line of the network says ${enumerated(lines, { last: 'or' })}`,
    ];
    const remedies = [
        closed.length > 0 && `declare \`gateway ingress\` on ${names(closed)}`,
        lines.length > 0 && `add ${lines.length === 1 ? 'that line' : 'such lines'}`,
    ];
    const start = way.from.length > 0 ? `from ${names(way.from.map(gatewayName))} to ${way.end}` : `into ${way.end}`;
    const back = missing.map(({ from, to }) =>
        pointTo(view.lineOf(to, from)?.at, `this opens \`${to} -> ${from}\` only, the other direction`),
    );
    const isOtherWayRound = closed.length === 0 && back.every((line) => line !== undefined);
    const because = reasons.filter(Boolean).join(', and ');
    const remedy = capitalized(remedies.filter(Boolean).join(', and '));
    return {
        code: isServed && isOtherWayRound ? 'one-way-reachability' : 'target-unreachable',
        severity: isServed ? 'warning' : 'error',
        message: isServed
            ? `Requests for ${hostTitle(exposure)} do not get ${start}: ${because}, ${way.follows}. ${remedy}, ${way.otherwise}.`
            : `Requests for ${hostTitle(exposure)} do not get ${start}: ${because}, so nobody is served. ${remedy}.`,
        at: way.at,
        remedy: [
            ...closed.map((cluster) => ({ do: 'declare-gateway', cluster, role: 'ingress' }) as const),
            ...missing.map((each) => ({ do: 'open', way: each }) as const),
        ],
        ...related([
            ...closed.map((to) => pointTo(routes.cluster(to)?.nameAt, `'${to}' has no ingress gateway`)),
            ...back,
            missing.length > 0 && !isOtherWayRound
                ? pointTo(topology.network.at[0], 'the network is declared here')
                : undefined,
        ]),
    };
}

/** Nothing on the way is closed, and still nobody is served: no home lets requests in, or none has what it needs. */
function hostUnreachable({ routes }: TrafficView, service: Service, exposure: Exposure): Finding[] {
    const { homes, shortName } = service;
    const targets = targetsOf(routes, service, exposure);
    if (targets.length > 0) {
        return [
            {
                code: 'host-unreachable',
                severity: 'error',
                message: `No request for ${hostTitle(exposure)} is served, even while nothing fails: where it leads, '${shortName}' does not reach what it cannot serve without.`,
                at: exposure.hostAt,
            },
        ];
    }
    // then all weights are 0, which has a message of its own
    if (exposure.to.length > 0) return [];
    const clusters = homes.map(({ cluster }) => cluster);
    return [
        {
            code: 'host-unreachable',
            severity: 'error',
            message: `No request for ${hostTitle(exposure)} is served, even while nothing fails: no cluster of '${shortName}' has an ingress gateway. Declare \`gateway ingress\` on ${names(clusters)}.`,
            at: exposure.hostAt,
            remedy: clusters.map((cluster) => ({ do: 'declare-gateway', cluster, role: 'ingress' })),
            ...related(
                clusters.map((cluster) =>
                    pointTo(routes.cluster(cluster)?.nameAt, `'${cluster}' has no ingress gateway`),
                ),
            ),
        },
    ];
}
