import type { Service, SourceLocation } from '../topology/topology.js';
import type { Finding } from './finding.js';
import type { HostWays } from './host-ways.js';
import { entryOf, gatewayName, hostNames, hostTitle, names, pointTo, related, viaOf } from './phrases.js';
import { areaName, areaOf, type Area } from './standing.js';
import type { TrafficView } from './traffic-view.js';

/** Hosts of one service whose homes all stand in one place. */
export interface Together {
    readonly service: Service;
    readonly area: Area;
    readonly hosts: string[];
    readonly clusters: ReadonlySet<string>;
}

/**
 * Several homes in one region or zone, so that hosts do not outlive it. One home alone has a finding of its own. A region
 * may well be all that a host is for: that is told once for the estate.
 */
export function homesInOnePlace(view: TrafficView, found: readonly Together[]): Finding[] {
    const [first, ...more] = found.filter(({ area }) => area.zone === undefined);
    return [
        ...found.filter(({ area }) => area.zone !== undefined).map((each) => oneService(view, each)),
        ...(first ? [more.length === 0 ? oneService(view, first) : severalServices(first, more)] : []),
    ];
}

/** Which of the hosts of a service that are served have all homes in one place. */
export function togetherIn(view: TrafficView, service: Service, hosts: readonly HostWays[]): Together[] {
    const byPlace = new Map<string, Together>();
    for (const { homes, exposure } of hosts) {
        const area = homes.size > 1 ? placeOf(view, homes) : undefined;
        if (!area) continue;
        const start = () => ({ service, area, hosts: [], clusters: homes });
        entryOf(byPlace, areaName(area), start).hosts.push(...hostNames([exposure]));
    }
    return [...byPlace.values()];
}

function oneService(view: TrafficView, each: Together): Finding {
    const { service, area, hosts, clusters } = each;
    return {
        code: 'homes-in-one-place',
        severity: severityOf(area),
        message: `All clusters of '${service.shortName}' stand in ${areaName(area)} (${names([...clusters])}): when that is lost, ${names(hosts)} ${hosts.length === 1 ? 'is' : 'are'} down. Run it in another ${kindOf(area)}, too, if that is to be outlived.`,
        at: placeOfHomes(each),
        ...related([...clusters].map((name) => standsThere(view, name))),
    };
}

function severalServices(first: Together, more: readonly Together[]): Finding {
    const all = [first, ...more];
    return {
        code: 'homes-in-one-place',
        severity: severityOf(first.area),
        message: `All clusters of ${names(all.map(({ service }) => service.shortName))} stand in one region each: when it is lost, ${names(all.flatMap(({ hosts }) => hosts))} are down. Run them in another region, too, if that is to be outlived.`,
        at: placeOfHomes(first),
        ...related(
            all.map((each) => pointTo(placeOfHomes(each), `'${each.service.shortName}' in ${areaName(each.area)}`)),
        ),
    };
}

function placeOfHomes({ service, clusters }: Together): SourceLocation {
    return service.homes.find(({ cluster }) => clusters.has(cluster))?.at ?? service.nameAt;
}

/** Several entries in one region or zone; those on one cluster have a finding of their own, and so have homes there. */
export function entriesInOnePlace(view: TrafficView, { exposure, entries, homes }: HostWays): Finding[] {
    const clusters = new Set(entries.map(({ cluster }) => cluster));
    const area = exposure.via.length > 0 && clusters.size > 1 ? placeOf(view, clusters) : undefined;
    if (!area || placeOf(view, new Set([...clusters, ...homes]))) return [];
    return [
        {
            code: 'entries-in-one-place',
            severity: severityOf(area),
            message: `All entries of ${hostTitle(exposure)} stand in ${areaName(area)} (${names(entries.map(gatewayName))}): when that is lost, ${hostTitle(exposure)} is down, although its instances run on elsewhere. Add an entry gateway in another ${kindOf(area)}.`,
            at: viaOf(exposure),
            ...related([...clusters].map((name) => standsThere(view, name))),
        },
    ];
}

/** Where clusters stand together, if the estate knows other places than that. */
function placeOf({ routes, topology }: TrafficView, clusters: ReadonlySet<string>): Area | undefined {
    const area = areaOf([...clusters].map((name) => routes.cluster(name)?.locality));
    if (!area || topology.regions.length > 1) return area;
    const [region] = topology.regions;
    return area.zone !== undefined && region && region.zones.length > 1 ? area : undefined;
}

/** Another zone is near at hand; whether a region is to be outlived is a question of what one needs. */
function severityOf({ zone }: Area): Finding['severity'] {
    return zone === undefined ? 'hint' : 'warning';
}

function kindOf({ zone }: Area): string {
    return zone === undefined ? 'region' : 'zone';
}

function standsThere({ routes }: TrafficView, name: string) {
    return pointTo(routes.cluster(name)?.locality?.at, `'${name}' stands here`);
}
