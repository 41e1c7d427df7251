import { bands, boxesIn, type Band, type Box, type Card, type Column, type Scene } from './box.js';
import { freePlace, spreadOut, type Span } from './free.js';
import { pointsOf, stacked, type Point, type Rect, type Stack } from './geometry.js';
import { insideOf, size, type Inside, type Slot } from './inside.js';
import { textWidth } from './measure.js';
import { routed, type End, type Wire } from './route.js';
import { wiringOf, type Joint, type Wiring } from './wires.js';

/** Where everything of a scene is. Nothing of it depends on a failure, a time or a layer. */
export interface Placement {
    readonly width: number;
    readonly height: number;
    readonly boxes: ReadonlyMap<string, Rect>;
    /** Points of ways and branches, by their ids; with `\nout` and `\nin` behind it of the pieces inside cards. */
    readonly lines: ReadonlyMap<string, readonly Point[]>;
    /** Where each band is, for its name at the left. */
    readonly bands: readonly { readonly band: Band | 'clients'; readonly y: number; readonly height: number }[];
    readonly memory: Memory;
}

/** What the next placement keeps, so that an edit moves nobody who was there. Plain data, fit for JSON. */
export interface Memory {
    readonly columns: readonly (Span & { readonly id: string })[];
    /** Hosts, cards, chips and doors; a card's row counts within its band. */
    readonly slots: readonly (KeptSlot & { readonly id: string })[];
    readonly rowHeights: readonly number[];
    readonly channelHeights: readonly number[];
    /** Rows of hosts, and of each band. */
    readonly rowCounts: Readonly<Record<Band | 'clients', number>>;
}

interface KeptSlot extends Slot {
    readonly column: string;
    readonly height: number;
    /** Of cards. */
    readonly band?: Band;
    /** Of cards: how high the channels between their rows are. */
    readonly channels?: readonly number[];
    /** Kind and place in the file: what is renamed is still there. */
    readonly key: string;
}

const measure = {
    left: 108,
    right: 28,
    top: 20,
    bottom: 22,
    column: 26,
    columnPad: 30,
    card: 36,
    regionHead: 46,
    host: 42,
    hostGap: 18,
};

/** The proportions that a fresh placement comes near to. */
const proportions = 1.75;

/** Places a scene: afresh, or so that all that was there before keeps its place. The same input gives the same result. */
export function placed(scene: Scene, memory?: Memory): Placement {
    const wiring = wiringOf(scene);
    const before = memory ? remembered(scene, memory) : undefined;
    if (before) return arranged(inKeptBands(scene, before), wiring, 1, before);
    const most = Math.max(1, ...scene.columns.flatMap((column) => bands.map((band) => cardsIn(column, band).length)));
    let best: { placement: Placement; distance: number } | undefined;
    for (const inRow of candidates(most)) {
        const placement = arranged(scene, wiring, inRow);
        const distance = Math.abs(Math.log(placement.width / placement.height / proportions));
        if (!best || distance < best.distance - 0.01) best = { placement, distance };
    }
    return best!.placement;
}

/** A cluster that becomes an entrance, or is none any more, stays where it was. */
function inKeptBands(scene: Scene, { slots }: Kept): Scene {
    const columns = scene.columns.map((column) => ({
        ...column,
        cards: column.cards.map((card) => ({ ...card, band: slots.get(card.id)?.band ?? card.band })),
    }));
    return { ...scene, columns };
}

function candidates(most: number): number[] {
    return [1, 2, 3, 4, 5, 6, 8, 10, 14].filter((number) => number === 1 || number < most + 1).slice(0, 7);
}

function cardsIn({ cards }: Column, band: Band): Card[] {
    return cards.filter((card) => card.band === band);
}

/** The same with the slots by the ids of their boxes. */
type Kept = Omit<Memory, 'slots'> & { readonly slots: ReadonlyMap<string, KeptSlot> };

