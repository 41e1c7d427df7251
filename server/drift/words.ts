/** A number of seconds as the language writes it: `24h`, `90m`. */
export function amount(seconds: number): string {
    for (const [unit, size, least] of [
        ['d', 86_400, 2],
        ['h', 3600, 1],
        ['m', 60, 1],
    ] as const)
        if (seconds % size === 0 && seconds / size >= least) return `${seconds / size}${unit}`;
    return `${seconds}s`;
}

export function byName<T extends { readonly name: string }>(all: readonly T[]): ReadonlyMap<string, T> {
    return new Map(all.map((each) => [each.name, each]));
}
