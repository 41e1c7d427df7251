import type { ByElementName } from '../topology/elements.js';
import type { ElementName } from '../topology/element-name.js';
import { placesAround, type Element } from '../topology/element.js';
import type { Course, Subject } from './standing.js';

/** Somebody who is down when one element fails, and perhaps others that it takes along or that are parts of it. */
export interface Dependence {
    readonly subject: Extract<Subject, { readonly kind: 'host' | 'service' }>;
    /** The one that says most: the smallest that holds all causes. Several where nothing holds them. */
    readonly on: readonly Element[];
    /** Everything whose failure takes it down, and did not before (or does no longer). */
    readonly all: readonly Element[];
}

/** Single points of failure that have come, and those that are gone. */
export interface Dependences {
    add(
        this: void,
        before: Element | undefined,
        courseBefore: Course | undefined,
        now: Element | undefined,
        courseNow: Course | undefined,
    ): void;
    found(
        this: void,
        before: ByElementName<Element>,
        now: ByElementName<Element>,
    ): { readonly come: readonly Dependence[]; readonly gone: readonly Dependence[] };
}

type Found = Map<string, { subject: Dependence['subject']; all: Element[] }>;

export function dependencesBetween(isCommon: (subject: string) => boolean): Dependences {
    const come: Found = new Map();
    const gone: Found = new Map();
    const collect = (into: Found, element: Element, here: Course, there: Course | undefined) => {
        for (const [key, { of, course }] of here) {
            if ((of.kind !== 'host' && of.kind !== 'service') || course[0]!.fare.is !== 'down' || !isCommon(key))
                continue;
            if (there?.get(key)?.course[0]!.fare.is === 'down') continue;
            const known = into.get(key);
            if (known) known.all.push(element);
            else into.set(key, { subject: of, all: [element] });
        }
    };
    return {
        add(before, courseBefore, now, courseNow) {
            if (now && courseNow) collect(come, now, courseNow, courseBefore);
            if (before && courseBefore) collect(gone, before, courseBefore, courseNow);
        },
        found: (before, now) => ({ come: told(come, now), gone: told(gone, before) }),
    };
}

/** A host is not told beside its service, where both depend on the same. */
function told(found: Found, byName: ByElementName<Element>): Dependence[] {
    const all = [...found.values()].map((each) => ({ ...each, on: causesOf(each.all, byName) }));
    const causes = ({ on }: { on: readonly Element[] }) => on.map(({ name }) => name).join('\n');
    const services = new Map(
        all.flatMap((each) => (each.subject.kind === 'service' ? [[each.subject.service, causes(each)]] : [])),
    );
    return all.filter(
        (each) =>
            each.on.length > 0 &&
            (each.subject.kind === 'service' || services.get(each.subject.service) !== causes(each)),
    );
}

/**
 * What to name of all whose failure has the same effect. A region takes its clusters along, and a cluster its parts: where
 * all causes are in one of them, or around it, it is that one. Instances stand for their cluster.
 */
function causesOf(all: readonly Element[], byName: ByElementName<Element>): Element[] {
    const causes = all.filter(({ kind }) => kind !== 'service');
    const places = causes.filter(({ kind }) => kind !== 'instances');
    const named = places.length > 0 ? places : causes;
    const containers = new Map(causes.map((element) => [element, containersOf(element, byName)]));
    const isIn = (part: Element, whole: Element) => containers.get(part)!.has(whole.name);
    const holder = named
        .filter((each) => causes.every((other) => other === each || isIn(other, each) || isIn(each, other)))
        .sort((a, b) => containers.get(b)!.size - containers.get(a)!.size)[0];
    if (holder) return [holder];
    const smallest = named.filter((each) => !named.some((other) => other !== each && isIn(other, each)));
    return smallest
        .map((each) => largestIn(each, named, containers))
        .filter((each, at, list) => list.indexOf(each) === at);
}

/** The whole cluster rather than each of its parts, but no place: a place has more than what is meant. */
function largestIn(
    part: Element,
    named: readonly Element[],
    containers: ReadonlyMap<Element, ReadonlySet<ElementName>>,
): Element {
    const around = named.filter(
        ({ name, kind }) => containers.get(part)!.has(name) && kind !== 'region' && kind !== 'zone',
    );
    return around.sort((a, b) => containers.get(a)!.size - containers.get(b)!.size)[0] ?? part;
}

function containersOf(element: Element, byName: ByElementName<Element>): Set<ElementName> {
    const around = new Set<ElementName>();
    const add = (part: Element): void => {
        for (const name of [...part.parents, ...placesAround(part)]) {
            if (around.has(name)) continue;
            around.add(name);
            const whole = byName.get(name);
            if (whole) add(whole);
        }
    };
    add(element);
    return around;
}
