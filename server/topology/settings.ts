import { isDefaultId, type DefaultId } from '../knowledge/defaults.js';
import type { Setting, Topology } from './topology.js';

/**
 * Which defaults an estate rests on, and whose they are: clusters and services by their names, the estate by its own.
 * In order of declaration.
 */
export function assumedIn(topology: Topology): ReadonlyMap<DefaultId, readonly string[]> {
    const found = new Map<DefaultId, Set<string>>();
    const note = (id: DefaultId, owner: string) => found.set(id, (found.get(id) ?? new Set()).add(owner));
    withSettings(topology, (setting, owner) => {
        const id = defaultOf(setting);
        if (id) note(id, owner);
        return setting;
    });
    if (!topology.network.declared) note('network-open', topology.name);
    return new Map([...found].map(([id, owners]) => [id, [...owners]]));
}

/**
 * The same estate with another value wherever a default is assumed.
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
    return withSettings(topology, (setting, owner) =>
        defaultOf(setting) === id && (owners?.has(owner) ?? true) ? { ...setting, value } : setting,
    );
}

type Change = (setting: Setting<unknown>, owner: string) => Setting<unknown>;

/** What is not changed stays the same object. */
function withSettings(topology: Topology, change: Change): Topology {
    const within =
        (owner: string) =>
        <T>(part: T): T =>
            changed(part, (setting) => change(setting, owner));
    return {
        ...topology,
        tsbVersion: within(topology.name)(topology.tsbVersion),
        clusters: topology.clusters.map((cluster) => within(cluster.name)(cluster)),
        services: topology.services.map((service) => within(service.shortName)(service)),
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
