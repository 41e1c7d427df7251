import { gatewayName } from '../topology/element-name.js';
import type { NodeIndex } from '../engine/index.js';
import type { Gravity } from './gravity.js';
import { worse, type Severity } from '../knowledge/operations.js';
import { jointKey } from '../topology/joint-key.js';
import { entriesInUse, gapOf, type Gap } from './gaps.js';
import type { Routes } from './routes.js';
import { sharesOf, type IsDown, type Shares } from './shares.js';
import {
    isUser,
    type CallerNodes,
    type EntryNodes,
    type HostNodes,
    type PathNodes,
    type RelayNodes,
    type ServingNodes,
    type Traffic,
} from './traffic-graph.js';

/** How a service fares, judged by who uses it: what its gravity is read off. */
export interface ServiceFare {
    readonly severity: Severity;
    /** The clusters in which it serves in health, and does not now. */
    readonly lostHomes: readonly string[];
    /** Clients outside and callers whose instances are up; empty where there is none, and the homes decide. */
    readonly consumers: readonly ConsumerFare[];
    /** What homes that serve call in vain, all of it or a share. */
    readonly brokenCalls: readonly BrokenCall[];
}

/** How a service fares, and who serves whom. */
export interface ServiceOutcome extends ServiceFare {
    /** Its short name. */
    readonly name: string;
    readonly homes: readonly HomeOutcome[];
    readonly consumers: readonly ConsumerOutcome[];
    /** What homes whose instances are up cannot serve without, and miss. */
    readonly missed: readonly MissedNeed[];
}

/** Something that a home requires, or of which it requires one, and does not reach. */
export interface MissedNeed {
    readonly cluster: string;
    readonly anyOf: readonly string[];
}

/** Something that a home calls in vain. */
export interface BrokenCall {
    readonly cluster: string;
    readonly callee: string;
}

export interface HomeOutcome {
    readonly cluster: string;
    /** Its instances are up. */
    readonly alive: boolean;
    /** They are up, and so is all that they cannot serve without. */
    readonly serves: boolean;
}

export interface ConsumerFare {
    readonly kind: 'host' | 'caller';
    readonly severity: Severity;
}

export interface ConsumerOutcome extends ConsumerFare {
    /** The host, the calling service, or the gateway that asks about requests. */
    readonly name: string;
    /** Of a caller: where it calls from. */
    readonly cluster?: string;
    /** The homes that answer now. */
    readonly servedFrom: readonly string[];
    readonly usuallyFrom: readonly string[];
}

/** How the clients outside of a host fare. */
export interface HostOutcome {
    readonly host: string;
    readonly service: string;
    readonly severity: Severity;
    readonly servedFrom: readonly string[];
    readonly usuallyFrom: readonly string[];
    /** How long those who have to move get no answer; null where nobody moves, or all is lost. */
    readonly gapSeconds: Gap | null;
    /** Requests or clients that are lost, from 0 to 1. */
    readonly lostShare: number;
    /** What the service calls in vain, so that it answers in part. */
    readonly missed: readonly string[];
    /** It is now served from a region from which it usually is not. */
    readonly fromOtherRegion: boolean;
    /** The entry gateways that still let requests in, and those that do not. */
    readonly openEntries: readonly string[];
    readonly closedEntries: readonly string[];
}

const nothingDown: IsDown = () => false;

/** One moment of the traffic: which nodes are down, and what each service calls in vain, found once. */
interface Moment {
    readonly traffic: Traffic;
    readonly isDown: IsDown;
    readonly brokenCalls: (service: string) => readonly BrokenCall[];
    readonly shares: Shares;
}

/** How hosts and services fare; each is found out when it is asked for. */
export interface TrafficOutcome {
    hosts(this: void): HostOutcome[];
    services(this: void): ServiceOutcome[];
    /** One of the services; undefined without a home. */
    service(this: void, name: string): ServiceOutcome | undefined;
    /** The same without who serves whom, found sooner; and whether at least one home serves. */
    serviceFare(this: void, name: string): (ServiceFare & { readonly isServed: boolean }) | undefined;
    /** One of the hosts. */
    host(this: void, host: HostNodes): HostOutcome;
    /** Who notices what becomes of it: found sooner than all that {@link host} tells. */
    hostGravity(this: void, host: HostNodes): Gravity;
}

