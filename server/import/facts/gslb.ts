import { compareTexts, type Place } from '../place.js';
import type { Gateway, Gateways } from './gateways.js';
import { durationOf, inQuotes, key } from './identity.js';
import { placesOf } from './notes.js';
import type { Service, Services } from './services.js';
import type { World } from './world.js';

/** The names that external-dns publishes for a gateway, each with the life of its record where that is said. */
type Published = Map<string, { readonly ttl: string | undefined; readonly at: Place }>;

/**
 * Asks about load balancing by DNS: where the gateways of a host stand in several clusters, and external-dns publishes the
 * host for gateways of several clusters. How the records share a name stands in no file, so it is never written.
 */
export function askForGslb(world: World, gateways: Gateways, services: Services): void {
    const published = publishedIn(world);
    if (published.size === 0) return;
    for (const service of services.all.values())
        for (const { host, isInside, via } of service.exposures) {
            if (isInside) continue;
            const entries = [...gateways.all.values()].filter((gateway) =>
                via.length > 0
                    ? via.some(({ cluster, name }) => gateway.cluster === cluster && gateways.nameOf(gateway) === name)
                    : service.homes.has(gateway.cluster) && gateway.roles.has('ingress'),
            );
            askOf(world, service, host, entries, published);
        }
}

function askOf(
    { notes }: World,
    { namespace, name }: Service,
    host: string,
    entries: readonly Gateway[],
    published: ReadonlyMap<string, Published>,
): void {
    const found = entries.flatMap(({ cluster, namespace: own, ownName }) => {
        const record = published.get(key(cluster, own, ownName))?.get(host);
        return record ? [{ ...record, cluster }] : [];
    });
    if (new Set(found.map(({ cluster }) => cluster)).size < 2) return;
    const lives = new Set(found.map(({ ttl }) => ttl));
    const [life] = lives.size === 1 ? lives : [];
    const said = life === undefined ? 'gslb' : `gslb ttl ${life}`;
    notes.ask({
        about: { kind: 'service', namespace, name },
        asked: `${said} of ${inQuotes(host)}`,
        why: 'external-dns publishes it for gateways of several clusters',
        answers: [`about ${inQuotes(host)} { ${said} }`],
        at: placesOf(found.map(({ at }) => at)),
    });
}

/** By the cluster, namespace and name of a gateway: annotations of its install object, or of its Service. */
function publishedIn(world: World): ReadonlyMap<string, Published> {
    const found = new Map<string, Published>();
    const add = (seen: Parameters<World['clustersOf']>[0], cluster: string, all: ReadonlyMap<string, string>) => {
        const names = all.get('external-dns.alpha.kubernetes.io/hostname') ?? '';
        const ttl = lifeOf(all.get('external-dns.alpha.kubernetes.io/ttl') ?? '');
        const { namespace, name } = (seen.object.metadata ?? {}) as { namespace?: string; name?: string };
        const id = key(cluster, namespace ?? '', name);
        const known = found.get(id) ?? new Map<string, { ttl: string | undefined; at: Place }>();
        for (const host of names.toLowerCase().split(',').map(withoutDot).sort(compareTexts))
            if (host !== '') known.set(host, { ttl, at: seen.at });
        if (known.size > 0) found.set(id, known);
    };
    for (const seen of world.of('GatewayInstall')) {
        const { kubeSpec, targetCluster } = seen.object.spec ?? {};
        const { annotations } = kubeSpec?.service ?? {};
        if (!annotations?.has('external-dns.alpha.kubernetes.io/hostname')) continue;
        const clusters = targetCluster === undefined ? world.clustersOf(seen) : [targetCluster];
        for (const cluster of clusters) add(seen, cluster, annotations);
    }
    for (const seen of world.of('Service')) {
        const { annotations } = seen.object.metadata ?? {};
        if (!annotations?.has('external-dns.alpha.kubernetes.io/hostname')) continue;
        for (const cluster of world.clustersOf(seen)) add(seen, cluster, annotations);
    }
    return found;
}

function withoutDot(host: string): string {
    return host.trim().replace(/\.$/, '');
}

/** A duration, or a number of seconds. */
function lifeOf(text: string): string | undefined {
    return durationOf(/^\d+$/.test(text.trim()) ? `${text.trim()}s` : text);
}
