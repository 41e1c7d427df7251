/** Continuous integration makes every run of what takes long; elsewhere a twentieth of them tells soon enough. */
const isWhole = process.env['TSBTOPO_PROOF'] === 'whole';

const part = 20;

/** Of so many runs, those that are made here. */
export function share(runs: number): number {
    return isWhole ? runs : Math.ceil(runs / part);
}

/** Of a list of cases, those that are looked at here: the first one, and every twentieth behind it. */
export function shareOf<T>(cases: readonly T[]): readonly T[] {
    return isWhole ? cases : cases.filter((_, index) => index % part === 0);
}