/** Nothing is found out before it is asked for. */
export function trafficOutcome(traffic: Traffic, isDown: IsDown): TrafficOutcome {
    const broken = new Map<string, readonly BrokenCall[]>();
    const brokenCalls = (service: string) => {
        let calls = broken.get(service);
        if (!calls) broken.set(service, (calls = brokenCallsOf(traffic, service, isDown)));
        return calls;
    };
    const moment = { traffic, isDown, brokenCalls, shares: sharesOf(traffic, isDown) };
    return {
        hosts: () => traffic.hosts.map((host) => hostOutcome(moment, host)),
        services: () => [...traffic.serving.keys()].flatMap((name) => serviceOutcome(moment, name) ?? []),
        service: (name) => serviceOutcome(moment, name),
        serviceFare: (name) => serviceFare(moment, name),
        host: (host) => hostOutcome(moment, host),
        hostGravity: (host) =>
            gravityOfHost({ severity: severityOfHost(moment, host), gapSeconds: gapOf(host, isDown) }),
    };
}

/** Of a service of the topology that has a home. */
function serviceFare(moment: Moment, name: string) {
    const { traffic, isDown } = moment;
    const nodes = traffic.serving.get(name) ?? [];
    if (nodes.length === 0) return undefined;
    const inHealth = nodes.filter(({ servesInHealth }) => servesInHealth);
    const consumers = consumersOf(moment, name);
    const brokenCalls = moment.brokenCalls(name);
    const judged = together(
        consumers.length > 0
            ? consumers.map(({ severity }) => severity)
            : inHealth.map(({ serves }) => (isDown(serves) ? 'total' : 'unaffected')),
    );
    return {
        severity: judged === 'unaffected' && brokenCalls.length > 0 ? ('limited' as const) : judged,
        lostHomes: inHealth.filter(({ serves }) => isDown(serves)).map(({ cluster }) => cluster),
        consumers,
        brokenCalls,
        isServed: inHealth.some(({ serves }) => !isDown(serves)),
    };
}

function serviceOutcome(moment: Moment, name: string): ServiceOutcome | undefined {
    const fare = serviceFare(moment, name);
    if (!fare) return undefined;
    const { severity, lostHomes, consumers, brokenCalls } = fare;
    const { traffic, isDown } = moment;
    const nodes = traffic.serving.get(name)!;
    return {
        name,
        severity,
        lostHomes,
        brokenCalls,
        homes: nodes.map(({ cluster, serves, instances, servesInHealth }) => ({
            cluster,
            alive: !isDown(instances),
            serves: servesInHealth && !isDown(serves),
        })),
        consumers: consumers.map((consumer) => consumerOutcome(consumer, isDown)),
        missed: missedBy(nodes, isDown),
    };
}

/** Whether a home less is all that happens to a service: whoever uses it is served. */
export function onlyLosesHomes({ severity, lostHomes, consumers, brokenCalls }: ServiceFare): boolean {
    return (
        severity !== 'total' &&
        lostHomes.length > 0 &&
        brokenCalls.length === 0 &&
        consumers.every((consumer) => consumer.severity === 'unaffected')
    );
}

/** Who notices what becomes of a host. */
export function gravityOfHost({ severity, gapSeconds }: Pick<HostOutcome, 'severity' | 'gapSeconds'>): Gravity {
    if (severity !== 'unaffected') return gravityOf[severity];
    return gapSeconds === null ? 'none' : 'failover';
}

/** Who notices what becomes of a service. */
export function gravityOfService(service: ServiceFare): Gravity {
    return onlyLosesHomes(service) ? 'spare' : gravityOf[service.severity];
}

const gravityOf: Readonly<Record<Severity, Gravity>> = { unaffected: 'none', limited: 'degraded', total: 'down' };

/** Nobody but clients outside uses it, so that its hosts tell all that happens to it. */
export function isToldByItsHosts({ severity, consumers }: Pick<ServiceFare, 'severity' | 'consumers'>): boolean {
    return (
        consumers.length > 0 &&
        consumers.every(({ kind }) => kind === 'host') &&
        (severity === 'unaffected' || consumers.some((consumer) => consumer.severity !== 'unaffected'))
    );
}

/** All lost is total, some lost or limited is limited; of nothing, nothing is lost. */
function together(severities: readonly Severity[]): Severity {
    if (severities.every((severity) => severity === 'unaffected')) return 'unaffected';
    return severities.every((severity) => severity === 'total') ? 'total' : 'limited';
}

/** Who uses a service, and how that one fares. */
type Consumer = ConsumerFare &
    ({ readonly kind: 'host'; readonly nodes: HostNodes } | { readonly kind: 'caller'; readonly nodes: CallerNodes });

