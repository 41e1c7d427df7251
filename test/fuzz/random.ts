/** Random choices that are the same for the same seed, everywhere. */
export interface Random {
    /** A whole number from 0 to below a limit. */
    readonly below: (limit: number) => number;
    readonly pick: <T>(from: readonly T[]) => T;
}

/** Mulberry32. */
export function randomOf(seed: number): Random {
    let state = seed | 0;
    const next = () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
    const below = (limit: number) => Math.floor(next() * limit);
    return { below, pick: (from) => from[below(from.length)]! };
}
