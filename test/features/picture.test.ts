import { describe, expect, test } from 'vitest';
import type { PictureAnswer, PictureArgument } from '../../server/protocol/picture.js';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { editor, type Editor } from './editor.js';

const estate = `topology shop
region us
region eu
management cluster mgmt in us
workload cluster east in us {
    gateway ingress, east-west east-gw
}
workload cluster west in eu { gateway ingress, east-west west-gw }
network { east <-> west }
service web on east, west {
    calls pay
    exposed "shop.example.com" via east.east-gw, west.west-gw
}
service pay on east, west { failover east-west }
`;

const asUsual = { open: [], closed: [] };

function ask(at: Editor, argument: Partial<PictureArgument> = {}): PictureAnswer {
    return at.services.pictures.draw({ uri: at.uri(), picture: 'one', look: asUsual, ...argument })!;
}

function rects({ boxes }: PictureAnswer): ReadonlyMap<string, string> {
    return new Map(boxes!.map(({ id, x, y, width, height }) => [id, [x, y, width, height].join()]));
}

describe('the first answer', () => {
    test('has everything: parts in their order, boxes in reading order with places, style and memory', async () => {
        const { order, parts, boxes, places, style, definitions, memory, since, caption } = ask(await editor(estate));
        expect(since).toBeUndefined();
        expect(parts.map(([key]) => key)).toEqual(order);
        expect(new Set(order).size).toBe(order!.length);
        expect(boxes!.slice(0, 2).map(({ id }) => id)).toEqual(['host:shop.example.com', 'region:us']);
        expect(boxes!.map(({ id }) => id)).toEqual(
            expect.arrayContaining(['east', 'west', 'web@east', 'pay@west', 'east.east-gw']),
        );
        expect(new Map(places).get('east')!.range.start).toEqual({ line: 4, character: 17 });
        expect([style, definitions, memory].every((each) => each !== undefined)).toBe(true);
        expect(caption).toEqual({ counts: '2 regions · 3 clusters · 2 services · 1 host' });
    });

    test('is null for a file of no topology', async () => {
        const at = await editor(estate);
        const argument = { uri: 'file:///other.tsbtopo', picture: 'one', look: asUsual };
        expect(at.services.pictures.draw(argument)).toBeNull();
        expect(at.services.pictures.boxAt({ ...argument, position: { line: 0, character: 0 } })).toBeNull();
        expect(at.services.pictures.text({ ...argument, format: 'svg', theme: 'auto' })).toBeNull();
    });

    test('says of each box what can be asked about it', async () => {
        const at = await editor(estate);
        const kinds = new Map(ask(at).boxes!.map(({ id, kind }) => [id, kind]));
        expect(['host:shop.example.com', 'east', 'web@east'].map((id) => kinds.get(id))).toEqual([
            'other',
            'element',
            'service',
        ]);
        await at.command(simulationCommands.fail, { element: 'east' });
        expect(ask(at).boxes!.find(({ id }) => id === 'east')!.kind).toBe('failed');
    });
});

describe('an answer to who has the one before', () => {
    test('is empty where nothing has changed', async () => {
        const at = await editor(estate);
        const { revision } = ask(at);
        const now = ask(at, { since: revision });
        expect(now.since).toBe(revision);
        expect(now.parts).toEqual([]);
        for (const property of ['order', 'boxes', 'places', 'memory', 'style'] as const)
            expect(now).not.toHaveProperty(property);
    });

    test('is everything where the client has another one', async () => {
        const at = await editor(estate);
        const { revision, order } = ask(at);
        const now = ask(at, { since: revision + 7 });
        expect(now.since).toBeUndefined();
        expect(now.parts).toHaveLength(order!.length);
    });

    test('has what a failure changes, and moves nothing', async () => {
        const at = await editor(estate);
        const before = ask(at);
        await at.command(simulationCommands.fail, { element: 'east' });
        const now = ask(at, { since: before.revision });
        const changed = new Map(now.parts);
        expect(changed.get('ground east')).toMatch(/class="box cluster failed"/);
        expect(changed.get('web@east')).toMatch(/class="box service gone"/);
        expect(changed.has('ground west')).toBe(false);
        expect(now.caption.failure?.title).toBe('east failed');
        expect(rects(now)).toEqual(rects(before));
        expect(now).not.toHaveProperty('memory');
        await at.command(simulationCommands.clear);
        const after = ask(at, { since: now.revision });
        expect(after.caption.failure).toBeUndefined();
        expect(after.parts.find(([key]) => key === 'ground east')![1]).not.toContain('failed');
    });

    test('follows the time of the simulation', async () => {
        const at = await editor(estate);
        await at.command(simulationCommands.fail, { element: 'mgmt' });
        const before = ask(at);
        expect(before.caption.failure!.times.length).toBeGreaterThan(1);
        await at.command(simulationCommands.lookAt, { at: 'next' });
        const now = ask(at, { since: before.revision });
        expect(now.caption.failure!.at).toBeGreaterThan(0);
        expect(now.parts.length).toBeGreaterThan(0);
    });

    test('keeps all places when the text changes, until somebody tidies up', async () => {
        const at = await editor(estate);
        const before = ask(at);
        await at.type(`${estate}service added on east\n`);
        const now = ask(at, { since: before.revision });
        const places = rects(now);
        const moved = [...rects(before)].filter(([id, rect]) => places.get(id)!.split(',')[0] !== rect.split(',')[0]);
        expect(moved).toEqual([]);
        expect(places.has('added@east')).toBe(true);
        expect(now.parts.some(([key]) => key === 'ground west')).toBe(places.get('west') !== rects(before).get('west'));
        const tidy = ask(at, { since: now.revision, tidy: true });
        const fresh = ask(at, { picture: 'another' });
        expect(rects(tidy)).toEqual(rects(fresh));
    });

    test('keeps the places that a client brings along, and none that mean nothing', async () => {
        const at = await editor(estate);
        const whole = ask(at);
        await at.type(`${estate}service added on east\n`);
        const memory = JSON.parse(JSON.stringify(whole.memory)) as unknown;
        const again = ask(at, { picture: 'later', memory });
        for (const [id, rect] of rects(whole)) expect(rects(again).get(id)!.split(',')[0]).toBe(rect.split(',')[0]);
        const fresh = rects(ask(at, { picture: 'fresh' }));
        const slot = { id: 'east', row: 1e12, x: 0, width: 1, height: 1, column: '', key: '' };
        for (const wrong of [null, 7, 'x', [], {}, { ...(memory as object), slots: [slot] }, { columns: 'x' }])
            expect(rects(ask(at, { picture: JSON.stringify(wrong), memory: wrong }))).toEqual(fresh);
    });
});

