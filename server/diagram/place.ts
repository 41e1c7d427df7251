import { boxesIn, type Detail, type Scene } from './box.js';
import { freshArrangement, rightOf, type Arrangement } from './arrangement.js';
import { heightWithSpare, isLowest, keptColumn, zoneWidth, type LaidColumn, type PlacedCard } from './columns.js';
import type { Span } from './free.js';
import { stacked, type Point, type Rect, type Size, type Stack } from './geometry.js';
import { placedHosts } from './hosts.js';
import { boxesAt, linesAt, wiresOf, type Places } from './joints.js';
import {
    inKeptBands,
    keepInsides,
    keyOf,
    originOf,
    remembered,
    type Kept,
    type KeptSlot,
    type Memory,
    type PlacedColumn,
} from './memory.js';
import { routed } from './route.js';
import {
    counting,
    heightsOfShelves,
    placesOfBands,
    placesOfRows,
    roomOfChannel,
    rowKey,
    rowsIn,
    type BandPlace,
    type Row,
} from './rows.js';
import { spacing } from './spacing.js';
import { wiringOf, type Wiring } from './wires.js';

/** Where everything of a scene is. Nothing of it depends on a failure, a time or a layer. */
export interface Placement {
    readonly width: number;
    readonly height: number;
    readonly boxes: ReadonlyMap<string, Rect>;
    /** Points of ways and branches, by their ids; with `\nout` and `\nin` behind it of the pieces inside cards. */
    readonly lines: ReadonlyMap<string, readonly Point[]>;
    readonly bands: readonly BandPlace[];
    readonly memory: Memory;
}

/**
 * Places a scene: afresh, or so that all that was there before keeps its place. The same input gives the same result.
 *
 * @param room the page that shows it, in its px: what is placed afresh is arranged so that it can be read there
 */
export function placed(scene: Scene, memory?: Memory, room?: Size): Placement {
    const wiring = wiringOf(scene);
    if (!memory) return assembled(scene, wiring, freshArrangement(scene, wiring, room));
    const before = remembered(scene, memory);
    const now = inKeptBands(scene, before);
    return assembled(now, wiring, keptArrangement(now, wiring, before), before);
}

/** Columns keep their places; the last one of a shelf may become wider, and a new one stands at the right of the last shelf. */
function keptArrangement(scene: Scene, wiring: Wiring, memory: Kept): Arrangement {
    const columns = new Map<string, PlacedColumn>();
    const cards: PlacedCard[] = [];
    const add = (place: PlacedColumn, laid: LaidColumn) => {
        columns.set(place.id, { ...place, width: laid.width });
        cards.push(...laid.cards.map((card) => ({ ...card, shelf: place.shelf })));
    };
    for (const column of scene.columns) {
        const known = memory.columns.find(({ id }) => id === column.id);
        if (!known) continue;
        const isFree = memory.columns.every(({ shelf, x }) => shelf !== known.shelf || x <= known.x);
        add({ head: known.width, ...known }, keptColumn(column, wiring.inner, known, memory, isFree));
    }
    const shelf = Math.max(0, memory.rowCounts.shelves.length - 1);
    for (const column of scene.columns) {
        if (columns.has(column.id)) continue;
        const before = [...memory.columns.filter(({ id }) => !columns.has(id)), ...columns.values()];
        const ends = before.filter((each) => each.shelf === shelf).map(({ x, width }) => x + width + spacing.column);
        const { cards: fresh, columns: own } = freshArrangement({ ...scene, hosts: [], columns: [column] }, wiring);
        const { width } = own[0]!;
        const laid = { cards: inRowsThatAre(fresh, shelf, memory), width };
        add({ id: column.id, shelf, x: Math.max(spacing.left, ...ends), width }, laid);
    }
    const all = scene.columns.map(({ id }) => columns.get(id)!);
    return { columns: all, cards, right: rightOf(all) };
}

/** Cards of a new column in rows that are there, the others below all. */
function inRowsThatAre(cards: readonly PlacedCard[], shelf: number, memory: Kept): PlacedCard[] {
    const counts = memory.rowCounts.shelves[shelf];
    const below: string[] = [];
    return cards.map((each) => {
        const { band } = each.card;
        if (each.row < (counts?.[band] ?? 0) || isLowest(band, shelf, memory)) return each;
        const key = `${band} ${each.row}`;
        if (!below.includes(key)) below.push(key);
        return { ...each, card: { ...each.card, band: 'added' }, row: below.indexOf(key) };
    });
}

