/** The white space in front of a piece, as it should be. */
export interface Gap {
    /** How often the line breaks: 2 leaves one line blank. */
    readonly breaks: 0 | 1 | 2;
    /** After a break, by how many levels the line is indented. */
    readonly level: number;
    /** Without a break, how many spaces stand there. */
    spaces: number;
    /** Whether it is between two items, and not within one. */
    readonly between: boolean;
}

/** Words before which an author may go on in a new line. */
export const clauseWords: ReadonlySet<string> = new Set([
    ...['for', 'in', 'on', 'via', 'through', 'to', 'across', 'by', 'fails', '->', '<->'],
]);