function consumersOf(moment: Moment, service: string): Consumer[] {
    const { traffic, isDown } = moment;
    const hosts = (traffic.hostsOf.get(service) ?? []).map((nodes) => ({
        kind: 'host' as const,
        severity: severityOfHost(moment, nodes),
        nodes,
    }));
    const callers: (Consumer & { readonly kind: 'caller' })[] = [];
    const all = traffic.callers.get(service) ?? [];
    for (const nodes of all)
        if (isUser(nodes, isDown)) callers.push({ kind: 'caller', severity: reachOf(nodes.path, isDown), nodes });
    return [...hosts, ...(haveSeveralWays(all) ? eachOnce(callers) : callers)];
}

const severalWays = new WeakMap<readonly CallerNodes[], boolean>();

/** Whether one of them calls from the same cluster in more than one way: found once, since few do. */
function haveSeveralWays(callers: readonly CallerNodes[]): boolean {
    let known = severalWays.get(callers);
    if (known === undefined) {
        known = new Set(callers.map(keyOfCaller)).size < callers.length;
        severalWays.set(callers, known);
    }
    return known;
}

function eachOnce(callers: readonly (Consumer & { readonly kind: 'caller' })[]): Consumer[] {
    const waysOf = new Map<string, Consumer[]>();
    for (const caller of callers) {
        const key = keyOfCaller(caller.nodes);
        const ways = waysOf.get(key);
        if (ways) ways.push(caller);
        else waysOf.set(key, [caller]);
    }
    return [...waysOf.values()].map(inAllWays);
}

function keyOfCaller({ service, cluster }: CallerNodes): string {
    return jointKey(service, cluster);
}

/** Who uses a service in several ways is served in part by what is left of them; the worst one tells from where. */
function inAllWays(ways: readonly Consumer[]): Consumer {
    const gravest = ways.map(({ severity }) => severity).reduce(worse);
    const worst = ways.find(({ severity }) => severity === gravest)!;
    return { ...worst, severity: together(ways.map(({ severity }) => severity)) };
}

function consumerOutcome({ kind, severity, nodes }: Consumer, isDown: IsDown): ConsumerOutcome {
    if (kind === 'host') {
        return {
            kind,
            name: nodes.exposure.host,
            severity,
            servedFrom: homesServing(nodes, isDown),
            usuallyFrom: usuallyFrom(nodes),
        };
    }
    return {
        kind,
        name: nodes.service,
        cluster: nodes.cluster,
        severity,
        servedFrom: answersNow(nodes.path, isDown),
        usuallyFrom: answersUsually(nodes.path),
    };
}

/** What homes that serve call in vain, of what is needed for part of the answers only. */
function brokenCallsOf(traffic: Traffic, service: string, isDown: IsDown): BrokenCall[] {
    const serving = new Set(
        (traffic.serving.get(service) ?? [])
            .filter(({ serves, servesInHealth }) => servesInHealth && !isDown(serves))
            .map(({ cluster }) => cluster),
    );
    return (traffic.calls.get(service) ?? [])
        .filter(
            ({ cluster, path, isPartial }) =>
                isPartial && serving.has(cluster) && reachOf(path, isDown) !== 'unaffected',
        )
        .map(({ cluster, path }) => ({ cluster, callee: path.callee.name }));
}

/** Of homes that are up and do not serve: what they cannot serve without, and do not reach. */
function missedBy(homes: readonly ServingNodes[], isDown: IsDown): MissedNeed[] {
    return homes
        .filter(({ instances, serves }) => !isDown(instances) && isDown(serves))
        .flatMap(({ cluster, needs }) =>
            needs
                .filter((answers) => answers.every(({ lost }) => isDown(lost)))
                .map((answers) => ({ cluster, anyOf: answers.map(({ callee }) => callee.name) })),
        );
}

function reachOf({ lost, limited }: { lost: NodeIndex; limited: NodeIndex | undefined }, isDown: IsDown): Severity {
    if (isDown(lost)) return 'total';
    return limited !== undefined && isDown(limited) ? 'limited' : 'unaffected';
}

/** One mark for a host, wherever it is told. */
function severityOfHost(moment: Moment, host: HostNodes): Severity {
    const reach = reachOf(host, moment.isDown);
    return reach === 'unaffected' && missedOf(moment, host).length > 0 ? 'limited' : reach;
}

/** What the homes that serve a host now call in vain. */
function missedOf({ isDown, brokenCalls }: Moment, host: HostNodes): string[] {
    const broken = brokenCalls(host.service);
    if (broken.length === 0) return [];
    const now = new Set(homesServing(host, isDown));
    return [...new Set(broken.filter(({ cluster }) => now.has(cluster)).map(({ callee }) => callee))];
}

