import type { Camera } from '../messages.js';

export interface Size {
    readonly width: number;
    readonly height: number;
}

export interface Point {
    readonly x: number;
    readonly y: number;
}

export type Rect = Point & Size;

const least = 0.08;
const most = 4;
/** Around the whole picture, px. */
const margin = 10;
/** Smaller, names are hard to read: a picture that is larger than the page goes on beyond it. */
const readable = 0.72;
/** What goes on below the page need not be larger than this. */
const comfortable = 0.9;

/** The whole picture in the middle of the page. */
export function fitted(picture: Size, page: Size): Camera {
    const room = { width: page.width - 2 * margin, height: page.height - 2 * margin };
    const scale = clamped(Math.min(1.25, room.width / picture.width, room.height / picture.height));
    return {
        scale,
        x: (page.width - picture.width * scale) / 2,
        y: Math.max(margin, (page.height - picture.height * scale) / 2),
    };
}

/** What one sees first: the whole, or as much of it from the top as can be read. */
export function firstLook(picture: Size, page: Size): Camera {
    const whole = fitted(picture, page);
    if (whole.scale >= readable) return whole;
    const wide = (page.width - 2 * margin) / picture.width;
    const scale = clamped(Math.max(readable, Math.min(comfortable, wide)));
    return { scale, x: Math.max(margin, (page.width - picture.width * scale) / 2), y: margin };
}

/** Larger or smaller, with what is at a point of the page staying there. */
export function zoomed({ x, y, scale }: Camera, factor: number, at: Point): Camera {
    const next = clamped(scale * factor);
    return { scale: next, x: at.x - ((at.x - x) * next) / scale, y: at.y - ((at.y - y) * next) / scale };
}

export function panned({ x, y, scale }: Camera, by: Point): Camera {
    return { scale, x: x + by.x, y: y + by.y };
}

/** Moved just as far as is needed to see a box; not at all where it is in sight. Never larger or smaller. */
export function revealing(camera: Camera, box: Rect, page: Size): Camera {
    const edge = 24;
    const shift = (from: number, length: number, whole: number) => {
        if (length > whole - 2 * edge || from < edge) return edge - from;
        return Math.min(0, whole - edge - from - length);
    };
    const at = onPage(camera, box);
    return panned(camera, { x: shift(at.x, at.width, page.width), y: shift(at.y, at.height, page.height) });
}

/** The camera after the picture has changed so that a box is where it was. */
export function keeping(camera: Camera, before: Rect, now: Rect): Camera {
    return panned(camera, { x: (before.x - now.x) * camera.scale, y: (before.y - now.y) * camera.scale });
}

/** So that some of the picture always stays in sight. */
export function within(camera: Camera, picture: Size, page: Size): Camera {
    const rest = 60;
    const bound = (at: number, length: number, whole: number) =>
        Math.max(rest - length * camera.scale, Math.min(whole - rest, at));
    return {
        scale: camera.scale,
        x: bound(camera.x, picture.width, page.width),
        y: bound(camera.y, picture.height, page.height),
    };
}

/** Where a box of the picture is on the page. */
export function onPage({ x, y, scale }: Camera, box: Rect): Rect {
    return { x: box.x * scale + x, y: box.y * scale + y, width: box.width * scale, height: box.height * scale };
}

function clamped(scale: number): number {
    return Math.max(least, Math.min(most, scale));
}
