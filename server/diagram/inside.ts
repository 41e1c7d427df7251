import type { Card, Chip, Door } from './box.js';
import { cellsWithin, heightOfCells, placedCells, topOfCells, widthForCells } from './cells.js';
import { freePlace, type Slot, type Span } from './free.js';
import { pointsOf, stacked, type Point, type Rect } from './geometry.js';
import { textWidth } from './measure.js';
import { routed, type End, type Wire } from './route.js';

/** A card from within; all places from its upper left corner. */
export interface Inside {
    readonly width: number;
    readonly height: number;
    readonly boxes: ReadonlyMap<string, Rect>;
    /** What keeps its place next time. */
    readonly slots: ReadonlyMap<string, Slot>;
    /** Of each line inside, by its id. */
    readonly lines: ReadonlyMap<string, readonly Point[]>;
    /** Where lines leave through the floor or come in by the wall: x by the bundle. */
    readonly exits: ReadonlyMap<string, number>;
    readonly entries: ReadonlyMap<string, number>;
    /** How high the channels between the rows are. */
    readonly channels: readonly number[];
    /** So many cells of a folded region stand in each row. */
    readonly cellsInRow?: number;
}

/** A line inside a card: between what stands in it, or from and to its walls. */
export interface InnerWire {
    readonly id: string;
    readonly bundle: string;
    readonly rank: number;
    /** A box, or {@link wallEnd}. */
    readonly from: string;
    /** A box, {@link wallEnd} or {@link floorEnd}. */
    readonly to: string;
}

/** The ends of lines that leave a card; no name has a line end. */
export const wallEnd = '\nwall';
export const floorEnd = '\nfloor';

export const size = {
    chip: 38,
    door: 20,
    header: 40,
    footer: 24,
    pad: 14,
    gap: 12,
    /** How wide names may get before their ends are left out. */
    widestChip: 204,
} as const;

/** Chips side by side in one row, where there is room. */
export const mostInRow = 4;

export function doorWidth({ name }: Door): number {
    return Math.min(180, Math.max(64, textWidth(name, 11.5, true) + 34));
}

export function chipWidth({
    name,
    detail,
    kind,
    longest = '',
}: Pick<Chip, 'name' | 'detail' | 'kind' | 'longest'>): number {
    const least = kind === 'service' ? 128 : 120;
    const text = Math.max(textWidth(name, 12.5, true), textWidth(detail, 10.5), textWidth(longest, 10.5, true));
    return Math.min(size.widestChip, Math.max(least, Math.ceil((text + 46) / 8) * 8));
}

interface Kept {
    readonly width?: number;
    readonly most?: number;
    /** So wide it may become for what is new; `width` unless said. */
    readonly growsTo?: number;
    readonly slot: (id: string) => Slot | undefined;
    readonly height?: number;
    readonly channels?: readonly number[];
    readonly cellsInRow?: number;
    /** Only one chip in a row: folded regions are narrow. */
    readonly isNarrow: boolean;
    /** So many chips stand side by side at most, {@link mostInRow} unless said. */
    readonly chipsInRow?: number;
}