describe('what somebody opens and closes', () => {
    test('a region folds into one box, which counts and opens again', async () => {
        const many = `${estate}workload cluster north in us\nservice log on north\n`;
        const at = await editor(many);
        const open = ask(at).boxes!;
        const { fold } = open.find(({ id }) => id === 'region:us')!;
        expect(fold).toEqual({ key: 'clusters:us', isOpen: true });
        const closed = ask(at, { look: { open: [], closed: ['clusters:us'] } }).boxes!;
        expect(closed.some(({ id }) => id === 'web@east')).toBe(false);
        expect(closed.find(({ id }) => id === 'clusters:us')).toMatchObject({
            name: '2 clusters',
            fold: { key: 'clusters:us', isOpen: false },
        });
        expect(ask(at).boxes!.map(({ id }) => id)).toEqual(open.map(({ id }) => id));
    });

    test('a closed cluster shows the worst of what is in it', async () => {
        const at = await editor(estate);
        await at.command(simulationCommands.fail, { element: 'pay@east' });
        const answer = ask(at, { look: { open: [], closed: ['east'] } });
        expect(answer.boxes!.some(({ id }) => id === 'web@east')).toBe(false);
        expect(answer.boxes!.find(({ id }) => id === 'east')!.text).toMatch(/1 of 2 services failed/);
        expect(new Map(answer.parts).get('title east')).toContain('class="sign failed"');
    });

    test('layers and spare ways as they are asked for', async () => {
        const at = await editor(estate);
        const look = { ...asUsual, layers: ['traffic' as const], spares: false };
        const { order, look: drawn } = ask(at, { look });
        expect(drawn).toEqual({ layers: ['traffic'], spares: false, detail: 'services' });
        expect(order!.filter((key) => /^line (configuration|metrics)|\|spare\|/.test(key))).toEqual([]);
        expect(ask(at).order!.some((key) => key.startsWith('line metrics'))).toBe(true);
    });
});

describe('the box at the cursor', () => {
    const where = async (line: number, character: number) => {
        const at = await editor(estate);
        ask(at);
        return at.services.pictures.boxAt({ uri: at.uri(), picture: 'one', position: { line, character } });
    };

    test.each([
        ['the name of a cluster', 4, 19, 'east'],
        ['a gateway', 5, 32, 'east.east-gw'],
        ['a block, which is its cluster', 6, 0, 'east'],
        ['a service, by the first of its chips', 9, 9, 'web@east'],
        ['what a service calls', 10, 11, 'pay@east'],
        ['a host', 11, 16, 'host:shop.example.com'],
        ['a region', 1, 8, 'region:us'],
        ['nothing', 0, 3, null],
    ])('%s', async (_, line, character, box) => {
        expect(await where(line, character)).toBe(box);
    });
});

test('a picture can be had as a text, as it is shown', async () => {
    const at = await editor(estate);
    await at.command(simulationCommands.fail, { element: 'east' });
    ask(at);
    const text = (format: 'svg' | 'mermaid' | 'dot') =>
        at.services.pictures.text({ uri: at.uri(), picture: 'one', look: asUsual, format, theme: 'dark' })!;
    expect(text('svg')).toMatch(/^<svg [^>]*width="\d+"/);
    expect(text('svg')).toContain('east failed');
    expect(text('svg')).not.toContain('prefers-color-scheme');
    expect(text('mermaid')).toMatch(/^flowchart/);
    expect(text('dot')).toMatch(/^digraph/);
});

test('a picture that is closed is forgotten, and of many the oldest are', async () => {
    const at = await editor(estate);
    const { revision } = ask(at);
    for (let other = 0; other < 20; other++) ask(at, { picture: String(other) });
    expect(ask(at, { since: revision }).since).toBeUndefined();
    const again = ask(at);
    at.services.pictures.close({ picture: 'one' });
    expect(ask(at, { since: again.revision }).since).toBeUndefined();
});
