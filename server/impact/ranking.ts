import { compareWeights, gravities, type Gravity, type Weight } from '../failure/gravity.js';
import type { ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type { Elements } from '../topology/elements.js';
import { elementLabel, partLabel } from './labels.js';

/** An element with what its failure comes to. */
export interface RankedElement extends Weight {
    readonly element: Element;
}

/** All elements of an estate by what their failures come to, and each with its parts. */
export interface Ranking {
    /** What the file declares, what is no part of that, and parts that are graver than their whole: by gravity. */
    readonly groups: ReadonlyMap<Gravity, readonly RankedElement[]>;
    /** The parts of an element, the gravest first; those without are absent. */
    readonly parts: ReadonlyMap<ElementName, readonly RankedElement[]>;
}

/**
 * Whether an element stands in the list itself, however grave. Components that no line declares, the instances of a
 * service and the directions of a link are found below what they are parts of.
 */
export function isListed({ declared, kind, parents }: Element): boolean {
    return parents.length === 0 || (declared && kind !== 'instances' && kind !== 'directed-link');
}

/** Puts weighed elements in order. Sorting is all it does, so that weighing can be interrupted. */
export function rank(weighed: readonly RankedElement[], { byName }: Elements): Ranking {
    const groups = new Map<Gravity, RankedElement[]>();
    const parts = new Map<ElementName, RankedElement[]>();
    const gravityOf = new Map(weighed.map(({ element, gravity }) => [element.name, gravities.indexOf(gravity)]));
    // requests stay with a home that lost a part, and leave one that is down as a whole
    const isGraverThanItsWhole = ({ element, gravity }: RankedElement) =>
        element.parents.every((whole) => gravities.indexOf(gravity) < (gravityOf.get(whole) ?? -1));
    for (const ranked of weighed) {
        if (isListed(ranked.element) || isGraverThanItsWhole(ranked)) push(groups, ranked.gravity, ranked);
        for (const whole of ranked.element.parents) if (byName.has(whole)) push(parts, whole, ranked);
    }
    return {
        groups: new Map([...groups].map(([gravity, list]) => [gravity, inOrder(list, elementLabel)])),
        parts: new Map(
            [...parts].map(([name, list]) => [name, inOrder(list, (part) => partLabel(part, byName.get(name)!))]),
        ),
    };
}

/** The heaviest first, and those that come to the same by the label under which they are shown. */
function inOrder(list: readonly RankedElement[], labelOf: (element: Element) => string): RankedElement[] {
    return list
        .map((ranked) => ({ ranked, label: labelOf(ranked.element) }))
        .sort((a, b) => compareWeights(a.ranked, b.ranked) || labels.compare(a.label, b.label))
        .map(({ ranked }) => ranked);
}

/** `east2` stands before `east10`. */
const labels = new Intl.Collator('en', { numeric: true });

function push<K>(lists: Map<K, RankedElement[]>, key: K, ranked: RankedElement): void {
    const list = lists.get(key);
    if (list) list.push(ranked);
    else lists.set(key, [ranked]);
}