/** What is kept of each box that still is there, by its id now: what was renamed, by its place in the file. */
function remembered(scene: Scene, memory: Memory): Kept {
    const now = boxesIn(scene);
    const ids = new Set(now.map(({ id }) => id));
    const lost = new Map<string, string[]>();
    const known = new Map(memory.slots.map(({ id, ...slot }) => [id, slot]));
    for (const [id, { key }] of known) {
        if (!ids.has(id)) lost.set(key, [...(lost.get(key) ?? []), id]);
    }
    const slots = new Map<string, KeptSlot>();
    const columnNow = new Map<string, string>();
    for (const [index, column] of scene.columns.entries()) {
        const isKnown = memory.columns.some(({ id }) => id === column.id);
        const same = memory.columns[index];
        const isRenamed = !isKnown && same && !scene.columns.some(({ id }) => id === same.id);
        if (isRenamed) columnNow.set(same.id, column.id);
    }
    for (const box of now) {
        const own = known.get(box.id);
        const [renamed, ...others] = own ? [] : (lost.get(keyOf(box)) ?? []);
        const slot = own ?? (renamed !== undefined && others.length === 0 ? known.get(renamed) : undefined);
        if (slot) slots.set(box.id, { ...slot, column: columnNow.get(slot.column) ?? slot.column, key: keyOf(box) });
    }
    const columns = memory.columns.map((column) => ({ ...column, id: columnNow.get(column.id) ?? column.id }));
    return { ...memory, slots, columns };
}

function keyOf({ kind, at, id }: Box): string {
    return at ? `${kind} ${at.uri} ${at.range.start.line}:${at.range.start.character}` : `${kind} ${id}`;
}

/** A card with its place in its column. */
interface PlacedCard {
    readonly card: Card;
    readonly column: string;
    readonly inside: Inside;
    /** Within its band. */
    readonly row: number;
    /** Within its column. */
    readonly x: number;
}

function arranged(scene: Scene, wiring: Wiring, inRow: number, memory?: Kept): Placement {
    const isNarrow = scene.detail === 'regions';
    const cards: PlacedCard[] = [];
    const columns: (Span & { id: string })[] = [];
    let x = Math.max(
        measure.left,
        ...(memory?.columns ?? []).map((column) => column.x + column.width + measure.column),
    );
    for (const column of scene.columns) {
        const known = memory?.columns.find(({ id }) => id === column.id);
        const laid = layColumn(column, wiring, inRow, isNarrow, known?.width, memory);
        cards.push(...laid.cards);
        const place = known?.x ?? x;
        columns.push({ id: column.id, x: place, width: laid.width });
        x = Math.max(x, place + laid.width + measure.column);
    }
    const right = Math.max(measure.left + 200, ...columns.map((column) => column.x + column.width));
    return assembled(scene, wiring, columns, cards, right, memory);
}

function layColumn(
    column: Column,
    wiring: Wiring,
    inRow: number,
    isNarrow: boolean,
    kept: number | undefined,
    memory?: Kept,
): { cards: PlacedCard[]; width: number } {
    const inside = (card: Card, most?: number): Inside => {
        const slot = memory?.slots.get(card.id);
        // in another region it is new
        const isKept = slot?.column === column.id;
        return insideOf(card, wiring.inner.get(card.id) ?? [], {
            ...(isKept && { width: slot.width, height: slot.height, channels: slot.channels ?? [] }),
            ...(most !== undefined && { most }),
            slot: (id) => (isKept ? memory?.slots.get(id) : undefined),
            isNarrow,
        });
    };
    const pad = column.region ? (isNarrow ? 14 : measure.columnPad) : 4;
    if (kept === undefined) {
        const rows = bands.flatMap((band) =>
            rowsIn(cardsIn(column, band), band, inRow, isNarrow).map((row, index) => ({
                index,
                row: row.map((card) => ({ card, inside: inside(card) })),
            })),
        );
        const widthOf = (row: (typeof rows)[number]['row']) =>
            row.reduce((sum, { inside: { width } }) => sum + width, 0) + (row.length - 1) * measure.card;
        const head = column.region ? textWidth(column.region.name, 13.5, true) + zonesWidth(column, isNarrow) + 34 : 0;
        const width = Math.max(head, ...rows.map(({ row }) => widthOf(row) + 2 * pad));
        const cards = rows.flatMap(({ index, row }) => {
            let x = Math.round((width - widthOf(row)) / 2);
            return row.map(({ card, inside }): PlacedCard => {
                const place = { card, column: column.id, inside, row: index, x };
                x += inside.width + measure.card;
                return place;
            });
        });
        return { cards, width };
    }
    const cards: PlacedCard[] = [];
    for (const card of column.cards) {
        const slot = memory?.slots.get(card.id);
        if (slot?.column !== column.id) continue;
        cards.push({ card, column: column.id, inside: inside(card), row: slot.row, x: slot.x });
    }
    for (const card of column.cards) {
        if (memory?.slots.get(card.id)?.column === column.id) continue;
        const laid = inside(card, kept - 2 * pad);
        const inBand = cards.filter((each) => each.card.band === card.band);
        const rowCount = Math.max(memory?.rowCounts[card.band] ?? 0, ...inBand.map(({ row }) => row + 1));
        let place: { row: number; x: number } | undefined;
        for (let row = 0; row < rowCount && !place; row++) {
            const taken = inBand
                .filter((each) => each.row === row)
                .map((each) => ({ x: each.x, width: each.inside.width }));
            const x = freePlace(taken, laid.width, { x: pad, width: kept - 2 * pad }, measure.card / 2);
            if (x !== undefined) place = { row, x: taken.length > 0 ? x : Math.round((kept - laid.width) / 2) };
        }
        place ??= { row: rowCount, x: Math.round((kept - laid.width) / 2) };
        cards.push({ card, column: column.id, inside: laid, ...place });
    }
    return { cards, width: kept };
}

