import {
    clusterKinds,
    componentKinds,
    managementKinds,
    type ComponentKind,
    type ComponentKindId,
} from '../knowledge/components.js';
import {
    bareName,
    clusterName,
    externalName,
    fateName,
    gatewayName,
    instancesName,
    placeNames,
    regionName,
    serviceName,
    zoneName,
} from './element-name.js';
import type { Element } from './element.js';
import { findElement, shortForms } from './element-names.js';
import type { Elements } from './elements.js';
import type { SourceLocation } from './place.js';
import { similarNames } from './similar-names.js';
import type { Choice, NamedThing, Thing } from './thing.js';
import { serviceNamed, type Topology } from './topology.js';

/** Where names are looked up. */
export interface Estate {
    readonly topology: Topology;
    readonly elements: Elements;
}

/** A name that means nothing, or more than one thing. */
export interface Unknown {
    readonly kind: 'unknown';
    readonly written: string;
    readonly at: SourceLocation;
    /** Several things have that name. */
    readonly ambiguous: boolean;
    /** What was probably meant, as a file names it. */
    readonly suggestions: readonly string[];
}

/** The elements that a thing means: one of that name, or all that a choice is made among. */
export function elementsMeant(estate: Estate, thing: Thing): readonly Element[] | Unknown {
    if (thing.kind === 'choice') return elementsOfChoice(estate, thing);
    const element = elementOf(estate, thing);
    return 'written' in element ? element : [element];
}

/** The element that a thing names. */
export function elementOf(estate: Estate, thing: NamedThing): Element | Unknown {
    if (thing.name === 'management-cluster') {
        const cluster = estate.elements.all.find(({ kind }) => managementKinds.has(kind));
        return cluster ?? unknown(thing, []);
    }
    const naming = findElement(estate.elements, thing.name);
    if (naming.found) return naming.found;
    return unknown(
        thing,
        naming.candidates.map((element) => writtenName(element)),
        naming.ambiguous,
    );
}

export function unknown(
    { written, at }: NamedThing | Choice,
    suggestions: readonly string[],
    ambiguous = false,
): Unknown {
    return { kind: 'unknown', written, at, ambiguous, suggestions };
}

const places: ReadonlySet<ComponentKindId> = new Set(['region', 'zone']);

const kinds: ReadonlyMap<string, (kind: ComponentKindId) => boolean> = new Map([
    // a service in all its homes at once is no failure that redundancy could help against
    ['', (kind) => kind !== 'service'],
    ['component', (kind) => kind !== 'service' && !places.has(kind)],
    ['cluster', (kind) => clusterKinds.has(kind)],
    ['workload cluster', (kind) => kind === 'workload-cluster'],
    ['management cluster', (kind) => managementKinds.has(kind)],
    ['external', (kind) => kind === 'external-service'],
    ['external service', (kind) => kind === 'external-service'],
    ['link', (kind) => kind === 'link' || kind === 'directed-link'],
]);

function kindNamed(of: string): ((kind: ComponentKindId) => boolean) | undefined {
    const known = kinds.get(of);
    if (known) return known;
    const id = shortForms.get(of) ?? of;
    const fitting = Object.entries<ComponentKind>(componentKinds).filter(
        ([kind, { title, segment }]) => kind === id || title === of || segment === of,
    );
    return fitting.length > 0 ? (kind) => fitting.some(([each]) => each === kind) : undefined;
}

/** All things that a choice is made among. */
export function elementsOfChoice(estate: Estate, choice: Choice): readonly Element[] | Unknown {
    const isOfKind = kindNamed(choice.of);
    const all = [...kinds.keys(), ...Object.keys(componentKinds)].filter((kind) => kind !== '');
    if (!isOfKind) return unknown(choice, similarNames(choice.of, [...all, 'host']));
    const place = choice.place && elementOf(estate, choice.place);
    if (place && 'written' in place) return place;
    const { label } = choice;
    const ofKind = elementsOfKind(estate, choice.of, isOfKind);
    if (!place && !label) return ofKind;
    const labels = label && labelsByElement(estate.topology);
    return ofKind.filter(
        (element) =>
            (!place || isIn(estate, element, place)) &&
            (!label || labels?.get(element.name)?.get(label.key) === label.value),
    );
}

const knownOfKind = new WeakMap<Estate['elements'], Map<string, readonly Element[]>>();

/** Every promise that speaks of a kind means the same things. */
function elementsOfKind({ elements }: Estate, of: string, isOfKind: (kind: ComponentKindId) => boolean) {
    let known = knownOfKind.get(elements);
    if (!known) knownOfKind.set(elements, (known = new Map<string, readonly Element[]>()));
    let found = known.get(of);
    if (!found) known.set(of, (found = filtered(elements, isOfKind)));
    return found;
}

/** Of each of all elements the place of its kind among those that there are. */
interface KindsOfAll {
    readonly kinds: readonly ComponentKindId[];
    readonly places: Uint8Array;
}

const kindsKnown = new WeakMap<Estate['elements'], KindsOfAll>();

