import { AnchoredPlace } from './place.js';
import type { Network, Topology } from './topology.js';

/**
 * An estate after an edit, with the objects of before wherever they say the same: whatever hangs on one of them, or on all of
 * the estate, is still true.
 *
 * @param before the same estate before the edit
 * @returns `before` itself where nothing has changed
 */
export function withUnchanged(before: Topology, now: Topology): Topology {
    return withObjectsOf(before, now, areEqual);
}

/**
 * The same of two estates that are not of the same files, whatever the places at which they say it: what fails with what is
 * then found once for both.
 */
export function withSame(other: Topology, estate: Topology): Topology {
    const { at, files } = other;
    return withObjectsOf(other, { ...estate, files, ...(at && { at }) }, areEqualButForPlaces);
}

/** Whether two values say the same. */
type Compare = (one: unknown, other: unknown) => boolean;

function withObjectsOf(before: Topology, now: Topology, areSame: Compare): Topology {
    const same = <T>(one: T | undefined, other: T): T => (one !== undefined && areSame(one, other) ? one : other);
    const kept: Topology = {
        ...now,
        files: same(before.files, now.files),
        tsbVersion: same(before.tsbVersion, now.tsbVersion),
        regions: sameIn(before.regions, now.regions, nameOf, same),
        clusters: sameIn(before.clusters, now.clusters, nameOf, same),
        externalServices: sameIn(before.externalServices, now.externalServices, nameOf, same),
        sharedFates: sameIn(before.sharedFates, now.sharedFates, nameOf, same),
        network: networkLike(before.network, now.network, same),
        needs: same(before.needs, now.needs),
        needy: same(before.needy, now.needy),
        services: sameIn(before.services, now.services, ({ shortName }) => shortName, same),
    };
    if (now.at) return settled(before, { ...kept, at: same(before.at, now.at) });
    return settled(before, kept);
}

/** With the lines of before wherever they say the same. */
function networkLike(before: Network, now: Network, same: <T>(one: T | undefined, other: T) => T): Network {
    const kept = same(before, now);
    if (kept === before) return before;
    const lines = now.lines.map((line, place) => same(before.lines[place], line));
    return {
        ...now,
        at: same(before.at, now.at),
        lines,
        ...(now.unknown && { unknown: same(before.unknown, now.unknown) }),
    };
}

function settled(before: Topology, now: Topology): Topology {
    const keys = Object.keys(now) as (keyof Topology)[];
    const isSame = keys.length === Object.keys(before).length && keys.every((key) => before[key] === now[key]);
    return isSame ? before : now;
}

function sameIn<T>(
    before: readonly T[],
    now: readonly T[],
    nameOf: (item: T) => string,
    same: (one: T | undefined, other: T) => T,
): readonly T[] {
    const change = changeBetween(before, now);
    const { start, instead } = change;
    if (change.gone.length + instead.length === 0) return before;
    const byName = new Map(change.gone.map((each) => [nameOf(each), each]));
    const between = instead.map((item) => same(byName.get(nameOf(item)), item));
    const kept = [...now.slice(0, start), ...between, ...now.slice(start + instead.length)];
    return sameItems(before, kept) ? before : kept;
}

/** What has changed between two lists, of which most items are the same objects: the stretch from the first other one to the last. */
export interface ListChange<T> {
    readonly start: number;
    readonly gone: readonly T[];
    readonly instead: readonly T[];
}

/** From the first item that is another object to the last. */
export function changeBetween<T>(before: readonly T[], now: readonly T[]): ListChange<T> {
    const most = Math.min(before.length, now.length);
    let start = 0;
    while (start < most && now[start] === before[start]) start++;
    let after = 0;
    while (after < most - start && now[now.length - 1 - after] === before[before.length - 1 - after]) after++;
    return { start, gone: before.slice(start, before.length - after), instead: now.slice(start, now.length - after) };
}

function nameOf({ name }: { readonly name: string }): string {
    return name;
}

/** Whether two lists have the same objects, in the same order. */
export function sameItems<T>(one: readonly T[], other: readonly T[]): boolean {
    return one === other || (one.length === other.length && one.every((item, place) => item === other[place]));
}

/** Whether something is the same object, or a list of the same ones. */
export function isUnchanged(one: unknown, other: unknown): boolean {
    return one === other || (Array.isArray(one) && Array.isArray(other) && sameItems<unknown>(one, other));
}

/** What stands at the same place now may move another way. */
const areEqual = comparing((one, other) => {
    if (!(one instanceof AnchoredPlace || other instanceof AnchoredPlace)) return undefined;
    return one instanceof AnchoredPlace && other instanceof AnchoredPlace && one.equals(other);
});

const areEqualButForPlaces = comparing((one, other) => (isPlace(one) && isPlace(other) ? true : undefined));

function isPlace(value: object): boolean {
    return 'uri' in value && 'range' in value;
}

/** Of plain data: values, lists, maps and objects without circles. @param comparePlaces undefined for what are none */
function comparing(comparePlaces: (one: object, other: object) => boolean | undefined): Compare {
    const compare = (one: unknown, other: unknown): boolean => {
        if (Object.is(one, other)) return true;
        if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
        if (one instanceof Map || other instanceof Map) {
            return one instanceof Map && other instanceof Map && compare([...one], [...other]);
        }
        if (Array.isArray(one) !== Array.isArray(other)) return false;
        const places = comparePlaces(one, other);
        if (places !== undefined) return places;
        const entries: [string, unknown][] = Object.entries(one);
        const others: [string, unknown][] = Object.entries(other);
        if (entries.length !== others.length) return false;
        // what is made by the same function has its keys in the same order
        return entries.every(([key, value], place) => {
            const [otherKey, otherValue] = others[place]!;
            return key === otherKey && compare(value, otherValue);
        });
    };
    return compare;
}