/** What is small stands two by two at least; the management cluster has a row of its own where clusters do. */
function rowsIn(cards: readonly Card[], band: Band, inRow: number, isNarrow: boolean): Card[][] {
    if (isNarrow || band === 'entrance' || band === 'workloads') return chunks(cards, isNarrow ? 1 : inRow);
    const clusters = inRow === 1 ? cards.filter(({ kind }) => kind === 'cluster') : [];
    const others = cards.filter((card) => !clusters.includes(card));
    return [...chunks(clusters, 1), ...chunks(others, Math.max(2, band === 'outside' ? 2 * inRow : inRow))];
}

function zonesWidth({ zones }: Column, isNarrow: boolean): number {
    return zones.reduce((sum, { name }) => sum + zoneWidth(name, isNarrow) + 5, zones.length > 0 ? 8 : 0);
}

/** Folded regions are narrow: there the letter alone stands for the zone. */
function zoneWidth(name: string, isNarrow: boolean): number {
    return isNarrow ? textWidth(name, 10.5) + 13 : textWidth(`zone ${name}`, 10.5) + 16;
}

function chunks<T>(all: readonly T[], most: number): T[][] {
    const count = Math.ceil(all.length / most);
    const each = Math.ceil(all.length / Math.max(1, count));
    return Array.from({ length: count }, (_, index) => all.slice(index * each, (index + 1) * each));
}

/** Rows from top to bottom, over all columns: the hosts first. */
interface RowOfPicture {
    readonly band: Band | 'clients';
    readonly index: number;
}

