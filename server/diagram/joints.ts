import type { PlacedCard } from './columns.js';
import { pointsOf, type Point, type Rect, type Stack } from './geometry.js';
import type { Slot } from './free.js';
import { size } from './inside.js';
import type { Course, End, Wire } from './route.js';
import { spacing } from './spacing.js';
import type { Joint, Wiring } from './wires.js';

/** Where hosts and cards are, before it is known how high the channels between their rows are. */
export interface Places {
    readonly hosts: ReadonlyMap<string, Slot>;
    readonly cards: ReadonlyMap<string, PlacedCard>;
    /** The row of the picture. */
    readonly hostRow: (id: string) => number;
    readonly cardRow: (card: PlacedCard) => number;
    /** The left edge. */
    readonly xOf: (card: PlacedCard) => number;
}

/** The lines between cards, for the router. */
export function wiresOf({ outer }: Wiring, places: Places): Wire[] {
    return outer.map(({ id, bundle, rank, from, to }) => ({
        id,
        bundle,
        rank,
        from: endAt(from, bundle, places),
        to: endAt(to, bundle, places),
    }));
}

function endAt(joint: Joint, bundle: string, { hosts, hostRow, cards, cardRow, xOf }: Places): End {
    if (joint.kind === 'host') {
        const { x, width } = hosts.get(joint.id)!;
        return { side: 'floor', row: hostRow(joint.id), box: { id: joint.id, x, width }, near: true };
    }
    const card = cards.get(joint.card)!;
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

/** Where hosts, cards and all that stands in cards are. */
export function boxesAt({ hosts, cards, hostRow, cardRow, xOf }: Places, { rows }: Stack): Map<string, Rect> {
    const boxes = new Map<string, Rect>();
    for (const [id, { x, width }] of hosts) {
        boxes.set(id, { x, y: rows[hostRow(id)]!.y, width, height: spacing.host });
    }
    for (const each of cards.values()) {
        const { y } = rows[cardRow(each)]!;
        const left = xOf(each);
        boxes.set(each.card.id, { x: left, y, width: each.inside.width, height: each.inside.height });
        for (const [id, rect] of each.inside.boxes) boxes.set(id, { ...rect, x: left + rect.x, y: y + rect.y });
    }
    return boxes;
}

/** The points of all lines, by their ids. @param courses how the router leads `wires` */
export function linesAt(
    { outer }: Wiring,
    wires: readonly Wire[],
    courses: ReadonlyMap<string, Course>,
    stack: Stack,
    boxes: ReadonlyMap<string, Rect>,
    { cards, cardRow, xOf }: Places,
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
    for (const [index, { id, from, to }] of outer.entries()) {
        lines.set(id, pointsOf(wires[index]!, courses.get(id)!, stack, { from: edgeOf(from), to: edgeOf(to) }));
    }
    for (const each of cards.values()) {
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
