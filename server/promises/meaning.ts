import type { FailureGraph } from '../failure/graph.js';
import type { Element } from '../topology/element.js';
import type { Objective, Thing } from '../topology/promises.js';
import type { Estate, Unknown } from '../topology/things.js';
import { meantBy } from './actions.js';
import type { Search } from './search.js';
import { causeOf, type Cause, type Judged } from './things.js';

const subjectsKnown = new WeakMap<FailureGraph, Map<string, readonly Judged[]>>();

/** Of whom an objective speaks: the same list for all that say the same, wherever they stand. */
function subjectsOf(graph: FailureGraph, subjects: Objective['subjects'], names: Unknown[]): readonly Judged[] {
    const known = subjectsKnown.get(graph) ?? new Map<string, readonly Judged[]>();
    subjectsKnown.set(graph, known);
    const key = contentOf(subjects);
    const found = known.get(key);
    if (found) return found;
    const meant = subjects.map((subject) => meantBy(graph, subject));
    names.push(...meant.filter((judged) => 'written' in judged));
    const judged = meant.flatMap((each) => ('written' in each ? [] : each));
    if (names.length === 0) known.set(key, judged);
    return judged;
}

/** What a promise says, or a part of it, wherever it stands. */
export function contentOf(promise: object): string {
    const isOfPlace = (key: string) => key === 'at' || key === 'because' || key === 'until';
    return JSON.stringify(promise, (key, value: unknown) => (isOfPlace(key) ? undefined : value));
}

/** What the names of an objective mean. */
export function meaningOf(graph: FailureGraph, { subjects, promise, accepted }: Objective) {
    const names: Unknown[] = [];
    const causeNamed = (thing: Thing) => {
        const cause = causeOf(graph, thing);
        if (cause.kind === 'unknown') names.push(cause);
        return cause;
    };
    return {
        names,
        subjects: subjectsOf(graph, subjects, names),
        cause: promise.cause ? causeNamed(promise.cause) : anythingIn(graph),
        accepted: accepted.map(({ things }) =>
            things.flatMap((thing) => {
                const cause = causeNamed(thing);
                return cause.kind === 'elements' ? cause.elements : [];
            }),
        ),
    };
}

/** What can fail by a promise, in an estate or among some of its elements. */
export function causeIn(estate: Estate, { cause }: Objective['promise']): Cause {
    return cause ? causeOf(estate, cause) : anythingIn(estate);
}

/** Where nothing is said that fails, anything may. */
function anythingIn({ elements }: Estate): Cause {
    return { kind: 'choice', of: elements.all, count: 1 };
}

const choicesKnown = new WeakMap<readonly Element[], Tries['of']>();

/** What is tried one after the other: each of a choice, or all that is named at once. The same list for the same choice. */
export function choicesOf(cause: Exclude<Cause, Unknown>): Tries['of'] {
    if (cause.kind === 'elements') return [cause.elements];
    const choices = choicesKnown.get(cause.of) ?? cause.of.map((element) => [element]);
    choicesKnown.set(cause.of, choices);
    return choices;
}

/** What an objective is tried with. */
export interface Tries {
    readonly of: readonly (readonly Element[])[];
    readonly isLeftOut: Search['isLeftOut'];
    readonly isSpared: Search['isSpared'];
    /** How many choices are accepted. */
    readonly accepted: number;
}

/** What is accepted, and, of choices, a service in all its homes at once: no redundancy could help against that. */
export function leftOut(graph: FailureGraph, isChoice: boolean, accepted: readonly (readonly Element[])[]) {
    const keyOf = (elements: readonly Element[]) =>
        JSON.stringify([...new Set(elements.map(({ name }) => name))].sort());
    const keys = new Set(accepted.map(keyOf));
    let homes: ReadonlyMap<string, number> | undefined;
    const homesOf = (service: string) => {
        homes ??= new Map(graph.topology.services.map((each) => [each.shortName, each.homes.length]));
        return homes.get(service);
    };
    return (choice: readonly Element[]) => {
        if (keys.size > 0 && keys.has(keyOf(choice))) return true;
        const [first] = choice;
        const isService =
            first?.service !== undefined &&
            choice.every(({ kind, service }) => kind === 'instances' && service === first.service);
        return isChoice && isService && homesOf(first.service) === choice.length;
    };
}

/** Whether who is judged is what fails. */
export function isItself(judged: Judged, choice: readonly Element[]): boolean {
    if (judged.kind === 'element') return choice.some(({ name }) => name === judged.element.name);
    return (
        judged.kind === 'service' && choice.some(({ kind, service }) => kind === 'service' && service === judged.name)
    );
}