function assembled(
    scene: Scene,
    wiring: Wiring,
    columns: readonly (Span & { readonly id: string })[],
    cards: readonly PlacedCard[],
    right: number,
    memory?: Kept,
): Placement {
    const columnX = new Map(columns.map(({ id, x }) => [id, x]));
    const xOf = ({ column, x }: PlacedCard) => columnX.get(column)! + x;
    const cardById = new Map(cards.map((each) => [each.card.id, each]));
    const hosts = placedHosts(scene, wiring, cardById, xOf, { x: measure.left, width: right - measure.left }, memory);
    const rowCounts: Record<Band | 'clients', number> = {
        ...(memory?.rowCounts ?? { clients: 0, entrance: 0, workloads: 0, outside: 0, management: 0 }),
    };
    for (const { row } of hosts.values()) rowCounts.clients = Math.max(rowCounts.clients, row + 1);
    for (const { card, row } of cards) rowCounts[card.band] = Math.max(rowCounts[card.band], row + 1);
    const rows = (['clients', ...bands] as const).flatMap((band) =>
        Array.from({ length: rowCounts[band] }, (_, index): RowOfPicture => ({ band, index })),
    );
    const rowOf = new Map(rows.map(({ band, index }, row) => [`${band} ${index}`, row]));
    const cardRow = ({ card, row }: PlacedCard) => rowOf.get(`${card.band} ${row}`)!;
    const hostRow = (id: string) => rowOf.get(`clients ${hosts.get(id)!.row}`)!;
    const blocks: Span[][] = rows.map(() => []);
    const heights = rows.map(({ band }) => (band === 'clients' ? measure.host : 0));
    for (const [id, { x, width }] of hosts) blocks[hostRow(id)]!.push({ x, width });
    for (const each of cards) {
        const row = cardRow(each);
        blocks[row]!.push({ x: xOf(each), width: each.inside.width });
        heights[row] = Math.max(heights[row]!, each.inside.height);
    }
    const memoryRow = memory ? rowIndex(memory) : undefined;
    for (const [index, { band, index: inBand }] of rows.entries()) {
        const known = memoryRow?.get(`${band} ${inBand}`);
        if (known !== undefined) heights[index] = Math.max(heights[index]!, memory!.rowHeights[known] ?? 0);
    }
    const endOf = (joint: Joint, bundle: string): End =>
        endAt(joint, bundle, { hosts, hostRow, cardById, cardRow, xOf });
    const wires = wiring.outer.map(({ id, bundle, rank, from, to }): Wire => ({
        id,
        bundle,
        rank,
        from: endOf(from, bundle),
        to: endOf(to, bundle),
    }));
    const routes = routed(blocks, wires, { x: measure.left - 24, width: right - measure.left + 48 });
    const firstCard = rows.findIndex(({ band }) => band !== 'clients');
    const lastRow = rows.length;
    const stack = stacked(
        heights,
        routes.laneCounts,
        (channel) => {
            const pads = channelPads(channel, firstCard, lastRow, rows);
            const known =
                channel < lastRow ? memoryRow?.get(`${rows[channel]!.band} ${rows[channel]!.index}`) : undefined;
            const kept =
                known !== undefined
                    ? memory!.channelHeights[known]
                    : channel === lastRow
                      ? memory?.channelHeights.at(-1)
                      : undefined;
            return { ...pads, ...(kept !== undefined && { kept }) };
        },
        measure.top,
    );
    const boxes = boxesAt(scene, stack, hosts, hostRow, cards, cardRow, xOf, columns, firstCard);
    const lines = linesAt(wiring, wires, routes.courses, stack, boxes, cards, cardRow, xOf);
    const slots: (KeptSlot & { id: string })[] = [];
    const byId = new Map(boxesIn(scene).map((box) => [box.id, box]));
    for (const [id, slot] of hosts)
        slots.push({ id, ...slot, column: '', height: measure.host, key: keyOf(byId.get(id)!) });
    for (const { card, column, inside, row, x } of cards) {
        slots.push({
            id: card.id,
            row,
            x,
            width: inside.width,
            height: inside.height,
            column,
            band: card.band,
            channels: inside.channels,
            key: keyOf(card),
        });
        for (const [id, slot] of inside.slots)
            slots.push({ id, ...slot, height: 0, column, key: keyOf(byId.get(id)!) });
    }
    return {
        width: Math.max(right, ...[...hosts.values()].map(({ x, width }) => x + width)) + measure.right,
        height: stack.channels.at(-1)!.y + stack.channels.at(-1)!.height + measure.bottom,
        boxes,
        lines,
        bands: bandPlaces(rows, stack),
        memory: {
            columns: [...columns, ...(memory?.columns ?? []).filter(({ id }) => !columnX.has(id))],
            slots,
            rowHeights: heights,
            channelHeights: stack.channels.map(({ height }) => height),
            rowCounts,
        },
    };
}

function rowIndex({ rowCounts }: Pick<Memory, 'rowCounts'>): Map<string, number> {
    const rows = (['clients', ...bands] as const).flatMap((band) =>
        Array.from({ length: rowCounts[band] }, (_, index) => `${band} ${index}`),
    );
    return new Map(rows.map((row, index) => [row, index]));
}

function channelPads(channel: number, firstCard: number, lastRow: number, rows: readonly RowOfPicture[]) {
    if (channel === 0)
        return firstCard === 0
            ? { before: 8, behind: measure.regionHead, least: measure.regionHead + 8 }
            : { before: 4, behind: 4, least: 4 };
    if (channel === lastRow) return { before: 18, behind: 14, least: 26 };
    if (channel === firstCard) return { before: 20, behind: measure.regionHead + 16, least: 88 };
    if (rows[channel]!.band === 'clients') return { before: 10, behind: 10, least: 20 };
    return { before: 22, behind: 26, least: 58 };
}

