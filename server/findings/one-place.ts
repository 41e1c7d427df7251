import type { Service } from '../topology/topology.js';
import type { Finding } from './finding.js';
import type { HostWays } from './host-ways.js';
import { gatewayName, names, pointTo, related, viaOf } from './phrases.js';
import { areaName, areaOf, type Area } from './standing.js';
import type { TrafficView } from './traffic-view.js';

/** Several homes in one region or zone, so that hosts do not outlive it. One home alone has a finding of its own. */
export function homesInOnePlace(view: TrafficView, service: Service, hosts: readonly HostWays[]): Finding[] {
    if (service.hasUnknownHomes) return [];
    const byPlace = new Map<string, { area: Area; hosts: string[]; clusters: ReadonlySet<string> }>();
    for (const { homes, exposure } of hosts) {
        const area = homes.size > 1 ? placeOf(view, homes) : undefined;
        if (!area) continue;
        const known = byPlace.get(areaName(area));
        if (known) known.hosts.push(exposure.host);
        else byPlace.set(areaName(area), { area, hosts: [exposure.host], clusters: homes });
    }
    return [...byPlace.values()].map(({ area, hosts: gone, clusters }) => ({
        code: 'homes-in-one-place',
        severity: severityOf(area),
        message: `All homes of '${service.shortName}' stand in ${areaName(area)} (${names([...clusters])}): when that is lost, ${names(gone)} ${gone.length === 1 ? 'is' : 'are'} gone. Run it in another ${kindOf(area)}, too, if that is to be outlived.`,
        at: service.homes.find(({ cluster }) => clusters.has(cluster))!.at,
        ...related([...clusters].map((name) => standsThere(view, name))),
    }));
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
            message: `All entries of '${exposure.host}' stand in ${areaName(area)} (${names(entries.map(gatewayName))}): when that is lost, '${exposure.host}' is gone, although its homes run on elsewhere. Add an entry gateway in another ${kindOf(area)}.`,
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
