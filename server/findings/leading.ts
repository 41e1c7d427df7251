import { isIngressOf } from '../failure/routes.js';
import type { Exposure, Gateway, Service, Target } from '../topology/topology.js';
import { enumerated } from '../words/english.js';
import type { Finding, Remedy } from './finding.js';
import { gatewayName, hostTitle, names, pointTo, related, span } from './phrases.js';
import type { TrafficView } from './traffic-view.js';
import type { LastStep, Place } from './ways.js';

/** Whether the gateways of a host lead where its requests should go, as far as their roles decide that. */
export function leadingFindings(
    view: TrafficView,
    service: Service,
    exposure: Exposure,
    last: LastStep,
    isServed: boolean,
): Finding[] {
    const passing = passingEastWest(view, service, exposure, last);
    return [
        ...transitFindings(exposure, passing),
        ...ingressFindings(view, service, exposure, last, passing, isServed),
    ];
}

/** Transit that only an east-west gateway could do, and does not. */
interface Passing {
    /** Gateways behind `through` without a role that knows the host. */
    readonly bare: readonly Place[];
    /** Gateways behind `through` from which requests would have to go on by east-west failover. */
    readonly relying: readonly Place[];
}

function passingEastWest(view: TrafficView, service: Service, exposure: Exposure, last: LastStep): Passing {
    const through = exposure.through.flat().flatMap((ref) => {
        const gateway = view.routes.cluster(ref.cluster)?.gateways.find(({ name }) => name === ref.gateway);
        return gateway ? [{ cluster: ref.cluster, at: ref.at, title: `'${gatewayName(gateway)}'`, gateway }] : [];
    });
    const homes = new Set(service.homes.map(({ cluster }) => cluster));
    const isLast = new Set(last.near.map(({ at }) => at));
    const bare = through.filter(
        ({ gateway }) => !gateway.roles.includes('tier1') && !gateway.roles.includes('ingress'),
    );
    const relying = through.filter(
        (place) =>
            isLast.has(place.at) &&
            !bare.includes(place) &&
            exposure.to.length === 0 &&
            !homes.has(place.cluster) &&
            view.serving.ledTo(place.cluster, service).length > 0,
    );
    return { bare, relying };
}

function transitFindings(exposure: Exposure, { bare, relying }: Passing): Finding[] {
    const places = [...bare, ...relying];
    if (places.length === 0) return [];
    const gateways = gatewaysOf(places);
    const titles = names(gateways.map(gatewayName));
    const reason =
        bare.length > 0
            ? `${titles} ${gateways.length === 1 ? 'serves' : 'serve'} traffic between services only`
            : `behind ${titles} they would have to go on by east-west failover`;
    return [
        {
            code: 'transit-by-east-west',
            severity: 'warning',
            message: `Requests for ${hostTitle(exposure)} are refused on their way: ${reason}, and transit needs a gateway for the host at its far end (seen in a build of TSB; likely). Name a tier1 gateway behind \`through\`.`,
            at: span(places.map(({ at }) => at))!,
            remedy: gateways.map(tier1),
            ...related(gateways.map(({ nameAt }) => ({ at: nameAt, message: 'the transit gateway' }))),
        },
    ];
}

/** Only the role tier1 leads to other clusters; all others lead to their own, and on from there by east-west failover. */
function ingressFindings(
    view: TrafficView,
    service: Service,
    exposure: Exposure,
    { far, near, homes }: LastStep,
    { bare }: Passing,
    isServed: boolean,
): Finding[] {
    const told = new Set(bare.map(({ at }) => at));
    const idle = near.filter((place) => !told.has(place.at) && isIdle(view, service, exposure, homes, place));
    const leadsThere = (home: Place) => near.some((place) => isEnteredAt(view, home.target, place));
    const unreached = exposure.to.length === 0 || far.length > 0 ? [] : homes.filter((home) => !leadsThere(home));
    const gateways = gatewaysOf(near.filter(({ at }) => !told.has(at)));
    if (unreached.length > 0 && gateways.length > 0) {
        const clusters = enumerated(unreached.map(({ title }) => title));
        const follows = isServed
            ? `${clusters} never ${unreached.length === 1 ? 'gets' : 'get'} one`
            : 'nobody is served';
        const lead = `${names(gateways.map(gatewayName))} ${gateways.length === 1 ? 'leads' : 'lead'}`;
        return [
            finding(exposure, unreached, idle.length > 0 ? gatewaysOf(idle) : gateways, {
                what: `do not get to ${clusters}: ${lead} to ${gateways.length === 1 ? 'its' : 'their'} own cluster only, since only a tier1 gateway leads to others, so ${follows}`,
                instead: `Let a tier1 gateway lead there${isServed ? `, or take ${clusters} out here` : ''}.`,
            }),
        ];
    }
    return idle.map((place) => {
        const why =
            exposure.to.length > 0
                ? notBehindTo(exposure, place)
                : `'${service.shortName}' does not run on '${place.cluster}', nor does failover lead on from there`;
        const follows = isServed ? `so ${place.title} serves nobody` : 'so nobody is served';
        return finding(exposure, [place], gatewaysOf([place]), {
            what: `end at ${place.title}: it leads to its own cluster only, since only a tier1 gateway leads to others, and ${why}, ${follows}`,
            instead: `Give it the role \`tier1\`${isServed ? ', or take it out here' : ''}.`,
        });
    });
}

/** Whether a gateway that leads to its own cluster only finds nobody there. */
function isIdle(
    view: TrafficView,
    service: Service,
    exposure: Exposure,
    homes: readonly Place[],
    place: Place,
): boolean {
    if (exposure.to.length === 0) return view.serving.ledTo(place.cluster, service).length === 0;
    // a target in which the service does not run, or of weight 0, has a message of its own
    return !exposure.to.some((target) => isEnteredAt(view, target, place)) && homes.length > 0;
}

/** Whether requests that are at a gateway have entered the cluster of a target, whatever the role of the gateway. */
function isEnteredAt({ routes }: TrafficView, target: Target | undefined, { cluster, gateway }: Place): boolean {
    if (target?.cluster !== cluster) return false;
    return !target.gateways || !gateway || isIngressOf(routes, gateway, target);
}

function notBehindTo({ to }: Exposure, { cluster }: Place): string {
    const there = to.find((target) => target.cluster === cluster);
    return there
        ? `the host is behind another gateway of '${cluster}' (${names(there.gateways ?? [])})`
        : `'${cluster}' is not behind \`to\``;
}

function finding(
    exposure: Exposure,
    places: readonly Place[],
    gateways: readonly Gateway[],
    { what, instead }: { readonly what: string; readonly instead: string },
): Finding {
    return {
        code: 'ingress-to-other-cluster',
        severity: 'warning',
        message: `Requests for ${hostTitle(exposure)} ${what}. ${instead}`,
        at: span(places.map(({ at }) => at))!,
        remedy: gateways.map(tier1),
        ...related(
            gateways.map((gateway) => pointTo(gateway.nameAt, `'${gatewayName(gateway)}' has not the role tier1`)),
        ),
    };
}

function tier1({ nameAt }: Gateway): Remedy {
    return { do: 'give-role', gateway: nameAt, role: 'tier1' };
}

function gatewaysOf(places: readonly Place[]): Gateway[] {
    return places.flatMap(({ gateway }) => gateway ?? []);
}
