import { isDefaultId, type DefaultId } from '../knowledge/defaults.js';
import type { Setting, Topology } from './topology.js';

/** A default that an estate rests on, and whose it is. */
export interface Assumed {
    /** Clusters and services by their names, the estate by its own; in order of declaration. */
    readonly owners: readonly string[];
    /** Whether services are among them. */
    readonly ofServices: boolean;
}

/** Which defaults an estate rests on. */
export function assumedIn(topology: Topology): ReadonlyMap<DefaultId, Assumed> {
    const found = new Map<DefaultId, { owners: Set<string>; ofServices: boolean }>();
    const note = (ids: Iterable<DefaultId>, owner: string, isService = false) => {
        for (const id of ids) {
            const known = found.get(id) ?? { owners: new Set(), ofServices: false };
            known.owners.add(owner);
            found.set(id, { ...known, ofServices: known.ofServices || isService });
        }
    };
    note(defaultsIn(topology.tsbVersion), topology.name);
    for (const cluster of topology.clusters) note(defaultsIn(cluster), cluster.name);
    for (const service of topology.services) note(defaultsIn(service), service.shortName, true);
    if (!topology.network.declared) note(['network-open'], topology.name);
    return new Map([...found].map(([id, { owners, ofServices }]) => [id, { owners: [...owners], ofServices }]));
}

const defaultsInPart = new WeakMap<object, ReadonlySet<DefaultId>>();

/** The defaults that a part of an estate leaves unsaid; found once for each. */
function defaultsIn(part: object): ReadonlySet<DefaultId> {
    const known = defaultsInPart.get(part);
    if (known) return known;
    const found = new Set<DefaultId>();
    changed(part, (setting) => {
        const id = defaultOf(setting);
        if (id) found.add(id);
        return setting;
    });
    defaultsInPart.set(part, found);
    return found;
}

/**
 * The same estate with another value wherever a default is assumed. What is not changed stays the same object.
 *
 * @param owners only there; absent: wherever it is assumed
 */
export function withoutDefault(
    topology: Topology,
    id: DefaultId,
    value: unknown,
    owners?: ReadonlySet<string>,
): Topology {
    if (id === 'network-open') return { ...topology, network: { declared: true, at: [], lines: [] } };
    const within = <T extends object>(part: T, owner: string): T =>
        defaultsIn(part).has(id) && (owners?.has(owner) ?? true)
            ? changed(part, (setting) => (defaultOf(setting) === id ? { ...setting, value } : setting))
            : part;
    return {
        ...topology,
        tsbVersion: within(topology.tsbVersion, topology.name),
        clusters: topology.clusters.map((cluster) => within(cluster, cluster.name)),
        services: topology.services.map((service) => within(service, service.shortName)),
    };
}

function changed<T>(value: T, change: (setting: Setting<unknown>) => Setting<unknown>): T {
    if (typeof value !== 'object' || value === null || 'uri' in value) return value;
    if (isSetting(value)) return change(value) as T;
    let isSame = true;
    const entries = Object.entries(value).map(([key, part]: [string, unknown]) => {
        const next = changed(part, change);
        isSame &&= next === part;
        return [key, next] as const;
    });
    if (isSame) return value;
    return (Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries)) as T;
}

function isSetting(value: object): value is Setting<unknown> {
    return 'value' in value && 'origin' in value;
}

function defaultOf({ origin }: Setting<unknown>): DefaultId | undefined {
    return origin.kind === 'assumed' && isDefaultId(origin.default) ? origin.default : undefined;
}
