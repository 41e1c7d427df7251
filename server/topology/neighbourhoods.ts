import { changeBetween, isUnchanged, sameItems, type ListChange } from './unchanged.js';
import { helpersOf, namedBy, passesGateways } from './named-by.js';
import { clustersChanged, namesNone } from './named-clusters.js';
import type { Lineage, Neighbourhood, Parts, World } from './neighbourhood.js';
import type { Callee, Service, Topology } from './topology.js';

/** What the states of one estate, one after the other, have in common. */
interface Course {
    last?: Last;
}

/** The state before. */
interface Last {
    readonly parts: Parts;
    readonly services: readonly Service[];
}

const courses = new WeakMap<Topology, Course>();
const partsOfTopology = new WeakMap<Topology, Parts>();

/** Says that an estate is another one after an edit: its parts are those of before wherever they have not changed. */
export function follow(before: Topology, now: Topology): void {
    const course: Course = courses.get(before) ?? courseFrom(before);
    courses.set(before, course).set(now, course);
}

function courseFrom(topology: Topology): Course {
    const parts = partsOfTopology.get(topology);
    return parts ? { last: { parts, services: topology.services } } : {};
}

/** Says of an estate that has objects of another one ({@link withSame}) that its parts are those of the other wherever they are the same. */
export function share(topology: Topology, other: Topology): void {
    if (topology === other) return;
    const last = { parts: partsOf(other), services: other.services };
    // two estates side by side, and not one after the other
    partsOfTopology.set(
        topology,
        partsAfter(topology, last, (before, now) => (before === now ? new Set() : undefined)),
    );
}

/** The parts of an estate, found once. */
export function partsOf(topology: Topology): Parts {
    const known = partsOfTopology.get(topology);
    if (known) return known;
    const course = courses.get(topology);
    const parts = partsAfter(topology, course?.last, clustersChanged);
    partsOfTopology.set(topology, parts);
    if (course) course.last = { parts, services: topology.services };
    return parts;
}

/** @param changedIn the clusters of which two worlds do not say the same, where services that name none of them stay as they are */
function partsAfter(topology: Topology, last: Last | undefined, changedIn: typeof clustersChanged): Parts {
    if (!last) return partsFrom(topology, newWorld(topology, homedBy(topology.services)));
    const before = last.parts.world;
    const change = changeBetween(last.services, topology.services);
    const world = worldAfter(topology, before, homedAfter(topology, before, change));
    const changed = changedIn(before, world);
    if (!changed || !isTiedAlike(change)) return partsFrom(topology, world, last.parts);
    const parts = withServices(last.parts, change);
    if (world === before) return parts;
    return withWorld(parts, world, changed) ?? partsFrom(topology, world, last.parts);
}

/** The same services in another world: those that name what has changed are looked at anew; undefined where all are. */
function withWorld(parts: Parts, world: World, changed: ReadonlySet<string>): Parts | undefined {
    const neighbourhoods = parts.neighbourhoods.map((each) => (namesNone(each, changed) ? each : { ...each }));
    const isConcerned = neighbourhoods.some((each, place) => each !== parts.neighbourhoods[place]);
    if (!isPutAfter(parts.world, world, isConcerned ? changed : new Set())) return undefined;
    return { ...parts, world, neighbourhoods };
}

/** The services of which some have changed, each with others as before. */
function withServices(last: Parts, { start, instead }: ListChange<Service>): Parts {
    const neighbourhoods = last.neighbourhoods.slice();
    const changed = new Map<number, Map<string, Service>>();
    for (const [index, service] of instead.entries()) {
        const place = last.placeOf[start + index]!;
        const known = changed.get(place) ?? new Map<string, Service>();
        changed.set(place, known.set(service.shortName, service));
    }
    for (const [place, byName] of changed) {
        const { services } = neighbourhoods[place]!;
        neighbourhoods[place] = { services: services.map((each) => byName.get(each.shortName) ?? each) };
    }
    return { ...last, neighbourhoods };
}

/** Whether each service names what the one before named in its place. */
function isTiedAlike({ gone, instead }: ListChange<Service>): boolean {
    return gone.length === instead.length && instead.every((service, index) => areTiedAlike(service, gone[index]!));
}

function areTiedAlike(one: Service, other: Service): boolean {
    const [named, others] = [namedBy(one), namedBy(other)];
    return (
        one.shortName === other.shortName &&
        passesGateways(one) === passesGateways(other) &&
        named.length === others.length &&
        named.every(({ kind, name }, index) => kind === others[index]!.kind && name === others[index]!.name)
    );
}

