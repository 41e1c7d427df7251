import type { Conflict, Question, Remark, Said } from '../estate.js';
import { comparePlaces, compareTexts, shownPlace, type Place } from '../place.js';
import { isOpen } from '../reading/placeholders.js';

/** What is found out on the way, beside the estate itself. */
export interface Notes {
    ask(this: void, question: Question): void;
    remark(this: void, what: string, at: Place | readonly Place[]): void;
    /** The value that counts of several that were said: that of the highest rank, the last one of these. */
    choose<T extends string | boolean>(
        this: void,
        about: string,
        candidates: readonly Candidate<T>[],
    ): Said<T> | undefined;
    questions(this: void): readonly Question[];
    /** Those that `choose` has found, and whatever else is added. */
    readonly conflicts: Conflict[];
    remarks(this: void): readonly Remark[];
}

/** A value, and how much it counts: that of a live dump more than that of a file, that of a CR more than Helm values. */
export interface Candidate<T> {
    readonly value: T;
    readonly rank: number;
    readonly at: Place;
}

export const ranks = { values: 0, file: 1, dump: 2, node: 3 } as const;

export function takeNotes(): Notes {
    const questions = new Map<string, Question>();
    const conflicts: Conflict[] = [];
    const remarks = new Map<string, Place[]>();
    return {
        questions: () => [...questions].sort(([a], [b]) => compareTexts(a, b)).map(([, question]) => question),
        conflicts,
        ask: (question) => {
            const id = JSON.stringify([question.about, question.asked]);
            const before = questions.get(id);
            questions.set(id, before ? { ...before, at: [...before.at, ...question.at] } : question);
        },
        remark: (what, at) => {
            remarks.set(what, [...(remarks.get(what) ?? []), ...[at].flat()]);
        },
        choose: (about, candidates) => {
            // a placeholder says nothing where something is known
            const known = candidates.filter(({ value }) => typeof value !== 'string' || !isOpen(value));
            const best = Math.max(...known.map(({ rank }) => rank));
            const taken = known.findLast(({ rank }) => rank === best);
            if (!taken) return undefined;
            const others = known.filter(({ value }) => value !== taken.value);
            if (others.length > 0)
                conflicts.push({
                    about,
                    taken: String(taken.value),
                    at: [taken.at],
                    others: others.map(({ value, at }) => ({ value: String(value), at })),
                });
            const same = known.filter(({ value }) => value === taken.value).map(({ at }) => at);
            return { value: taken.value, at: placesOf(same) };
        },
        remarks: () =>
            [...remarks].map(([what, at]) => ({ what, at: placesOf(at) })).sort((a, b) => compareTexts(a.what, b.what)),
    };
}

/** Each place once, in order. */
export function placesOf(places: readonly Place[]): Place[] {
    return [...new Map(places.map((place) => [shownPlace(place), place])).values()].sort(comparePlaces);
}
