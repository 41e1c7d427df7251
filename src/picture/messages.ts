import { isCount } from '../webview/count.js';
import { lookFrom, type PictureAnswer, type PictureLook } from '../../server/protocol/picture.js';

/** How the picture is looked at: a point of it is at `scale` times its place, moved by `x` and `y`, in px of the page. */
export interface Camera {
    readonly x: number;
    readonly y: number;
    readonly scale: number;
}

/** What the client tells its page with the picture. The page is given nothing that it could not show. */
export type ToPage =
    /** Draw it. `look` is what was asked for, `camera` from where it was seen last. */
    | {
          readonly kind: 'draw';
          readonly look: PictureLook;
          readonly camera?: Camera;
          readonly answer: Omit<PictureAnswer, 'places' | 'memory'>;
      }
    /** The files are not those of a topology any more. */
    | { readonly kind: 'nothing' }
    /** The cursor stands on what this box shows; null: on nothing that is drawn. */
    | { readonly kind: 'mark'; readonly box: string | null }
    /** What is drawn may be older than the text. */
    | { readonly kind: 'age'; readonly isOlder: boolean }
    /** Make a picture of points from this SVG, and answer with `png`. */
    | { readonly kind: 'paint'; readonly svg: string; readonly scale: number }
    | { readonly kind: 'do'; readonly action: PageAction };

/** What can be done in the page by a key or a command of VS Code. */
export const pageActions = ['fit', 'zoomIn', 'zoomOut', 'search', 'outline'] as const;

export type PageAction = (typeof pageActions)[number];

/** What the page tells the client. */
export type FromPage =
    /** It has been loaded, and shows nothing yet. */
    | { readonly kind: 'ready' }
    /** How much room it has for the picture, in whole px. */
    | { readonly kind: 'room'; readonly width: number; readonly height: number }
    /** To the line of a box; `focus`: and on from there in the file. */
    | { readonly kind: 'goTo'; readonly box: string; readonly focus: boolean }
    | { readonly kind: 'look'; readonly look: PictureLook }
    /** From where it is looked at now. */
    | { readonly kind: 'camera'; readonly camera: Camera }
    | { readonly kind: 'lookAt'; readonly at: number }
    | { readonly kind: 'tidy' }
    /** The bytes of a PNG in base64; empty where the page could not make one. */
    | { readonly kind: 'png'; readonly data: string }
    /** What it shows: for tests, which see no page. */
    | { readonly kind: 'shown'; readonly revision: number; readonly boxes: number; readonly parts: number };

/** So many bytes of a picture in base64 are taken. */
const longestImage = 100_000_000;

type Field = FromPage extends infer Message ? (Message extends unknown ? keyof Message : never) : never;

/** A message of the page, which may be anything; undefined for what is none. */
export function messageFromPage(value: unknown): FromPage | undefined {
    const { kind, box, focus, look, camera, at, data, revision, boxes, parts, width, height } = (value ??
        {}) as Partial<Record<Field, unknown>>;
    switch (kind) {
        case 'ready':
        case 'tidy':
            return { kind };
        case 'room':
            return isCount(width) && isCount(height) ? { kind, width, height } : undefined;
        case 'goTo':
            return typeof box === 'string' ? { kind, box, focus: focus === true } : undefined;
        case 'lookAt':
            return isCount(at) ? { kind, at } : undefined;
        case 'look': {
            const asked = lookFrom(look);
            return asked && { kind, look: asked };
        }
        case 'camera': {
            const seen = cameraFrom(camera);
            return seen && { kind, camera: seen };
        }
        case 'png':
            return typeof data === 'string' && data.length <= longestImage && /^[A-Za-z0-9+/]*={0,2}$/.test(data)
                ? { kind, data }
                : undefined;
        case 'shown':
            return isCount(revision) && isCount(boxes) && isCount(parts) ? { kind, revision, boxes, parts } : undefined;
        default:
            return undefined;
    }
}

/** No picture is so large, px. */
const farthest = 1e7;

/** A camera that comes from elsewhere; undefined for what is none. */
export function cameraFrom(value: unknown): Camera | undefined {
    const { x, y, scale } = (value ?? {}) as Partial<Record<keyof Camera, unknown>>;
    const isNear = (at: unknown): at is number => typeof at === 'number' && Math.abs(at) < farthest;
    return isNear(x) && isNear(y) && isNear(scale) && scale > 0 ? { x, y, scale } : undefined;
}
