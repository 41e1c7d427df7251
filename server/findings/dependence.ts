import { relaying } from '../failure/relays.js';
import { entryGateways, targetsOf, type Asking } from '../failure/routes.js';
import type {
    Callee,
    ExternalService,
    Gateway,
    Home,
    Replicas,
    Service,
    SourceLocation,
} from '../topology/topology.js';
import { enumerated } from '../words/english.js';
import type { Finding } from './finding.js';
import { entryOf, gatewayName, names, pointTo, related } from './phrases.js';
import { areaName, areaOf, isOutside, type Area } from './standing.js';
import type { TrafficView } from './traffic-view.js';

/**
 * What services with several homes cannot serve without, and what stands in one place: their own redundancy is worth
 * nothing while that is away. Told once for each such thing, where it stands, whoever needs it. Whoever needs it through
 * others is not told again: a chain breaks at the link that stands in one place.
 */
export function dependenceFindings(view: TrafficView): Finding[] {
    return [
        ...view.ofEachService(ofService),
        ...view.topology.externalServices.flatMap((external) => ofExternal(view, external)),
    ];
}

/** What stands in one area, or in several of which one takes it along. */
function ofExternal(view: TrafficView, { name, places, replicas, hasUnknownPlaces }: ExternalService): Finding[] {
    const at = places[0]?.at;
    const area = areaOf(places);
    if (!at || hasUnknownPlaces) return [];
    const all = needsOf(view, { kind: 'external-service', name });
    if (places.length > 1 && isLostWithOne(places.length, replicas)) {
        const needs = all.filter(({ asking }) => places.some((place) => spreads(view, asking, place)));
        const { count, needed } = replicas;
        const onlyWay = `which needs ${needed} of its ${count} copies, spread over ${enumerated(places.map(areaName))}`;
        const isLost = `${count % places.length === 0 ? 'any of them' : 'the one that holds most of them'} is lost`;
        const place = { only: '', onlyWay, isLost, remedy: 'If fewer copies will do, say so', at };
        return told(name, new Map([['', { place, needs }]]));
    }
    if (!area) return [];
    const place = { only: areaName(area), isLost: `${areaName(area)} is lost`, at, area };
    const needs = all.filter(({ asking }) => spreads(view, asking, area));
    return told(name, new Map([['', { place, needs }]]));
}

/** Whether the loss of one place, of the one that holds most, leaves too few copies. */
function isLostWithOne(places: number, replicas: Replicas | undefined): replicas is Replicas & { needed: number } {
    if (replicas?.needed === undefined) return false;
    return replicas.count - Math.ceil(replicas.count / places) < replicas.needed;
}

/** Who needs something, and how. */
interface Need {
    /** The short name of a service, or the name of a gateway. */
    readonly name: string;
    /** The service itself; undefined for a gateway. */
    readonly service?: Service;
    /** From where it asks. */
    readonly asking: readonly Pick<Home, 'cluster'>[];
    /** How it says so, with the gateways by which its calls leave. */
    readonly callee: Callee;
    /** "external authorization", "rate limit"; undefined for what it requires. */
    readonly helper: string | undefined;
    readonly at: SourceLocation;
}

/** The one place in which something stands: a cluster, or an area. */
interface Place {
    readonly only: string;
    /** A clause behind "when". */
    readonly isLost: string;
    readonly at: SourceLocation;
    /** Undefined for a cluster. */
    readonly area?: Area;
    /** A clause behind the name of what needs each of several places, rather than standing in one. */
    readonly onlyWay?: string;
    /** What to do about it, without its end; unsaid: it wants a second place. */
    readonly remedy?: string;
    /** The gateways that all calls pass, where those stand in the place, and not what answers. */
    readonly relays?: string;
    /** Homes that look like a second place, and are none. */
    readonly illusions?: readonly Home[];
}

function needsOf(view: TrafficView, callee: Pick<Callee, 'kind' | 'name'>): Need[] {
    const isIt = (each: Callee | undefined) => each?.kind === callee.kind && each.name === callee.name;
    const helperOf = ({ externalAuthorization: authorization, rateLimit }: Asking) => {
        const helper = [authorization, rateLimit].find((each) => each?.fails.value === 'closed' && isIt(each.by));
        return { by: helper?.by, title: helper === authorization ? 'external authorization' : 'rate limit' };
    };
    const services = view.needersOf(callee).flatMap((service): Need[] => {
        const required = service.requires.find(isIt);
        const helper = helperOf(service);
        const said = required ?? helper.by;
        const asking = view.serving.homesOf(service);
        if (!said || asking.length < 2) return [];
        const { at } = said;
        return [
            { name: service.shortName, service, asking, at, callee: said, helper: required ? undefined : helper.title },
        ];
    });
    // gateways in several clusters are each other's spare, as homes are
    const gateways = view.gatewaysNeeding(callee);
    if (new Set(gateways.map(({ cluster }) => cluster)).size < 2) return services;
    return [
        ...services,
        ...gateways.map((gateway): Need => {
            const { by, title } = helperOf(gateway);
            return { name: gatewayName(gateway), asking: gateways, at: by!.at, callee: by!, helper: title };
        }),
    ];
}

