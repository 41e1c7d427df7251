/** A request path as a tree: each hop with whether it holds, and what is behind it. */
export interface Hop {
    /** Plain text. */
    readonly text: string;
    readonly alive: boolean;
    /** Requests take this way now. */
    readonly taken: boolean;
    /** None does, and they would if what they take now were gone: it holds, and so does all before and behind it. */
    readonly spare: boolean;
    readonly hops: readonly Hop[];
}

/** A whole way, from who asks on. */
export interface Way extends Hop {
    /** Of the requests that take it, from 0 to 1: a way may hold that loses a share of them. */
    readonly lostShare: number;
}
