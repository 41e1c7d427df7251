import { boxesIn, partsOf, type Scene } from '../../server/diagram/box.js';
import type { Rect } from '../../server/diagram/geometry.js';
import type { Placement } from '../../server/diagram/place.js';
import { sceneOf } from '../../server/diagram/scene.js';
import { wiringOf } from '../../server/diagram/wires.js';
import { analysisOf } from '../../server/failure/analysis.js';
import type { Topology } from '../../server/topology/topology.js';

/** Pages of several sizes, px; without one, a picture is placed as for a file. */
export const rooms = [
    undefined,
    { width: 340, height: 560 },
    { width: 680, height: 720 },
    { width: 1380, height: 760 },
];

/** In what each box stands; doors stand in the wall of their card, half outside. */
export function containersOf(scene: Scene): Map<string, string> {
    const containers = new Map<string, string>();
    for (const { region, zones, cards } of scene.columns) {
        for (const { id } of [...zones, ...cards]) if (region) containers.set(id, region.id);
        for (const card of cards) for (const { id } of partsOf(card).slice(1)) containers.set(id, card.id);
    }
    return containers;
}

function doOverlap(a: Rect, b: Rect): boolean {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function isInside(inner: Rect, outer: Rect): boolean {
    return (
        inner.x >= outer.x &&
        inner.y >= outer.y &&
        inner.x + inner.width <= outer.x + outer.width &&
        inner.y + inner.height <= outer.y + outer.height
    );
}

/** What is wrong with the places of boxes. */
export function misplaced(scene: Scene, { boxes, width, height }: Placement): string[] {
    const all = boxesIn(scene);
    const containers = containersOf(scene);
    const isWithin = (id: string, other: string): boolean => {
        const container = containers.get(id);
        return container !== undefined && (container === other || isWithin(container, other));
    };
    const wrong: string[] = [];
    for (const [index, { id, kind }] of all.entries()) {
        const rect = boxes.get(id);
        if (!rect) {
            wrong.push(`${id} has no place`);
            continue;
        }
        const container = boxes.get(containers.get(id) ?? '') ?? { x: 0, y: 0, width, height };
        if (kind !== 'gateway' && !isInside(rect, container))
            wrong.push(`${id} stands out of ${containers.get(id) ?? 'the picture'}`);
        for (const other of all.slice(index + 1)) {
            if (isWithin(id, other.id) || isWithin(other.id, id)) continue;
            const place = boxes.get(other.id);
            if (place && doOverlap(rect, place)) wrong.push(`${id} overlaps ${other.id}`);
        }
    }
    return wrong;
}

/** Lines between cards that are slanted, or touch a card that is not theirs. */
export function strayLines(scene: Scene, { boxes, lines }: Placement): string[] {
    const cards = [...scene.columns.flatMap((column) => column.cards), ...scene.hosts];
    const wrong: string[] = [];
    for (const { id, from, to } of wiringOf(scene).outer) {
        const own = new Set([from, to].map((joint) => (joint.kind === 'host' ? joint.id : joint.card)));
        const points = lines.get(id)!;
        for (const [index, end] of points.slice(1).entries()) {
            const start = points[index]!;
            if (start.x !== end.x && start.y !== end.y) wrong.push(`${id} is slanted`);
            const stretch = {
                x: Math.min(start.x, end.x),
                y: Math.min(start.y, end.y),
                width: Math.abs(start.x - end.x) || 0.01,
                height: Math.abs(start.y - end.y) || 0.01,
            };
            for (const card of cards) {
                if (own.has(card.id) || !doOverlap(stretch, boxes.get(card.id)!)) continue;
                wrong.push(`${id.replace('\n', ' → ')} touches ${card.id}`);
            }
        }
    }
    return wrong;
}

export function sceneFor(topology: Topology, detail?: Scene['detail']): Scene {
    return sceneOf(analysisOf(topology).graph, detail);
}

/** What stands at the floor of its card, which may become larger: it goes along, as the cells of a folded region do. */
function atFloor(scene: Scene): Set<string> {
    const cards = scene.columns.flatMap((column) => column.cards);
    const ids = cards.flatMap(({ doors, edge, cells }) => [
        ...doors.filter(({ wall }) => wall === 'floor'),
        ...(edge ? [edge] : []),
        ...cells,
    ]);
    return new Set(ids.map(({ id }) => id));
}

/** How far each box of both went, but for those at the floor of their card. */
export function wentIn(
    scenes: readonly Scene[],
    before: Placement,
    now: Placement,
): { id: string; x: number; y: number }[] {
    const floor = new Set(scenes.flatMap((scene) => [...atFloor(scene)]));
    return [...before.boxes].flatMap(([id, was]) => {
        const is = now.boxes.get(id);
        if (!is || floor.has(id) || (is.x === was.x && is.y === was.y)) return [];
        return [{ id, x: is.x - was.x, y: is.y - was.y }];
    });
}

/** The boxes that both have, and that are elsewhere, or of another size. */
export function movedIn(before: Placement, now: Placement): string[] {
    return [...before.boxes].flatMap(([id, was]) => {
        const is = now.boxes.get(id);
        return is && JSON.stringify(is) !== JSON.stringify(was)
            ? [`${id}: ${JSON.stringify(was)} → ${JSON.stringify(is)}`]
            : [];
    });
}