function partsFrom(topology: Topology, world: World, last?: Parts): Parts {
    const serviceAt = new Map(topology.services.map(({ shortName }, index) => [shortName, index]));
    const { placeOf, count } = grouped(topology, serviceAt);
    const members = Array.from({ length: count }, (): Service[] => []);
    topology.services.forEach((service, index) => members[placeOf[index]!]!.push(service));
    const before = new Map(
        last?.world === world ? last.neighbourhoods.map((each) => [each.services[0]!, each] as const) : [],
    );
    const neighbourhoods = members.map((services): Neighbourhood => {
        const same = before.get(services[0]!);
        return same && sameItems(same.services, services) ? same : { services };
    });
    return { world, neighbourhoods, placeOf, serviceAt };
}

function worldAfter(topology: Topology, last: World, homed: World['homed']): World {
    const isSame = (Object.keys({ ...last.topology, ...topology }) as (keyof Topology)[]).every(
        (key) => key === 'services' || isUnchanged(last.topology[key], topology[key]),
    );
    return isSame && homed === last.homed ? last : newWorld(topology, homed);
}

const lineages = new WeakMap<World, Lineage>();

/** Undefined for a world of which no estate is a state: what is tried out is none after those of the estate. */
export function lineageOf(world: World): Lineage | undefined {
    return lineages.get(world);
}

/**
 * Puts a world after another one, unless too much has changed since the first of them.
 *
 * @param changed the clusters for which something is looked at anew
 * @returns whether it is there
 */
function isPutAfter(before: World, now: World, changed: ReadonlySet<string>): boolean {
    const lineage = lineages.get(before)!;
    const sinceFirst = new Set([...lineage.changed, ...changed]);
    if (sinceFirst.size > mostChanged || lineage.isWornOut) return false;
    lineage.changed = sinceFirst;
    lineages.set(now, lineage);
    return true;
}

/**
 * What is known of a neighbourhood holds the world in which it was found, and there may be as many of these as clusters that
 * have changed: after so many, all is looked at anew.
 */
const mostChanged = 8;

function newWorld(topology: Topology, homed: World['homed']): World {
    const world: World = { topology: worldTopology(topology), homed };
    lineages.set(world, { changed: new Set() });
    return world;
}

function worldTopology(topology: Topology): Topology {
    return { ...topology, services: [] };
}

/** The clusters in which a service runs. */
function homedBy(services: readonly Service[]): Set<string> {
    const homed = new Set<string>();
    for (const { homes } of services) for (const { cluster } of homes) homed.add(cluster);
    return homed;
}

/** The same object, while they are the same clusters. */
function homedAfter({ services }: Topology, { homed }: World, { gone, instead }: ListChange<Service>): World['homed'] {
    const [left, come] = [homedBy(gone), homedBy(instead)];
    const isStillHomed = (cluster: string) =>
        come.has(cluster) || services.some(({ homes }) => homes.some((home) => home.cluster === cluster));
    const isSame = [...come].every((cluster) => homed.has(cluster)) && [...left].every(isStillHomed);
    return isSame ? homed : homedBy(services);
}

/** Which services belong together: those that are joined by whatever they name, and by gateways that ask services. */
function grouped(
    { services, clusters }: Topology,
    serviceAt: Parts['serviceAt'],
): { readonly placeOf: Int32Array; readonly count: number } {
    const sets = disjointSets(services.length);
    const outside = new Map<string, number>();
    const join = (index: number, { kind, name }: Callee) => {
        if (kind === 'service') {
            const other = serviceAt.get(name);
            if (other !== undefined) sets.join(index, other);
            return;
        }
        const known = outside.get(name);
        if (known === undefined) outside.set(name, index);
        else sets.join(index, known);
    };
    services.forEach((service, index) => namedBy(service).forEach((callee) => join(index, callee)));
    const asked = clusters.flatMap(({ gateways }) => gateways.flatMap(helpersOf));
    if (asked.length > 0) {
        const [first] = services.keys();
        const passing = services.flatMap((service, index) => (passesGateways(service) ? [index] : []));
        const one = passing[0] ?? first;
        for (const other of passing) sets.join(one!, other);
        if (one !== undefined) for (const helper of asked) join(one, helper);
    }
    return sets.numbered();
}

/** Numbers from 0 on, in sets that are joined. */
function disjointSets(length: number) {
    const parents = Int32Array.from({ length }, (_, index) => index);
    const rootOf = (index: number) => {
        let root = index;
        while (parents[root] !== root) root = parents[root]!;
        for (let each = index; each !== root;) {
            const next = parents[each]!;
            parents[each] = root;
            each = next;
        }
        return root;
    };
    return {
        join(one: number, other: number) {
            const [first, second] = [rootOf(one), rootOf(other)];
            parents[Math.max(first, second)] = Math.min(first, second);
        },
        /** The sets, numbered in the order of their first members. */
        numbered() {
            const placeOf = new Int32Array(length);
            let count = 0;
            // the root is the smallest of a set, and so comes first
            for (let index = 0; index < length; index++) {
                const root = rootOf(index);
                placeOf[index] = root === index ? count++ : placeOf[root]!;
            }
            return { placeOf, count };
        },
    };
}