/** Hosts above the doors by which they enter. */
function placedHosts(
    scene: Scene,
    wiring: Wiring,
    cards: ReadonlyMap<string, PlacedCard>,
    xOf: (card: PlacedCard) => number,
    within: Span,
    memory?: Kept,
): Map<string, Slot> {
    const least = scene.detail === 'regions' ? 112 : 150;
    const widthOf = ({ name, detail, longest = '' }: Box) =>
        Math.min(
            230,
            Math.max(
                least,
                Math.ceil(
                    Math.max(textWidth(name, 12.5, true), textWidth(detail, 10.5), textWidth(longest, 10.5, true)) + 52,
                ),
            ),
        );
    const doors = new Map<string, number[]>();
    for (const { from, to } of wiring.outer) {
        if (from.kind !== 'host' || to.kind === 'host') continue;
        const card = cards.get(to.card)!;
        const door = 'id' in to ? card.inside.slots.get(to.id) : undefined;
        const middle = xOf(card) + (door ? door.x + door.width / 2 : card.inside.width / 2);
        doors.set(from.id, [...(doors.get(from.id) ?? []), middle]);
    }
    const wishOf = ({ id }: Box) => {
        const middles = doors.get(id) ?? [within.x + within.width / 2];
        return middles.reduce((sum, middle) => sum + middle, 0) / middles.length;
    };
    const slots = new Map<string, Slot>();
    for (const box of scene.hosts) {
        const slot = memory?.slots.get(box.id);
        if (slot) slots.set(box.id, slot);
    }
    const fresh = scene.hosts.filter(({ id }) => !slots.has(id));
    if (slots.size === 0) {
        const total = fresh.reduce((sum, box) => sum + widthOf(box) + measure.hostGap, 0);
        const rowCount = Math.max(1, Math.ceil(total / Math.max(within.width, 400)));
        const sorted = fresh
            .map((box) => ({ box, middle: wishOf(box), width: widthOf(box) }))
            .sort((a, b) => a.middle - b.middle);
        for (let row = 0; row < rowCount; row++) {
            const inRow = sorted.filter((_, index) => index % rowCount === row);
            const places = spreadOut(inRow, measure.hostGap);
            const shift = shiftInto(
                places,
                inRow.map(({ width }) => width),
                within,
            );
            inRow.forEach(({ box, width }, index) => slots.set(box.id, { row, x: places[index]! + shift, width }));
        }
        return slots;
    }
    for (const box of fresh) {
        const width = widthOf(box);
        const rowCount = Math.max(...[...slots.values()].map(({ row }) => row)) + 1;
        let place: { row: number; x: number } | undefined;
        for (let row = 0; row < rowCount && !place; row++) {
            const taken = [...slots.values()].filter((slot) => slot.row === row);
            const x = nearestFree(taken, width, within, wishOf(box) - width / 2);
            if (x !== undefined) place = { row, x };
        }
        slots.set(box.id, { width, ...(place ?? { row: rowCount, x: Math.round(wishOf(box) - width / 2) }) });
    }
    return slots;
}

/** The free place that is nearest to a wish. */
function nearestFree(taken: readonly Span[], width: number, within: Span, wish: number): number | undefined {
    const starts = [
        wish,
        ...taken.map(({ x, width: wide }) => x + wide + measure.hostGap),
        ...taken.map(({ x }) => x - width - measure.hostGap),
    ];
    return starts
        .map(Math.round)
        .filter((x) => x >= within.x && x + width <= within.x + within.width)
        .filter((x) =>
            taken.every((slot) => x + width + measure.hostGap <= slot.x || x >= slot.x + slot.width + measure.hostGap),
        )
        .sort((a, b) => Math.abs(a - wish) - Math.abs(b - wish))[0];
}

/** How far a row has to move so that it neither begins nor ends outside. */
function shiftInto(places: readonly number[], widths: readonly number[], within: Span): number {
    if (places.length === 0) return 0;
    const from = Math.min(...places);
    const to = Math.max(...places.map((x, index) => x + widths[index]!));
    if (from < within.x) return within.x - from;
    return Math.min(0, Math.max(within.x - from, within.x + within.width - to));
}

interface Places {
    readonly hosts: ReadonlyMap<string, Slot>;
    readonly hostRow: (id: string) => number;
    readonly cardById: ReadonlyMap<string, PlacedCard>;
    readonly cardRow: (card: PlacedCard) => number;
    readonly xOf: (card: PlacedCard) => number;
}

