import { InvalidArgumentError } from 'commander';
import { durationInSeconds } from '../language/syntax/amounts.js';

/**
 * For how long something lasts, as the language writes it.
 *
 * @returns seconds, not 0
 * @throws InvalidArgumentError for anything else
 */
export function lastingSeconds(text: string): number {
    const lasts = seconds(text);
    if (lasts === 0) throw new InvalidArgumentError('It has to last for some time, such as 90s or 4h.');
    return lasts;
}

/**
 * A duration on the command line, as the language writes it.
 *
 * @returns seconds
 * @throws InvalidArgumentError for anything else
 */
export function seconds(text: string): number {
    const parsed = durationInSeconds(text.replaceAll(' ', ''));
    if (parsed === undefined) throw new InvalidArgumentError('Say a duration such as 90s, 30m, 4h, 1h30m or 7d.');
    return parsed;
}
