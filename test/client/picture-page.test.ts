import { describe, expect, test } from 'vitest';
import { lookFrom, type PictureAnswer, type PictureBox } from '../../server/protocol/picture.js';
import { messageFromPage } from '../../src/picture/messages.js';
import { boxAt, found, neighbour } from '../../src/picture/webview/boxes.js';
import {
    firstLook,
    fitted,
    keeping,
    onPage,
    panned,
    revealing,
    within,
    zoomed,
} from '../../src/picture/webview/camera.js';
import { next, withFold, withLayer } from '../../src/picture/webview/state.js';

const page = { width: 800, height: 600 };

describe('the camera', () => {
    test('fits the whole picture into the page', () => {
        for (const picture of [page, { width: 1600, height: 300 }, { width: 300, height: 2000 }]) {
            const at = onPage(fitted(picture, page), { x: 0, y: 0, ...picture });
            expect(at.x).toBeGreaterThanOrEqual(0);
            expect(at.y).toBeGreaterThanOrEqual(0);
            expect(at.x + at.width).toBeLessThanOrEqual(page.width);
            expect(at.y + at.height).toBeLessThanOrEqual(page.height);
        }
    });

    test('begins with what can be read, from the top', () => {
        expect(firstLook({ width: 900, height: 600 }, page)).toEqual(fitted({ width: 900, height: 600 }, page));
        const high = firstLook({ width: 1000, height: 4000 }, page);
        expect(high.scale).toBe(0.78);
        expect(high.y).toBe(10);
        // not even in width: its left end
        expect(firstLook({ width: 3000, height: 300 }, page)).toEqual({ scale: 0.72, x: 10, y: 10 });
    });

    test('zooms around a point, and not without end', () => {
        const camera = { x: 10, y: 20, scale: 1 };
        const at = { x: 110, y: 220 };
        const larger = zoomed(camera, 2, at);
        expect(onPage(larger, { x: 100, y: 200, width: 0, height: 0 })).toMatchObject(at);
        expect(zoomed(camera, 1e9, at).scale).toBe(4);
        expect(zoomed(camera, 0, at).scale).toBe(0.08);
    });

    test('moves as far as is needed to see a box, and not at all where it is in sight', () => {
        const camera = { x: 0, y: 0, scale: 1 };
        expect(revealing(camera, { x: 100, y: 100, width: 50, height: 50 }, page)).toEqual(camera);
        const far = { x: 2000, y: -300, width: 50, height: 50 };
        const at = onPage(revealing(camera, far, page), far);
        expect(at).toMatchObject({ x: page.width - 24 - 50, y: 24 });
    });

    test('keeps a box under the pointer while the picture changes', () => {
        const camera = { x: 5, y: 5, scale: 0.5 };
        const [before, now] = [
            { x: 100, y: 100, width: 10, height: 10 },
            { x: 300, y: 40, width: 90, height: 90 },
        ];
        const kept = onPage(keeping(camera, before, now), now);
        expect([kept.x, kept.y]).toEqual([onPage(camera, before).x, onPage(camera, before).y]);
    });

    test('does not lose the picture', () => {
        const lost = within(panned({ x: 0, y: 0, scale: 1 }, { x: 1e6, y: -1e6 }), page, page);
        expect(lost).toEqual({ x: 740, y: -540, scale: 1 });
    });
});

function box(id: string, x: number, y: number, width = 10, height = 10): PictureBox {
    return { id, x, y, width, height, level: 1, text: id, name: id, kind: 'element' };
}

describe('boxes', () => {
    const region = box('region', 0, 0, 100, 100);
    const [left, right, below] = [box('left', 10, 10), box('right', 60, 14), box('below', 12, 60)];
    const all = [region, left, right, below];

    test('have neighbours in each direction, never what they stand in', () => {
        expect(neighbour(all, left, 'right')).toBe(right);
        expect(neighbour(all, left, 'down')).toBe(below);
        expect(neighbour(all, right, 'left')).toBe(left);
        expect(neighbour(all, below, 'up')).toBe(left);
        expect(neighbour(all, left, 'left')).toBeUndefined();
    });

    test('are found at a point, the innermost one', () => {
        expect(boxAt(all, { x: 15, y: 15 })).toBe(left);
        expect(boxAt(all, { x: 40, y: 40 })).toBe(region);
        expect(boxAt(all, { x: 400, y: 40 })).toBeUndefined();
    });

    test('are found by a part of their names, those that begin so first', () => {
        const named = ['shop-web', 'web', 'cart'].map((name) => box(name, 0, 0));
        expect(found(named, ' WEB ').map(({ id }) => id)).toEqual(['web', 'shop-web']);
        expect(found(named, ' ')).toEqual([]);
        expect(found(named, 'x')).toEqual([]);
    });
});

