import { visible } from './visible.js';

/** A name as one word of a command that somebody copies into a shell. */
export function shellWord(name: string): string {
    const word = visible(name);
    return /^[\w.,:@%+/][\w.,:@%+/=-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
