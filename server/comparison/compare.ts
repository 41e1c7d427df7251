import type { Gravity } from '../failure/gravity.js';
import { gravities } from '../failure/gravity.js';
import { directedLinkName, linkName, type ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { share } from '../topology/neighbourhoods.js';
import type { Topology } from '../topology/topology.js';
import { withSame } from '../topology/unchanged.js';
import { bothStates, type BothStates, type Sparing } from './both-states.js';
import { changesBetween, type Change } from './changes.js';
import { dependencesBetween, type Dependence } from './dependences.js';
import { differencesOf } from './differences.js';
import { inCommon } from './in-common.js';
import { partsOf, refTo, type Ref } from './described.js';
import { withLaterNames } from './renamed.js';
import { renamesBetween } from './renames.js';
import type { Fare, Subject } from './standing.js';

/** What another state of an estate means for failures, in the names of the later one. */
export interface Comparison {
    /** What got worse, and what got better: the gravest first. Several elements stand together whose failures change the same. */
    readonly worse: readonly FailureChange[];
    readonly better: readonly FailureChange[];
    /** The price of a spare: who now fails over, or has a home less, since one element no longer takes all of it down. */
    readonly traded: readonly FailureChange[];
    /** Who is down now when one element fails, and was not; and the other way round. */
    readonly dependences: { readonly come: readonly Dependence[]; readonly gone: readonly Dependence[] };
    /** What the files declare. */
    readonly elements: { readonly added: readonly Element[]; readonly removed: readonly Element[] };
    readonly renamed: readonly Rename[];
}

/** Something that is called otherwise, and is the same. */
export interface Rename {
    readonly kind: string;
    readonly before: string;
    readonly now: string;
}

/** What is otherwise while one element fails. */
export interface FailureChange {
    /** The largest first; parts of these, of which the same is true, last. */
    readonly elements: readonly Element[];
    /** All worse, or all better; the gravest first, never empty. */
    readonly changes: readonly Change[];
}

/**
 * Compares every single failure of two states of an estate, from its beginning on.
 *
 * @param sparing finds the same, whatever is spared
 */
export function compareTopologies(
    earlier: Topology,
    later: Topology,
    sparing: Sparing = { inCommon, differencesOf },
): Comparison {
    const renames = renamesBetween(earlier, later);
    const before = withSame(later, withLaterNames(earlier, later, renames));
    share(before, later);
    const courses = bothStates(before, later, sparing);
    const pairs = pairsOf(courses);
    const isCommon = (subject: string) => courses.before.has(subject) && courses.now.has(subject);
    const changes: { element: Element; change: Change }[] = [];
    const dependences = dependencesBetween(isCommon);
    const { mayGoOtherwise, mayFareOtherwise, own } = courses.differences;
    const within = { before: courses.before.within(own[0]), now: courses.now.within(own[1]) };
    for (const { before: one, now: other } of pairs) {
        const isInBoth = one !== undefined && one.name === other?.name;
        if (isInBoth && !mayGoOtherwise(one.name)) continue;
        const courseBefore = one && within.before.courseOf(one.name, mayFareOtherwise);
        const courseNow = other && within.now.courseOf(other.name, mayFareOtherwise);
        dependences.add(one, courseBefore, other, courseNow);
        if (!courseBefore || !courseNow) continue;
        const others = changesBetween(courseBefore, courseNow, isCommon);
        if (others.length === 0) continue;
        const operations = [within.before.operationsOf(one.name), within.now.operationsOf(other.name)] as const;
        const marks = counted(changesBetween(...operations, isCommon), others);
        for (const change of [...others, ...marks]) changes.push({ element: other, change });
    }
    const found = dependences.found(courses.before.graph.elements.byName, courses.now.graph.elements.byName);
    const isTraded = tradedFor(found);
    return {
        worse: together(changes.filter(({ change }) => change.isWorse && !isTraded(change))),
        traded: together(changes.filter(({ change }) => isTraded(change))),
        better: together(changes.filter(({ change }) => !change.isWorse)),
        dependences: found,
        elements: {
            added: declaredIn(pairs.flatMap(({ before: one, now: other }) => (one ? [] : [other]))),
            removed: declaredIn(pairs.flatMap(({ before: one, now: other }) => (other ? [] : [one]))),
        },
        renamed: [...renames].flatMap(([from, to]) => renameOf(from, to, renames)),
    };
}

/**
 * A mark tells of all that an estate has, so that it changes when anything has come or is gone. It counts where
 * something that both have fares otherwise, too.
 */
function counted(marks: readonly Change[], others: readonly Change[]): Change[] {
    return marks.filter(({ isWorse }) => others.some((other) => other.isWorse === isWorse));
}

/** Whether somebody who had a single point of failure, and no longer has it, only fails over or loses a spare now. */
function tradedFor({ come, gone }: Comparison['dependences']): (change: Change) => boolean {
    const servicesOf = (all: readonly Dependence[]) => new Set(all.map(({ subject }) => subject.service));
    const saved = servicesOf(gone);
    for (const service of servicesOf(come)) saved.delete(service);
    return ({ of, isWorse, before, now }) =>
        isWorse &&
        (of.kind === 'host' || of.kind === 'service') &&
        saved.has(of.service) &&
        before.is === 'served' &&
        (now.is === 'failover' || now.is === 'spare');
}

/** What the files declare of it; nothing that has only come, or gone, with its cluster or service. */
function declaredIn(elements: readonly Element[]): Element[] {
    const names = new Set(elements.map(({ name }) => name));
    return elements.filter(
        ({ declared, kind, parents }) =>
            declared && kind !== 'directed-link' && !parents.some((parent) => names.has(parent)),
    );
}

/** Of what only stands in something that is renamed, nothing is told. */
function renameOf(from: Ref, to: Ref, renames: ReadonlyMap<Ref, Ref>): Rename[] {
    const [kind, ...names] = partsOf(from);
    const now = partsOf(to).slice(1);
    const container =
        kind === 'gateway' ? refTo('cluster', names[0]!) : kind === 'zone' ? refTo('region', names[0]!) : undefined;
    if (container && renames.has(container) && names.at(-1) === now.at(-1)) return [];
    const separator = kind === 'gateway' ? '.' : '/';
    return [{ kind, before: names.join(separator), now: now.join(separator) }];
}

type Pair =
    | { readonly before: Element; readonly now: Element }
    | { readonly before: Element; readonly now?: undefined }
    | { readonly before?: undefined; readonly now: Element };

function pairsOf({ before, now }: BothStates): Pair[] {
    const earlier = new Map(before.graph.elements.all.map((element) => [keyOfElement(element), element]));
    const seen = new Set<string>();
    const pairs = now.graph.elements.all.map((element): Pair => {
        const key = keyOfElement(element);
        seen.add(key);
        const one = earlier.get(key);
        return one ? { before: one, now: element } : { now: element };
    });
    const gone = [...earlier].filter(([key]) => !seen.has(key)).map(([, element]): Pair => ({ before: element }));
    return [...pairs, ...gone];
}

/** The name, but for links, which are named in order of declaration. */
function keyOfElement({ kind, name, ends }: Element): ElementName {
    if (!ends) return name;
    const { from, to } = ends;
    if (kind === 'directed-link') return directedLinkName(from, to);
    return from < to ? linkName(from, to) : linkName(to, from);
}

/** Elements whose failures change the same, as one. */
function together(all: readonly { readonly element: Element; readonly change: Change }[]): FailureChange[] {
    const perElement = new Map<Element, Change[]>();
    for (const { element, change } of all) {
        const known = perElement.get(element);
        if (known) known.push(change);
        else perElement.set(element, [change]);
    }
    const groups = new Map<string, { elements: Element[]; changes: readonly Change[] }>();
    for (const [element, changes] of perElement) {
        const key = JSON.stringify(changes);
        const known = groups.get(key);
        if (known) known.elements.push(element);
        else groups.set(key, { elements: [element], changes: [...changes].sort(compareChanges) });
    }
    return [...groups.values()]
        .map(({ elements, changes }) => ({ elements: largestFirst(elements), changes }))
        .sort((a, b) => compareLists(a.changes, b.changes));
}

function largestFirst(elements: readonly Element[]): Element[] {
    const names = new Set(elements.map(({ name }) => name));
    const isPart = ({ parents }: Element) => parents.some((parent) => names.has(parent));
    return [...elements.filter((each) => !isPart(each)), ...elements.filter(isPart)];
}

/** Whose loss somebody notices first. */
const kinds: readonly Subject['kind'][] = ['host', 'service', 'operation', 'configuration', 'facet'];

/** How grave the worse side of a change is. */
export function gravityOfChange({ isWorse, before, now, of }: Change): Gravity {
    const fare = isWorse ? now : before;
    switch (fare.kind) {
        case 'host':
            return fare.is === 'served' ? 'none' : fare.is;
        case 'service':
            return fare.is === 'served' ? 'none' : fare.is;
        case 'operation':
            if (of.kind !== 'operation' || of.operation !== 'runningWorkloads') return 'operators';
            return fare.is === 'total' ? 'down' : 'degraded';
        case 'configuration':
            return 'operators';
        case 'facet':
            return of.kind === 'facet' && of.flow === 'instances-serve' ? 'down' : 'operators';
    }
}

function compareChanges(a: Change, b: Change): number {
    return (
        gravities.indexOf(gravityOfChange(a)) - gravities.indexOf(gravityOfChange(b)) ||
        kinds.indexOf(a.of.kind) - kinds.indexOf(b.of.kind) ||
        fareRank(b) - fareRank(a) ||
        a.at - b.at
    );
}

/** Within a kind: what is lost before what is limited. */
function fareRank({ isWorse, before, now }: Change): number {
    const { is }: Fare = isWorse ? now : before;
    return is === 'total' || is === 'lost' || is === 'frozen' || is === 'down' ? 1 : 0;
}

function compareLists(a: readonly Change[], b: readonly Change[]): number {
    for (const [index, change] of a.entries()) {
        const other = b[index];
        if (!other) return -1;
        const difference = compareChanges(change, other);
        if (difference !== 0) return difference;
    }
    return a.length - b.length;
}
