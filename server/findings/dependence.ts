import type { Asking } from '../failure/routes.js';
import type { Callee, Home, Service, SourceLocation } from '../topology/topology.js';
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
    const { services, externalServices } = view.topology;
    return [
        ...services.flatMap((service) => ofService(view, service)),
        ...externalServices.flatMap(({ name, locality }) => {
            const callee = { kind: 'external-service', name } as const;
            if (!locality) return [];
            const place = { only: areaName(locality), isLost: `${areaName(locality)} is lost`, at: locality.at };
            const needs = needsOf(view, callee).filter(({ asking }) => spreads(view, asking, locality));
            return told(name, new Map([['', { place: { ...place, area: locality }, needs }]]));
        }),
    ];
}

/** Who needs something, and how. */
interface Need {
    /** The short name of a service, or the name of a gateway. */
    readonly name: string;
    /** The service itself; undefined for a gateway. */
    readonly service?: Service;
    /** From where it asks. */
    readonly asking: readonly Pick<Home, 'cluster'>[];
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
    /** Homes that look like a second place, and are none. */
    readonly illusions?: readonly Home[];
}

function needsOf(view: TrafficView, callee: Pick<Callee, 'kind' | 'name'>): Need[] {
    const isIt = (each: Callee | undefined) => each?.kind === callee.kind && each.name === callee.name;
    const helperOf = ({ externalAuthorization: authorization, rateLimit }: Asking) => {
        const helper = [authorization, rateLimit].find((each) => each?.fails.value === 'closed' && isIt(each.by));
        return { at: helper?.by?.at, title: helper === authorization ? 'external authorization' : 'rate limit' };
    };
    const services = view.needersOf(callee).flatMap((service): Need[] => {
        const required = service.requires.find(isIt);
        const helper = helperOf(service);
        const at = required?.at ?? helper.at;
        const asking = view.serving.homesOf(service);
        if (!at || asking.length < 2) return [];
        return [{ name: service.shortName, service, asking, at, helper: required ? undefined : helper.title }];
    });
    // gateways in several clusters are each other's spare, as homes are
    const gateways = view.gatewaysNeeding(callee);
    if (new Set(gateways.map(({ cluster }) => cluster)).size < 2) return services;
    return [
        ...services,
        ...gateways.map((gateway): Need => {
            const { at, title } = helperOf(gateway);
            return { name: gatewayName(gateway), asking: gateways, at: at!, helper: title };
        }),
    ];
}

function ofService(view: TrafficView, called: Service): Finding[] {
    if (called.homes.length === 0 || called.hasUnknownHomes) return [];
    const callee = { kind: 'service', name: called.shortName } as const;
    const places = new Map<string, { place: Place; needs: Need[] }>();
    for (const need of needsOf(view, callee).filter(({ service }) => service !== called)) {
        const reached = new Set(need.asking.flatMap(({ cluster }) => view.serving.reached(cluster, called)));
        const place = placeOf(view, called, [...reached]);
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
            message: `${services} ${needs.length === 1 ? 'requires' : 'require'} '${name}', which answers from ${place.only} only: when ${place.isLost}, ${needs.length === 1 ? 'it ' : ''}${cannot}, although ${needs.length === 1 ? 'it has' : 'they have'} instances elsewhere.${illusion(name, place)} Let '${name}' answer from a second place, too.`,
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
            message: `${services} ${needs.length === 1 ? 'asks' : 'ask'} '${name}' (${titles}), which answers from ${place.only} only: when ${place.isLost}, requests are refused everywhere, since it fails closed.${illusion(name, place)} Give '${name}' a second place, or say \`fails open\`.`,
            at: place.at,
            ...related([...needs.map(({ name: asking, helper, at }) => pointTo(at, `the ${helper} of '${asking}'`))]),
        },
    ];
}

/** Why other homes do not count. */
function illusion(name: string, { illusions = [] }: Place): string {
    if (illusions.length === 0) return '';
    const clusters = names(illusions.map(({ cluster }) => cluster));
    return ` ${clusters} ${illusions.length === 1 ? 'is' : 'are'} no second place: '${name}' does not serve there, or no request gets there.`;
}
