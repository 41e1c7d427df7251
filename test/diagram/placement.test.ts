import { describe, expect, test } from 'vitest';
import { placed } from '../../server/diagram/place.js';
import { estate } from '../fixture.js';
import { example } from './estates.js';
import { testPlacesOf } from './placement-rules.js';
import { containersOf, misplaced, movedIn, rooms, sceneFor, strayLines } from './places.js';

testPlacesOf(['examples/acme', 'examples/dmz-tier1.tsbtopo']);

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

describe('what is edited', () => {
    const text = `topology shop
region us
region eu
management cluster mgmt in us { management plane { postgres internal } }
workload cluster oslo in us { gateway ingress in-o  gateway east-west ew-o }
workload cluster west in eu { gateway ingress, east-west west-gw }
service web on oslo, west { calls pay exposed "shop.example.com"  exposed "www.example.com" }
service pay on oslo, west
service other on west
`;
    const longer = 'with-a-much-longer-name';

    async function edited(from: string, to: string) {
        const [before, after] = await Promise.all([estate(text), estate(text.replaceAll(from, to))]);
        const scene = sceneFor(after.topology);
        const placement = placed(sceneFor(before.topology));
        const next = placed(scene, placement.memory);
        expect(misplaced(scene, next)).toEqual([]);
        expect(strayLines(scene, next)).toEqual([]);
        return { placement, next };
    }

    test.each([
        ['web', ['web@oslo', 'web@west']],
        ['in-o', ['oslo.in-o']],
        ['shop.example.com', ['host:shop.example.com']],
        ['oslo', ['oslo', 'web@oslo', 'pay@oslo', 'oslo.in-o', 'oslo.ew-o', 'oslo.edge-control-plane']],
        ['mgmt', ['mgmt', 'mgmt.management-plane', 'mgmt.central-control-plane', 'mgmt.edge-control-plane']],
    ])('%s with a longer name stands where it stood, and so do all behind it in its line', async (name, boxes) => {
        const { placement, next } = await edited(name, longer);
        expect(movedIn(placement, next)).toEqual([]);
        for (const box of boxes.filter((id) => placement.boxes.has(id)))
            expect({ box, place: next.boxes.get(box.replaceAll(name, longer)) }).toEqual({
                box,
                place: placement.boxes.get(box),
            });
    });

    test('a service in another cluster stands where there is room for it', async () => {
        const { placement, next } = await edited('service other on west', 'service other on oslo');
        expect(next.boxes.get('other@oslo')).toBeDefined();
        expect(movedIn(placement, next).filter((box) => !box.startsWith('oslo'))).toEqual([]);
    });

    test('a gateway that leads out stands at the floor, where nothing else stands', async () => {
        const { placement, next } = await edited('gateway ingress in-o', 'gateway egress in-o');
        expect(next.boxes.get('oslo.in-o')!.y).toBeGreaterThan(placement.boxes.get('oslo.in-o')!.y);
    });

    test('a store that goes out of its cluster stands beside it', async () => {
        const { placement, next } = await edited('postgres internal', 'postgres external in us');
        expect(placement.boxes.get('store:postgres')!.height).toBeLessThan(next.boxes.get('store:postgres')!.height);
    });

    test('of a folded region nobody moves when a cluster is gone, and the next one takes its place', async () => {
        const clusters = (names: readonly string[]) =>
            `topology t\nregion us\n${names.map((name) => `workload cluster ${name} in us`).join('\n')}\n`;
        const names = Array.from({ length: 10 }, (_, index) => `c${index}`);
        const sceneWith = async (all: readonly string[]) => sceneFor((await estate(clusters(all))).topology, 'regions');
        const placement = placed(await sceneWith(names));
        const fewer = placed(await sceneWith(names.filter((name) => name !== 'c4')), placement.memory);
        expect(movedIn(placement, fewer)).toEqual([]);
        const two = names.filter((name) => name !== 'c4' && name !== 'c7');
        const others = placed(await sceneWith([...two, 'new']), fewer.memory);
        expect(movedIn(placement, others)).toEqual([]);
        expect(others.boxes.get('new')).toEqual(placement.boxes.get('c4'));
        // the last two of a region: one alone is no cell any more
        const last = placed(await sceneWith(['c0', 'c1']), placement.memory);
        const scene = await sceneWith(['c1']);
        expect(misplaced(scene, placed(scene, last.memory))).toEqual([]);
        const again = await sceneWith(['c1', 'c2']);
        expect(misplaced(again, placed(again, placed(scene, last.memory).memory))).toEqual([]);
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
