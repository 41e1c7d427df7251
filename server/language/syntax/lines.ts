import type { Position } from 'vscode-languageserver-types';

/** What an edit replaces, in offsets of the text before it, and by what. */
export interface Replacement {
    readonly start: number;
    readonly end: number;
    readonly by: string;
}

const [lineFeed, carriageReturn] = [10, 13];

/**
 * Where the lines of a text begin. Not a `TextDocument`, which would hold each text of a large file once more, and look for
 * its lines in all of it.
 */
export class Lines {
    private constructor(
        private readonly text: string,
        private readonly starts: number[],
    ) {}

    static of(text: string): Lines {
        const starts = beginningsIn(text, 0);
        starts.unshift(0);
        return new Lines(text, starts);
    }

    /**
     * Those of a text after an edit; these here must not be used any more.
     *
     * @param text all of it
     */
    after({ start, end, by }: Replacement, text: string): Lines {
        const { starts, text: before } = this;
        // what ends a line may be two characters, of which an edit may have one
        const [head, tail] = [before[start - 1] === '\r' ? '\r' : '', before[end] === '\n' ? '\n' : ''];
        const [from, to] = [start - head.length, end + tail.length];
        const come = beginningsIn(head + by + tail, from);
        const first = this.lineAt(from) + 1;
        const gone = this.lineAt(to) + 1 - first;
        const longer = text.length - before.length;
        if (longer !== 0) for (let line = first + gone; line < starts.length; line++) starts[line]! += longer;
        if (come.length !== gone)
            return new Lines(text, starts.slice(0, first).concat(come, starts.slice(first + gone)));
        for (const [place, beginning] of come.entries()) starts[first + place] = beginning;
        return new Lines(text, starts);
    }

    /** What ends a line is not passed. @param offset in the text */
    positionAt(offset: number): Position {
        const line = this.lineAt(offset);
        const start = this.starts[line]!;
        let end = offset;
        while (end > start && endsLine(this.text.charCodeAt(end - 1))) end--;
        return { line, character: end - start };
    }

    /** The last one that begins there, or before. */
    private lineAt(offset: number): number {
        let [from, to] = [0, this.starts.length];
        while (from < to) {
            const middle = (from + to) >> 1;
            if (this.starts[middle]! > offset) to = middle;
            else from = middle + 1;
        }
        return from - 1;
    }
}

/** Where lines begin behind what ends one. @param from where the text begins */
function beginningsIn(text: string, from: number): number[] {
    const found: number[] = [];
    for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (!endsLine(code)) continue;
        if (code === carriageReturn && text.charCodeAt(at + 1) === lineFeed) at++;
        found.push(from + at + 1);
    }
    return found;
}

function endsLine(code: number): boolean {
    return code === lineFeed || code === carriageReturn;
}
