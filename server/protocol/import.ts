import type { EstateArgument } from './arguments.js';

/** What a client asks of an estate as its YAML has it. The client reads the files; nothing is read, or kept, beside them. */
export const importRequests = {
    /** Makes a file of them. Parameters: `ImportArgument`. Result: `ImportAnswer`. */
    run: 'tsbtopo/import',
    /**
     * Compares with the files of a topology, and tells the differences as diagnostics from now on. Parameters:
     * `CompareArgument`. Result: `CompareAnswer | null`, null where the sources, or the file, say nothing of an estate.
     */
    compare: 'tsbtopo/compareWithEstate',
    /** The command lines that make the dumps, as one line. No parameters. Result: `string`. */
    how: 'tsbtopo/importHow',
} as const;

/** A file of YAML or JSON. */
export interface ImportSource {
    /** As lines of the result name it. */
    readonly name: string;
    readonly text: string;
}

export interface ImportArgument {
    readonly sources: readonly ImportSource[];
}

export interface ImportAnswer {
    /** The name of the topology. */
    readonly topology: string;
    /** A whole file. */
    readonly text: string;
    /** What was read and what was not, in plain text. */
    readonly report: string;
    readonly objects: number;
    readonly questions: number;
}

export interface CompareArgument extends EstateArgument {
    /** Without any: those of the last import. */
    readonly sources?: readonly ImportSource[];
}

export interface CompareAnswer {
    readonly topology: string;
    readonly differences: number;
    /** The first file with one, if there is any. */
    readonly uri: string | null;
}

/** A command of the VS Code extension: saves a `tsbtopo.json` that a fix has changed. Argument: its address. */
export const saveSettingsCommand = 'tsbtopo.saveSettings';