/** Lays a card out: what was there keeps its place, what is new takes the first free one. */
export function insideOf(card: Card, wires: readonly InnerWire[], kept: Kept): Inside {
    const top = card.doors.filter(({ wall }) => wall === 'top');
    const floor = card.doors.filter(({ wall }) => wall === 'floor');
    const fresh = rowsOf(card.chips, kept.isNarrow ? 1 : (kept.chipsInRow ?? mostInRow));
    const natural = naturalWidth(card, fresh, kept.isNarrow);
    const least = kept.width ?? Math.min(natural, kept.most ?? natural);
    const edgeWide = (card.edge && kept.slot(card.edge.id)?.width) ?? edgeWidth(least);
    const chips = placedChips(card.chips, fresh, least, kept);
    // beside what the foot of the card says of configuration and metrics
    const foot = card.edge ? edgeWide + 14 : 8;
    const doors = new Map([
        ...placedDoors(top, least, { row: -1, from: 8, margin: 8 }, kept),
        ...placedDoors(floor, least, { row: -2, from: foot, margin: card.edge ? 14 : 8 }, kept),
    ]);
    const ends = (slots: ReadonlyMap<string, Slot>) => [...slots.values()].map(({ x, width: wide }) => x + wide);
    const width = Math.max(
        least,
        ...(kept.growsTo === undefined
            ? []
            : [...ends(chips).map((end) => end + size.pad), ...ends(doors).map((end) => end + 8)]),
    );
    const rowCount = Math.max(0, ...[...chips.values()].map(({ row }) => row + 1));
    const rows = Array.from({ length: rowCount }, (_, row) => [...chips.values()].filter((slot) => slot.row === row));
    const routes = routed(rows, routable(card, wires, width, chips, doors, rowCount), { x: 4, width: width - 8 });
    const inRow = kept.cellsInRow ?? cellsWithin(card, width);
    const cells = placedCells(card, width, inRow, kept.slot);
    const hasFooter = card.edge !== undefined;
    const isEmpty = rowCount === 0;
    const stack = stacked(
        Array.from({ length: rowCount }, () => size.chip),
        routes.laneCounts,
        (channel) => {
            // what was the last one may be between rows now
            const known = channel < (kept.channels?.length ?? 0) - 1 ? (kept.channels![channel] ?? 0) : 0;
            if (channel === 0) {
                const least = isEmpty ? size.header + gridHeight(card, cells) : 46;
                return { before: isEmpty ? 30 : 34, behind: 12, least, kept: known };
            }
            return { before: 10, behind: 12, least: channel === rowCount ? 14 : 28, kept: known };
        },
    );
    const height = Math.max(kept.height ?? 0, stack.height + (hasFooter ? size.footer : isEmpty ? 4 : 8));
    const boxes = new Map<string, Rect>();
    for (const [id, { row, x, width: wide }] of chips) {
        boxes.set(id, { x, y: stack.rows[row]!.y, width: wide, height: size.chip });
    }
    for (const { id, wall } of card.doors) {
        const { x, width: wide } = doors.get(id)!;
        const y = wall === 'top' ? -size.door / 2 : height - size.door / 2;
        boxes.set(id, { x, y, width: wide, height: size.door });
    }
    if (card.edge) {
        boxes.set(card.edge.id, { x: size.pad - 6, y: height - size.footer, width: edgeWide, height: 20 });
    }
    for (const [id, { row, x, width: wide }] of cells)
        boxes.set(id, { x, y: size.header + topOfCells(row), width: wide, height: wide });
    const lines = new Map<string, Point[]>();
    const exits = new Map<string, number>();
    const entries = new Map<string, number>();
    const all = routable(card, wires, width, chips, doors, rowCount);
    for (const [index, wire] of all.entries()) {
        const course = routes.courses.get(wire.id)!;
        const { from, to } = wires[index]!;
        const edgeOf = (end: string, side: 'from' | 'to'): number => {
            if (end === wallEnd) return 0;
            if (end === floorEnd) return height;
            const box = boxes.get(end)!;
            const isDoor = doors.has(end);
            if (isDoor) return box.y < 0 ? size.door / 2 : height - size.door / 2;
            return wire[side].side === 'top' ? box.y : box.y + box.height;
        };
        lines.set(wire.id, pointsOf(wire, course, stack, { from: edgeOf(from, 'from'), to: edgeOf(to, 'to') }));
        if (to === floorEnd) exits.set(wire.bundle, course.to);
        if (from === wallEnd) entries.set(wire.bundle, course.from);
        if (to === wallEnd) entries.set(wire.bundle, course.to);
    }
    const slots = new Map<string, Slot>([...chips, ...doors, ...cells]);
    if (card.edge) slots.set(card.edge.id, { row: -2, x: size.pad - 6, width: edgeWide });
    return {
        width,
        height,
        boxes,
        slots,
        lines,
        exits,
        entries,
        channels: stack.channels.map((channel) => channel.height),
        ...(cells.size > 0 && { cellsInRow: inRow }),
    };
}

function edgeWidth(width: number): number {
    return Math.min(150, width * 0.55 - size.pad);
}

