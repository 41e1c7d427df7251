/** Where somebody may be waiting: standard error, unless a test looks at what is written. */
export interface Terminal {
    readonly isTTY?: boolean;
    write(text: string): unknown;
}

/** No more often than this a line changes, milliseconds. */
const interval = 50;

const eraseLine = '\r\u001b[K';

/** One line for somebody who waits at a terminal, which is gone in the end; in a pipe or a log nothing is ever written. */
export class Progress {
    private last = -Infinity;
    private isShown = false;

    constructor(
        private readonly terminal: Terminal = process.stderr,
        private readonly now: () => number = () => performance.now(),
    ) {}

    /** Says what is being done; what comes too soon after the last is left out. @param text without control characters */
    say(text: string): void {
        const time = this.now();
        if (!this.terminal.isTTY || time - this.last < interval) return;
        this.last = time;
        this.isShown = true;
        this.terminal.write(`${eraseLine}${text}`);
    }

    /** The same for a step that takes long: it is never left out. */
    begin(text: string): void {
        this.last = -Infinity;
        this.say(text);
    }

    /** Takes the line away. */
    end(): void {
        if (this.isShown) this.terminal.write(eraseLine);
        this.isShown = false;
    }
}
