import { InvalidArgumentError } from 'commander';
import { durationInSeconds } from '../language/amounts.js';

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