function endAt(joint: Joint, bundle: string, { hosts, hostRow, cardById, cardRow, xOf }: Places): End {
    if (joint.kind === 'host') {
        const { x, width } = hosts.get(joint.id)!;
        return { side: 'floor', row: hostRow(joint.id), box: { id: joint.id, x, width }, near: true };
    }
    const card = cardById.get(joint.card)!;
    const row = cardRow(card);
    const left = xOf(card);
    const { inside } = card;
    switch (joint.kind) {
        case 'door':
        case 'floor-door': {
            const { x, width } = inside.slots.get(joint.id)!;
            const side = joint.kind === 'door' ? 'top' : 'floor';
            return { side, row, box: { id: joint.id, x: left + x, width } };
        }
        case 'left':
        case 'right':
            return {
                side: joint.kind,
                row,
                box: { id: joint.card, x: left, width: inside.width },
                y: inside.height - size.footer / 2 - 2,
            };
        case 'wall':
        case 'floor': {
            const side = joint.kind === 'wall' ? 'top' : 'floor';
            const x = (joint.kind === 'wall' ? inside.entries : inside.exits).get(bundle);
            if (joint.inner !== undefined && x !== undefined) {
                return { side, row, box: { id: `${joint.card}|${side}|${bundle}`, x: left + x, width: 0 } };
            }
            return { side, row, box: { id: joint.card, x: left, width: inside.width }, near: true };
        }
    }
}

function boxesAt(
    scene: Scene,
    stack: Stack,
    hosts: ReadonlyMap<string, Slot>,
    hostRow: (id: string) => number,
    cards: readonly PlacedCard[],
    cardRow: (card: PlacedCard) => number,
    xOf: (card: PlacedCard) => number,
    columns: readonly (Span & { readonly id: string })[],
    firstCard: number,
): Map<string, Rect> {
    const boxes = new Map<string, Rect>();
    for (const [id, { x, width }] of hosts) {
        boxes.set(id, { x, y: stack.rows[hostRow(id)]!.y, width, height: measure.host });
    }
    const first = stack.rows[firstCard];
    const top = (first?.y ?? 0) - measure.regionHead;
    const bottom = stack.channels.at(-1)!.y + stack.channels.at(-1)!.height;
    for (const { id, region, zones } of scene.columns) {
        const { x, width } = columns.find((column) => column.id === id)!;
        if (!region) continue;
        boxes.set(region.id, { x, y: top, width, height: bottom - top });
        let right = x + width - 10;
        for (const zone of [...zones].reverse()) {
            const wide = zoneWidth(zone.name, scene.detail === 'regions');
            right -= wide;
            boxes.set(zone.id, { x: right, y: top + 8, width: wide, height: 18 });
            right -= 5;
        }
    }
    for (const each of cards) {
        const { y } = stack.rows[cardRow(each)]!;
        const left = xOf(each);
        boxes.set(each.card.id, { x: left, y, width: each.inside.width, height: each.inside.height });
        for (const [id, rect] of each.inside.boxes) boxes.set(id, { ...rect, x: left + rect.x, y: y + rect.y });
    }
    return boxes;
}

function linesAt(
    wiring: Wiring,
    wires: readonly Wire[],
    courses: ReturnType<typeof routed>['courses'],
    stack: Stack,
    boxes: ReadonlyMap<string, Rect>,
    cards: readonly PlacedCard[],
    cardRow: (card: PlacedCard) => number,
    xOf: (card: PlacedCard) => number,
): Map<string, readonly Point[]> {
    const lines = new Map<string, readonly Point[]>();
    const edgeOf = (joint: Joint): number => {
        const box = boxes.get(joint.kind === 'host' || 'id' in joint ? joint.id : joint.card)!;
        switch (joint.kind) {
            case 'host':
            case 'floor-door':
            case 'floor':
                return box.y + box.height;
            case 'door':
            case 'wall':
                return box.y;
            case 'left':
            case 'right':
                return box.y + box.height - size.footer / 2 - 2;
        }
    };
    for (const [index, { id, from, to }] of wiring.outer.entries()) {
        lines.set(id, pointsOf(wires[index]!, courses.get(id)!, stack, { from: edgeOf(from), to: edgeOf(to) }));
    }
    for (const each of cards) {
        const left = xOf(each);
        const { y } = stack.rows[cardRow(each)]!;
        for (const [id, points] of each.inside.lines) {
            lines.set(
                id,
                points.map((point) => ({ x: left + point.x, y: y + point.y })),
            );
        }
    }
    return lines;
}

function bandPlaces(rows: readonly RowOfPicture[], stack: Stack): Placement['bands'] {
    const places = new Map<Band | 'clients', { y: number; height: number }>();
    for (const [index, { band }] of rows.entries()) {
        const { y, height } = stack.rows[index]!;
        const known = places.get(band);
        places.set(band, known ? { y: known.y, height: y + height - known.y } : { y, height });
    }
    return [...places].map(([band, place]) => ({ band, ...place }));
}
