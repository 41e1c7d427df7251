import { typedDuration } from '../../server/knowledge/durations.js';
import { secondsAfter, type Beginning } from '../../server/knowledge/wall-clock.js';

/** What a person types where they may choose from a list of times, or say one of their own. */
export type TypedTime =
    /** A time, in seconds. */
    | { readonly kind: 'time'; readonly seconds: number }
    /** Neither a time nor a part of a choice. */
    | { readonly kind: 'unclear' }
    /** Nothing, or a word of one of the choices. */
    | { readonly kind: 'search' };

/**
 * What begins with a digit is a time, or is going to be one.
 *
 * @param choices everything that can be searched
 * @param began when it began, where somebody has said so: then a time of the clock is a time, too
 */
export function typedTime(text: string, choices: readonly string[], began?: Beginning): TypedTime {
    const typed = text.trim().toLowerCase();
    const seconds = typedDuration(typed) ?? (began === undefined ? undefined : secondsAfter(began, typed));
    if (seconds !== undefined) return { kind: 'time', seconds };
    const isSearch = !/^\d/.test(typed) && choices.some((choice) => choice.toLowerCase().includes(typed));
    if (isSearch) return { kind: 'search' };
    return { kind: 'unclear' };
}