function filtered(elements: Estate['elements'], isOfKind: (kind: ComponentKindId) => boolean): Element[] {
    const { all } = elements;
    const { kinds, places } = kindsKnown.get(elements) ?? kindsOf(all);
    kindsKnown.set(elements, { kinds, places });
    const areMeant = kinds.map(isOfKind);
    const found: Element[] = [];
    for (let place = 0; place < all.length; place++) if (areMeant[places[place]!]) found.push(all[place]!);
    return found;
}

function kindsOf(elements: readonly Element[]): KindsOfAll {
    const placeOf = new Map<ComponentKindId, number>();
    const places = new Uint8Array(elements.length);
    for (let at = 0; at < elements.length; at++) {
        const { kind } = elements[at]!;
        let place = placeOf.get(kind);
        if (place === undefined) placeOf.set(kind, (place = placeOf.size));
        places[at] = place;
    }
    return { kinds: [...placeOf.keys()], places };
}

function labelsByElement({ regions, clusters, services, externalServices }: Topology) {
    const labels = new Map<string, ReadonlyMap<string, string>>();
    for (const region of regions) labels.set(regionName(region.name), region.labels);
    for (const cluster of clusters) {
        labels.set(clusterName(cluster.name), cluster.labels);
        for (const gateway of cluster.gateways) labels.set(gatewayName(gateway), gateway.labels);
    }
    for (const service of services) {
        labels.set(serviceName(service.shortName), service.labels);
        for (const { cluster } of service.homes) labels.set(instancesName(service.shortName, cluster), service.labels);
    }
    for (const external of externalServices) labels.set(externalName(external.name), external.labels);
    return labels;
}

/** Whether something stands in a place or cluster; no place stands in itself. */
function isIn(estate: Estate, element: Element, place: Element): boolean {
    if (element.name === place.name) return false;
    if (element.cluster !== undefined && isClusterIn(estate, element.cluster, place)) return true;
    // its other parent, the service, stands elsewhere, too
    if (element.kind === 'instances') return false;
    if (element.kind === 'shared-fate') return isFateIn(estate, element, place);
    if (element.kind === 'zone') return place.kind === 'region' && element.parents.includes(place.name);
    if (element.kind === 'service') {
        const service = serviceNamed(estate.topology, element.service ?? '');
        return service?.homes.some(({ cluster }) => isClusterIn(estate, cluster, place)) ?? false;
    }
    const { locality, places } = element;
    if (places) return places.at.every((each) => placeNames(each).includes(place.name));
    if (!locality) return element.parents.some((name) => isPartIn(estate, name, place));
    if (place.kind === 'region') return place.name === regionName(locality.region);
    return place.kind === 'zone' && place.name === zoneName(locality.region, locality.zone ?? '');
}

/** Something that fails together is where all of it is. */
function isFateIn(estate: Estate, { name }: Element, place: Element): boolean {
    const takes = estate.topology.sharedFates.find((fate) => fateName(fate.name) === name)?.takes ?? [];
    const members = takes.flatMap((taken) => estate.elements.byName.get(taken) ?? []);
    return (
        members.length > 0 && members.every((member) => member.kind !== 'shared-fate' && isIn(estate, member, place))
    );
}

function isPartIn(estate: Estate, name: Element['name'], place: Element): boolean {
    const parent = estate.elements.byName.get(name);
    return parent !== undefined && (parent.name === place.name || isIn(estate, parent, place));
}

/** Whether a cluster is, or stands in, a place. */
export function isClusterIn({ topology }: Estate, name: string, place: Element): boolean {
    if (place.name === name) return true;
    const locality = topology.clusters.find((cluster) => cluster.name === name)?.locality;
    if (!locality) return false;
    if (place.kind === 'region') return place.name === regionName(locality.region);
    return place.kind === 'zone' && place.name === zoneName(locality.region, locality.zone ?? '');
}

/**
 * How a file names an element in a promise: `region us-east`, `us-east/a`, `shop on east`, `link east/mgmt`.
 *
 * @param quote puts a name in quotes where it needs them; unless said, all that are no plain words
 */
export function writtenName({ name, kind }: Element, quote = quotedUnlessPlain): string {
    switch (kind) {
        case 'region':
            return `region ${quote(bareName(name))}`;
        case 'zone':
            return bareName(name).split('/').map(quote).join('/');
        case 'service':
            return `service ${bareName(name).split('/').map(quote).join('/')}`;
        case 'external-service':
            return quote(bareName(name));
        case 'instances': {
            const at = name.lastIndexOf('@');
            return `${name.slice(0, at).split('/').map(quote).join('/')} on ${quote(name.slice(at + 1))}`;
        }
        case 'link':
        case 'directed-link': {
            const [, from = '', sign = '', to = ''] = /^(.*?)(\/|->)(.*)$/.exec(bareName(name)) ?? [];
            return `link ${quote(from)}${sign === '->' ? ' -> ' : sign}${quote(to)}`;
        }
        default:
            return bareName(name).split('.').map(quote).join('.');
    }
}

/** A name that is no plain word stands in quotes. */
function quotedUnlessPlain(name: string): string {
    return /^[\p{L}_][\p{L}\p{N}_]*(-+[\p{L}\p{N}_]+)*$/u.test(name) ? name : `"${name}"`;
}
