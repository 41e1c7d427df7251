import type { Card } from './box.js';
import type { Slot } from './free.js';

/** How wide and high a cell is. */
const side = 26;

/** From one cell to the next. */
const step = side + 5;

/** Cells stand in rows of at most so many. */
function mostInRow({ cells }: Card): number {
    return cells.length <= 9 ? 3 : cells.length <= 24 ? 5 : 8;
}

/** How many cells stand in each row of a card of this width. */
export function cellsWithin(card: Card, width: number): number {
    return Math.max(1, Math.min(mostInRow(card), Math.floor((width - 2 * 12) / step)));
}

/** How wide a card would be for its cells. */
export function widthForCells(card: Card): number {
    return Math.min(card.cells.length, mostInRow(card)) * step + 24;
}

/** What was there keeps its place in the grid, what is new takes the first free one. */
export function placedCells(
    { cells }: Card,
    width: number,
    inRow: number,
    kept: (id: string) => Slot | undefined,
): Map<string, Slot> {
    const slots = new Map<string, Slot>();
    for (const { id } of cells) {
        const slot = kept(id);
        if (slot) slots.set(id, slot);
    }
    const start = (width - inRow * step + 5) / 2;
    const placeOf = (index: number) => ({ row: Math.floor(index / inRow), x: start + (index % inRow) * step });
    const keyOf = ({ row, x }: ReturnType<typeof placeOf>) => `${row} ${x}`;
    const taken = new Set([...slots.values()].map(keyOf));
    let next = 0;
    for (const { id } of cells) {
        if (slots.has(id)) continue;
        while (taken.has(keyOf(placeOf(next)))) next++;
        slots.set(id, { ...placeOf(next++), width: side });
    }
    return slots;
}

/** How far below the first row of cells another one begins. */
export function topOfCells(row: number): number {
    return row * step;
}

export function heightOfCells(cells: ReadonlyMap<string, Slot>): number {
    return topOfCells(Math.max(0, ...[...cells.values()].map(({ row }) => row + 1)));
}
