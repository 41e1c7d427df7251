import { assembled } from './facts/assemble.js';
import type { ImportedEstate } from './estate.js';
import type { KnownValues } from './reading/placeholders.js';
import { readSources, type Reading, type Source } from './reading/read.js';
import { written, type WriteName } from './writing/text.js';

export interface ImportOptions {
    /** Of the topology; without one it is called after the organization. */
    readonly name?: string;
    readonly known: KnownValues;
    readonly withSources: boolean;
    readonly writeName: WriteName;
    /** Is told before each source is read which one it is, and of how many. */
    readonly onSource?: (number: number, of: number) => void;
}

export interface Imported {
    readonly estate: ImportedEstate;
    readonly reading: Reading;
    /** A whole file in the language. */
    readonly text: string;
}

/** Makes a `.tsbtopo` of files of YAML and JSON. It looks at nothing but these texts. */
export function importEstate(sources: readonly Source[], options: ImportOptions): Imported {
    const reading = readSources(sources, options.known, options.onSource);
    const estate = assembled(reading, options.name);
    const { shown } = reading.placeholders;
    const { writeName, withSources } = options;
    return { estate, reading, text: written(estate, { writeName, shown, withSources }) };
}
