import { bands, type Card, type Scene } from './box.js';
import { cardsIn, freshColumn, heightWithSpare, type LaidColumn, type PlacedCard } from './columns.js';
import type { Size } from './geometry.js';
import { hostRowsWithin } from './hosts.js';
import { insideOf, mostInRow, type Inside } from './inside.js';
import type { PlacedColumn } from './memory.js';
import { counting, placesOfRows, roomOfChannel, rowKey, rowsIn } from './rows.js';
import { spacing } from './spacing.js';
import type { Wiring } from './wires.js';

/** Columns side by side on one shelf or several, before lines are led between them. */
export interface Arrangement {
    readonly columns: readonly PlacedColumn[];
    readonly cards: readonly PlacedCard[];
    /** The right edge of the widest shelf. */
    readonly right: number;
}

/** Without a page to fit in, a picture comes near to these proportions, on one shelf. */
const proportions = 1.75;

/** Smaller than this, names are hard to read: then a picture fits in width, and goes on below. */
export const readable = 0.72;

/** A picture is not drawn larger than this to fill a page. */
export const largest = 1.25;

/** So many cards may stand side by side in a region. */
const sideBySide = [1, 2, 3, 4, 5, 6, 8];

/** Regions wrap like words on a page, on so many shelves at most. */
const mostShelves = 6;

/** Arranges a scene of which nothing is known so that it can be read best. @param room the page, in its px, if there is one */
export function freshArrangement(scene: Scene, wiring: Wiring, room?: Size): Arrangement {
    const most = {
        inRow: Math.max(1, ...scene.columns.flatMap((column) => bands.map((band) => cardsIn(column, band).length))),
        shelves: room ? Math.max(1, Math.min(mostShelves, scene.columns.length)) : 1,
    };
    let best: { arrangement: Arrangement; look: Look } | undefined;
    for (const chipsInRow of room ? [mostInRow, 2] : [mostInRow]) {
        const inside = insidesWith(wiring, chipsInRow);
        for (const inRow of sideBySide.filter((each) => each <= most.inRow)) {
            const columns = scene.columns.map((column) => freshColumn(column, inside, inRow));
            for (let shelves = 1; shelves <= most.shelves; shelves++) {
                const arrangement = shelved(scene, columns, shelves);
                const look = lookOf(sizeOf(scene, arrangement), shelves, room);
                if (!best || isBetter(look, best.look)) best = { arrangement, look };
            }
        }
    }
    return best!.arrangement;
}

/** Each card is laid out once, however often it is tried in another place. */
function insidesWith(wiring: Wiring, chipsInRow: number): (card: Card, isNarrow: boolean) => Inside {
    const known = new Map<Card, Inside>();
    return (card, isNarrow) => {
        const laid =
            known.get(card) ??
            insideOf(card, wiring.inner.get(card.id) ?? [], { slot: () => undefined, isNarrow, chipsInRow });
        known.set(card, laid);
        return laid;
    };
}

function shelved(scene: Scene, laid: readonly LaidColumn[], shelves: number): Arrangement {
    const widths = laid.map(({ width }) => width);
    const shelfOf = wrapped(widths, shelves);
    const columns: PlacedColumn[] = [];
    const cards: PlacedCard[] = [];
    let x = spacing.left;
    for (const [index, { id }] of scene.columns.entries()) {
        const shelf = shelfOf[index]!;
        if (shelf !== columns.at(-1)?.shelf) x = spacing.left;
        const { width } = laid[index]!;
        columns.push({ id, shelf, x, width });
        cards.push(...laid[index]!.cards.map((card) => ({ ...card, shelf })));
        x += width + spacing.column;
    }
    return { columns, cards, right: rightOf(columns) };
}

export function rightOf(columns: readonly PlacedColumn[]): number {
    return Math.max(spacing.left + 200, ...columns.map(({ x, width }) => x + width));
}

/** The shelf of each column, so that the widest shelf is as narrow as it can be. */
function wrapped(widths: readonly number[], shelves: number): number[] {
    const within = (limit: number): number[] => {
        let [shelf, filled] = [0, 0];
        return widths.map((width) => {
            if (filled > 0 && filled + spacing.column + width > limit) [shelf, filled] = [shelf + 1, 0];
            filled += (filled > 0 ? spacing.column : 0) + width;
            return shelf;
        });
    };
    let [low, high] = [Math.max(0, ...widths), widths.reduce((sum, width) => sum + width + spacing.column, 0)];
    while (high - low > 1) {
        const middle = (low + high) / 2;
        if ((within(middle).at(-1) ?? 0) < shelves) high = middle;
        else low = middle;
    }
    return within(high);
}

/** How large it will be, with few lines between the rows. */
function sizeOf(scene: Scene, { columns, cards, right }: Arrangement): Size {
    const shelfCount = (columns.at(-1)?.shelf ?? -1) + 1;
    const hostRows = hostRowsWithin(scene, right - spacing.left);
    const placed = cards.map(({ card: { band }, shelf, row }) => ({ band, shelf, row }));
    const rows = rowsIn(counting(undefined, hostRows > 0 ? [hostRows - 1] : [], placed, shelfCount));
    const placeOf = placesOfRows(rows);
    const heights = rows.map(({ band }) => (band === 'clients' ? spacing.host : 0));
    for (const each of cards) {
        const place = placeOf.get(rowKey({ shelf: each.shelf, band: each.card.band, index: each.row }))!;
        heights[place] = Math.max(heights[place]!, heightWithSpare(each, scene.detail));
    }
    const between = [...rows.keys(), rows.length].reduce((sum, channel) => sum + roomOfChannel(channel, rows).least, 0);
    const height = spacing.top + heights.reduce((sum, each) => sum + each, 0) + between + spacing.bottom;
    return { width: right + spacing.right, height };
}

/** How an arrangement would look; of two, the one is better whose first difference is larger. */
type Look = readonly number[];

function lookOf({ width, height }: Size, shelves: number, room: Size | undefined): Look {
    if (!room) return [-Math.abs(Math.log(width / height / proportions))];
    const wide = room.width / width;
    const whole = Math.min(largest, wide, room.height / height);
    // whoever can read a name sees as much as possible; then as few shelves as possible
    return [Math.min(readable, wide), whole, -shelves];
}

function isBetter(look: Look, than: Look): boolean {
    for (const [index, value] of look.entries()) {
        const difference = value - than[index]!;
        if (Math.abs(difference) > 0.01) return difference > 0;
    }
    return false;
}
