import { gatewayOf, targetsOf, leadsElsewhere } from '../failure/routes.js';
import type { Exposure, Gateway, GatewayRef, Service, SourceLocation, Target } from '../topology/topology.js';
import { enumerated } from '../words/english.js';
import { gatewayName, names, targetTitle } from './phrases.js';
import type { TrafficView } from './traffic-view.js';

/** A step that the requests for a host should take, and cannot, since the network or an ingress gateway is missing. */
export interface ClosedWay {
    /** What in the file asks for this step. */
    readonly at: SourceLocation;
    /** Empty where clients should enter at the end itself. */
    readonly from: readonly Gateway[];
    /** The clusters to which the way is closed. */
    readonly to: readonly string[];
    /** How the end of the way is called. */
    readonly end: string;
    /** Whether the end is a home, so that requests enter by an ingress gateway, and not a gateway by itself. */
    readonly isHome: boolean;
    /** What follows while others are served. */
    readonly follows: string;
    /** What else could be done than opening the way. */
    readonly otherwise: string;
}

/** A gateway or a home on the way, with what in the file asks for it. */
export interface Place {
    readonly cluster: string;
    readonly at: SourceLocation;
    readonly title: string;
    /** Undefined for a home. */
    readonly gateway?: Gateway;
    /** Of a home: how requests enter there. */
    readonly target?: Target;
}

/** The last step of the requests for a host: from the gateways that they reach to the homes that are meant. */
export interface LastStep {
    /** Gateways that lead to the ingress gateways of all clusters. */
    readonly far: readonly Place[];
    /** Gateways that lead to their own cluster only. */
    readonly near: readonly Place[];
    readonly homes: readonly Place[];
}

/** The ways that an exposure asks for. */
export interface AskedWays {
    readonly closed: readonly ClosedWay[];
    /** Undefined where clients enter at the homes themselves, or get to no gateway before them. */
    readonly last?: LastStep;
}

/** From all gateways of one hop to all places of the next; for each of those the gateways that do not lead there. */
interface Step {
    readonly from: readonly Place[];
    readonly to: readonly Place[];
    readonly closedFrom: ReadonlyMap<Place, readonly Place[]>;
}

/** All steps that an exposure asks for, and those of them that it asks for in vain. */
export function askedWays(view: TrafficView, service: Service, exposure: Exposure): AskedWays {
    const homes = targetsOf(view.routes, service, exposure).map((target): Place => ({
        cluster: target.cluster,
        at: target.at,
        title: targetTitle(target),
        target,
    }));
    if (exposure.via.length === 0) {
        return { closed: homes.filter((home) => !hasIngress(view, home)).map((home) => leadingTo(home, [])) };
    }
    const gatewaysOf = (refs: readonly GatewayRef[]) => refs.flatMap((ref) => gatewayPlaces(view, ref));
    const closed: ClosedWay[] = [];
    let reached = gatewaysOf(exposure.via);
    for (const hop of exposure.through.map(gatewaysOf)) {
        const step = takeStep(view, reached, hop);
        closed.push(...deadEnds(step), ...outOfReach(step).map((place) => leadingTo(place, step.from)));
        reached = hop.filter((place) => !isOutOfReach(step, place));
        if (reached.length === 0) return { closed };
    }
    const far = reached.filter(({ gateway }) => gateway && leadsElsewhere(gateway));
    const near = reached.filter((place) => !far.includes(place));
    if (far.length > 0) {
        const served = new Set(near.map(({ cluster }) => cluster));
        const step = takeStep(view, far, homes);
        closed.push(...(exposure.to.length > 0 ? listedHomes(step, served) : unlistedHomes(view, step, served)));
    }
    return { closed, last: { far, near, homes } };
}

function gatewayPlaces({ routes }: TrafficView, ref: GatewayRef): Place[] {
    return gatewayOf(routes, ref).map((gateway) => ({
        cluster: gateway.cluster,
        at: ref.at,
        title: `'${gatewayName(gateway)}'`,
        gateway,
    }));
}

function hasIngress({ routes }: TrafficView, { cluster }: Place): boolean {
    return routes.gatewaysIn(cluster, 'ingress').length > 0;
}

function takeStep(view: TrafficView, from: readonly Place[], to: readonly Place[]): Step {
    const isOpen = (gateway: Place, place: Place) =>
        view.isOpen(gateway.cluster, place.cluster) && (!!place.gateway || hasIngress(view, place));
    const closed = to.map((place) => [place, from.filter((gateway) => !isOpen(gateway, place))] as const);
    return { from, to, closedFrom: new Map(closed) };
}

