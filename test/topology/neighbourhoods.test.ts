import { describe, expect, test } from 'vitest';
import { lineageOf, partsOf } from '../../server/topology/neighbourhoods.js';
import type { SourceLocation } from '../../server/topology/topology.js';
import { afterEdits } from '../failure/after-edits.js';
import { estate } from '../fixture.js';

test('an edit leaves the parts that it does not touch, from the first one on', async () => {
    const text = 'topology shop\nworkload cluster east\nservice a on east\nservice b on east';
    const opened = await estate(text);
    const before = partsOf(opened.topology);
    const { topology } = await opened.change({ 'main.tsbtopo': `${text} { no failover }` });
    const after = partsOf(topology);
    expect(after.world).toBe(before.world);
    const [a, b] = before.neighbourhoods;
    expect(after.neighbourhoods[0]).toBe(a);
    expect(after.neighbourhoods[1]).not.toBe(b);
});

test('what only moves stays as it is, where it stands now', async () => {
    const text = 'topology shop\nworkload cluster east\nservice a on east\nservice b on east { calls a }';
    const opened = await estate(text);
    const before = partsOf(opened.topology);
    const { topology } = await opened.change({ 'main.tsbtopo': text.replace('workload', '# one\n\nworkload') });
    expect(topology).not.toBe(opened.topology);
    const after = partsOf(topology);
    expect(after.world).toBe(before.world);
    expect(after.neighbourhoods[0]).toBe(before.neighbourhoods[0]);
    const lineOf = ({ at }: { at: SourceLocation }) => at.range.start.line;
    expect(topology.services.map(lineOf)).toEqual([4, 5]);
    expect(topology.services[1]!.calls.map(lineOf)).toEqual([5]);
});

describe('an edit of a cluster', () => {
    const text = `topology shop
management cluster mgmt { gateway egress out }
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service a on east
service b on west
service c on mgmt`;
    /** The services whose neighbourhoods stay. */
    const staying = async (from: string, to: string, first = text) => {
        const opened = await estate(first);
        const before = partsOf(opened.topology);
        const after = partsOf((await opened.change({ 'main.tsbtopo': first.replace(from, to) })).topology);
        expect(after.world).not.toBe(before.world);
        return after.neighbourhoods
            .filter((each) => before.neighbourhoods.includes(each))
            .map(({ services }) => services[0]!.shortName);
    };
    const east = 'east { gateway ingress }';

    test.each([
        ['another gateway', east, 'east { gateway ingress  gateway east-west }'],
        ['an owner', east, 'east { owner "me"  gateway ingress }'],
        ['another name', 'workload cluster east', 'workload cluster orient'],
        ['nothing of it is left', `workload cluster ${east}`, ''],
    ])('leaves the services that do not name it: %s', async (_, from, to) => {
        expect(await staying(from, to)).toEqual(['b', 'c']);
    });

    test.each([
        ['the management cluster', 'gateway egress out', 'gateway egress'],
        ['a gateway that asks a service', east, 'east { gateway ingress { rate limit by b } }'],
        [
            'another cluster that asks a service',
            east,
            `${east} workload cluster south { gateway ingress { rate limit by b } }`,
        ],
        ['a second management cluster', east, `${east} management cluster more`],
        ['a first line of the network', 'service a', 'network { east <-> west }\nservice a'],
    ])('leaves nothing where it may concern everybody: %s', async (_, from, to) => {
        expect(await staying(from, to)).toEqual([]);
    });

    test('other defaults leave what names no workload cluster', async () => {
        const defaults = 'defaults for workload clusters { edge control plane { token ttl 2h } }\n';
        expect(await staying('service a on', `${defaults}service a on`)).toEqual(['c']);
    });

    test('another cluster leaves all of them', async () => {
        expect(
            await staying('gateway ingress }\nservice a', 'gateway ingress } workload cluster south\nservice a'),
        ).toEqual(['a', 'b', 'c']);
    });

    test('another line of the network leaves the services that name neither of its ends', async () => {
        const first = `${text}\nworkload cluster south\nservice d on south\nnetwork {\n    east <-> west\n    mgmt <-> east\n}`;
        expect(await staying('mgmt <-> east', 'mgmt <-> eas', first)).toEqual(['b', 'd']);
        expect(await staying('east <-> west', 'east  -> west', first)).toEqual(['c', 'd']);
        expect(await staying('network {', ' network {', first)).toEqual([]);
        // it may lead from anywhere to anywhere
        expect(await staying('mgmt <-> east', 'mgm  <-> eas', first)).toEqual([]);
    });

    test('letter by letter, a new name costs nothing that names it', async () => {
        const named = (name: string) => `${text}\nworkload cluster ${name}`;
        const opened = await estate(named('s'));
        const [first] = partsOf(opened.topology).neighbourhoods;
        for (let letters = 2; letters < 12; letters++) {
            const { topology } = await opened.change({ 'main.tsbtopo': named('s'.repeat(letters)) });
            expect(partsOf(topology).neighbourhoods[0]).toBe(first);
        }
    });

    test('leaves nothing once so many have changed that as many worlds would be held', async () => {
        const names = Array.from({ length: 10 }, (_, index) => `c${index}`);
        const textAfter = (changed: number) =>
            [
                'topology shop',
                ...names.map((name, index) => `workload cluster ${name} {${index < changed ? ' owner "me"' : ''} }`),
                'service a on c9',
                ...names.map((name, index) => `service s${index} on ${name}`),
            ].join('\n');
        const opened = await estate(textAfter(0));
        const [neighbourhood] = partsOf(opened.topology).neighbourhoods;
        const keeps: boolean[] = [];
        for (let changed = 1; changed < 10; changed++) {
            const { topology } = await opened.change({ 'main.tsbtopo': textAfter(changed) });
            keeps.push(partsOf(topology).neighbourhoods[0] === neighbourhood);
        }
        expect(keeps).toEqual([true, true, true, true, true, true, true, true, false]);
    });
});

