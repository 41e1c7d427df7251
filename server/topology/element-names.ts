import { clusterKinds } from '../knowledge/components.js';
import { asElementName, bareName } from './element-name.js';
import { table, type Table } from '../knowledge/table.js';
import type { Element } from './element.js';
import type { Elements } from './elements.js';
import { editDistance, tolerance } from './similar-names.js';

/** What a text names: one element, or none, or several; then `candidates` are what could have been meant. */
export type Naming =
    | { readonly found: Element }
    | { readonly found?: undefined; readonly ambiguous: boolean; readonly candidates: readonly Element[] };

/** What people call kinds of elements for short. */
export const shortForms: Table<string> = table({
    mp: 'management-plane',
    central: 'central-control-plane',
    edge: 'edge-control-plane',
});

/**
 * Finds the element that a person means. Full names first; then short forms (`mp`, `central`, `east.edge`), names
 * without their kind (`postgres`, `checkout`, `us-east`) or with a namespace that need not be said (`shop/cart@east`),
 * links named from the other end, names without the region or namespace before them (`a`, `cart@east`), and names with
 * parts left out (`front-envoy`, `east.oap`), each only where one single element fits. Links that are not listed come last.
 */
export function findElement(elements: Elements, text: string): Naming {
    const exact = elements.byName.get(asElementName(text));
    if (exact) return { found: exact };
    const asked = text.split('.').map((part) => shortForms.get(part) ?? part);
    for (const fits of [
        (element: Element) => element.name === asked.join('.'),
        (element: Element) => isNamed(element, text) || otherWayRound(element) === bareName(text),
        (element: Element) => withoutQualifier(element) === text,
        (element: Element) => leavesOutParts(element, asked),
    ]) {
        const fitting = elements.all.filter(fits);
        if (fitting.length === 1) return { found: fitting[0]! };
        if (fitting.length > 1) return { ambiguous: true, candidates: fitting };
    }
    const unlisted = elements.links.named(text);
    return unlisted ? { found: unlisted } : { ambiguous: false, candidates: closest(elements, text) };
}

/** By its name or by the one with its namespace, each with or without the kind before it. */
function isNamed(element: Element, text: string): boolean {
    return namesOf(element).some((name) => name === text || bareName(name) === text);
}

/** The names of regions, services and others have their kind before them; clusters go without, and may have one. */
function namesOf({ name, qualifiedName, kind }: Element): string[] {
    const isCluster = clusterKinds.has(kind);
    return [name, ...(qualifiedName === undefined ? [] : [qualifiedName]), ...(isCluster ? [`cluster:${name}`] : [])];
}

/** `cart@east` of `shop/cart@east`, `a` of `zone:us-east/a`: what stands before it has to be clear. */
function withoutQualifier({ kind, name }: Element): string | undefined {
    const hasQualifier = kind === 'service' || kind === 'instances' || kind === 'zone';
    return hasQualifier ? bareName(name).replace(/^[^/]*\//, '') : undefined;
}

function otherWayRound({ kind, ends }: Element): string | undefined {
    return kind === 'link' && ends ? `${ends.to}/${ends.from}` : undefined;
}

/** `east.oap` fits `east.edge-control-plane.oap`: the parts in order, the last one equal. */
function leavesOutParts(element: Element, asked: readonly string[]): boolean {
    const parts = element.name.split('.');
    if (parts.at(-1) !== asked.at(-1) || parts.length === 1) return false;
    let next = 0;
    for (const part of parts) if (part === asked[next]) next++;
    return next === asked.length;
}

/**
 * The elements that were probably meant, the likeliest first: those a few letters away, whatever their case; if there are
 * none, those with the most letter pairs in common (Dice). At most three.
 */
function closest(elements: Elements, text: string): Element[] {
    const misspelt = elements.all
        .map((element) => ({ element, ...nearness(element, text) }))
        .filter(({ distance }) => distance <= tolerance(text.length) && distance < text.length)
        .sort((a, b) => a.distance - b.distance || b.begins - a.begins);
    return (misspelt.length > 0 ? misspelt : alike(elements, text)).slice(0, 3).map(({ element }) => element);
}

/** How many changes the nearest name of an element is away, and how many letters it has in common at the beginning. */
function nearness(element: Element, text: string): { readonly distance: number; readonly begins: number } {
    const asked = text.toLowerCase();
    const names = namesOf(element).flatMap((name) => [name, bareName(name)]);
    return names
        .map((name) => name.toLowerCase())
        .map((name) => ({
            distance: editDistance(asked, name, tolerance(text.length)),
            begins: commonBeginning(asked, name),
        }))
        .reduce((best, each) => (each.distance < best.distance ? each : best));
}

function commonBeginning(a: string, b: string): number {
    let length = 0;
    while (length < a.length && a[length] === b[length]) length++;
    return length;
}

function alike(elements: Elements, text: string): { readonly element: Element }[] {
    const wanted = letterPairs(text);
    return elements.all
        .map((element) => ({
            element,
            likeness: Math.max(
                ...namesOf(element)
                    .map(bareName)
                    .map((name) => (hasWord(name, text) ? 1 : likeness(wanted, letterPairs(name)))),
            ),
        }))
        .filter(({ likeness }) => likeness >= 0.4)
        .sort((a, b) => b.likeness - a.likeness);
}

/** `us-east` has the word `us`. */
function hasWord(name: string, word: string): boolean {
    return name
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .includes(word.toLowerCase());
}

function letterPairs(text: string): Set<string> {
    const padded = ` ${text.toLowerCase()} `;
    return new Set(Array.from({ length: padded.length - 1 }, (_, index) => padded.slice(index, index + 2)));
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
    let common = 0;
    for (const pair of a) if (b.has(pair)) common++;
    return (2 * common) / (a.size + b.size);
}
