import { relaying } from '../failure/relays.js';
import {
    calleeKey,
    entryGateways,
    gatewayOf,
    hardNeeds,
    helpersThatFail,
    leadsElsewhere,
    nearestUnmet,
    targetsOf,
    type Asking,
    type Condition,
} from '../failure/routes.js';
import { requiredBy, type Callee, type Exposure, type NeededWhen, type Service } from '../topology/topology.js';
import type { Finding, Remedy, Way } from './finding.js';
import { enumerated, oneOf } from '../words/english.js';
import { gatewayName, lineOfFile, names, pointTo, quoted, related } from './phrases.js';
import type { TrafficView } from './traffic-view.js';

/** Whether services reach what they call. */
export function callFindings(view: TrafficView): Finding[] {
    return [
        ...view.ofEachService(callsOf),
        ...view.topology.clusters
            .flatMap(({ gateways }) => gateways)
            .flatMap((gateway) => {
                const from: Caller = {
                    name: gatewayName(gateway),
                    clusters: [gateway.cluster],
                    needs: helpersThatFail(gateway, 'closed').map((helper) => [helper]),
                    otherwise: 'It refuses all requests, and is no spare.',
                    passesRelays: false,
                };
                return helpersIn(gateway).flatMap((need) => unreachable(view, from, need));
            }),
    ];
}

function callsOf(view: TrafficView, service: Service): Finding[] {
    const from: Caller = {
        name: service.shortName,
        clusters: service.homes.map(({ cluster }) => cluster),
        needs: hardNeeds(service),
        otherwise: 'There it cannot serve, and is no spare.',
        passesRelays: true,
    };
    return needsOf(service).flatMap((need) => unreachable(view, from, need));
}

/** A service or a gateway that asks others. */
interface Caller {
    readonly name: string;
    readonly clusters: readonly string[];
    /** What it cannot do without; of each list one will do. */
    readonly needs: readonly (readonly Callee[])[];
    /** What follows where it does not reach one of these. */
    readonly otherwise: string;
    /** Its calls may pass gateways inside the mesh. */
    readonly passesRelays: boolean;
}

/** A line that says that one service asks another. */
interface Need {
    readonly callee: Callee;
    /** "calls", "requires": the word between the two. */
    readonly verb: string;
}

/** What a service asks, each once: the first line counts. */
function needsOf(service: Service): Need[] {
    const { calls } = service;
    const needs = new Map<string, Need>();
    const add = (callee: Callee, verb: string) => {
        const key = calleeKey(callee);
        if (!needs.has(key)) needs.set(key, { callee, verb });
    };
    for (const callee of requiredBy(service)) add(callee, 'requires');
    for (const callee of calls) add(callee, 'calls');
    for (const { callee, verb } of helpersIn(service)) add(callee, verb);
    for (const { anyOf, when, at } of service.needs ?? [])
        for (const one of anyOf) if (one.kind === 'service') add({ ...one, at }, verbOf(when));
    return [...needs.values()];
}

/** How a line says when something is required. */
export function verbOf(when: NeededWhen): string {
    if (when === 'always') return 'requires';
    return when === 'start' ? 'requires to start' : 'requires again and again';
}

function helpersIn({ externalAuthorization, rateLimit }: Asking): Need[] {
    return [
        ...(externalAuthorization?.by ? [{ callee: externalAuthorization.by, verb: 'asks for authorization' }] : []),
        ...(rateLimit?.by ? [{ callee: rateLimit.by, verb: 'asks for its rate limit' }] : []),
    ];
}

/** Clusters from which no egress gateway that a line names is reached. */
function leavesNowhere(view: TrafficView, caller: Caller, { callee, verb }: Need): Finding[] {
    const { through } = callee;
    if (!through) return [];
    const cut = caller.clusters.filter((from) => through.every(({ cluster }) => !view.isOpen(from, cluster)));
    if (cut.length === 0) return [];
    const missing = cut.flatMap((from) => through.map(({ cluster }) => ({ from, to: cluster })));
    const lines = missing.slice(0, 3).map(({ from, to }) => lineOfFile(`${from} -> ${to}`));
    return [
        {
            code: 'call-unreachable',
            severity: 'warning',
            message: `'${caller.name}' ${verb} '${callee.name}', but from ${names(cut)} no request gets to an egress gateway behind \`through\`, even while nothing fails: no line of the network says ${enumerated(lines, { last: 'or' })}.${whatFollows(view, caller, callee, cut)} Open a way, or name a gateway of ${names(cut)}.`,
            at: callee.at,
            remedy: missing.slice(0, 1).map((way) => ({ do: 'open', way })),
        },
    ];
}

