/** A piece of a file, by offsets in its present text, and what takes its place. */
export interface Change {
    readonly uri: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
}

/** The text of a file after some changes. Several insertions at one place come in the order in which they are given. */
export function applied(text: string, changes: readonly Change[]): string {
    let result = '';
    let last = 0;
    for (const { start, end, text: inserted } of inOrder(changes)) {
        result += text.slice(last, Math.max(last, start)) + inserted;
        last = Math.max(last, end);
    }
    return result + text.slice(last);
}

/** Whether no two of the changes of one file touch the same text. */
export function areDisjoint(changes: readonly Change[]): boolean {
    return inOrder(changes).every((change, index, all) => index === 0 || all[index - 1]!.end <= change.start);
}

/** The changes of each file. */
export function byFile(changes: readonly Change[]): Map<string, Change[]> {
    const files = new Map<string, Change[]>();
    for (const change of changes) {
        const known = files.get(change.uri);
        if (known) known.push(change);
        else files.set(change.uri, [change]);
    }
    return files;
}

function inOrder(changes: readonly Change[]): Change[] {
    return [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
}
