import type { FailureGraph } from '../failure/graph.js';
import type { Step } from '../failure/run.js';
import { fateName, type ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
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

/** Whether something fails with which a place is lost: the place itself, or a shared fate that takes one. */
export function takesPlaceIn(graph: FailureGraph): (element: Element) => boolean {
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

const known = new WeakMap<FailureGraph, readonly Element[]>();

/** All of whom the file does not say where they are, without what goes with one of them anyway. */
export function placelessIn(graph: FailureGraph): readonly Element[] {
    let found = known.get(graph);
    if (!found) {
        const isPlaceless = placelessness(graph);
        const { all, byName } = graph.elements;
        const goesWithOther = ({ parents }: Element) =>
            parents.some((parent) => {
                const around = byName.get(parent);
                return around !== undefined && isPlaceless(around);
            });
        found = all.filter((element) => isPlaceless(element) && !goesWithOther(element));
        known.set(graph, found);
    }
    return found;
}

/** Whether the file does not say where somebody stands who stands somewhere. */
export function standsNowhere(graph: FailureGraph): (judged: Judged) => boolean {
    const isPlaceless = placelessness(graph);
    return (judged) => judged.kind === 'element' && isPlaceless(judged.element);
}

function placelessness({ elements }: FailureGraph): (element: Element) => boolean {
    const hasPlace = (element: Element): boolean =>
        element.locality !== undefined ||
        element.places !== undefined ||
        element.parents.some((parent) => {
            const around = elements.byName.get(parent);
            return around !== undefined && (isPlace(around) || hasPlace(around));
        });
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
