/** From when on results count as older than the text, and from when on one is told why, milliseconds. */
const olderAfter = 100;
const longAfter = 1_000;

/** How old results are: `new`; `older` than the text for a moment already; or for `long`. */
export type AgeOfResults = 'new' | 'older' | 'long';

/** Follows edits and what the server says that it has read, and tells how old the results are that one sees. */
export class Age {
    /** Of documents with edits that no result is about yet: the version that the server must have read. */
    private readonly edited = new Map<string, number>();
    private serverIsReading = false;
    private timers: readonly ReturnType<typeof setTimeout>[] = [];
    private present: AgeOfResults = 'new';

    /** @param changed is called after each change of the age */
    constructor(private readonly changed: (age: AgeOfResults) => void) {}

    /** Whether the server has read everything that was typed. */
    get isUpToDate(): boolean {
        return !this.serverIsReading && this.edited.size === 0;
    }

    edit(uri: string, version: number): void {
        this.edited.set(uri, version);
        this.update();
    }

    close(uri: string): void {
        this.edited.delete(uri);
        this.update();
    }

    /** The server begins to read. */
    begin(): void {
        this.serverIsReading = true;
        this.update();
    }

    /** The server has read, of open documents, these versions; a document may have got another one since. */
    end(versions: Iterable<readonly [uri: string, version: number]>): void {
        this.serverIsReading = false;
        for (const [uri, version] of versions) {
            if ((this.edited.get(uri) ?? Infinity) <= version) this.edited.delete(uri);
        }
        this.update();
    }

    /** There is no server from which to wait for anything. */
    forget(): void {
        this.serverIsReading = false;
        this.edited.clear();
        this.update();
    }

    private update(): void {
        if (this.isUpToDate) {
            this.timers.forEach(clearTimeout);
            this.timers = [];
            this.become('new');
        } else if (this.timers.length === 0) {
            this.timers = [
                setTimeout(() => this.become('older'), olderAfter),
                setTimeout(() => this.become('long'), longAfter),
            ];
        }
    }

    private become(age: AgeOfResults): void {
        if (age === this.present) return;
        this.present = age;
        this.changed(age);
    }
}
