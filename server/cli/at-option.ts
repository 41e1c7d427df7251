import { InvalidArgumentError } from 'commander';
import { durationInSeconds } from '../language/syntax/amounts.js';
import {
    beginningExamples,
    beginningFrom,
    secondsAfter,
    secondsSince,
    type Beginning,
} from '../knowledge/wall-clock.js';
import { UsageError } from './usage-error.js';

/** Which time to look at: seconds from the beginning, a time of the clock on the wall, or now. */
export type AtOption = number | { readonly clock: string };

/** @throws InvalidArgumentError for anything else than a duration, a time of the clock, or `now` */
export function atOption(text: string): AtOption {
    const seconds = durationInSeconds(text.replaceAll(' ', ''));
    if (seconds !== undefined) return seconds;
    if (text === 'now' || beginningFrom(text) !== undefined) return { clock: text };
    throw new InvalidArgumentError('Say a duration such as 90s, 30m, 4h or 1h30m; with --since also 15:10, or now.');
}

/** @throws InvalidArgumentError for what is no time of the clock */
export function sinceOption(text: string): Beginning {
    const began = beginningFrom(text);
    if (began !== undefined) return began;
    throw new InvalidArgumentError(`Say a time such as ${beginningExamples}.`);
}

/**
 * Seconds from the beginning.
 *
 * @param began what the clock showed then
 * @throws UsageError for a time of the clock where nobody says when it began, or one before that
 */
export function secondsAt(at: AtOption = 0, began: Beginning | undefined, now = new Date()): number {
    if (typeof at === 'number') return at;
    if (began === undefined)
        throw new UsageError(`--at ${at.clock} is a time of the clock: say when it began, as in --since 14:05.`);
    const seconds = at.clock === 'now' ? secondsSince(began, now) : secondsAfter(began, at.clock);
    if (seconds === undefined) {
        const hint = 'Both need a date, or neither; and a zone only where --since has one.';
        throw new UsageError(`--at ${at.clock} is no time after the beginning, ${began}. ${hint}`);
    }
    return seconds;
}
