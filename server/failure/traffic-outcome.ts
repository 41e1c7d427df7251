import { figures } from '../knowledge/clocks.js';
import type { Severity } from '../knowledge/operations.js';
import type { ForwardNodes, HostNodes, NodeIndex, PathNodes, Traffic } from './graph.js';
import { hardNeeds, type Routes } from './routes.js';

/** How a service fares, judged by who uses it. */
export interface ServiceOutcome {
    /** Its short name. */
    readonly name: string;
    readonly severity: Severity;
    readonly homes: readonly HomeOutcome[];
    /** Clients outside and living callers; empty where nobody is declared, and the instances decide. */
    readonly consumers: readonly ConsumerOutcome[];
    /** What living homes call in vain. */
    readonly brokenCalls: readonly BrokenCall[];
    /** What homes whose instances are up cannot serve without, and miss. */
    readonly missed: readonly BrokenCall[];
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

export interface ConsumerOutcome {
    readonly kind: 'host' | 'caller';
    /** The host, or the calling service. */
    readonly name: string;
    /** Of a caller: where it calls from. */
    readonly cluster?: string;
    readonly severity: Severity;
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
    /** Until clients have moved, seconds, as published; undefined where nobody has to move. */
    readonly switchSeconds?: number;
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

/** Which nodes have failed. */
type IsDown = (node: NodeIndex) => boolean;

const nothingDown: IsDown = () => false;

/** Every service of the topology that has a home. */
export function serviceOutcomes(traffic: Traffic, isDown: IsDown): ServiceOutcome[] {
    return [...traffic.serving].flatMap(([name, nodes]): ServiceOutcome[] => {
        if (nodes.length === 0) return [];
        const homes = nodes.map(({ cluster, serves, instances }) => ({
            cluster,
            alive: !isDown(instances),
            serves: !isDown(serves),
        }));
        const consumers = consumersOf(traffic, name, isDown);
        const brokenCalls = brokenCallsOf(traffic, name, isDown);
        const judged =
            consumers.length > 0
                ? together(consumers.map((consumer) => consumer.severity))
                : together(homes.map((home) => (home.serves ? 'unaffected' : 'total')));
        const severity = judged === 'unaffected' && brokenCalls.length > 0 ? 'limited' : judged;
        return [{ name, severity, homes, consumers, brokenCalls, missed: missedBy(traffic, name, homes, isDown) }];
    });
}

/** Every exposed host that is served in health. */
export function hostOutcomes(traffic: Traffic, isDown: IsDown): HostOutcome[] {
    return traffic.hosts.map((host) => hostOutcome(traffic, host, isDown));
}

/** All lost is total, some lost or limited is limited. */
function together(severities: readonly Severity[]): Severity {
    if (severities.every((severity) => severity === 'total')) return 'total';
    return severities.every((severity) => severity === 'unaffected') ? 'unaffected' : 'limited';
}

function consumersOf(traffic: Traffic, service: string, isDown: IsDown): ConsumerOutcome[] {
    const hosts = (traffic.hostsOf.get(service) ?? []).map((host): ConsumerOutcome => ({
        kind: 'host',
        name: host.exposure.host,
        severity: reachOf(host, isDown),
        servedFrom: servedFrom(traffic.routes, host, isDown),
        usuallyFrom: usuallyFrom(traffic.routes, host),
    }));
    const callers = (traffic.callers.get(service) ?? [])
        .filter((caller) => !isDown(caller.instances))
        .map(({ service: name, cluster, path }): ConsumerOutcome => ({
            kind: 'caller',
            name,
            cluster,
            severity: reachOf(path, isDown),
            servedFrom: answering(traffic.routes, path, isDown),
            usuallyFrom: answering(traffic.routes, path, nothingDown),
        }));
    return [...hosts, ...callers];
}

/** What homes that serve call in vain, of what is needed for part of the answers only. */
function brokenCallsOf(traffic: Traffic, service: string, isDown: IsDown) {
    const serving = new Set(
        (traffic.serving.get(service) ?? []).filter(({ serves }) => !isDown(serves)).map(({ cluster }) => cluster),
    );
    return (traffic.calls.get(service) ?? [])
        .filter(
            ({ cluster, path, isPartial }) =>
                isPartial && serving.has(cluster) && reachOf(path, isDown) !== 'unaffected',
        )
        .map(({ cluster, path }) => ({ cluster, callee: path.callee.name }));
}

/** Of homes that are up and do not serve: what they require, and do not reach. */
function missedBy(traffic: Traffic, name: string, homes: readonly HomeOutcome[], isDown: IsDown): BrokenCall[] {
    const service = traffic.routes.service(name);
    const starving = homes.filter((home) => home.alive && !home.serves);
    if (!service || starving.length === 0) return [];
    return starving.flatMap(({ cluster }) =>
        hardNeeds(service).flatMap((callee) => {
            const path = traffic.path(cluster, callee);
            return path && isDown(path.lost) ? [{ cluster, callee: callee.name }] : [];
        }),
    );
}

function reachOf({ lost, limited }: { lost: NodeIndex; limited: NodeIndex | undefined }, isDown: IsDown): Severity {
    if (isDown(lost)) return 'total';
    return limited !== undefined && isDown(limited) ? 'limited' : 'unaffected';
}

function hostOutcome(traffic: Traffic, host: HostNodes, isDown: IsDown): HostOutcome {
    const { routes } = traffic;
    const reach = reachOf(host, isDown);
    const now = servedFrom(routes, host, isDown);
    const usually = usuallyFrom(routes, host);
    const targets = new Set(host.targets.map(({ cluster }) => cluster));
    const broken = brokenCallsOf(traffic, host.service, isDown).filter(({ cluster }) => targets.has(cluster));
    const missed = [...new Set(broken.map(({ callee }) => callee))];
    const entries = (isClosed: boolean) =>
        host.entries
            .filter(({ lost }) => isDown(lost) === isClosed)
            .map(({ gateway }) => `${gateway.cluster}.${gateway.name}`);
    const regions = (clusters: readonly string[]) =>
        new Set(clusters.map((cluster) => routes.cluster(cluster)?.locality?.region ?? cluster));
    const usualRegions = regions(usually);
    const seconds = switchSeconds(routes, host, isDown);
    return {
        host: host.exposure.host,
        service: host.service,
        severity: reach === 'unaffected' && missed.length > 0 ? 'limited' : reach,
        servedFrom: now,
        usuallyFrom: usually,
        ...(seconds !== undefined && { switchSeconds: seconds }),
        lostShare: lostShareOf(host, isDown),
        missed,
        fromOtherRegion: [...regions(now)].some((region) => !usualRegions.has(region)),
        openEntries: entries(false),
        closedEntries: entries(true),
    };
}

/**
 * Clients of a dead entry gateway move when their DNS answer has run out; requests of a living one move within the
 * published time for detection and reconfiguration. The longer of the two, where both happen.
 */
function switchSeconds(routes: Routes, host: HostNodes, isDown: IsDown): number | undefined {
    if (isDown(host.lost)) return undefined;
    const waits: number[] = [];
    const living = host.entries.filter(({ lost }) => !isDown(lost));
    if (living.length < host.entries.length && host.exposure.gslbTtl) waits.push(host.exposure.gslbTtl.value);
    const moves = living.some(
        (entry) =>
            !entry.weighted &&
            homesBehind(routes, entry, isDown).join() !== homesBehind(routes, entry, nothingDown).join(),
    );
    if (moves) waits.push(figures.failoverSwitch);
    return waits.length > 0 ? Math.max(...waits) : undefined;
}

/** Lost clients and requests: each entry gateway has an equal share of the clients, each weight its share of requests. */
function lostShareOf(host: HostNodes, isDown: IsDown): number {
    if (isDown(host.lost)) return 1;
    const counting = host.exposure.gslbTtl ? host.entries.filter(({ lost }) => !isDown(lost)) : host.entries;
    return mean(counting.map((entry) => shareBehind(entry, isDown)));
}

function shareBehind(forward: ForwardNodes, isDown: IsDown): number {
    if (isDown(forward.lost)) return 1;
    if (forward.next.length > 0) {
        return mean(forward.next.filter(({ lost }) => !isDown(lost)).map((next) => shareBehind(next, isDown)));
    }
    if (forward.weighted) {
        const all = forward.targets.reduce((sum, { weight }) => sum + weight, 0);
        const lost = forward.targets.reduce(
            (sum, { weight, lost, path }) => sum + weight * (isDown(lost) ? 1 : pathShare(path, isDown)),
            0,
        );
        return lost / all;
    }
    return mean(forward.targets.filter(({ lost }) => !isDown(lost)).map(({ path }) => pathShare(path, isDown)));
}

/** Without outlier detection each of several homes keeps its share of the calls, dead or not. */
function pathShare(path: PathNodes, isDown: IsDown): number {
    if (path.limited === undefined || !isDown(path.limited)) return 0;
    return path.members.filter(({ lost }) => isDown(lost)).length / path.members.length;
}

function mean(numbers: readonly number[]): number {
    return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

const usualHomes = new WeakMap<HostNodes, readonly string[]>();

/** From where a host is served in health; computed once. */
function usuallyFrom(routes: Routes, host: HostNodes): readonly string[] {
    const known = usualHomes.get(host) ?? servedFrom(routes, host, nothingDown);
    usualHomes.set(host, known);
    return known;
}

function servedFrom(routes: Routes, host: HostNodes, isDown: IsDown): string[] {
    return sorted(host.entries.flatMap((entry) => homesBehind(routes, entry, isDown)));
}

/** The homes that answer what enters at a gateway: those of its own region first. */
function homesBehind(routes: Routes, forward: ForwardNodes, isDown: IsDown): string[] {
    if (isDown(forward.lost)) return [];
    const { next, targets } = chosenBehind(routes, forward, isDown);
    return sorted([
        ...next.flatMap((hop) => homesBehind(routes, hop, isDown)),
        ...targets.flatMap(({ path }) => answering(routes, path, isDown)),
    ]);
}

/** Where a gateway sends requests now: to what lives in its own region, or else to all that lives; by weights, to all. */
export function chosenBehind(
    routes: Routes,
    forward: ForwardNodes,
    isDown: IsDown,
): Pick<ForwardNodes, 'next' | 'targets'> {
    const from = forward.gateway.cluster;
    const next = forward.next.filter(({ lost }) => !isDown(lost));
    const targets = forward.targets.filter(({ lost }) => !isDown(lost));
    return {
        next: nearest(routes, from, next, ({ gateway }) => gateway.cluster),
        targets: forward.weighted ? targets : nearest(routes, from, targets, ({ cluster }) => cluster),
    };
}

/** The homes that answer a call: the caller's own cluster first, then the homes of its region, then all others. */
export function answering(routes: Routes, path: PathNodes, isDown: IsDown): string[] {
    const living = path.members.filter(({ lost }) => !isDown(lost));
    const local = living.filter(({ isLocal }) => isLocal);
    const chosen = local.length > 0 ? local : nearest(routes, path.from, living, ({ home }) => home);
    return sorted(chosen.map(({ home }) => home));
}

function nearest<T>(
    routes: Routes,
    from: string,
    candidates: readonly T[],
    clusterOf: (candidate: T) => string,
): readonly T[] {
    const region = routes.cluster(from)?.locality?.region;
    const near = candidates.filter(
        (candidate) =>
            clusterOf(candidate) === from ||
            (region !== undefined && routes.cluster(clusterOf(candidate))?.locality?.region === region),
    );
    return near.length > 0 ? near : candidates;
}

function sorted(names: readonly string[]): string[] {
    return [...new Set(names)].sort();
}