test('a world that is tried out is none after those of the estate', async () => {
    const { world } = partsOf((await estate('topology shop\nworkload cluster east\nservice a on east')).topology);
    expect(lineageOf(world)).toBeDefined();
    expect(lineageOf({ ...world })).toBeUndefined();
});

test('after edits the parts are those of an estate that nobody knows from before', () => {
    afterEdits(150, (topology, isFirst) => {
        const parts = partsOf(topology);
        const fresh = partsOf({ ...topology });
        expect(parts.world.homed).toEqual(fresh.world.homed);
        expect(parts.world.topology).toEqual(fresh.world.topology);
        expect(parts.placeOf).toEqual(fresh.placeOf);
        expect(parts.serviceAt).toEqual(fresh.serviceAt);
        expect(parts.neighbourhoods.map(({ services }) => services)).toEqual(
            fresh.neighbourhoods.map(({ services }) => services),
        );
        if (isFirst) return;
        // what is told of a service is what stands in the estate now
        expect(
            parts.neighbourhoods.flatMap(({ services }) => services).every((each) => topology.services.includes(each)),
        ).toBe(true);
    });
});

test.each([
    ['with a home less in a cluster that has others', 'service a on east, west', 'service a on east', true],
    ['with the last home in a cluster gone', 'service a on east, south', 'service a on east', false],
    ['with the first home in a cluster', 'service a on east', 'service a on east, south', false],
])('the world is the same %s: %o, %o', async (_, before, now, isSame) => {
    const clusters = ['east', 'west', 'south'].map((name) => `workload cluster ${name}\n`).join('');
    const text = (service: string) => `topology shop\n${clusters}service b on west\n${service}`;
    const opened = await estate(text(before));
    const { world } = partsOf(opened.topology);
    const { topology } = await opened.change({ 'main.tsbtopo': text(now) });
    expect(partsOf(topology).world === world).toBe(isSame);
    expect(partsOf(topology).world.homed).toEqual(partsOf({ ...topology }).world.homed);
});

const asking = 'workload cluster east { gateway ingress in1 { external authorization by c fails closed } }';

test.each([
    ['calls another', 'service a on east { calls b }', 'service a on east { calls c }', asking],
    ['is called otherwise', 'service a on east', 'service d on east', asking],
    [
        'requires an external service of that name',
        'service a on east { calls b }',
        'service a on east { calls x }',
        asking,
    ],
    [
        'is reached by gateways that ask a service',
        'service a on east',
        'service a on east { exposed "a.example.com" via in1 }',
        asking,
    ],
])(
    'services belong together as they would in an estate that nobody knows: one %s',
    async (_, before, now, clusters) => {
        const rest = 'external service x\nservice b on east\nservice c on east\nservice e on east { calls x }';
        const text = (service: string) => `topology shop\n${clusters}\nservice first on east\n${service}\n${rest}`;
        const opened = await estate(text(before));
        partsOf(opened.topology);
        const { topology } = await opened.change({ 'main.tsbtopo': text(now) });
        expect(partsOf(topology)).toEqual(partsOf({ ...topology }));
    },
);
