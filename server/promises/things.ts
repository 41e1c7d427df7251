import type { FailureGraph } from '../failure/graph.js';
import type { HostNodes } from '../failure/traffic-graph.js';
import { componentKinds, type ComponentKindId } from '../knowledge/components.js';
import type { Operation } from '../knowledge/operations.js';
import {
    bareName,
    clusterName,
    externalName,
    gatewayName,
    instancesName,
    regionName,
    serviceName,
    zoneName,
} from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { findElement, shortForms } from '../topology/element-names.js';
import type { Choice, NamedThing, Subject, Thing } from '../topology/promises.js';
import { similarNames } from '../topology/similar-names.js';
import { serviceNamed, type SourceLocation, type Topology } from '../topology/topology.js';

/** A name of a promise that means nothing, or more than one thing. */
export interface Unknown {
    readonly kind: 'unknown';
    readonly written: string;
    readonly at: SourceLocation;
    /** Several things have that name. */
    readonly ambiguous: boolean;
    /** What was probably meant, as a file names it. */
    readonly suggestions: readonly string[];
}

/** Who is judged. */
export type Judged =
    | { readonly kind: 'host'; readonly host: HostNodes; readonly name: string }
    | { readonly kind: 'service'; readonly name: string }
    | { readonly kind: 'operation'; readonly operation: Operation; readonly cluster?: string }
    | { readonly kind: 'element'; readonly element: Element };

/** The elements that a promise names as a cause; of a choice each of which so many are chosen. */
export type Cause =
    | { readonly kind: 'elements'; readonly elements: readonly Element[] }
    | { readonly kind: 'choice'; readonly of: readonly Element[]; readonly count: number }
    | Unknown;

/** What is to fail: named things, all together, or a choice among others. */
export function causeOf(graph: FailureGraph, thing: Thing): Cause {
    if (thing.kind === 'named') {
        const element = elementOf(graph, thing);
        return 'written' in element ? element : { kind: 'elements', elements: [element] };
    }
    const of = elementsOfChoice(graph, thing);
    if (!Array.isArray(of)) return of;
    return thing.quantifier === 'every'
        ? { kind: 'elements', elements: of }
        : { kind: 'choice', of, count: thing.count };
}

/** Of whom something is expected; empty where a rule finds nothing to apply to. */
export function judgedBy(graph: FailureGraph, subject: Subject): readonly Judged[] | Unknown {
    if (subject.kind === 'operation') {
        const { operation, cluster } = subject;
        return [{ kind: 'operation', operation, ...(cluster !== undefined && { cluster }) }];
    }
    if (subject.kind === 'choice') return judgedByChoice(graph, subject);
    if (subject.of === '' || subject.of === 'host') {
        const hosts = graph.traffic.hosts.filter(({ exposure }) => exposure.host === subject.name);
        if (hosts.length > 0) return hosts.map(hostJudged);
        if (subject.of === 'host') {
            const names = graph.traffic.hosts.map(({ exposure }) => exposure.host);
            return unknown(subject, similarNames(subject.name, names));
        }
    }
    const element = elementOf(graph, subject);
    return 'written' in element ? element : [judgedAs(element)];
}

function judgedByChoice(graph: FailureGraph, choice: Choice): readonly Judged[] | Unknown {
    if (choice.of !== 'host') {
        const elements = elementsOfChoice(graph, choice);
        return Array.isArray(elements) ? elements.map(judgedAs) : elements;
    }
    const place = choice.place && elementOf(graph, choice.place);
    if (place && 'written' in place) return place;
    const { topology, traffic } = graph;
    // thousands of hosts need not be looked up where all are meant
    const isMeant = (service: string) => {
        const declared = serviceNamed(topology, service);
        const isLabelled = !choice.label || declared?.labels.get(choice.label.key) === choice.label.value;
        return isLabelled && (!place || declared?.homes.some(({ cluster }) => isClusterIn(graph, cluster, place)));
    };
    const isAny = !choice.label && !place;
    return traffic.hosts.filter(({ service }) => isAny || isMeant(service)).map(hostJudged);
}

const hostJudged = (host: HostNodes): Judged => ({ kind: 'host', host, name: host.exposure.host });

