import { bands, boxesIn, partsOf, type Band, type Box, type Card, type Scene } from './box.js';
import type { Slot, Span } from './free.js';
import type { Inside, InnerWire } from './inside.js';
import type { RowCounts } from './rows.js';

/** A column with its place; those of one shelf stand side by side. */
export interface PlacedColumn extends Span {
    readonly id: string;
    readonly shelf: number;
    /** How wide it was when it was placed first, if it has become wider: so wide its head stays. */
    readonly head?: number;
}

/** What the next placement keeps, so that an edit moves nobody who was there. Plain data, fit for JSON. */
export interface Memory {
    readonly columns: readonly PlacedColumn[];
    /** Hosts, cards, chips and doors; a card's row counts within its band. */
    readonly slots: readonly (KeptSlot & { readonly id: string })[];
    readonly rowCounts: RowCounts;
    /** Of these rows, and of the channels between them: one more. */
    readonly rowHeights: readonly number[];
    readonly channelHeights: readonly number[];
}

export interface KeptSlot extends Slot {
    readonly column: string;
    readonly height: number;
    /** Of what stands in a card: which one. */
    readonly card?: string;
    /** Of cards. */
    readonly band?: Band;
    /** Of cards: how high the channels between their rows are. */
    readonly channels?: readonly number[];
    /** Of cards in which clusters are folded: so many cells stand in each row. */
    readonly cellsInRow?: number;
    /** Kind and place in the file: what is renamed is still there. */
    readonly key: string;
}

/** The same with the slots by the ids of their boxes. */
export type Kept = Omit<Memory, 'slots'> & {
    readonly slots: ReadonlyMap<string, KeptSlot>;
    readonly insides: Insides;
};

/** Cards as they were laid out from within, by their ids, each with what it was laid out from. */
export type Insides = ReadonlyMap<string, { readonly from: string; readonly inside: Inside }>;

/** Of the placement that a memory is of; one that comes from elsewhere has none. */
const insides = new WeakMap<Memory, Insides>();

/** Keeps how cards are laid out from within, for as long as somebody holds the memory: most edits touch one of them. */
export function keepInsides(memory: Memory, all: Insides): void {
    insides.set(memory, all);
}

/** What a card is laid out from, where its places are kept. Where things stand in their files makes no difference. */
export function originOf(card: Card, wires: readonly InnerWire[]): string {
    const { id, kind, name, detail, doors, chips, edge, cells, counted } = card;
    return JSON.stringify([
        ...[id, kind, name, detail, edge?.id, cells.map((cell) => cell.id), counted],
        doors.map((door) => [door.id, door.name, door.wall]),
        chips.map((chip) => [chip.id, chip.name, chip.detail, chip.kind, chip.longest, chip.row]),
        wires.map((wire) => [wire.id, wire.bundle, wire.rank, wire.from, wire.to]),
    ]);
}

/** What is kept of each box that still is there, by its id now: what was renamed, by its place in the file. */
export function remembered(scene: Scene, memory: Memory): Kept {
    const now = boxesIn(scene);
    const known = new Map(memory.slots.map(({ id, ...slot }) => [id, slot]));
    const slots = new Map<string, KeptSlot>();
    const columnNow = new Map<string, string>();
    for (const [index, column] of scene.columns.entries()) {
        const isKnown = memory.columns.some(({ id }) => id === column.id);
        const same = memory.columns[index];
        const isRenamed = !isKnown && same && !scene.columns.some(({ id }) => id === same.id);
        if (isRenamed) columnNow.set(same.id, column.id);
    }
    const before = namesBefore(now, known);
    const cards = cardsOfParts(scene);
    for (const box of now) {
        const nameBefore = (id: string) => before.get(id) ?? id;
        const slot = known.get(nameBefore(box.id));
        const card = cards.get(box.id);
        // a place in one card is none in another, nor for what stands by itself
        if (!slot || slot.card !== (card && nameBefore(card))) continue;
        const column = columnNow.get(slot.column) ?? slot.column;
        slots.set(box.id, { ...slot, column, key: keyOf(box), ...(card !== undefined && { card }) });
    }
    const columns = memory.columns.map((column) => ({ ...column, id: columnNow.get(column.id) ?? column.id }));
    return { ...memory, slots, columns, insides: insides.get(memory) ?? new Map() };
}

/** In which card each part of one stands. */
export function cardsOfParts({ columns }: Scene): Map<string, string> {
    const cards = columns.flatMap((column) => column.cards);
    return new Map(cards.flatMap((card) => partsOf(card).flatMap(({ id }) => (id === card.id ? [] : [[id, card.id]]))));
}

/**
 * What each box that is new was called before, if one that is gone stood in its place in the file. Behind a name that has
 * become longer all of its line stands elsewhere: as many as are gone and new in a line are the same, in their order.
 */
