/** Continuous integration makes every run of a proof; elsewhere a fifth of them tells soon enough. */
const isWhole = process.env['TSBTOPO_PROOF'] === 'whole';

/** Of so many runs, those that are made here. */
export function share(runs: number): number {
    return isWhole ? runs : Math.ceil(runs / 5);
}
