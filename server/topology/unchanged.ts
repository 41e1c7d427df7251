import type { Topology } from './topology.js';

/**
 * An estate after an edit, with the objects of before wherever they say the same: whatever hangs on one of them, or on all of
 * the estate, is still true.
 *
 * @param before the same estate before the edit
 * @returns `before` itself where nothing has changed
 */
export function withUnchanged(before: Topology, now: Topology): Topology {
    const kept: Topology = {
        ...now,
        files: unchanged(before.files, now.files),
        tsbVersion: unchanged(before.tsbVersion, now.tsbVersion),
        regions: unchangedItems(before.regions, now.regions, nameOf),
        clusters: unchangedItems(before.clusters, now.clusters, nameOf),
        externalServices: unchangedItems(before.externalServices, now.externalServices, nameOf),
        sharedFates: unchangedItems(before.sharedFates, now.sharedFates, nameOf),
        network: unchanged(before.network, now.network),
        needs: unchanged(before.needs, now.needs),
        services: unchangedItems(before.services, now.services, ({ shortName }) => shortName),
    };
    if (now.at) return settled(before, { ...kept, at: unchanged(before.at, now.at) });
    return settled(before, kept);
}

function settled(before: Topology, now: Topology): Topology {
    const keys = Object.keys(now) as (keyof Topology)[];
    const isSame = keys.length === Object.keys(before).length && keys.every((key) => before[key] === now[key]);
    return isSame ? before : now;
}

function unchangedItems<T>(before: readonly T[], now: readonly T[], nameOf: (item: T) => string): readonly T[] {
    let byName: Map<string, T> | undefined;
    const kept = now.map((item, place) => {
        // most are the same objects, in the same places or one further
        if (item === before[place] || item === before[place - 1] || item === before[place + 1]) return item;
        byName ??= new Map(before.map((each) => [nameOf(each), each]));
        return unchanged(byName.get(nameOf(item)), item);
    });
    return sameItems(before, kept) ? before : kept;
}

function nameOf({ name }: { readonly name: string }): string {
    return name;
}

/** Whether two lists have the same objects, in the same order. */
export function sameItems<T>(one: readonly T[], other: readonly T[]): boolean {
    return one === other || (one.length === other.length && one.every((item, place) => item === other[place]));
}

function unchanged<T>(before: T | undefined, now: T): T {
    return before !== undefined && areEqual(before, now) ? before : now;
}

/** Of plain data: values, lists, maps and objects without circles. */
function areEqual(one: unknown, other: unknown): boolean {
    if (Object.is(one, other)) return true;
    if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
    if (one instanceof Map || other instanceof Map) {
        return one instanceof Map && other instanceof Map && areEqual([...one], [...other]);
    }
    if (Array.isArray(one) !== Array.isArray(other)) return false;
    const entries: [string, unknown][] = Object.entries(one);
    const others: [string, unknown][] = Object.entries(other);
    if (entries.length !== others.length) return false;
    // what is made by the same function has its keys in the same order
    return entries.every(([key, value], place) => {
        const [otherKey, otherValue] = others[place]!;
        return key === otherKey && areEqual(value, otherValue);
    });
}
