import { table, type Table } from '../knowledge/table.js';

/** What values of an option, or an argument, are names of. */
export type Named = 'element' | 'target' | 'cluster' | 'service' | 'topology' | 'word';

/** What the values of options name, by their flags, and what the arguments of commands name. */
export const namedBy: Table<Named> = table({
    explain: 'word',
    '--fail': 'element',
    '--given': 'element',
    '--restart': 'element',
    '--promote': 'element',
    '--to': 'target',
    '--from': 'cluster',
    '--deploy': 'service',
    '--scale': 'service',
    '--topology': 'topology',
});

/** What of a command line decides which names there are. */
export interface Typed {
    readonly paths: readonly string[];
    readonly topology?: string;
}

/**
 * What has been typed behind a command: paths, and which topology.
 *
 * @param takesValue whether an option is followed by a value
 */
export function typedIn(words: readonly string[], takesValue: (flag: string) => boolean): Typed {
    const paths: string[] = [];
    let topology: string | undefined;
    for (let index = 0; index < words.length; index++) {
        const word = words[index]!;
        if (!word.startsWith('-')) paths.push(word);
        else if (takesValue(word)) {
            index++;
            if (word === '--topology') topology = words[index];
        }
    }
    return { paths, ...(topology !== undefined && { topology }) };
}
