import { changeBetween, isUnchanged, sameItems, type ListChange } from './unchanged.js';
import { requiredBy, type Callee, type Exposure, type Service, type Topology } from './topology.js';

/**
 * An estate in parts, of which an edit touches few: the world, in which all services run, and neighbourhoods of services
 * that have to do with each other. What is found out of a neighbourhood depends on the world and on its services, and on
 * nothing else, so that it may be kept for as long as the neighbourhood is the same object.
 */
export interface Parts {
    readonly world: World;
    /** In the order of their first services. */
    readonly neighbourhoods: readonly Neighbourhood[];
    /** Of each service, in their order: the place of its neighbourhood. */
    readonly placeOf: Int32Array;
    /** The places of services among all, by their short names. */
    readonly serviceAt: ReadonlyMap<string, number>;
}

/** An estate without its services. The same object, while nothing of it changes. */
export interface World {
    /** Has no services. */
    readonly topology: Topology;
    /** The clusters in which a service runs. */
    readonly homed: ReadonlySet<string>;
}

/** Services of which each calls, requires or asks another, or goes by gateways that ask one. */
export interface Neighbourhood {
    readonly world: World;
    /** In order of declaration. */
    readonly services: readonly Service[];
}

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
    partsOfTopology.set(topology, partsAfter(topology, { parts: partsOf(other), services: other.services }));
}

/** The parts of an estate, found once. */
export function partsOf(topology: Topology): Parts {
    const known = partsOfTopology.get(topology);
    if (known) return known;
    const course = courses.get(topology);
    const parts = partsAfter(topology, course?.last);
    partsOfTopology.set(topology, parts);
    if (course) course.last = { parts, services: topology.services };
    return parts;
}

function partsAfter(topology: Topology, last: Last | undefined): Parts {
    if (!last) return partsFrom(topology, { topology: worldTopology(topology), homed: homedBy(topology.services) });
    const change = changeBetween(last.services, topology.services);
    const world = worldAfter(topology, last.parts.world, homedAfter(topology, last.parts.world, change));
    if (world === last.parts.world && isTiedAlike(change)) return withServices(last.parts, change);
    return partsFrom(topology, world, last.parts);
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
        const { world, services } = neighbourhoods[place]!;
        neighbourhoods[place] = { world, services: services.map((each) => byName.get(each.shortName) ?? each) };
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
        return same && sameItems(same.services, services) ? same : { world, services };
    });
    return { world, neighbourhoods, placeOf, serviceAt };
}

function worldAfter(topology: Topology, last: World, homed: World['homed']): World {
    const isSame = (Object.keys({ ...last.topology, ...topology }) as (keyof Topology)[]).every(
        (key) => key === 'services' || isUnchanged(last.topology[key], topology[key]),
    );
    return isSame && homed === last.homed ? last : { topology: worldTopology(topology), homed };
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

const named = new WeakMap<Service, readonly Callee[]>();

/** What a service calls, requires, or asks about requests. */
export function namedBy(service: Service): readonly Callee[] {
    let callees = named.get(service);
    if (!callees) named.set(service, (callees = [...calledBy(service), ...helpersOf(service)]));
    return callees;
}

/** What stands for an external service belongs to all who call that. */
function calledBy(service: Service): readonly Callee[] {
    const { outside, shortName: name, nameAt: at } = service;
    if (outside) return [{ kind: 'external-service', name, at }];
    return [...service.calls, ...requiredBy(service), ...requiredAtTimes(service)];
}

/** The services that it requires to start, or again and again. */
function requiredAtTimes({ needs = [], nameAt: at }: Service): readonly Callee[] {
    return needs.flatMap(({ anyOf }) => anyOf.flatMap((one) => (one.kind === 'service' ? [{ ...one, at }] : [])));
}

/** What is asked about requests. */
export function helpersOf({
    externalAuthorization,
    rateLimit,
}: Pick<Service, 'externalAuthorization' | 'rateLimit'>): readonly Callee[] {
    return [externalAuthorization, rateLimit].flatMap((helper) => helper?.by ?? []);
}

function passesGateways(service: Service): boolean {
    const exposures: readonly Exposure[] = service.exposures;
    return exposures.length > 0 || namedBy(service).some(({ through }) => through !== undefined);
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
