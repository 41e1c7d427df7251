import type { FailureGraph } from '../failure/graph.js';
import type { Step } from '../failure/run.js';
import { fateName, type ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type { Elements } from '../topology/elements.js';
import { elementsMeant } from '../topology/things.js';
import type { Judged } from './things.js';

/*
 * What stands somewhere, and the file does not say where. In a simulation no place takes it along, which is told as an
 * assumption. A promise is tried once more as if every place that fails took all of it along: what is not kept then rests on
 * something that nobody has said.
 */

/** What stands nowhere: places themselves, and what lies between or across them. */
const withoutPlace: ReadonlySet<Element['kind']> = new Set([
    'region',
    'zone',
    'link',
    'directed-link',
    'shared-fate',
    'service',
]);

const isPlace = ({ kind }: Element): boolean => kind === 'region' || kind === 'zone';

/** Where it is looked for what stands nowhere: an estate, or some of its elements. */
type Listed = Pick<FailureGraph, 'elements'>;

const takesPlaceKnown = new WeakMap<FailureGraph, (element: Element) => boolean>();

/** Whether something fails with which a place is lost: the place itself, or a shared fate that takes one. */
export function takesPlaceIn(graph: FailureGraph): (element: Element) => boolean {
    const takesPlace = takesPlaceKnown.get(graph) ?? placeTaking(graph);
    takesPlaceKnown.set(graph, takesPlace);
    return takesPlace;
}

function placeTaking(graph: FailureGraph): (element: Element) => boolean {
    const fates = new Set(
        graph.topology.sharedFates
            .filter(({ members }) =>
                members.some((member) => {
                    const meant = elementsMeant(graph, member);
                    return !('written' in meant) && meant.some(isPlace);
                }),
            )
            .map(({ name }) => fateName(name)),
    );
    return (element) => isPlace(element) || fates.has(element.name);
}

const known = new WeakMap<Elements, readonly Element[]>();

/** All of whom the file does not say where they are, without what goes with one of them anyway. */
export function placelessIn({ elements }: Listed): readonly Element[] {
    let found = known.get(elements);
    if (!found) {
        const { all, byName, lists } = elements;
        const isPlaceless = placelessness(byName);
        const some = new Set(lists.flatMap((list) => placelessAmong(list, isPlaceless)));
        const goesWithOther = ({ parents }: Element) =>
            parents.some((parent) => {
                const around = byName.get(parent);
                return around !== undefined && isPlaceless(around);
            });
        found = some.size === 0 ? [] : all.filter((element) => some.has(element) && !goesWithOther(element));
        known.set(elements, found);
    }
    return found;
}

const knownAmong = new WeakMap<readonly Element[], readonly Element[]>();

/** Of a list of an estate: what is around its elements is in it as well, or in the world, and is the same for as long as the list is. */
function placelessAmong(list: readonly Element[], isPlaceless: (element: Element) => boolean): readonly Element[] {
    const placeless = knownAmong.get(list) ?? list.filter(isPlaceless);
    knownAmong.set(list, placeless);
    return placeless;
}

/** Whether the file does not say where somebody stands who stands somewhere. */
export function standsNowhere({ elements }: Listed): (judged: Judged) => boolean {
    const isPlaceless = placelessness(elements.byName);
    return (judged) => judged.kind === 'element' && isPlaceless(judged.element);
}

function placelessness(byName: Elements['byName']): (element: Element) => boolean {
    const around = new Map<Element['name'], boolean>();
    const isPlaced = (parent: Element['name']): boolean => {
        let placed = around.get(parent);
        if (placed === undefined) {
            const element = byName.get(parent);
            placed = element !== undefined && (isPlace(element) || hasPlace(element));
            around.set(parent, placed);
        }
        return placed;
    };
    const hasPlace = ({ locality, places, parents }: Element): boolean =>
        locality !== undefined || places !== undefined || parents.some(isPlaced);
    return (element) => !withoutPlace.has(element.kind) && !hasPlace(element);
}

/** The steps of a scenario in which each place that fails takes these along, for as long as any place is away. */
export function takenAlong(graph: FailureGraph, steps: readonly Step[], also: readonly Element[]): readonly Step[] {
    const takesPlace = takesPlaceIn(graph);
    const placeOf = ({ element }: Step) => {
        const found = graph.elements.byName.get(element);
        return found !== undefined && takesPlace(found);
    };
    const away = new Set<ElementName>();
    const named = new Set(steps.map(({ element }) => element));
    return [...steps]
        .sort((one, other) => one.at - other.at)
        .flatMap((step): Step[] => {
            if (!placeOf(step)) return [step];
            if (step.action === 'fail') {
                away.add(step.element);
                return [step, ...also.map(({ name }) => ({ ...step, element: name }))];
            }
            away.delete(step.element);
            if (step.action !== 'recover' || away.size > 0) return [step];
            // what the scenario itself lets fail is not brought back by this
            return [
                step,
                ...also.filter(({ name }) => !named.has(name)).map(({ name }) => ({ ...step, element: name })),
            ];
        });
}

/**
 * One of them on whose place something rests, by halves: the last of the fewest that have to be taken along.
 *
 * @param holds whether it holds where these are taken along; with all of them it does not, and more never heal it
 */
export function* decisiveOf(
    placeless: readonly Element[],
    holds: (some: readonly Element[]) => Generator<void, boolean>,
): Generator<void, Element | undefined> {
    let [enough, tooFew] = [placeless.length, 0];
    while (enough - tooFew > 1) {
        const middle = (enough + tooFew) >> 1;
        if (yield* holds(placeless.slice(0, middle))) tooFew = middle;
        else enough = middle;
    }
    return placeless[enough - 1];
}
