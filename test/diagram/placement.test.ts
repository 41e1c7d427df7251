import { describe, expect, test } from 'vitest';
import { boxesIn, details, partsOf, type Scene } from '../../server/diagram/box.js';
import type { Rect } from '../../server/diagram/geometry.js';
import { fileStyle } from '../../server/diagram/palette.js';
import { pictureOf } from '../../server/diagram/picture.js';
import { placed, type Placement } from '../../server/diagram/place.js';
import { sceneOf } from '../../server/diagram/scene.js';
import { svgOf } from '../../server/diagram/svg.js';
import { wiringOf } from '../../server/diagram/wires.js';
import { analysisOf } from '../../server/failure/analysis.js';
import type { Topology } from '../../server/topology/topology.js';
import { estate } from '../fixture.js';
import { additionsTo } from './additions.js';
import { example, paths, topologiesAt } from './estates.js';

/** Pages of several sizes, px; without one, a picture is placed as for a file. */
const rooms = [undefined, { width: 340, height: 560 }, { width: 680, height: 720 }, { width: 1380, height: 760 }];

/** In what each box stands; doors stand in the wall of their card, half outside. */
function containersOf(scene: Scene): Map<string, string> {
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
function misplaced(scene: Scene, { boxes, width, height }: Placement): string[] {
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
function strayLines(scene: Scene, { boxes, lines }: Placement): string[] {
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

function sceneFor(topology: Topology, detail?: Scene['detail']): Scene {
    return sceneOf(analysisOf(topology).graph, detail);
}

describe.each(paths)('%s', (path) => {
    test('no two boxes overlap, and no line touches a box that is not its own', async () => {
        for (const topology of await topologiesAt(path)) {
            for (const detail of details) {
                const scene = sceneFor(topology, detail);
                for (const room of rooms) {
                    const placement = placed(scene, undefined, room);
                    const about = { detail, room };
                    expect({ ...about, wrong: misplaced(scene, placement) }).toEqual({ ...about, wrong: [] });
                    expect({ ...about, wrong: strayLines(scene, placement) }).toEqual({ ...about, wrong: [] });
                }
            }
        }
    });

    test('the same text gives the same picture, and what is placed again stays', async () => {
        const [before, after] = await Promise.all([topologiesAt(path), topologiesAt(path)]);
        for (const [index, topology] of before.entries()) {
            const draw = (one: Topology) => svgOf(pictureOf(analysisOf(one).graph, { style: fileStyle('auto') }));
            expect(draw(after[index]!)).toBe(draw(topology));
            const scene = sceneFor(topology);
            const placement = placed(scene);
            expect(movedIn(placement, placed(scene, placement.memory))).toEqual([]);
        }
    });

    test('what is removed or renamed moves nobody else', async () => {
        for (const topology of await topologiesAt(path)) {
            const scene = sceneFor(topology);
            for (const room of rooms) {
                const placement = placed(scene, undefined, room);
                for (const edited of [...without(topology), ...renamed(topology)]) {
                    const now = sceneFor(edited, scene.detail);
                    const next = placed(now, placement.memory);
                    expect(movedIn(placement, next)).toEqual([]);
                    expect(misplaced(now, next)).toEqual([]);
                }
            }
        }
    });

    test('what is added moves nobody; only below the first service of a cluster all go down', async () => {
        for (const topology of await topologiesAt(path)) {
            const scene = sceneFor(topology);
            for (const room of rooms.slice(0, 2)) {
                const placement = placed(scene, undefined, room);
                for (const { what, topology: edited } of additionsTo(topology)) {
                    const now = sceneFor(edited, scene.detail);
                    const next = placed(now, placement.memory);
                    const went = wentIn([scene, now], placement, next);
                    const about = { what, room };
                    const wrong = went.filter(({ x, y }) => x !== 0 || y < 0);
                    expect({ ...about, wrong }).toEqual({ ...about, wrong: [] });
                    expect({ ...about, wrong: misplaced(now, next) }).toEqual({ ...about, wrong: [] });
                    expect({ ...about, wrong: strayLines(now, next) }).toEqual({ ...about, wrong: [] });
                    if (!isFirstService(scene, now)) expect({ ...about, went }).toEqual({ ...about, went: [] });
                }
            }
        }
    });
});

/** Whether a card has services now, and had none. */
function isFirstService(before: Scene, now: Scene): boolean {
    const cardsOf = (scene: Scene) => scene.columns.flatMap(({ cards }) => cards);
    const empty = new Set(cardsOf(before).flatMap(({ id, chips }) => (chips.length === 0 ? [id] : [])));
    return cardsOf(now).some(({ id, chips }) => chips.length > 0 && empty.has(id));
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
function wentIn(scenes: readonly Scene[], before: Placement, now: Placement): { id: string; x: number; y: number }[] {
    const floor = new Set(scenes.flatMap((scene) => [...atFloor(scene)]));
    return [...before.boxes].flatMap(([id, was]) => {
        const is = now.boxes.get(id);
        if (!is || floor.has(id) || (is.x === was.x && is.y === was.y)) return [];
        return [{ id, x: is.x - was.x, y: is.y - was.y }];
    });
}

/** The boxes that both have, and that are elsewhere, or of another size. */
function movedIn(before: Placement, now: Placement): string[] {
    return [...before.boxes].flatMap(([id, was]) => {
        const is = now.boxes.get(id);
        return is && JSON.stringify(is) !== JSON.stringify(was)
            ? [`${id}: ${JSON.stringify(was)} → ${JSON.stringify(is)}`]
            : [];
    });
}

/** The estate without one of its services, or of what is outside the mesh. */
function without(topology: Topology): Topology[] {
    const { services, externalServices } = topology;
    return [
        ...services.slice(0, 3).map((gone): Topology => ({
            ...topology,
            services: services
                .filter((service) => service !== gone)
                .map((service) => ({
                    ...service,
                    calls: service.calls.filter(({ name }) => name !== gone.shortName),
                    requires: service.requires.filter(({ name }) => name !== gone.shortName),
                })),
        })),
        ...externalServices.slice(0, 2).map((gone): Topology => ({
            ...topology,
            externalServices: externalServices.filter((external) => external !== gone),
            services: services.map((service) => ({
                ...service,
                calls: service.calls.filter(({ kind, name }) => kind === 'service' || name !== gone.name),
                requires: service.requires.filter(({ kind, name }) => kind === 'service' || name !== gone.name),
            })),
        })),
    ];
}

/** The estate with another name for one of its services: the place in the file stays. */
function renamed(topology: Topology): Topology[] {
    const { services } = topology;
    return services.slice(0, 3).map((old): Topology => {
        const name = `${old.name}-with-a-much-longer-name`;
        const called = (callees: typeof old.calls) =>
            callees.map((callee) => (callee.name === old.shortName ? { ...callee, name } : callee));
        return {
            ...topology,
            services: services.map((service) => ({
                ...service,
                ...(service === old && { name, shortName: name }),
                calls: called(service.calls),
                requires: called(service.requires),
            })),
        };
    });
}

describe('what is added', () => {
    const base = `topology shop
region us { zones a, b }
region eu
management cluster mgmt in us
workload cluster east in us { gateway ingress, east-west east-gw }
workload cluster west in eu { gateway ingress, east-west west-gw }
network { east <-> west }
service web on east, west { calls pay exposed "shop.example.com" via east.east-gw }
service pay on east { calls bank }
external service bank
`;
    const additions = {
        'a service': 'service added on east',
        'a service in two clusters': 'service added on east, west { calls pay }',
        'five services': Array.from({ length: 5 }, (_, index) => `service added${index} on east`).join('\n'),
        'a cluster': 'workload cluster added in us { gateway ingress added-gw }',
        'a cluster with a service': 'workload cluster added in eu\nservice more on added { calls pay }',
        'an entrance': 'workload cluster door in us { gateway tier1 front }',
        'a region': 'region ap\nworkload cluster far in ap',
        'a host': 'service added on west { exposed "added.example.com" }',
        'something outside': 'external service added in eu',
        'something outside anywhere': 'external service added',
    };

    test.each(Object.entries(additions).flatMap(([what, text]) => rooms.map((room) => ({ what, text, room }))))(
        '$what moves nobody sideways, only what contains it becomes larger, and what is below goes down together: $room.width',
        async ({ text, room }) => {
            const before = await estate(base);
            const after = await estate(`${base}${text}\n`);
            const placement = placed(sceneFor(before.topology), undefined, room);
            const scene = sceneFor(after.topology);
            const next = placed(scene, placement.memory);
            expect(misplaced(scene, next)).toEqual([]);
            expect(strayLines(scene, next)).toEqual([]);
            const containers = containersOf(scene);
            const holders = new Set(containers.values());
            const rows = new Map<number, Set<number>>();
            for (const [id, was] of placement.boxes) {
                const is = next.boxes.get(id)!;
                expect({ id, x: is.x }).toEqual({ id, x: was.x });
                if (!holders.has(id)) expect({ id, width: is.width }).toEqual({ id, width: was.width });
                expect(is.y).toBeGreaterThanOrEqual(was.y);
                // what stands by itself: boxes inside go with their card
                if (containers.get(id)?.startsWith('region:') ?? true) {
                    rows.set(was.y, (rows.get(was.y) ?? new Set()).add(is.y - was.y));
                }
            }
            for (const [y, shifts] of rows) expect({ y, shifts: [...shifts] }).toEqual({ y, shifts: [[...shifts][0]] });
            // order from top to bottom stays
            const places = [...rows].sort(([a], [b]) => a - b).map(([y, all]) => y + [...all][0]!);
            expect(places).toEqual([...places].sort((a, b) => a - b));
        },
    );

    test('a free place is taken, and nothing moves at all', async () => {
        const before = await estate(`${base}service spare on east\n`);
        const after = await estate(`${base}service other on east\n`);
        const placement = placed(sceneFor(before.topology));
        const next = placed(sceneFor(after.topology), placement.memory);
        expect(movedIn(placement, next)).toEqual([]);
        expect(next.boxes.get('other@east')).toEqual(placement.boxes.get('spare@east'));
    });
});

describe('a picture can be remembered', () => {
    test('as JSON, with the same result', async () => {
        const topology = await example('acme');
        const scene = sceneFor(topology);
        const placement = placed(scene);
        const read = JSON.parse(JSON.stringify(placement.memory)) as typeof placement.memory;
        expect(movedIn(placement, placed(scene, read))).toEqual([]);
    });
});