function assembled(scene: Scene, wiring: Wiring, { columns, cards, right }: Arrangement, memory?: Kept): Placement {
    const columnX = new Map(columns.map(({ id, x }) => [id, x]));
    const xOf = ({ column, x }: PlacedCard) => columnX.get(column)! + x;
    const cardById = new Map(cards.map((each) => [each.card.id, each]));
    const within = { x: spacing.left, width: right - spacing.left };
    const hosts = placedHosts(scene, wiring, cardById, xOf, within, memory);
    const rowCounts = counting(
        memory?.rowCounts,
        [...hosts.values()].map(({ row }) => row),
        cards.map(({ card: { band }, shelf, row }) => ({ band, shelf, row })),
        Math.max(0, ...columns.map(({ shelf }) => shelf + 1)),
    );
    const rows = rowsIn(rowCounts);
    const rowOf = placesOfRows(rows);
    const places: Places = {
        hosts,
        cards: cardById,
        hostRow: (id) => hosts.get(id)!.row,
        cardRow: ({ card: { band }, shelf, row }) => rowOf.get(rowKey({ shelf, band, index: row }))!,
        xOf,
    };
    const wires = wiresOf(wiring, places);
    const room = { x: spacing.left - 24, width: right - spacing.left + 48 };
    const routes = routed(blocksOf(rows, places), wires, room);
    const heights = heightsOf(rows, places, scene.detail, memory);
    const rooms = roomsOf(rows, heights, memory);
    const stack = stacked(heights, routes.laneCounts, (channel) => rooms[channel]!, spacing.top);
    const boxes = new Map([...regionsAt(scene, columns, rows, stack), ...boxesAt(places, stack)]);
    const kept: Memory = {
        columns: [...columns, ...(memory?.columns ?? []).filter(({ id }) => !columnX.has(id))],
        slots: slotsOf(scene, places),
        rowCounts,
        rowHeights: heights,
        channelHeights: stack.channels.map(({ height }) => height),
    };
    const insides = cards.map(({ card, inside }) => {
        const from = originOf(card, wiring.inner.get(card.id) ?? []);
        return [card.id, { from, inside }] as const;
    });
    keepInsides(kept, new Map(insides));
    const last = stack.channels.at(-1)!;
    return {
        width: Math.max(right, ...[...hosts.values()].map(({ x, width }) => x + width)) + spacing.right,
        height: last.y + last.height + spacing.bottom,
        boxes,
        lines: linesAt(wiring, wires, routes.courses, stack, boxes, places),
        bands: placesOfBands(rows, stack),
        memory: kept,
    };
}

/** What stands in each row. */
function blocksOf(rows: readonly Row[], { hosts, cards, hostRow, cardRow, xOf }: Places): Span[][] {
    const blocks: Span[][] = rows.map(() => []);
    for (const [id, { x, width }] of hosts) blocks[hostRow(id)]!.push({ x, width });
    for (const each of cards.values()) blocks[cardRow(each)]!.push({ x: xOf(each), width: each.inside.width });
    return blocks;
}

/** How high each row is: it does not become lower. */
function heightsOf(rows: readonly Row[], { cards, cardRow }: Places, detail: Detail, memory?: Kept): number[] {
    const heights = rows.map(({ band }) => (band === 'clients' ? spacing.host : 0));
    for (const each of cards.values()) {
        const row = cardRow(each);
        heights[row] = Math.max(heights[row]!, memory ? each.inside.height : heightWithSpare(each, detail));
    }
    if (!memory) return heights;
    const before = placesOfRows(rowsIn(memory.rowCounts));
    return heights.map((height, place) => {
        const known = before.get(rowKey(rows[place]!));
        return known === undefined ? height : Math.max(height, memory.rowHeights[known] ?? 0);
    });
}

/** The room of each channel, with how high it was before, and by how much the row above has grown into it. */
function roomsOf(rows: readonly Row[], heights: readonly number[], memory: Kept | undefined) {
    const before = memory && placesOfRows(rowsIn(memory.rowCounts));
    return [...rows.keys(), rows.length].map((channel) => {
        const row = rows[channel];
        const known = row ? before?.get(rowKey(row)) : memory && memory.channelHeights.length - 1;
        const kept = known === undefined ? undefined : memory?.channelHeights[known];
        const above = rows[channel - 1];
        const place = above && before?.get(rowKey(above));
        const grown = place === undefined ? 0 : heights[channel - 1]! - memory!.rowHeights[place]!;
        return { ...roomOfChannel(channel, rows), ...(kept !== undefined && { kept, grown }) };
    });
}

/** Regions, and their zones at the right of their heads. */
function regionsAt(
    { columns: all }: Scene,
    columns: readonly PlacedColumn[],
    rows: readonly Row[],
    stack: Stack,
): Map<string, Rect> {
    const boxes = new Map<string, Rect>();
    const shelves = heightsOfShelves(rows, stack);
    for (const [index, { region, zones, isFolded }] of all.entries()) {
        const { x, width, head = width, shelf } = columns[index]!;
        if (!region) continue;
        const { top, bottom } = shelves[shelf]!;
        boxes.set(region.id, { x, y: top, width, height: bottom - top });
        let right = x + head - 10;
        for (const zone of [...zones].reverse()) {
            const wide = zoneWidth(zone.name, isFolded);
            right -= wide;
            boxes.set(zone.id, { x: right, y: top + 8, width: wide, height: 18 });
            right -= 5;
        }
    }
    return boxes;
}

/** What is kept of hosts, cards, and of what stands in cards. */
function slotsOf(scene: Scene, { hosts, cards }: Places): Memory['slots'] {
    const keys = new Map(boxesIn(scene).map((box) => [box.id, keyOf(box)]));
    const slots: (KeptSlot & { id: string })[] = [];
    const keep = (id: string, slot: Omit<KeptSlot, 'key'>) => slots.push({ id, ...slot, key: keys.get(id)! });
    for (const [id, slot] of hosts) keep(id, { ...slot, column: '', height: spacing.host });
    for (const { card, column, inside, row, x } of cards.values()) {
        const { width, height, channels, slots: within, cellsInRow } = inside;
        const cells = cellsInRow !== undefined && { cellsInRow };
        keep(card.id, { row, x, width, height, column, band: card.band, channels, ...cells });
        for (const [id, slot] of within) keep(id, { ...slot, height: 0, column, card: card.id });
    }
    return slots;
}
