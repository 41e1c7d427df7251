import type { Scene } from './box.js';

/** What somebody has opened or closed beside what is open by itself: keys of folds. */
export interface Folds {
    readonly open: ReadonlySet<string>;
    readonly closed: ReadonlySet<string>;
}

/** Nobody has opened or closed anything. */
export const asUsual: Folds = { open: new Set(), closed: new Set() };

export function isOpen({ open, closed }: Folds, key: string, usually: boolean): boolean {
    if (open.has(key)) return true;
    return usually && !closed.has(key);
}

/** The key under which a region opens, which is also the id of the box of its clusters while it is closed. */
export function foldOfRegion(region: string): string {
    return `clusters:${region}`;
}

/** What a box opens or closes. */
export interface Fold {
    readonly key: string;
    readonly isOpen: boolean;
}

/** The boxes that can be opened or closed, by their ids; what has nothing in it is not among them. */
export function foldsIn({ columns }: Scene): ReadonlyMap<string, Fold> {
    const folds = new Map<string, Fold>();
    for (const { id, region, cards, isFolded } of columns) {
        const key = foldOfRegion(id);
        const groups = cards.filter(({ kind }) => kind === 'clusters');
        for (const card of groups) folds.set(card.id, { key, isOpen: false });
        const clusters = cards.filter(({ kind, band }) => kind === 'cluster' && band === 'workloads');
        if (region && groups.length > 0) folds.set(region.id, { key, isOpen: false });
        else if (region && !isFolded && clusters.length > 1) folds.set(region.id, { key, isOpen: true });
        for (const { id: card, kind, counted, chips } of cards) {
            if (kind !== 'cluster') continue;
            if (counted.length > 0) folds.set(card, { key: card, isOpen: false });
            else if (chips.some((chip) => chip.kind === 'service')) folds.set(card, { key: card, isOpen: true });
        }
    }
    return folds;
}