/** What is wrong with the way to what something asks, cluster by cluster. */
export function unreachable(view: TrafficView, caller: Caller, need: Need): Finding[] {
    const { callee } = need;
    if (callee.hasUnknownGateways) return [];
    if (callee.kind === 'external-service') return leavesNowhere(view, caller, need);
    const called = callee.kind === 'service' ? view.routes.service(callee.name) : undefined;
    if (!called || called.shortName === caller.name || called.homes.length === 0 || called.hasUnknownHomes) return [];
    const all = caller.clusters.filter((cluster) => homesCalled(view, caller, cluster, callee, called).length === 0);
    const relays = all.flatMap((from) => {
        const relay = caller.passesRelays ? relaying(view.routes, from, callee, called) : undefined;
        return relay ? [{ from, relay }] : [];
    });
    const cut = all.filter((cluster) => !relays.some(({ from }) => from === cluster));
    return [...notRelayed(view, caller, need, called, relays), ...notFailedOver(view, caller, need, called, cut)];
}

/** What a gateway asks passes no relay. */
function homesCalled(view: TrafficView, { passesRelays }: Caller, from: string, callee: Callee, called: Service) {
    return passesRelays ? view.serving.calledBy(from, callee, called) : view.serving.ledTo(from, called);
}

/** Clusters from which the gateways that a line names, or those of a host inside, lead to nobody. */
function notRelayed(
    view: TrafficView,
    caller: Caller,
    { callee, verb }: Need,
    called: Service,
    relays: readonly { readonly from: string; readonly relay: Exposure }[],
): Finding[] {
    const [first] = relays;
    if (!first) return [];
    const { routes } = view;
    const { relay } = first;
    const clusters = relays.map(({ from }) => from);
    const targets = targetsOf(routes, called, relay);
    const gateways = entryGateways(routes, relay, targets);
    const reached = gateways.filter(({ cluster }) => clusters.some((from) => view.isOpen(from, cluster)));
    const last = relay.through.length > 0 ? relay.through.at(-1)!.flatMap((ref) => gatewayOf(routes, ref)) : reached;
    const closed: Way[] =
        reached.length === 0
            ? clusters.flatMap((from) => gateways.map(({ cluster }) => ({ from, to: cluster })))
            : last
                  .filter((gateway) => leadsElsewhere(gateway))
                  .flatMap(({ cluster: from }) => targets.map(({ cluster: to }) => ({ from, to })))
                  .filter(({ from, to }) => !view.isOpen(from, to));
    const isEntered = ({ cluster }: { cluster: string }) => routes.gatewaysIn(cluster, 'ingress').length > 0;
    const without = called.homes.filter((home) => !isEntered(home)).map(({ cluster }) => cluster);
    const lines = distinctWays(closed)
        .slice(0, 3)
        .map(({ from, to }) => lineOfFile(`${from} -> ${to}`));
    const reasons = [
        ...(reached.length > 0 && without.length > 0
            ? [`${names(without)} ${without.length === 1 ? 'has' : 'have'} no ingress gateway by which to enter`]
            : []),
        ...(lines.length > 0 ? [`no line of the network says ${enumerated(lines, { last: 'or' })}`] : []),
    ];
    const because = reasons.length > 0 ? reasons.join(', and ') : 'they lead elsewhere, or refuse all requests';
    return [
        {
            code: 'call-unreachable',
            severity: 'warning',
            message: `'${caller.name}' ${sentence(verb, called)}, but from ${names(clusters)} no request gets there by ${gateways.length === 0 ? 'a gateway' : names(gateways.map(gatewayName))}, even while nothing fails: ${because}.${whatFollows(view, caller, callee, clusters)} Mend that, or name other gateways behind \`through\`.`,
            at: callee.at,
            remedy: [
                ...(reached.length > 0
                    ? without.map((cluster) => ({ do: 'declare-gateway', cluster, role: 'ingress' }) as const)
                    : []),
                ...closed.map((way) => ({ do: 'open', way }) as const),
            ],
            ...related(without.map((cluster) => pointTo(routes.cluster(cluster)?.nameAt, `'${cluster}'`))),
        },
    ];
}

