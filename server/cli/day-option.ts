import { InvalidArgumentError } from 'commander';
import { isDay } from '../language/syntax/days.js';

/** @throws InvalidArgumentError where the text is no day */
export function day(text: string): string {
    if (!isDay(text)) throw new InvalidArgumentError('Write a day as 2027-03-31.');
    return text;
}
