import type { NodeIndex } from '../engine/index.js';
import type { FailureGraph } from '../failure/graph.js';
import type { StartingNeed } from '../failure/startup.js';
import type { HostNodes } from '../failure/traffic-graph.js';
import type { ActionId } from '../knowledge/actions.js';
import type { Operation } from '../knowledge/operations.js';
import type { Element } from '../topology/element.js';
import type { Choice, Subject, Thing } from '../topology/promises.js';
import { similarNames } from '../topology/similar-names.js';
import { fateName } from '../topology/element-name.js';
import {
    elementOf,
    elementsMeant,
    elementsOfChoice,
    isClusterIn,
    unknown,
    type Estate,
    type Unknown,
} from '../topology/things.js';
import { serviceNamed } from '../topology/topology.js';

/** Who is judged. */
export type Judged =
    | { readonly kind: 'host'; readonly host: HostNodes; readonly name: string }
    | { readonly kind: 'service'; readonly name: string }
    | { readonly kind: 'operation'; readonly operation: Operation; readonly cluster?: string }
    | { readonly kind: 'element'; readonly element: Element }
    | ActionJudged
    /** Somebody promotes it. */
    | { readonly kind: 'promotion'; readonly element: Element };

/** Something that people do with a cluster, and the node that decides whether they can. */
export interface ActionJudged {
    readonly kind: 'action';
    readonly action: ActionId;
    readonly cluster: string;
    readonly node: NodeIndex;
    /** What it is done with, where that is said, and what that needs to start. */
    readonly of?: Element;
    readonly starting?: readonly StartingNeed[];
}

/** The elements that a promise names as a cause; of a choice each of which so many are chosen. */
export type Cause =
    | { readonly kind: 'elements'; readonly elements: readonly Element[] }
    | { readonly kind: 'choice'; readonly of: readonly Element[]; readonly count: number }
    | Unknown;

/** What is to fail: named things, all together, or a choice among others. */
export function causeOf(estate: Estate, thing: Thing): Cause {
    if (thing.kind === 'named') {
        const element = elementOf(estate, thing);
        if ('written' in element) return element;
        return unknownMember(estate, element) ?? { kind: 'elements', elements: [element] };
    }
    const of = elementsOfChoice(estate, thing);
    if ('written' in of) return of;
    return thing.quantifier === 'every'
        ? { kind: 'elements', elements: of }
        : { kind: 'choice', of, count: thing.count };
}

/** What nobody knows of a shared fate: then nobody knows what fails with it. */
function unknownMember(estate: Estate, { name, kind }: Element): Unknown | undefined {
    if (kind !== 'shared-fate') return undefined;
    const fate = estate.topology.sharedFates.find((each) => fateName(each.name) === name);
    for (const member of fate?.members ?? []) {
        const meant = elementsMeant(estate, member);
        if ('written' in meant) return meant;
    }
    return undefined;
}

/** Of whom something is expected, unless it is an action; empty where a rule finds nothing to apply to. */
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
        return 'written' in elements ? elements : elements.map(judgedAs);
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