/** Of an exposed host that is served in health. */
function hostOutcome(moment: Moment, host: HostNodes): HostOutcome {
    const { traffic, isDown, shares } = moment;
    const servedFrom = homesServing(host, isDown);
    const entries = (isClosed: boolean) =>
        host.entries
            .filter(({ lost }) => isDown(lost) === isClosed)
            .map(({ first: { gateway } }) => gatewayName(gateway));
    return {
        host: host.exposure.host,
        service: host.service,
        severity: severityOfHost(moment, host),
        servedFrom,
        usuallyFrom: usuallyFrom(host),
        gapSeconds: gapOf(host, isDown),
        lostShare: shares.host(host),
        missed: missedOf(moment, host),
        fromOtherRegion: isElsewhere(traffic.routes, servedFrom, usuallyFrom(host)),
        openEntries: entries(false),
        closedEntries: entries(true),
    };
}

/** Whether some are in a declared region in which none of the usual ones is. */
function isElsewhere(routes: Routes, now: readonly string[], usually: readonly string[]): boolean {
    const regionOf = (cluster: string) => routes.cluster(cluster)?.locality?.region;
    const usual = new Set(usually.map(regionOf));
    return now.map(regionOf).some((region) => region !== undefined && !usual.has(region));
}

const usualHomes = new WeakMap<HostNodes, readonly string[]>();

/** From where a host is served in health; computed once. */
function usuallyFrom(host: HostNodes): readonly string[] {
    const known = usualHomes.get(host) ?? homesServing(host, nothingDown);
    usualHomes.set(host, known);
    return known;
}

/** The clusters whose homes answer the requests to a host. */
function homesServing(host: HostNodes, isDown: IsDown): string[] {
    if (isDown(host.lost)) return [];
    return sorted(
        entriesInUse(host, isDown).flatMap((entry) =>
            targetsTaken(entry, isDown).flatMap(({ target }) => answering(target.path, isDown)),
        ),
    );
}

/** Where an entry sends requests now: to what lives in its own region, or else to all that lives; by weights, to all. */
export function targetsTaken(entry: EntryNodes, isDown: IsDown): EntryNodes['tiers'][number] {
    if (isDown(entry.lost)) return [];
    for (const tier of entry.tiers) {
        const living = tier.filter(({ lost }) => !isDown(lost));
        if (living.length > 0) return living;
    }
    return [];
}

/** The homes that answer a call: the caller's own cluster first, then the homes of its region, then all others. */
export function answering(path: PathNodes, isDown: IsDown): string[] {
    const { tiers, lost: allLost } = path;
    if (isDown(allLost)) return [];
    for (const { homes, lost, heedless } of tiers) {
        const isUnnoticed = (place: number) => heedless !== undefined && isDown(heedless.unnoticed + place);
        const living = homes.filter((_, place) => !isDown(lost + place) && !isUnnoticed(place));
        const isKept = homes.some((_, place) => isUnnoticed(place));
        if (living.length > 0 || isKept) return living.map(({ cluster }) => cluster);
    }
    const behind = relaysTaken(path, isDown).flatMap(({ entry }) => targetsTaken(entry, isDown));
    return [...new Set(behind.flatMap(({ target }) => answering(target.path, isDown)))];
}

/** The gateways by which calls leave now for homes elsewhere, once none of the tiers is left: the nearest that live. */
export function relaysTaken({ tiers, relays, lost: allLost }: PathNodes, isDown: IsDown): readonly RelayNodes[] {
    const isLeft = tiers.every(({ homes, lost }) => homes.every((_, place) => isDown(lost + place)));
    if (isDown(allLost) || !isLeft) return [];
    const living = relays.map((group) => group.filter(({ lost }) => !isDown(lost)));
    return living.find((group) => group.length > 0) ?? [];
}

const usualAnswers = new WeakMap<PathNodes, readonly string[]>();

/** Whose homes answer a call in health, by name; computed once, since callers times homes may be many. */
function answersUsually(path: PathNodes): readonly string[] {
    const known = usualAnswers.get(path) ?? sorted(answering(path, nothingDown));
    usualAnswers.set(path, known);
    return known;
}

/** Whose homes answer a call now, by name: few are usually missing of those that always do. */
function answersNow(path: PathNodes, isDown: IsDown): readonly string[] {
    const now = answering(path, isDown);
    const usually = answersUsually(path);
    const there = new Set(now);
    const left = usually.filter((cluster) => there.has(cluster));
    return left.length === there.size ? left : sorted(now);
}

function sorted(names: readonly string[]): string[] {
    return [...new Set(names)].sort();
}