function closedFrom(step: Step, place: Place): readonly Place[] {
    return step.closedFrom.get(place) ?? [];
}

function isOutOfReach(step: Step, place: Place): boolean {
    return closedFrom(step, place).length === step.from.length;
}

/** Places to which no gateway leads. */
function outOfReach(step: Step): Place[] {
    return step.to.filter((place) => isOutOfReach(step, place));
}

/** Gateways that lead nowhere, although others lead on: of the same step, or into these clusters. */
function deadEnds(step: Step, served: ReadonlySet<string> = new Set()): ClosedWay[] {
    const reachable = step.to.filter((place) => !isOutOfReach(step, place) || served.has(place.cluster));
    if (reachable.length === 0) return [];
    return step.from
        .filter((gateway) => reachable.every((place) => closedFrom(step, place).includes(gateway)))
        .map((gateway) => leadingFrom(gateway, reachable));
}

/**
 * Whoever lists homes means each of them, from each gateway.
 *
 * @param served clusters into which other gateways lead
 */
function listedHomes(step: Step, served: ReadonlySet<string>): ClosedWay[] {
    return [
        ...deadEnds(step, served),
        ...outOfReach(step)
            .filter(({ cluster }) => !served.has(cluster))
            .map((home) => leadingTo(home, step.from)),
        ...inPartOutOfReach(step).map(([home, from]) => ({ ...leadingTo(home, from), follows: oneHomeLess(from) })),
    ];
}

/** Where all homes are meant because none is named, a gateway may well lead to some of them only. */
function unlistedHomes(view: TrafficView, step: Step, served: ReadonlySet<string>): ClosedWay[] {
    const isOneWay = (from: Place, { cluster }: Place) => view.lineOf(cluster, from.cluster) !== undefined;
    const unreached = outOfReach(step);
    if (unreached.length === step.to.length && served.size === 0) {
        return step.to.length === 0 ? [] : step.from.map((gateway) => leadingFrom(gateway, step.to));
    }
    const otherwise = 'or say behind `to` which clusters are meant';
    return [
        ...deadEnds(step, served),
        ...unreached
            .filter(({ cluster }) => !served.has(cluster))
            .map((home) => ({ ...leadingTo(home, step.from), otherwise })),
        ...inPartOutOfReach(step).flatMap(([home, from]) =>
            from
                .filter((gateway) => isOneWay(gateway, home))
                .map((gateway) => ({
                    ...leadingFrom(gateway, [home]),
                    follows: oneHomeLess([gateway]),
                    otherwise,
                })),
        ),
    ];
}

/** Homes to which some gateways lead, with those that do not, except for gateways that lead nowhere at all. */
function inPartOutOfReach(step: Step): [home: Place, from: readonly Place[]][] {
    const nowhere = new Set(deadEnds(step).map(({ at }) => at));
    return step.to
        .filter((home) => !isOutOfReach(step, home))
        .map((home): [Place, readonly Place[]] => [
            home,
            closedFrom(step, home).filter((gateway) => !nowhere.has(gateway.at)),
        ])
        .filter(([, from]) => from.length > 0);
}

function leadingTo(place: Place, from: readonly Place[]): ClosedWay {
    return {
        at: place.at,
        from: from.flatMap(({ gateway }) => gateway ?? []),
        to: [place.cluster],
        end: place.title,
        isHome: !place.gateway,
        follows: `so ${place.title} never gets one`,
        otherwise: `or take ${place.title} out here`,
    };
}

function leadingFrom(gateway: Place, to: readonly Place[]): ClosedWay {
    return {
        at: gateway.at,
        from: gateway.gateway ? [gateway.gateway] : [],
        to: [...new Set(to.map(({ cluster }) => cluster))],
        end: enumerated(
            to.map(({ title }) => title),
            { last: 'or' },
        ),
        isHome: to.every((place) => !place.gateway),
        follows: `so ${gateway.title} serves nobody`,
        otherwise: `or take ${gateway.title} out here`,
    };
}

function oneHomeLess(from: readonly Place[]): string {
    const gateways = names(from.flatMap(({ gateway }) => (gateway ? [gatewayName(gateway)] : [])));
    return `so ${gateways} ${from.length === 1 ? 'has' : 'have'} one cluster less to go to`;
}
