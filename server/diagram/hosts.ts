import type { Box, Scene } from './box.js';
import type { PlacedCard } from './columns.js';
import { spreadOut, type Slot, type Span } from './free.js';
import type { Kept } from './memory.js';
import { textWidth } from './measure.js';
import { spacing } from './spacing.js';
import type { Wiring } from './wires.js';

/**
 * Hosts, above the doors by which they enter.
 *
 * @param cards by their ids
 * @param xOf the left edge of a card
 */
export function placedHosts(
    scene: Scene,
    wiring: Wiring,
    cards: ReadonlyMap<string, PlacedCard>,
    xOf: (card: PlacedCard) => number,
    within: Span,
    memory?: Kept,
): Map<string, Slot> {
    const wishOf = wishes(wiring, cards, xOf, within);
    const slots = new Map<string, Slot>();
    for (const { id } of scene.hosts) {
        const slot = memory?.slots.get(id);
        if (slot) slots.set(id, slot);
    }
    const fresh = scene.hosts.filter(({ id }) => !slots.has(id));
    if (slots.size === 0) return spread(fresh, scene, wishOf, within);
    for (const box of fresh) {
        const width = widthOf(box, scene);
        const rowCount = Math.max(...[...slots.values()].map(({ row }) => row)) + 1;
        const placeWithin = (room: Span) => {
            for (let row = 0; row < rowCount; row++) {
                const taken = [...slots.values()].filter((slot) => slot.row === row);
                const x = nearestFree(taken, width, room, wishOf(box) - width / 2);
                if (x !== undefined) return { row, x };
            }
            return undefined;
        };
        // at the right of all hosts there always is room
        const place = placeWithin(within) ?? placeWithin({ x: within.x, width: Infinity })!;
        slots.set(box.id, { width, ...place });
    }
    return slots;
}

/** So many rows of hosts there are where all of them are new. */
export function hostRowsWithin(scene: Scene, width: number): number {
    if (scene.hosts.length === 0) return 0;
    const total = scene.hosts.reduce((sum, box) => sum + widthOf(box, scene) + spacing.hostGap, 0);
    return Math.max(1, Math.ceil(total / Math.max(width, 400)));
}

function widthOf({ name, detail, longest = '' }: Box, { detail: drawn }: Scene): number {
    const text = Math.max(textWidth(name, 12.5, true), textWidth(detail, 10.5), textWidth(longest, 10.5, true));
    return Math.min(230, Math.max(drawn === 'regions' ? 112 : 150, Math.ceil(text + 52)));
}

/** The middle at which a host would stand best. */
function wishes(
    wiring: Wiring,
    cards: ReadonlyMap<string, PlacedCard>,
    xOf: (card: PlacedCard) => number,
    within: Span,
): (box: Box) => number {
    const doors = new Map<string, number[]>();
    for (const { from, to } of wiring.outer) {
        if (from.kind !== 'host' || to.kind === 'host') continue;
        const card = cards.get(to.card)!;
        const door = 'id' in to ? card.inside.slots.get(to.id) : undefined;
        const middle = xOf(card) + (door ? door.x + door.width / 2 : card.inside.width / 2);
        doors.set(from.id, [...(doors.get(from.id) ?? []), middle]);
    }
    return ({ id }) => {
        const middles = doors.get(id) ?? [within.x + within.width / 2];
        return middles.reduce((sum, middle) => sum + middle, 0) / middles.length;
    };
}

function spread(hosts: readonly Box[], scene: Scene, wishOf: (box: Box) => number, within: Span): Map<string, Slot> {
    const slots = new Map<string, Slot>();
    const rowCount = hostRowsWithin(scene, within.width);
    const sorted = hosts
        .map((box) => ({ box, middle: wishOf(box), width: widthOf(box, scene) }))
        .sort((a, b) => a.middle - b.middle);
    for (let row = 0; row < rowCount; row++) {
        const inRow = sorted.filter((_, index) => index % rowCount === row);
        const places = spreadOut(inRow, spacing.hostGap);
        const shift = shiftInto(
            places,
            inRow.map(({ width }) => width),
            within,
        );
        inRow.forEach(({ box, width }, index) => slots.set(box.id, { row, x: places[index]! + shift, width }));
    }
    return slots;
}

/** The free place that is nearest to a wish. */
function nearestFree(taken: readonly Span[], width: number, within: Span, wish: number): number | undefined {
    const starts = [
        wish,
        ...taken.map(({ x, width: wide }) => x + wide + spacing.hostGap),
        ...taken.map(({ x }) => x - width - spacing.hostGap),
    ];
    return starts
        .map(Math.round)
        .filter((x) => x >= within.x && x + width <= within.x + within.width)
        .filter((x) =>
            taken.every((slot) => x + width + spacing.hostGap <= slot.x || x >= slot.x + slot.width + spacing.hostGap),
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