function gridHeight(card: Card, cells: ReadonlyMap<string, Slot>): number {
    if (card.kind !== 'clusters') return card.counted.length > 0 ? 22 : 0;
    return heightOfCells(cells) + Math.min(5, new Set(card.counted).size) * 17 + 12;
}

/** Chips that belong side by side, callers above what they call. */
function rowsOf(chips: readonly Chip[], inRow: number): Chip[][] {
    const levels = [...new Set(chips.map(({ row }) => row))].sort((a, b) => a - b);
    return levels.flatMap((level) => {
        const all = chips.filter(({ row }) => row === level);
        const rows = Math.ceil(all.length / inRow);
        const each = Math.ceil(all.length / rows);
        return Array.from({ length: rows }, (_, index) => all.slice(index * each, (index + 1) * each));
    });
}

function rowWidth(chips: readonly Chip[]): number {
    return chips.reduce((sum, chip) => sum + chipWidth(chip), 0) + (chips.length - 1) * size.gap;
}

function naturalWidth(card: Card, rows: readonly Chip[][], isNarrow: boolean): number {
    if (card.kind === 'external-service' || card.kind === 'store' || card.kind === 'identity-provider')
        return chipWidth(card);
    const doors = (wall: Door['wall']) => {
        const all = card.doors.filter((door) => door.wall === wall);
        return all.reduce((sum, door) => sum + doorWidth(door), 0) + Math.max(0, all.length - 1) * size.gap;
    };
    // names stand beside the doors, so that no line that comes in crosses them
    const title = Math.max(textWidth(card.name, 13.5, true), textWidth(card.detail, 10.5));
    const header = isNarrow ? Math.max(doors('top') + 20, title + 40) : doors('top') + 2 * (title + 22);
    const cells = widthForCells(card);
    const least = card.kind === 'clusters' ? 148 : isNarrow ? 148 : 216;
    const chips = Math.max(0, ...rows.map(rowWidth)) + 2 * size.pad + (rows.length > 1 ? 24 : 0);
    return (
        Math.ceil(
            Math.max(least, header, cells, chips, doors('floor') + (!card.edge ? 40 : isNarrow ? 168 : 230)) / 4,
        ) * 4
    );
}

function placedChips(chips: readonly Chip[], fresh: readonly Chip[][], width: number, kept: Kept): Map<string, Slot> {
    const slots = new Map<string, Slot>();
    const known = chips.flatMap((chip) => {
        const slot = kept.slot(chip.id);
        return slot ? [[chip, slot] as const] : [];
    });
    for (const [{ id }, slot] of known) slots.set(id, slot);
    if (known.length === 0) {
        const wrapped = fresh.flatMap((row) => wrapRow(row, width - 2 * size.pad));
        wrapped.forEach((row, index) => {
            const widths = row.map((chip) => Math.min(chipWidth(chip), width - 2 * size.pad));
            const total = widths.reduce((sum, each) => sum + each, 0) + (row.length - 1) * size.gap;
            let x = Math.round((width - total) / 2);
            for (const [place, { id }] of row.entries()) {
                slots.set(id, { row: index, x, width: widths[place]! });
                x += widths[place]! + size.gap;
            }
        });
        return slots;
    }
    const within = (wide: number): Span => ({ x: size.pad, width: wide - 2 * size.pad });
    const inner = within(width);
    const wider = within(Math.max(width, kept.growsTo ?? width));
    for (const chip of chips) {
        if (slots.has(chip.id)) continue;
        const rowCount = Math.max(...[...slots.values()].map(({ row }) => row)) + 1;
        const alike = known.find(([other]) => other.row === chip.row)?.[1].row;
        const order = [...(alike === undefined ? [] : [alike]), ...Array.from({ length: rowCount }, (_, row) => row)];
        const own = Math.min(chipWidth(chip), inner.width);
        const placeIn = (room: Span) =>
            order
                .map((row) => {
                    const taken = [...slots.values()].filter((slot) => slot.row === row);
                    return { row, x: freePlace(taken, own, room, size.gap) };
                })
                .find(({ x }) => x !== undefined);
        const place = placeIn(inner) ?? placeIn(wider);
        slots.set(
            chip.id,
            place
                ? { row: place.row, x: place.x!, width: own }
                : { row: rowCount, x: Math.round((width - own) / 2), width: own },
        );
    }
    return slots;
}