/** What follows where something is not reached from some clusters, as a sentence behind another one. */
function whatFollows(view: TrafficView, caller: Caller, callee: Callee, clusters: readonly string[]): string {
    const isIt = (each: Callee) => calleeKey(each) === calleeKey(callee);
    const without = caller.needs.filter((need) => need.some(isIt));
    const [need] = without;
    if (!need) return '';
    const others = without.map((each) => each.filter((other) => !isIt(other)));
    const isLost = others.some((each) =>
        clusters.some((from) => !each.some((other) => mayBeReached(view, caller, from, other))),
    );
    return isLost
        ? ` ${caller.otherwise}`
        : ` There it is no spare for ${oneOf(others[0]!.map(({ name }) => quoted(name)))}.`;
}

/** Of what nobody knows where it is, nothing is concluded. */
function mayBeReached(view: TrafficView, caller: Caller, from: string, callee: Callee): boolean {
    if (callee.hasUnknownGateways) return true;
    if (callee.kind === 'external-service')
        return !callee.through || callee.through.some(({ cluster }) => view.isOpen(from, cluster));
    const called = view.routes.service(callee.name);
    if (!called || called.homes.length === 0 || called.hasUnknownHomes) return true;
    return homesCalled(view, caller, from, callee, called).length > 0;
}

function distinctWays(ways: readonly Way[]): Way[] {
    return [...new Map(ways.map((way) => [`${way.from} ${way.to}`, way])).values()];
}

/** Clusters from which no request gets to a home, in their own cluster or by east-west failover. */
function notFailedOver(
    view: TrafficView,
    caller: Caller,
    { callee, verb }: Need,
    called: Service,
    cut: readonly string[],
): Finding[] {
    if (cut.length === 0) return [];
    const missing = cut.flatMap((cluster) => unmetConditions(view, cluster, called));
    const unmet = distinct(missing.map(({ condition }) => condition));
    const from = names(cut);
    const reasons = unmet.slice(0, 3).map(({ says }) => says(quoted, lineOfFile));
    return [
        {
            code: 'call-unreachable',
            severity: 'warning',
            message: `'${caller.name}' ${sentence(verb, called)}, but from ${from} no request gets there, even while nothing fails: ${reasons.join(', and ')}.${noThirdCluster(view, missing)}${whatFollows(view, caller, callee, cut)} Mend that, or run '${called.shortName}' on ${from}, too.`,
            at: callee.at,
            remedy: missing.flatMap((each) => remedyOf(each, called)),
            ...related(unmet.map(({ at, says }) => ({ at, message: says(quoted, lineOfFile) }))),
        },
    ];
}

/** Two open ways in a row are none: an east-west gateway passes requests on to no third cluster. */
function noThirdCluster({ routes, reachedFrom }: TrafficView, missing: readonly Unmet[]): string {
    for (const { condition, way } of missing) {
        if (condition.id !== 'reachability') continue;
        for (const each of reachedFrom(way.from)) {
            if (routes.isOpen(each, way.to) && routes.gatewaysIn(each, 'east-west').length > 0)
                return ` The east-west gateway of '${each}' passes requests on to no third cluster (likely).`;
        }
    }
    return '';
}

function sentence(verb: string, { shortName }: Service): string {
    const [first, ...rest] = verb.split(' ');
    return [first, `'${shortName}'`, ...rest].join(' ');
}

/** What is missing on the way to the home that is nearest to being reached. */
function unmetConditions({ routes }: TrafficView, from: string, called: Service): Unmet[] {
    const nearest = nearestUnmet(routes, from, called);
    return nearest?.conditions.map((condition) => ({ condition, way: { from, to: nearest.to } })) ?? [];
}

interface Unmet {
    readonly condition: Condition;
    readonly way: Way;
}

function remedyOf({ condition, way }: Unmet, { nameAt }: Service): Remedy[] {
    switch (condition.id) {
        case 'failover':
            return [{ do: 'fail-over', service: nameAt }];
        case 'gateway':
            return [{ do: 'declare-gateway', cluster: way.to, role: 'east-west' }];
        case 'reachability':
            return [{ do: 'open', way }];
        default:
            return [];
    }
}

function distinct(conditions: readonly Condition[]): Condition[] {
    return [...new Map(conditions.map((condition) => [condition.says(quoted, lineOfFile), condition])).values()];
}
