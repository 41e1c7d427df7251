import { bands, type Band, type Card, type Column, type Detail } from './box.js';
import { freePlace } from './free.js';
import { insideOf, type Inside, type InnerWire } from './inside.js';
import { originOf, type Kept, type PlacedColumn } from './memory.js';
import { textWidth } from './measure.js';
import { spacing } from './spacing.js';

/** A card with its place in its column. */
export interface PlacedCard {
    readonly card: Card;
    readonly column: string;
    readonly shelf: number;
    readonly inside: Inside;
    /** Within its band. */
    readonly row: number;
    /** Within its column. */
    readonly x: number;
}

/** A column from within: its cards, and how wide it has to be for them. */
export interface LaidColumn {
    readonly cards: readonly Omit<PlacedCard, 'shelf'>[];
    readonly width: number;
}

/**
 * How high a card is with the room that is left below it for a service more, so that nobody has to make room for it: below
 * one that has services, and below one that has none yet, if services are drawn.
 */
export function heightWithSpare({ card, inside }: Pick<PlacedCard, 'card' | 'inside'>, detail: Detail): number {
    const isEmpty = card.kind === 'cluster' && detail === 'services';
    return inside.height + (card.chips.length > 0 || isEmpty ? spacing.spare : 0);
}

/** Lays out a column of which nothing is known. @param inRow so many cards stand side by side at most */
export function freshColumn(
    column: Column,
    inside: (card: Card, isNarrow: boolean) => Inside,
    inRow: number,
): LaidColumn {
    const isNarrow = column.isFolded;
    const pad = padOf(column);
    const rows = bands.flatMap((band) =>
        rowsOfBand(cardsIn(column, band), band, inRow, isNarrow).map((row, index) => ({
            index,
            row: row.map((card) => ({ card, inside: inside(card, isNarrow) })),
        })),
    );
    const widthOf = (row: (typeof rows)[number]['row']) =>
        row.reduce((sum, { inside: { width } }) => sum + width, 0) + (row.length - 1) * spacing.card;
    const head = column.region
        ? textWidth(column.region.name, 13.5, true) + zonesWidth(column, isNarrow) + headInset(isNarrow) + 20
        : 0;
    const width = Math.max(head, ...rows.map(({ row }) => widthOf(row) + 2 * pad));
    const cards = rows.flatMap(({ index, row }) => {
        let x = Math.round((width - widthOf(row)) / 2);
        return row.map(({ card, inside: laid }) => {
            const place = { card, column: column.id, inside: laid, row: index, x };
            x += laid.width + spacing.card;
            return place;
        });
    });
    return { cards, width };
}

/** A card does not become wider than this for what is new in it. */
const widestGrown = 640;

/** Between cards that have grown towards each other; lines still lead through. */
const leastCardGap = 20;

/**
 * Lays out a column that was there: what was in it stays, what is new takes free room. Where there is none, a card becomes
 * wider, then the column does, if nothing stands beside it. Only then what is new has a row of its own.
 *
 * @param isFree nothing stands at the right of the column
 */
