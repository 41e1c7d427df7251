import { compareTexts } from '../place.js';
import { isOpen } from '../reading/placeholders.js';
import type { Exposed } from './exposures.js';
import type { Gateway, Gateways } from './gateways.js';
import { gatewayName } from './hosts.js';
import { inQuotes, key } from './identity.js';
import type { Services } from './services.js';
import type { World } from './world.js';

/**
 * Hosts that the annotations of the vendor's hosted agent expose: no object of TSB is written for them. The agent makes the
 * gateways; those that stand in the edge clusters are taken (likely).
 */
export function annotatedExposures(world: World, gateways: Gateways, services: Services): Exposed[] {
    const found = new Map<string, Exposed>();
    for (const seen of world.of('Service')) {
        const { name = '', namespace = '', annotations } = seen.object.metadata ?? {};
        const said = (what: string) => annotations?.get(`gateway.tetrate.io/${what}`);
        const service = services.all.get(key(namespace, name));
        const host = said('host')?.trim().toLowerCase();
        if (!service || host === undefined || host === '' || isOpen(host)) continue;
        const edges = (said('edge-clusters') ?? said('edge-cluster') ?? '').split(',').flatMap((entry) => {
            const [cluster = '', weight] = entry.trim().split(':');
            return cluster === '' || isOpen(cluster) ? [] : [{ cluster, weight }];
        });
        if (edges.some(({ weight }) => weight !== undefined))
            world.notes.remark(
                'how requests are spread over edge clusters has no words: the names of a host are DNS',
                seen.at,
            );
        const own = world.clustersOf(seen).filter((cluster) => service.homes.has(cluster));
        const doors = edges.flatMap(({ cluster }) => doorsIn(gateways, cluster, 'tier1'));
        const ends = own.flatMap((cluster) => doorsIn(gateways, cluster, 'ingress'));
        const missing = edges
            .map(({ cluster }) => cluster)
            .find((cluster) => doorsIn(gateways, cluster, 'tier1').length === 0);
        if (missing !== undefined || ends.length === 0) {
            const where = missing ?? own.join(', ');
            world.notes.ask({
                about: { kind: 'service', namespace, name },
                asked: `exposed ${inQuotes(host)}`,
                why: `an annotation exposes it, and no file has a gateway for it in ${where}`,
                answers: [],
                at: [seen.at],
            });
            continue;
        }
        for (const gateway of doors) gateway.roles.add('tier1');
        for (const gateway of ends) gateway.roles.add('ingress');
        const before = found.get(host);
        const hasDoors = doors.length > 0;
        found.set(host, {
            ...{ host, service, isInside: false, through: [], hasDoors },
            via: unique([
                ...(before?.via ?? []),
                ...(hasDoors ? doors : ends).map((each) => gatewayName(gateways, each)),
            ]),
            to: hasDoors ? unique([...(before?.to ?? []), ...own.map((cluster) => ({ cluster }))]) : [],
            ends: [...new Set([...(before?.ends ?? []), ...own])].sort(compareTexts),
            at: [...(before?.at ?? []), seen.at],
        });
    }
    return [...found.values()].sort((a, b) => compareTexts(a.host, b.host));
}

/** Gateways of a cluster with a role; those of no role yet, where none has it. */
function doorsIn(gateways: Gateways, cluster: string, role: 'tier1' | 'ingress'): readonly Gateway[] {
    const there = [...gateways.all.values()].filter((gateway) => gateway.cluster === cluster);
    const fit = there.filter(({ roles }) => roles.has(role));
    return fit.length > 0 ? fit : there.filter(({ roles }) => roles.size === 0);
}

function unique<T>(all: readonly T[]): T[] {
    return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}
