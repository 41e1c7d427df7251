/**
 * Requests of the server to a client that `readsFiles`, for files with other addresses than `file:`. Arguments:
 * `FileArgument`. What does not exist is answered with an error.
 */
export const fileRequests = {
    /** Result: the text of a file, `string`. */
    read: 'tsbtopo/readFile',
    /** Result: what stands in a folder, `DirectoryEntry[]`. */
    list: 'tsbtopo/readDirectory',
    /** Result: `boolean`; false for a file. */
    isDirectory: 'tsbtopo/isDirectory',
} as const;

export interface FileArgument {
    readonly uri: string;
}

export interface DirectoryEntry {
    readonly name: string;
    readonly isDirectory: boolean;
}