function wrapRow(row: readonly Chip[], width: number): Chip[][] {
    if (rowWidth(row) <= width || row.length === 1) return [[...row]];
    const half = Math.ceil(row.length / 2);
    return [...wrapRow(row.slice(0, half), width), ...wrapRow(row.slice(half), width)];
}

/** @param wall its row, and from where to how far from the right edge there are doors */
function placedDoors(
    doors: readonly Door[],
    width: number,
    wall: { readonly row: number; readonly from: number; readonly margin: number },
    kept: Kept,
): Map<string, Slot> {
    const within = { x: wall.from, width: width - wall.from - wall.margin };
    const wider = { ...within, width: Math.max(width, kept.growsTo ?? width) - wall.from - wall.margin };
    const slots = new Map<string, Slot>();
    for (const { id } of doors) {
        const slot = kept.slot(id);
        // what was a door of the other wall is new in this one
        if (slot?.row === wall.row) slots.set(id, slot);
    }
    if (slots.size === 0) {
        const total = doors.reduce((sum, door) => sum + doorWidth(door), 0) + Math.max(0, doors.length - 1) * size.gap;
        const scale = Math.min(1, within.width / Math.max(1, total));
        const last = within.x + within.width - total * scale;
        let x = Math.max(within.x, Math.min(last, (width - total * scale) / 2));
        for (const door of doors) {
            const own = doorWidth(door) * scale;
            slots.set(door.id, { row: wall.row, x: Math.round(x), width: Math.floor(own) });
            x += own + size.gap * scale;
        }
        return slots;
    }
    for (const door of doors) {
        if (slots.has(door.id)) continue;
        // a wall without room for a whole door takes a narrow one
        for (const [own, room] of [
            [doorWidth(door), within],
            [doorWidth(door), wider],
            ...[64, 40, 24, 12].map((narrow) => [narrow, within] as const),
        ] as const) {
            const x = freePlace([...slots.values()], own, room, 6);
            if (x === undefined) continue;
            slots.set(door.id, { row: wall.row, x, width: own });
            break;
        }
        if (!slots.has(door.id)) slots.set(door.id, { row: wall.row, x: 0, width: 8 });
    }
    return slots;
}

function routable(
    card: Card,
    wires: readonly InnerWire[],
    width: number,
    chips: ReadonlyMap<string, Slot>,
    doors: ReadonlyMap<string, Slot>,
    rowCount: number,
): Wire[] {
    const floorFrom = card.edge ? Math.min(108, width * 0.44) : 16;
    const floorTo = card.edge ? width - Math.min(72, width * 0.34) : width - 16;
    const floor = { id: `${card.id}|floor`, x: floorFrom, width: Math.max(12, floorTo - floorFrom) };
    const wall = { id: `${card.id}|wall`, x: 20, width: width - 40 };
    const isFloorDoor = (id: string) => card.doors.some((door) => door.id === id && door.wall === 'floor');
    const endOf = (id: string, isSource: boolean, other: string): End => {
        if (id === wallEnd) return { side: 'floor', row: -1, box: wall, near: true };
        if (id === floorEnd) return { side: 'top', row: rowCount, box: floor, near: true };
        const door = doors.get(id);
        if (door) {
            const box = { id, x: door.x, width: door.width };
            return isFloorDoor(id) ? { side: 'top', row: rowCount, box } : { side: 'floor', row: -1, box };
        }
        const { row, x, width: wide } = chips.get(id)!;
        const box = { id, x, width: wide };
        // towards the wall a line leaves by the top
        const goesUp = isSource && (other === wallEnd || (doors.has(other) && !isFloorDoor(other)));
        return { side: isSource && !goesUp ? 'floor' : 'top', row, box };
    };
    return wires.map(({ id, bundle, rank, from, to }) => ({
        id,
        bundle,
        rank,
        from: endOf(from, true, to),
        to: endOf(to, false, from),
    }));
}