function namesBefore(now: readonly Box[], known: ReadonlyMap<string, KeptSlot>): Map<string, string> {
    const ids = new Set(now.map(({ id }) => id));
    const gone = byLine([...known].flatMap(([id, { key }]) => (ids.has(id) ? [] : [{ id, key }])));
    const fresh = byLine(now.flatMap((box) => (known.has(box.id) ? [] : [{ id: box.id, key: keyOf(box) }])));
    const names = new Map<string, string>();
    for (const [line, boxes] of fresh) {
        const others = gone.get(line) ?? [];
        for (const [index, { id, key }] of boxes.entries()) {
            const alike = others.filter((other) => other.key === key);
            const same = others.length === boxes.length ? others[index] : alike.length === 1 ? alike[0] : undefined;
            if (same) names.set(id, same.id);
        }
    }
    return names;
}

/** Boxes of one kind that a line of a file declares, from left to right. */
function byLine<T extends { readonly key: string }>(boxes: readonly T[]): Map<string, T[]> {
    const lines = new Map<string, T[]>();
    const partsOf = (key: string) => /^(.*):(\d+)$/su.exec(key);
    for (const box of boxes) {
        const line = partsOf(box.key)?.[1] ?? box.key;
        lines.set(line, [...(lines.get(line) ?? []), box]);
    }
    const column = ({ key }: T) => Number(partsOf(key)?.[2] ?? 0);
    for (const all of lines.values()) all.sort((a, b) => column(a) - column(b));
    return lines;
}

/** Kind and place in the file. */
export function keyOf({ kind, at, id }: Box): string {
    return at ? `${kind} ${at.uri} ${at.range.start.line}:${at.range.start.character}` : `${kind} ${id}`;
}

/** A cluster that becomes an entrance, or is none any more, stays where it was. */
export function inKeptBands(scene: Scene, { slots }: Kept): Scene {
    const columns = scene.columns.map((column) => ({
        ...column,
        cards: column.cards.map((card) => ({ ...card, band: slots.get(card.id)?.band ?? card.band })),
    }));
    return { ...scene, columns };
}

/** A memory that comes from elsewhere, and may be anything; undefined for what is none. */
export function memoryFrom(value: unknown): Memory | undefined {
    const { columns, slots, rowHeights, channelHeights, rowCounts } = (value ?? {}) as Partial<
        Record<keyof Memory, unknown>
    >;
    const { hosts, shelves } = (rowCounts ?? {}) as Partial<Record<keyof RowCounts, unknown>>;
    const isWhole =
        isCount(hosts) &&
        areAll(shelves, (shelf) => bands.every((band) => isCount(valueOf(shelf, band)))) &&
        areAll(columns, (column) => isColumn(column, (shelves as readonly unknown[]).length)) &&
        areAll(slots, isSlot) &&
        areAll(rowHeights, isLength) &&
        areAll(channelHeights, isLength);
    return isWhole ? (value as Memory) : undefined;
}

/** More rows than any picture has. */
const mostRows = 10_000;

function isColumn(column: unknown, shelves: number): boolean {
    const shelf = valueOf(column, 'shelf');
    const head = valueOf(column, 'head');
    return (
        isText(column, 'id') &&
        areNumbers(column, 'x', 'width') &&
        (head === undefined || isLength(head)) &&
        isCount(shelf) &&
        shelf < shelves
    );
}

function isCount(value: unknown): value is number {
    return isLength(value) && Number.isInteger(value) && value <= mostRows;
}

function isSlot(slot: unknown): boolean {
    const { band, card, channels, row, cellsInRow } = (slot ?? {}) as Partial<Record<keyof KeptSlot, unknown>>;
    return (
        ['id', 'column', 'key'].every((property) => isText(slot, property)) &&
        areNumbers(slot, 'x', 'width', 'height') &&
        Number.isInteger(row) &&
        Number(row) < mostRows &&
        (card === undefined || typeof card === 'string') &&
        (band === undefined || bands.some((each) => each === band)) &&
        (channels === undefined || areAll(channels, isLength)) &&
        (cellsInRow === undefined || (isCount(cellsInRow) && cellsInRow > 0))
    );
}

function areAll(value: unknown, is: (each: unknown) => boolean): boolean {
    return Array.isArray(value) && value.every(is);
}

function isLength(value: unknown): value is number {
    return typeof value === 'number' && value >= 0 && value < 1e7;
}

function areNumbers(value: unknown, ...properties: readonly string[]): boolean {
    return properties.every((property) => isLength(valueOf(value, property)));
}

function isText(value: unknown, property: string): boolean {
    return typeof valueOf(value, property) === 'string';
}

function valueOf(value: unknown, property: string): unknown {
    return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(property) : undefined;
}