export function keptColumn(
    column: Column,
    inner: ReadonlyMap<string, readonly InnerWire[]>,
    { width, shelf }: PlacedColumn,
    memory: Kept,
    isFree: boolean,
): LaidColumn {
    const pad = padOf(column);
    const isKept = ({ id }: Card) => memory.slots.get(id)?.column === column.id;
    const cards: Omit<PlacedCard, 'shelf'>[] = [];
    for (const card of column.cards) {
        if (!isKept(card)) continue;
        const { row, x, width: wide } = memory.slots.get(card.id)!;
        const beside = column.cards.flatMap((other) => {
            const slot = memory.slots.get(other.id);
            return isKept(other) && other.band === card.band && slot!.row === row && slot!.x > x ? [slot!.x] : [];
        });
        const right = beside.length > 0 ? Math.min(...beside) - leastCardGap : isFree ? Infinity : width - pad;
        const growsTo = Math.max(wide, Math.min(widestGrown, right - x));
        const inside = keptInside(card, inner, memory, column.isFolded, growsTo);
        cards.push({ card, column: column.id, inside, row, x });
    }
    for (const card of column.cards) {
        if (isKept(card)) continue;
        const inside = insideOf(card, inner.get(card.id) ?? [], {
            most: width - 2 * pad,
            // in another region it is new
            slot: () => undefined,
            isNarrow: column.isFolded,
        });
        const middle = Math.round((width - inside.width) / 2);
        const rowsIn = (band: Band) => {
            const inBand = cards.filter((each) => each.card.band === band);
            const known = memory.rowCounts.shelves[shelf]?.[band] ?? 0;
            const count = Math.max(known, ...inBand.map(({ row }) => row + 1));
            return Array.from({ length: count }, (_, row) => inBand.filter((each) => each.row === row));
        };
        const freeIn = (band: Band, right: number) => {
            for (const [row, inRow] of rowsIn(band).entries()) {
                const taken = inRow.map((each) => ({ x: each.x, width: each.inside.width }));
                const x = freePlace(taken, inside.width, { x: pad, width: right - pad }, spacing.card / 2);
                if (x !== undefined) return { band, row, x: taken.length > 0 ? x : middle };
            }
            return undefined;
        };
        const own = card.band;
        const last = isLowest(own, shelf, memory) ? own : 'added';
        const { band, ...place } = freeIn(own, width - pad) ??
            (isFree ? freeIn(own, Infinity) : undefined) ??
            freeIn(last, width - pad) ?? { band: last, row: rowsIn(last).length, x: middle };
        cards.push({ card: { ...card, band }, column: column.id, inside, ...place });
    }
    return { cards, width: Math.max(width, ...cards.map(({ x, inside }) => x + inside.width + pad)) };
}

/** Whether another row of a band is put below it: where that moves nobody, or there is no place below all where it would not. */
export function isLowest(band: Band, shelf: number, { rowCounts: { shelves } }: Kept): boolean {
    if (shelf < shelves.length - 1) return true;
    return bands.slice(bands.indexOf(band) + 1).every((below) => (shelves[shelf]?.[below] ?? 0) === 0);
}

function keptInside(
    card: Card,
    inner: ReadonlyMap<string, readonly InnerWire[]>,
    memory: Kept,
    isNarrow: boolean,
    growsTo: number,
): Inside {
    const wires = inner.get(card.id) ?? [];
    const known = memory.insides.get(card.id);
    if (known?.from === originOf(card, wires)) return known.inside;
    const { width, height, channels = [], cellsInRow } = memory.slots.get(card.id)!;
    return insideOf(card, wires, {
        ...{ width, height, channels, growsTo, isNarrow },
        ...(cellsInRow !== undefined && { cellsInRow }),
        slot: (id) => memory.slots.get(id),
    });
}

export function cardsIn({ cards }: Column, band: Band): Card[] {
    return cards.filter((card) => card.band === band);
}

function padOf({ region, isFolded }: Column): number {
    return region ? headInset(isFolded) : 4;
}

/** What is small stands two by two at least; the management cluster has a row of its own where clusters do. */
function rowsOfBand(cards: readonly Card[], band: Band, inRow: number, isNarrow: boolean): Card[][] {
    if (isNarrow || band === 'entrance' || band === 'workloads') return chunks(cards, isNarrow ? 1 : inRow);
    const clusters = inRow === 1 ? cards.filter(({ kind }) => kind === 'cluster') : [];
    const others = cards.filter((card) => !clusters.includes(card));
    return [...chunks(clusters, 1), ...chunks(others, Math.max(2, band === 'outside' ? 2 * inRow : inRow))];
}

function zonesWidth({ zones }: Column, isNarrow: boolean): number {
    return zones.reduce((sum, { name }) => sum + zoneWidth(name, isNarrow) + 5, zones.length > 0 ? 8 : 0);
}

/** How far from its left edge the name of a region stands: above the cards, and not where lines lead past them. */
export function headInset(isFolded: boolean): number {
    return isFolded ? 14 : spacing.columnPad;
}

/** Folded regions are narrow: there the letter alone stands for the zone. */
export function zoneWidth(name: string, isNarrow: boolean): number {
    return isNarrow ? textWidth(name, 10.5) + 13 : textWidth(`zone ${name}`, 10.5) + 16;
}

function chunks<T>(all: readonly T[], most: number): T[][] {
    const count = Math.ceil(all.length / most);
    const each = Math.ceil(all.length / Math.max(1, count));
    return Array.from({ length: count }, (_, index) => all.slice(index * each, (index + 1) * each));
}