function ofService(view: TrafficView, called: Service): Finding[] {
    if (called.homes.length === 0 || called.hasUnknownHomes) return [];
    const callee = { kind: 'service', name: called.shortName } as const;
    const places = new Map<string, { place: Place; needs: Need[] }>();
    for (const need of needsOf(view, callee).filter(({ service }) => service !== called)) {
        const answering = ({ cluster }: Pick<Home, 'cluster'>) =>
            need.service ? view.serving.answering(cluster, need.callee, called) : view.serving.reached(cluster, called);
        const reached = new Set(need.asking.flatMap(answering));
        const place = placeOf(view, called, [...reached]) ?? relayPlace(view, need, called);
        if (!place || (place.area && !spreads(view, need.asking, place.area))) continue;
        entryOf(places, place.only, () => ({ place, needs: [] })).needs.push(need);
    }
    return told(called.shortName, places);
}

/** Where the homes that answer stand, if that is one place. */
function placeOf({ routes }: TrafficView, { homes }: Service, reached: readonly Home[]): Place | undefined {
    const [home, ...more] = reached;
    if (!home) return undefined;
    if (more.length === 0) {
        const illusions = homes.filter((each) => each !== home);
        return { only: `'${home.cluster}'`, isLost: `'${home.cluster}' fails`, at: home.at, illusions };
    }
    const area = areaOf(reached.map(({ cluster }) => routes.cluster(cluster)?.locality));
    return area && { only: areaName(area), isLost: `${areaName(area)} is lost`, at: home.at, area };
}

/** The one cluster through whose gateways all calls go, whoever asks from wherever. */
function relayPlace({ routes, serving, isOpen }: TrafficView, need: Need, called: Service): Place | undefined {
    if (!need.service) return undefined;
    const passed = new Set<Gateway>();
    for (const { cluster } of need.asking) {
        const relay = relaying(routes, cluster, need.callee, called);
        const isAtHome = serving.homesOf(called).some((home) => home.cluster === cluster);
        if (!relay || isAtHome) return undefined;
        for (const gateway of entryGateways(routes, relay, targetsOf(routes, called, relay)))
            if (isOpen(cluster, gateway.cluster)) passed.add(gateway);
    }
    const [gateway] = passed;
    if (!gateway || new Set([...passed].map(({ cluster }) => cluster)).size > 1) return undefined;
    return {
        only: `'${gateway.cluster}'`,
        isLost: `'${gateway.cluster}' fails`,
        at: gateway.nameAt,
        relays: names([...passed].map(gatewayName)),
    };
}

/** Whether homes stand elsewhere, too, so that they should outlive the area. */
function spreads({ routes }: TrafficView, homes: readonly Pick<Home, 'cluster'>[], area: Area): boolean {
    return homes.some(({ cluster }) => isOutside(routes.cluster(cluster)?.locality, area));
}

/** One finding for each place: of what is required, and of what is asked about each request. */
function told(name: string, places: ReadonlyMap<string, { place: Place; needs: readonly Need[] }>): Finding[] {
    return [...places.values()].flatMap(({ place, needs }) => [
        ...required(
            name,
            place,
            needs.filter(({ helper }) => !helper),
        ),
        ...asked(
            name,
            place,
            needs.filter(({ helper }) => helper),
        ),
    ]);
}

function required(name: string, place: Place, needs: readonly Need[]): Finding[] {
    if (needs.length === 0) return [];
    const services = names(needs.map(({ name: asking }) => asking));
    const cannot = needs.length === 1 ? 'cannot serve anywhere' : 'none of them can serve anywhere';
    return [
        {
            code: 'required-in-one-place',
            severity: 'warning',
            message: `${services} ${needs.length === 1 ? 'requires' : 'require'} '${name}', ${onlyWay(place)}: when ${place.isLost}, ${needs.length === 1 ? 'it ' : ''}${cannot}, although ${needs.length === 1 ? 'it has' : 'they have'} instances elsewhere.${illusion(name, place)} ${place.relays ? 'Name a gateway on another cluster, too.' : `${place.remedy ?? `Let '${name}' answer from a second place, too`}.`}`,
            at: place.at,
            ...related([...needs.map(({ name: asking, at }) => pointTo(at, `'${asking}' requires it`))]),
        },
    ];
}

function asked(name: string, place: Place, needs: readonly Need[]): Finding[] {
    if (needs.length === 0) return [];
    const services = names(needs.map(({ name: asking }) => asking));
    const titles = [...new Set(needs.map(({ helper }) => helper!))].join(' and ');
    return [
        {
            code: 'helper-single-point',
            severity: 'warning',
            message: `${services} ${needs.length === 1 ? 'asks' : 'ask'} '${name}' (${titles}), ${onlyWay(place)}: when ${place.isLost}, requests are refused everywhere, since it fails closed.${illusion(name, place)} ${place.remedy ?? `Give '${name}' a second place`}, or say \`fails open\`.`,
            at: place.at,
            ...related([...needs.map(({ name: asking, helper, at }) => pointTo(at, `the ${helper} of '${asking}'`))]),
        },
    ];
}

/** A clause behind the name of what is needed. */
function onlyWay({ only, relays, onlyWay: said }: Place): string {
    if (said) return said;
    return relays ? `and all its calls pass ${relays} on ${only}` : `which answers from ${only} only`;
}

/** Why other homes do not count. */
function illusion(name: string, { illusions = [] }: Place): string {
    if (illusions.length === 0) return '';
    const clusters = names(illusions.map(({ cluster }) => cluster));
    return ` ${clusters} ${illusions.length === 1 ? 'is' : 'are'} no second place: '${name}' does not serve there, or no request gets there.`;
}