function judgedAs(element: Element): Judged {
    const isService = element.kind === 'service' && element.service !== undefined;
    return isService ? { kind: 'service', name: element.service } : { kind: 'element', element };
}

/** The element that a thing names. */
export function elementOf(graph: FailureGraph, thing: NamedThing): Element | Unknown {
    if (thing.name === 'management-cluster') {
        const cluster = graph.elements.all.find(({ kind }) => kind === 'management-cluster');
        return cluster ?? unknown(thing, []);
    }
    const naming = findElement(graph.elements, thing.name);
    if (naming.found) return naming.found;
    return unknown(
        thing,
        naming.candidates.map((element) => writtenName(element)),
        naming.ambiguous,
    );
}

function unknown({ written, at }: NamedThing | Choice, suggestions: readonly string[], ambiguous = false): Unknown {
    return { kind: 'unknown', written, at, ambiguous, suggestions };
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

// ---------------------------------------------------------------------------------------------------------- choices

const places: ReadonlySet<ComponentKindId> = new Set(['region', 'zone']);

const kinds: ReadonlyMap<string, (kind: ComponentKindId) => boolean> = new Map([
    // a service in all its homes at once is no failure that redundancy could help against
    ['', (kind) => kind !== 'service'],
    ['component', (kind) => kind !== 'service' && !places.has(kind)],
    ['cluster', (kind) => kind === 'workload-cluster' || kind === 'management-cluster'],
    ['workload cluster', (kind) => kind === 'workload-cluster'],
    ['management cluster', (kind) => kind === 'management-cluster'],
    ['external', (kind) => kind === 'external-service'],
    ['external service', (kind) => kind === 'external-service'],
    ['link', (kind) => kind === 'link' || kind === 'directed-link'],
]);

function kindNamed(of: string): ((kind: ComponentKindId) => boolean) | undefined {
    const known = kinds.get(of);
    if (known) return known;
    const id = shortForms.get(of) ?? of;
    const fitting = Object.entries(componentKinds).filter(([kind, { title }]) => kind === id || title === of);
    return fitting.length > 0 ? (kind) => fitting.some(([each]) => each === kind) : undefined;
}

function elementsOfChoice(graph: FailureGraph, choice: Choice): Element[] | Unknown {
    const isOfKind = kindNamed(choice.of);
    const all = [...kinds.keys(), ...Object.keys(componentKinds)].filter((kind) => kind !== '');
    if (!isOfKind) return unknown(choice, similarNames(choice.of, [...all, 'host']));
    const place = choice.place && elementOf(graph, choice.place);
    if (place && 'written' in place) return place;
    const { label } = choice;
    const labels = label && labelsByElement(graph.topology);
    return graph.elements.all.filter(
        (element) =>
            isOfKind(element.kind) &&
            (!place || isIn(graph, element, place)) &&
            (!label || labels?.get(element.name)?.get(label.key) === label.value),
    );
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
function isIn(graph: FailureGraph, element: Element, place: Element): boolean {
    if (element.name === place.name) return false;
    if (element.cluster !== undefined && isClusterIn(graph, element.cluster, place)) return true;
    if (element.kind === 'zone') return place.kind === 'region' && element.parents.includes(place.name);
    if (element.kind === 'service') {
        const service = serviceNamed(graph.topology, element.service ?? '');
        return service?.homes.some(({ cluster }) => isClusterIn(graph, cluster, place)) ?? false;
    }
    const { locality } = element;
    if (!locality) return element.parents.some((name) => isPartIn(graph, name, place));
    if (place.kind === 'region') return place.name === regionName(locality.region);
    return place.kind === 'zone' && place.name === zoneName(locality.region, locality.zone ?? '');
}

function isPartIn(graph: FailureGraph, name: Element['name'], place: Element): boolean {
    const parent = graph.elements.byName.get(name);
    return parent !== undefined && (parent.name === place.name || isIn(graph, parent, place));
}

function isClusterIn({ topology }: FailureGraph, name: string, place: Element): boolean {
    if (place.name === name) return true;
    const locality = topology.clusters.find((cluster) => cluster.name === name)?.locality;
    if (!locality) return false;
    if (place.kind === 'region') return place.name === regionName(locality.region);
    return place.kind === 'zone' && place.name === zoneName(locality.region, locality.zone ?? '');
}