describe('what is shown', () => {
    const answer: PictureAnswer = {
        revision: 1,
        estate: 'shop',
        look: { layers: ['traffic'], spares: true, detail: 'services' },
        width: 100,
        height: 100,
        caption: { counts: '' },
        legend: [],
        order: ['a', 'b'],
        parts: [
            ['a', '<a/>'],
            ['b', '<b/>'],
        ],
        boxes: [box('a', 0, 0)],
    };

    test('is put together from a whole answer and differences to it', () => {
        const first = next(undefined, answer)!;
        expect(first.changed).toEqual(['a', 'b']);
        const { order, boxes, ...rest } = answer;
        const second = next(first.shown, { ...rest, revision: 2, since: 1, parts: [['b', '<c/>']] })!;
        expect(second.changed).toEqual(['b']);
        expect(second.shown.order).toEqual(order);
        expect(second.shown.boxes).toBe(boxes);
        const third = next(second.shown, { ...rest, revision: 3, since: 2, order: ['b', 'd'], parts: [['d', '']] })!;
        expect([...third.shown.markup]).toEqual([
            ['b', '<c/>'],
            ['d', ''],
        ]);
    });

    test('takes no difference to something else', () => {
        expect(next(undefined, { ...answer, since: 1 })).toBeUndefined();
        expect(next(next(undefined, answer)!.shown, { ...answer, since: 7 })).toBeUndefined();
    });

    test('changes by layers and folds', () => {
        const look = { open: [], closed: [] };
        expect(withLayer(look, answer.look, 'traffic').layers).toEqual([]);
        expect(withLayer(look, answer.look, 'metrics').layers).toEqual(['traffic', 'metrics']);
        expect(withLayer(look, answer.look, 'spares').spares).toBe(false);
        const closed = withFold(look, { key: 'east', isOpen: true });
        expect(closed).toEqual({ open: [], closed: ['east'] });
        expect(withFold(closed, { key: 'east', isOpen: false })).toEqual({ open: ['east'], closed: [] });
    });
});

describe('a message of the page', () => {
    test.each<[unknown, unknown]>([
        [{ kind: 'ready', more: 1 }, { kind: 'ready' }],
        [{ kind: 'tidy' }, { kind: 'tidy' }],
        [
            { kind: 'goTo', box: 'east', focus: 1 },
            { kind: 'goTo', box: 'east', focus: false },
        ],
        [
            { kind: 'lookAt', at: 60 },
            { kind: 'lookAt', at: 60 },
        ],
        [
            { kind: 'png', data: 'AAA=' },
            { kind: 'png', data: 'AAA=' },
        ],
        [
            { kind: 'look', look: { open: ['a'], closed: [], layers: ['metrics'] } },
            { kind: 'look', look: { open: ['a'], closed: [], layers: ['metrics'] } },
        ],
        [
            { kind: 'camera', camera: { x: -3.5, y: 2, scale: 0.5, more: 1 } },
            { kind: 'camera', camera: { x: -3.5, y: 2, scale: 0.5 } },
        ],
    ])('%j is one', (message, taken) => expect(messageFromPage(message)).toEqual(taken));

    test.each<[unknown]>([
        [undefined],
        [null],
        ['ready'],
        [{ kind: 'constructor' }],
        [{ kind: 'goTo', box: 7 }],
        [{ kind: 'lookAt', at: -1 }],
        [{ kind: 'lookAt', at: '60' }],
        [{ kind: 'png', data: '<svg>' }],
        [{ kind: 'look', look: { open: 'east', closed: [] } }],
        [{ kind: 'look', look: { open: [], closed: [], layers: ['all'] } }],
        [{ kind: 'look', look: { open: [], closed: [], detail: 'toString' } }],
        [{ kind: 'shown', revision: 1 }],
        [{ kind: 'camera' }],
        [{ kind: 'camera', camera: { x: 0, y: 0, scale: 0 } }],
        [{ kind: 'camera', camera: { x: 0, y: null, scale: 1 } }],
        [{ kind: 'camera', camera: { x: 1e300, y: 0, scale: 1 } }],
    ])('%j is none', (message) => expect(messageFromPage(message)).toBeUndefined());

    test('a look has nothing that nobody asked for', () => {
        const look = { open: [], closed: ['a'], spares: true, detail: 'regions', more: 1 };
        expect(lookFrom(look)).toEqual({ open: [], closed: ['a'], spares: true, detail: 'regions' });
    });
});
