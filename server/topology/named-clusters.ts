import { helpersOf } from './named-by.js';
import type { Neighbourhood, World } from './neighbourhood.js';
import type { Cluster, Service, Topology } from './topology.js';
import { isUnchanged } from './unchanged.js';

// Services look at no workload cluster but those that they name: what was found of them is true for as long as these stay as
// they are, and all else that is no workload cluster.

/**
 * The workload clusters of which two worlds do not say the same; undefined where anything else is otherwise, too, or one of
 * them may concern services that do not name it.
 */
export function clustersChanged(before: World, now: World): ReadonlySet<string> | undefined {
    if (before === now) return new Set();
    const [one, other] = [before.topology, now.topology];
    const keys = Object.keys({ ...one, ...other }) as (keyof Topology)[];
    const isElsewhere = (key: keyof Topology) => key !== 'clusters' && key !== 'services';
    if (!keys.every((key) => !isElsewhere(key) || isUnchanged(one[key], other[key]))) return undefined;
    if (one.clusters.length !== other.clusters.length) return undefined;
    const changed = new Set<string>();
    for (const [place, cluster] of one.clusters.entries()) {
        const later = other.clusters[place]!;
        if (later.name !== cluster.name) return undefined;
        const isHomed = before.homed.has(cluster.name) === now.homed.has(cluster.name);
        if (later === cluster && isHomed) continue;
        if (!concernsOnlyItself(cluster) || !concernsOnlyItself(later)) return undefined;
        changed.add(cluster.name);
    }
    return changed;
}

/** A management cluster concerns everybody; and so may a gateway that asks services about requests. */
function concernsOnlyItself({ kind, gateways }: Cluster): boolean {
    return kind === 'workload' && gateways.every((gateway) => helpersOf(gateway).length === 0);
}

/** Whether no service of a neighbourhood names any of some clusters. */
export function namesNone({ services }: Neighbourhood, clusters: ReadonlySet<string>): boolean {
    if (clusters.size === 0) return true;
    return !services.some((service) => namedByService(service).some((name) => clusters.has(name)));
}

/** The clusters that services of a neighbourhood name, wherever they do: as homes, as targets, and by their gateways. */
export function clustersNamedBy({ services }: Neighbourhood): ReadonlySet<string> {
    return new Set(services.flatMap(namedByService));
}

const named = new WeakMap<Service, readonly string[]>();

function namedByService(service: Service): readonly string[] {
    let clusters = named.get(service);
    if (!clusters) {
        const found = new Set<string>();
        collectClusters(service, found);
        named.set(service, (clusters = [...found]));
    }
    return clusters;
}

/** Of plain data, in which a cluster is always called by that word; where something is said names none. */
function collectClusters(value: object, found: Set<string>): void {
    if (Array.isArray(value)) {
        for (const each of value) if (typeof each === 'object' && each !== null) collectClusters(each as object, found);
        return;
    }
    if ('uri' in value && 'range' in value) return;
    for (const key in value) {
        const each: unknown = value[key as keyof typeof value];
        if (key === 'cluster' && typeof each === 'string') found.add(each);
        else if (typeof each === 'object' && each !== null) collectClusters(each, found);
    }
}
