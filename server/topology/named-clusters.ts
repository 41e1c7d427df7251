import { helpersOf } from './named-by.js';
import type { Neighbourhood, World } from './neighbourhood.js';
import type { Cluster, Network, Service, Topology } from './topology.js';
import { changeBetween, isUnchanged } from './unchanged.js';

// Services look at no workload cluster but those that they name, and at no way but from or to one of these: what was found of
// them is true for as long as these stay as they are, and all else of the world.

/**
 * The workload clusters of which two worlds do not say the same, or not the same of the ways from and to them; undefined where
 * anything else is otherwise, too, or one of them may concern services that do not name it.
 */
export function clustersChanged(before: World, now: World): ReadonlySet<string> | undefined {
    if (before === now) return new Set();
    const [one, other] = [before.topology, now.topology];
    const keys = Object.keys({ ...one, ...other }) as (keyof Topology)[];
    const isLookedAt = (key: keyof Topology) => key === 'clusters' || key === 'services' || key === 'network';
    if (!keys.every((key) => isLookedAt(key) || isUnchanged(one[key], other[key]))) return undefined;
    const inNetwork = waysChanged(one.network, other.network);
    if (!inNetwork) return undefined;
    const changed = new Set(inNetwork);
    const later = new Map(other.clusters.map((cluster) => [cluster.name, cluster]));
    const staying = one.clusters.filter(({ name }) => later.has(name));
    const known = new Set(staying.map(({ name }) => name));
    const come = other.clusters.filter(({ name }) => !known.has(name));
    const comeOrGone = [...come, ...one.clusters.filter(({ name }) => !later.has(name))];
    if (!comeOrGone.every(concernsOnlyItself)) return undefined;
    for (const { name } of comeOrGone) changed.add(name);
    const order = come.length === 0 ? other.clusters : other.clusters.filter(({ name }) => known.has(name));
    for (const [place, cluster] of staying.entries()) {
        const { name } = cluster;
        if (order[place]!.name !== name) return undefined;
        const isHomed = before.homed.has(name) === now.homed.has(name);
        if (order[place] === cluster && isHomed) continue;
        if (!concernsOnlyItself(cluster) || !concernsOnlyItself(order[place]!)) return undefined;
        changed.add(name);
    }
    return changed;
}

/** The clusters from or to which another way leads, be it nobody knows where; undefined where that may be any. */
function waysChanged(before: Network, now: Network): readonly string[] | undefined {
    if (before === now) return [];
    const isAnywhere = Boolean(before.unknown?.anywhere) !== Boolean(now.unknown?.anywhere);
    if (isAnywhere || before.declared !== now.declared || !isUnchanged(before.at, now.at)) return undefined;
    const { gone, instead } = changeBetween(before.lines, now.lines);
    return [...gone, ...instead].flatMap(({ from, to }) => [...from, ...to]);
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
