import type { Callee, Home, Locality, Service } from '../topology/topology.js';
import { oneOf } from '../words/english.js';
import type { Finding } from './finding.js';
import { pointTo, quoted, related } from './phrases.js';
import { areaName, areaOf, isOutside, type Area } from './standing.js';
import type { TrafficView } from './traffic-view.js';

/**
 * What services with several homes require one of, where all that would do stands in one place: they are no spare for
 * each other there, and the redundancy of the service is worth nothing while that is away.
 */
export function choiceFindings(view: TrafficView): Finding[] {
    return view.ofEachService(ofService);
}

function ofService(view: TrafficView, service: Service): Finding[] {
    const asking = view.serving.homesOf(service);
    if (asking.length < 2) return [];
    return (service.requiresOneOf ?? []).flatMap((need) => {
        const [first, ...others] = need;
        const only = placeOf(view, asking, need);
        if (!first || !only) return [];
        const answers = oneOf(need.map(({ name }) => quoted(name)));
        const isLost = only.cluster ? `${only.title} fails` : `${only.title} is lost`;
        return [
            {
                code: 'required-in-one-place',
                severity: 'warning',
                message: `'${service.shortName}' requires ${answers}, and all of them answer from ${only.title} only: when ${isLost}, it cannot serve anywhere, although it has instances elsewhere. Let one of them answer from a second place, too.`,
                at: first.at,
                ...related(others.map(({ name, at }) => pointTo(at, quoted(name)))),
            },
        ];
    });
}

/** The one place in which all of them answer; undefined where there are several, or nobody knows. */
function placeOf(
    view: TrafficView,
    asking: readonly Home[],
    need: readonly Callee[],
): { readonly title: string; readonly cluster?: string } | undefined {
    const { routes } = view;
    const standing = (cluster: string) => routes.cluster(cluster)?.locality;
    const answering = need.map((callee) => answersOf(view, asking, callee));
    if (answering.includes(undefined)) return undefined;
    const clusters = new Set(answering.flatMap((answers) => answers!.clusters));
    const places = answering.flatMap((answers) => answers!.places);
    const [cluster] = clusters;
    if (cluster !== undefined && clusters.size === 1 && places.length === 0) return { title: quoted(cluster), cluster };
    const area = areaOf([...[...clusters].map(standing), ...places]);
    return area &&
        isOutlived(
            asking.map((home) => standing(home.cluster)),
            area,
        )
        ? { title: areaName(area) }
        : undefined;
}

/** Whether homes stand elsewhere, too, so that they should outlive the area. */
function isOutlived(homes: readonly (Locality | undefined)[], area: Area): boolean {
    return homes.some((home) => isOutside(home, area));
}

/** From where something answers; undefined where nobody knows. */
function answersOf(
    { routes, serving }: TrafficView,
    asking: readonly Home[],
    callee: Callee,
): { readonly clusters: readonly string[]; readonly places: readonly Locality[] } | undefined {
    if (callee.kind === 'external-service') {
        const external = routes.external(callee.name);
        const isKnown = external && !external.hasUnknownPlaces && external.places.length > 0;
        return isKnown ? { clusters: [], places: external.places } : undefined;
    }
    const service = routes.service(callee.name);
    if (!service || service.homes.length === 0 || service.hasUnknownHomes) return undefined;
    const homes = asking.flatMap(({ cluster }) => serving.answering(cluster, callee, service));
    return { clusters: homes.map(({ cluster }) => cluster), places: [] };
}
